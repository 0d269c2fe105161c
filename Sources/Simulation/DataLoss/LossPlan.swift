internal import Recovery
internal import ServiceGraph
internal import ServiceModel
internal import Stochastics

/// What the outages of one process lose of one component's data.
struct LossPlan: Sendable {
  let key: ProcessKey
  /// The failure, as a place among those that are drawn.
  let failure: Int
  let scenario: RecoveryScenario
  /// Whether the outage lasts as long as the drawn restore.
  let drawsRecovery: Bool
  /// What keys the starts of the store after it, of which the event loop draws its own.
  let startKey: ProcessKey
}

/// What one process loses of one component's data when a role moves away from the unit that it takes down.
struct MoveLossPlan: Sendable {
  let key: ProcessKey
  /// The failure, as a place among those that are drawn.
  let failure: Int
  /// The role, as an index into the graph's moving roles.
  let role: Int
  /// By how much the unit is behind that takes the role, in hours.
  let lag: any Distribution
}

/// The failures with loss of data that a simulation draws, and the plans of their processes.
struct LossLayout: Sendable {
  /// Those whose process has a known law.
  private(set) var failures: [StoreFailure] = []
  /// For each process of the graph that loses data: its plans.
  private(set) var plans: [Int: [LossPlan]] = [:]
  /// What moves of roles lose, for each process that sets them off.
  private(set) var moves: [Int: [MoveLossPlan]] = [:]
  /// The causes that are not drawn, since only an availability of theirs is known.
  private(set) var notDrawn: [String] = []

  init(_ graph: CompiledGraph) {
    let (losses, moves) = (graph.dataLosses, graph.dataMoves)
    guard !losses.isEmpty || !moves.isEmpty else { return }
    let all = graph.model.storeFailures
    var (nextLoss, nextMove) = (0, 0)
    for (number, failure) in all.enumerated() {
      while nextLoss < losses.count, losses[nextLoss].failure == number {
        add(failure, of: losses[nextLoss].process, graph)
        nextLoss += 1
      }
      while nextMove < moves.count, moves[nextMove].failure == number {
        add(failure, of: moves[nextMove], graph)
        nextMove += 1
      }
    }
  }

  private mutating func add(_ failure: StoreFailure, of number: Int, _ graph: CompiledGraph) {
    let process = graph.processes[number]
    guard let place = place(of: failure, process) else { return }
    plans[number, default: []].append(
      LossPlan(
        key: key(of: failure, process, graph), failure: place, scenario: failure.scenario,
        drawsRecovery: process.outage.last is RestoreLaw, startKey: startKey(of: failure, process, graph)))
  }

  private mutating func add(_ failure: StoreFailure, of move: DataMoveProcess, _ graph: CompiledGraph) {
    let process = graph.processes[move.process]
    guard let lag = failure.scenario.store.replication?.lag, let place = place(of: failure, process) else {
      return
    }
    moves[move.process, default: []].append(
      MoveLossPlan(key: key(of: failure, process, graph), failure: place, role: move.role, lag: lag))
  }

  private func key(of failure: StoreFailure, _ process: RenewalProcess, _ graph: CompiledGraph) -> ProcessKey
  {
    ProcessKey(name: "\(process.name)#data/\(graph.model.components[failure.component].name)")
  }

  private func startKey(
    of failure: StoreFailure, _ process: RenewalProcess, _ graph: CompiledGraph
  ) -> ProcessKey {
    ProcessKey(name: "\(process.name)#data-start/\(graph.model.components[failure.component].name)")
  }

  /// The place of a failure among those that are drawn; `nil` when it is not, since its process has no known law.
  private mutating func place(of failure: StoreFailure, _ process: RenewalProcess) -> Int? {
    guard process.uptime != nil, !process.outage.isEmpty else {
      if !notDrawn.contains(failure.name) { notDrawn.append(failure.name) }
      return nil
    }
    if let last = failures.last, last.name == failure.name, last.component == failure.component {
      return failures.count - 1
    }
    failures.append(failure)
    return failures.count - 1
  }
}

/// The streams from which the starts of stores are drawn that follow the outages of one process, in a replication.
///
/// They are starts like those of the event loop, and no outage is any longer for them.
struct StoreStarts {
  private let plans: [LossPlan]
  private var streams: [RandomStream]

  init(_ plans: [LossPlan], seed: UInt64, replication: UInt32) {
    self.plans = plans
    streams =
      plans.allSatisfy { $0.scenario.starts.isEmpty }
      ? [] : plans.map { RandomStream(seed: seed, process: $0.startKey, replication: replication) }
  }

  /// How long the store of a plan takes to start once the outage has ended, in hours.
  mutating func hours(after place: Int) -> Double {
    streams.isEmpty ? 0 : plans[place].scenario.startSample(using: &streams[place])
  }
}
