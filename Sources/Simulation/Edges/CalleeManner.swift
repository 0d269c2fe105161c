internal import Quantities
internal import Resilience
internal import ServiceGraph
internal import Stochastics

/// How a callee treats calls at a moment when it does not answer them as usual.
enum CalleeManner: Hashable, Sendable {
  /// As one of the graph's ways to fail says; 0: it refuses them at once.
  case way(Int)
  /// By what becomes of its own calls: a share fails, so many hours after they were made.
  case errors(share: Double, afterHours: Double)
  /// By the same, all are answered, so many hours later.
  case late(hours: Double)

  /// The same as policies take it.
  func failure(_ ways: [CalleeFailure]) -> CalleeFailure {
    switch self {
    case .way(let way): return ways[way]
    case .errors(let share, let hours):
      return .failsFast(share: Probability(share) ?? .one, after: TimeSpan(hours: hours) ?? .zero)
    case .late(let hours):
      guard let law = try? Deterministic(value: hours) else { return ways[0] }
      return .slow(law)
    }
  }
}

/// What a dependency has to know of how its callee can treat calls.
struct CalleePlan: Sendable {
  /// The processes that make it fail in a way of their own, where they take it down.
  let processes: [Int]
  /// The dependencies whose calls decide what becomes of these.
  let further: [Int]
  /// From how late on answers make a difference: the timeout, or any time where calls hold slots or may be called slow.
  let lateFromHours: Double

  init(_ edge: CompiledEdge, _ graph: CompiledGraph) {
    let driven = Set(graph.edges.compactMap(\.gate))
    let units = graph.units(below: [edge.callee], notThrough: driven)
    processes = graph.processes.indices.filter { process in
      graph.failures.wayOfCause[graph.processes[process].cause] != 0 && graph.processes[process].takesDown
        && !graph.unitsEverHit(byProcess: process).isDisjoint(with: units)
    }
    further = edge.further
    let policies = edge.policies
    let countsTime =
      policies.callerPool != nil || policies.bulkhead != nil || policies.breaker?.trip.threshold?.slow != nil
    lateFromHours = countsTime ? 0 : policies.timeout?.hours ?? .infinity
  }

  /// Whether it goes down and comes back, and that is all.
  var isPlain: Bool { processes.isEmpty && further.isEmpty }
}
