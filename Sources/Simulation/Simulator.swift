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
  ///   - shouldStop: asked between batches; `true` ends the run with what is there.
  ///   - progress: told after every batch what the estimate is.
  public func run(
    shouldStop: @Sendable () -> Bool = { false }, progress: (SimulationResult) -> Void = { _ in }
  ) -> SimulationResult {
    let workers = Workers(count: plan.workerCount) { _ in
      SilentWorker(layout: layout, plan: plan, observer: NoObserver())
    }
    let batches = ReplicationBatches(plan: plan, batch: layout.batch)
    return batches.run(
      { thread, replication in workers[thread].pointee.run(replication: replication) },
      result: { result(workers, isPartial: $0) },
      isDone: { result in plan.relativeError.map { result.reaches(relativeError: $0) } ?? false },
      shouldStop: shouldStop, progress: progress)
  }

  private func result(_ workers: Workers<SilentWorker>, isPartial: Bool) -> SimulationResult {
    var tally = Tally(layout: layout)
    for number in 0..<workers.count { tally.merge(workers[number].pointee.tally) }
    return SimulationResult(tally: tally, layout: layout, plan: plan, isPartial: isPartial)
  }
}
