public import ServiceGraph

/// Simulates a graph by independent replications.
public struct Simulator: Sendable {
  let layout: SimulationLayout
  let plan: SimulationPlan

  /// Prepares a simulation.
  ///
  /// Ask `SimulationObstacle.all` first: processes of which only an availability is known are left out.
  public init(_ graph: CompiledGraph, plan: SimulationPlan) {
    self.plan = plan
    layout = SimulationLayout(graph, plan: plan)
  }

  /// About how many seconds one replication takes on one core; known before any is run.
  public var expectedSeconds: Double { layout.work * 1e-9 }

  /// Runs the replications.
  ///
  /// The result depends on the graph, the seed and the number of replications done, never on the threads.
  ///
  /// - Parameters:
  ///   - shouldStop: asked after every few replications, by any thread; once `true` it stays so, and the run ends with the
  ///     replications begun by then, which are the first ones.
  ///   - progress: told after every batch what the estimate is.
  public func run(
    shouldStop: @Sendable () -> Bool = { false }, progress: ((SimulationResult) -> Void)? = nil
  ) -> SimulationResult {
    let (tally, isPartial) = tally(of: 0..<plan.replications, shouldStop: shouldStop) { tally, isPartial in
      guard plan.relativeError != nil || progress != nil else { return .more }
      let result = SimulationResult(tally: tally(), layout: layout, plan: plan, isPartial: isPartial)
      if plan.relativeError.map({ result.reaches(relativeError: $0) }) ?? false { return .enough }
      progress?(result)
      return .more
    }
    return SimulationResult(tally: tally, layout: layout, plan: plan, isPartial: isPartial)
  }

  /// Runs replications until the event loop has stopped at so many instants, where that is before they are done.
  ///
  /// Instants are counted between batches, so that the result depends on the graph, the seed, the limit and the batch, never
  /// on the clock or the threads.
  ///
  /// - Parameters:
  ///   - limit: an instant takes about a microsecond; outages that meet nothing are passed without one.
  ///   - batch: the replications between two looks, at least 1; so many are run at least.
  public func run(instants limit: Int, batch: Int) -> SimulationResult {
    let workers = workers()
    let isPartial = ReplicationBatches(threads: plan.workerCount, batch: batch).run(
      0..<plan.replications, { thread, replication in workers[thread].pointee.run(replication: replication) },
      shouldStop: { (0..<workers.count).reduce(0) { $0 + workers[$1].pointee.instants } >= limit },
      look: { _ in .more })
    return SimulationResult(tally: total(workers), layout: layout, plan: plan, isPartial: isPartial)
  }

  /// Runs some of the replications.
  ///
  /// - Parameter look: may ask after every batch what there is, and is told whether more is to come.
  /// - Returns: what was counted, and whether the run was stopped before it had enough.
  func tally(
    of replications: Range<Int>, shouldStop: @Sendable () -> Bool,
    look: (() -> Tally, Bool) -> ReplicationBatches.AfterBatch
  ) -> (tally: Tally, isPartial: Bool) {
    let workers = workers()
    let isPartial = ReplicationBatches(threads: plan.workerCount, batch: layout.batch).run(
      replications, { thread, replication in workers[thread].pointee.run(replication: replication) },
      isInterrupted: shouldStop, look: { look({ total(workers) }, $0) })
    return (total(workers), isPartial)
  }

  private func workers() -> Workers<SilentWorker> {
    Workers(count: plan.workerCount) { _ in
      SilentWorker(layout: layout, plan: plan, observer: NoObserver())
    }
  }

  private func total(_ workers: Workers<SilentWorker>) -> Tally {
    var tally = Tally(layout: layout)
    for number in 0..<workers.count { tally.merge(workers[number].pointee.totals) }
    return tally
  }
}
