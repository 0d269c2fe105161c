public import ServiceGraph
internal import Synchronization

/// Downtime by replications, each few of them with numbers drawn anew.
///
/// What differs between draws is what is not known; what differs between the replications of a draw is luck. Streams are
/// keyed by names and replications, so the luck is that of a run with the same seed and the numbers as stated.
public struct DrawnDowntime: Sendable {
  /// The replications of each draw.
  public let perDraw: Int
  /// For each capability the hours of downtime in each replication; those of a draw stand together, in the order of draws.
  public let hours: [[Double]]

  /// Simulates draws; the result never depends on the threads.
  ///
  /// - Parameters:
  ///   - plan: how long a replication is, its seed and the threads; how many there are is decided by the draws.
  ///   - perDraw: the replications of each draw, at least 1.
  ///   - graph: the model of a draw, from 0; asked from several threads.
  ///   - shouldStop: asked after every few draws; once `true` it stays so, and the run ends with the first ones.
  public init(
    plan: SimulationPlan, draws: Int, perDraw: Int, graph: @escaping @Sendable (Int) -> CompiledGraph,
    shouldStop: @Sendable () -> Bool = { false }
  ) {
    self.perDraw = max(1, perDraw)
    let size = self.perDraw
    let found = Mutex<[(draw: Int, ticks: [[Int64]])]>([])
    _ = ReplicationBatches(threads: plan.workerCount, batch: 64).run(
      0..<draws,
      { _, draw in
        let ticks = Self.ticks(of: graph(draw), plan: plan, replications: draw * size..<(draw + 1) * size)
        found.withLock { $0.append((draw, ticks)) }
      }, isInterrupted: shouldStop, look: { _ in .more })
    let ordered = found.withLock { $0.sorted { $0.draw < $1.draw } }
    let capabilities = ordered.first?.ticks.count ?? 0
    hours = (0..<capabilities).map { index in
      ordered.flatMap { $0.ticks[index].map { Ticks.hours(Double($0)) } }
    }
  }

  private static func ticks(of graph: CompiledGraph, plan: SimulationPlan, replications: Range<Int>)
    -> [[Int64]]
  {
    var worker = SilentWorker(layout: SimulationLayout(graph, plan: plan), plan: plan, observer: NoObserver())
    var ticks = [[Int64]](repeating: [], count: graph.capabilities.count)
    for replication in replications {
      worker.run(replication: replication)
      for index in ticks.indices { ticks[index].append(worker.totals(ofCapability: index).downtime) }
    }
    return ticks
  }
}
