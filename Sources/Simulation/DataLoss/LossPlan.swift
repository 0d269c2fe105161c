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
}

/// The failures with loss of data that a simulation draws, and the plans of their processes.
struct LossLayout: Sendable {
  /// Those whose process has a known law.
  private(set) var failures: [StoreFailure] = []
  /// For each process of the graph that loses data: its plans.
  private(set) var plans: [Int: [LossPlan]] = [:]
  /// The causes that are not drawn, since only an availability of theirs is known.
  private(set) var notDrawn: [String] = []

  init(_ graph: CompiledGraph) {
    let losses = graph.dataLosses
    guard !losses.isEmpty else { return }
    let all = graph.model.storeFailures
    var places: [Int: Int] = [:]
    for loss in losses {
      let (process, failure) = (graph.processes[loss.process], all[loss.failure])
      guard process.uptime != nil, !process.outage.isEmpty else {
        if !notDrawn.contains(failure.name) { notDrawn.append(failure.name) }
        continue
      }
      if places[loss.failure] == nil {
        places[loss.failure] = failures.count
        failures.append(failure)
      }
      plans[loss.process, default: []].append(
        LossPlan(
          key: ProcessKey(name: "\(process.name)#data/\(graph.model.components[failure.component].name)"),
          failure: places[loss.failure] ?? 0, scenario: failure.scenario,
          drawsRecovery: process.outage.last is RestoreLaw))
    }
  }
}
