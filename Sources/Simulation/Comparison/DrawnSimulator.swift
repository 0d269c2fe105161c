public import ServiceGraph
internal import Synchronization

/// Simulates several designs under draws of their uncertain numbers, each draw for a few replications, paired as
/// `PairedSimulator` pairs them.
///
/// What differs between draws is what is not known; what differs between the replications of a draw is luck.
public struct DrawnSimulator: Sendable {
  private let plan: SimulationPlan
  private let months: Int
  private let perDraw: Int
  private let counted: Set<String>
  private let graphs: @Sendable (Int) -> [CompiledGraph]

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - plan: how long a replication is, its seed and the threads; how many there are is decided by the draws.
  ///   - months: how many complete calendar months a replication has.
  ///   - perDraw: the replications of each draw, at least 1.
  ///   - counted: the capabilities whose months are kept.
  ///   - graphs: the designs of a draw, from 0, the base first; asked from several threads.
  public init(
    plan: SimulationPlan, months: Int, perDraw: Int, counted: Set<String>,
    graphs: @escaping @Sendable (Int) -> [CompiledGraph]
  ) {
    (self.plan, self.months, self.perDraw) = (plan, months, max(1, perDraw))
    (self.counted, self.graphs) = (counted, graphs)
  }

  /// What every month of every replication costs; replications d · perDraw ..< (d + 1) · perDraw are those of draw d.
  ///
  /// The result never depends on the threads.
  ///
  /// - Parameters:
  ///   - designs: how many there are.
  ///   - shouldStop: asked after every few draws; once `true` it stays so, and the run ends with the first ones.
  public func ledger(
    draws: Int, designs: Int, shouldStop: @Sendable () -> Bool = { false }
  ) -> DowntimeLedger {
    let recorders = Mutex<[LedgerRecorder]>([])
    _ = ReplicationBatches(threads: plan.workerCount, batch: 64).run(
      0..<draws,
      { _, draw in
        let recorder = recorder(ofDraw: draw)
        recorders.withLock { $0.append(recorder) }
      }, isInterrupted: shouldStop, look: { _ in .more })
    return DowntimeLedger(recorders.withLock { $0 }, designs: designs, months: months)
  }

  private func recorder(ofDraw draw: Int) -> LedgerRecorder {
    var worker = PairedWorker(
      layouts: graphs(draw).map { SimulationLayout($0, plan: plan) }, pairs: [], plan: plan, months: months,
      counted: counted)
    for replication in draw * perDraw..<(draw + 1) * perDraw { worker.run(replication: replication) }
    return worker.recorder
  }
}
