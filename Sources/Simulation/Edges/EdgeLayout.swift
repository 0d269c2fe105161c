internal import Resilience
internal import ServiceGraph
internal import ServiceModel
internal import Stochastics

/// The gates of a dependency with policies, as plain numbers.
struct EdgeGates: Sendable, BitwiseCopyable {
  /// What is called.
  let callee: Int
  /// The dependency itself, or −1 where it is soft.
  let own: Int
  /// The caller's slots, or −1 where it has no such pool.
  let caller: Int
}

/// The dependencies with policies of a graph, laid out for the event loop.
struct EdgeLayout: Sendable {
  let edges: [CompiledEdge]
  /// The gates of each, for the event loop.
  let gates: [EdgeGates]
  /// The delays of each on average, for each of the graph's ways to fail, and whether it is hard: side by side for the event
  /// loop, since reading one out of an edge copies much of it.
  let timings: [[EdgeTimings]]
  let isHard: [Bool]
  /// The ways in which calls fail, and that of each cause.
  let failures: CalleeFailures
  /// How late answers are, for each of these ways.
  let slowLaws: [SlowLaw]
  /// The way in which calls fail while each process of the graph holds the callee down.
  let wayOfProcess: [Int]
  /// The component of each unit.
  let componentOfUnit: [Int]
  /// What each has to know of how its callee can treat calls.
  let callees: [CalleePlan]
  /// How long those at most wait who call the caller of each with policies; ∞ where nobody calls or gives up, or the caller can be
  /// chosen among others.
  let patienceAboveHours: [Double]
  /// The key of each edge's random stream.
  let keys: [ProcessKey]
  /// What luck an outage has of its own: whether waits vary, and whether calls are counted by a breaker.
  let drawsWaits: [Bool]
  let countsCalls: [Bool]
  /// The request pools on which several dependencies are.
  let pools: [CallerPoolPlan]
  /// Who sees that calls fail.
  let alerts: AlertLayout
  /// The units that any callee stands on, or the sight of an alert.
  let units: Set<Int>

  init(_ graph: CompiledGraph) {
    edges = graph.edges
    gates = edges.map { EdgeGates(callee: $0.callee, own: $0.gate ?? -1, caller: $0.callerGate ?? -1) }
    timings = edges.map(\.timings)
    isHard = edges.map(\.isHard)
    failures = graph.failures
    wayOfProcess = graph.processes.map { graph.failures.wayOfCause[$0.cause] }
    componentOfUnit = graph.model.components.enumerated().flatMap { place, component in
      component.units.map { _ in place }
    }
    callees = CalleePlan.all(graph)
    slowLaws = edges.isEmpty ? [] : SlowLaw.all(graph.failures.ways)
    patienceAboveHours = EdgeLayout.patienceAboveHours(callees)
    pools = CallerPoolPlan.all(of: edges)
    keys = EdgeLayout.keys(edges.map(\.name))
    drawsWaits = edges.map { $0.policies.retry?.jitter != nil }
    countsCalls = edges.map { $0.policies.breaker != nil && $0.policies.traffic != nil }
    alerts = AlertLayout(graph)
    units =
      edges.isEmpty
      ? []
      : graph.units(below: edges.map(\.callee)).union(EdgeLayout.rolesBelow(graph)).union(alerts.units)
  }

  /// A capability may bear the name of a component and call the same: the first of a name has the plain key.
  private static func keys(_ names: [String]) -> [ProcessKey] {
    var seen: [String: Int] = [:]
    return names.map { name in
      let number = seen[name, default: 0] + 1
      seen[name] = number
      return ProcessKey(name: number == 1 ? "\(name)#policies" : "\(name)#policies/\(number)")
    }
  }

  private static func patienceAboveHours(_ callees: [CalleePlan]) -> [Double] {
    var most = [Double](repeating: -.infinity, count: callees.count)
    for plan in callees {
      for (place, calls) in plan.further.enumerated() {
        // Of the members of a choice those are called that answer.
        let hours = place == plan.further.count - 1 ? plan.patienceHours : .infinity
        for edge in calls.edges { most[edge] = max(most[edge], hours) }
      }
    }
    return most.map { $0 == -.infinity ? .infinity : $0 }
  }

  var isEmpty: Bool { edges.isEmpty }

  /// A role may move to any unit of its component that can hold it.
  private static func rolesBelow(_ graph: CompiledGraph) -> Set<Int> {
    Set(graph.movingRoles.flatMap(\.units))
  }
}
