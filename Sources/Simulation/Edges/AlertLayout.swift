internal import Quantities
internal import ServiceGraph
internal import ServiceModel
internal import Stochastics

/// An alert on the errors of one dependency's calls.
struct AlertPlan: Sendable {
  /// The dependency, as a place among the graph's edges.
  let edge: Int
  /// The detector, as an index into the model's delays.
  let detector: Int
  /// The gate that is up while the detector can see, or −1.
  let sight: Int
  let threshold: Double
  /// The share of calls that fail when all is well.
  let usualShare: Double
  /// The time over which the share is a moving mean; 0: the share of the moment.
  let windowHours: Double
  /// From the crossing of the threshold until it fires.
  let delay: DrawSum
  let key: ProcessKey
}

/// The alerts of a graph, laid out for the event loop.
struct AlertLayout: Sendable {
  /// In the order of their dependencies.
  let alerts: [AlertPlan]
  /// The detectors, each once, ascending.
  let detectors: [Int]
  /// The units that their sight stands on.
  let units: Set<Int>

  init(_ graph: CompiledGraph) {
    alerts = graph.edges.enumerated().compactMap { index, edge in
      edge.alert.map { AlertPlan($0, on: edge.name, index, graph) }
    }
    detectors = Set(alerts.map(\.detector)).sorted()
    units = graph.units(below: alerts.map(\.sight).filter { $0 >= 0 })
  }

  var isEmpty: Bool { alerts.isEmpty }
}

extension AlertPlan {
  fileprivate init(_ alert: ErrorAlert, on name: String, _ edge: Int, _ graph: CompiledGraph) {
    self.edge = edge
    detector = alert.detector
    sight = graph.seeingGates.first { $0.detector == alert.detector }?.gate ?? -1
    (threshold, usualShare) = (alert.threshold, alert.usualShare)
    windowHours = alert.window?.hours ?? 0
    delay = DrawSum(graph.model.delays[alert.detector].parts)
    key = ProcessKey(name: "\(name)#alert/\(graph.model.delays[alert.detector].name)")
  }
}
