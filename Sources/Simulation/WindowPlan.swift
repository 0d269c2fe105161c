internal import Quantities
internal import ServiceGraph
internal import ServiceModel

/// Windows of time over the horizon in which a capability's downtime is added up.
struct WindowPlan: Sendable {
  let capability: Int
  /// The objective they are for; `nil` for the calendar months, which every capability has, and for penalties.
  let objective: Int?
  /// The penalty they are for, among those of the capability.
  let penalty: Int?
  /// The ends of the complete windows, in ticks, ascending; the first begins at 0.
  let ends: [Int64]
  /// The downtime that each window allows, in ticks.
  let allowed: [Int64]
  /// Whether downtime that planned work alone brings does not count.
  let excludesPlanned: Bool

  /// The downtime that the window allows which allows least; 0 without a window.
  var leastAllowed: Int64 { allowed.min() ?? 0 }

  /// What to multiply the downtime in each window by, so that the same share of what each allows counts as much: at
  /// most 1. Downtime counts as it is where an objective allows none, and in windows without an objective.
  var budgetScales: [Double] {
    let least = leastAllowed
    guard objective != nil, least > 0 else { return allowed.map { _ in 1 } }
    return allowed.map { Double(least) / Double($0) }
  }

  /// Whether they are the calendar months of a capability.
  var isMonths: Bool { objective == nil && penalty == nil }

  /// The windows of every objective, then the months of every capability, then the windows of every penalty.
  static func all(of graph: CompiledGraph, plan: SimulationPlan) -> [WindowPlan] {
    let objectives = graph.model.capabilities.enumerated().flatMap { index, capability in
      capability.objectives.enumerated().map { number, objective in
        WindowPlan(
          capability: index, objective: number, window: objective.window,
          allowed: objective.availability.unavailability, excludesPlanned: objective.excludesPlanned,
          horizonHours: plan.horizonHours)
      }
    }
    return objectives + months(of: graph, plan) + penalties(of: graph, plan)
  }

  private static func months(of graph: CompiledGraph, _ plan: SimulationPlan) -> [WindowPlan] {
    guard plan.horizonHours / 672 <= SimulationObstacle.windowLimit else { return [] }
    return graph.model.capabilities.indices.map {
      WindowPlan(
        capability: $0, objective: nil, window: .calendarMonth, allowed: 1,
        excludesPlanned: false, horizonHours: plan.horizonHours)
    }
  }

  private static func penalties(of graph: CompiledGraph, _ plan: SimulationPlan) -> [WindowPlan] {
    graph.model.capabilities.enumerated().flatMap { index, capability in
      (capability.downtimeTerms?.penalties ?? []).enumerated().map { number, penalty in
        WindowPlan(
          capability: index, objective: nil, penalty: number, window: penalty.promise.window,
          allowed: penalty.promise.availability.unavailability,
          excludesPlanned: penalty.promise.excludesPlanned, horizonHours: plan.horizonHours)
      }
    }
  }

  private init(
    capability: Int, objective: Int?, penalty: Int? = nil, window: Objective.Window,
    allowed unavailability: Double, excludesPlanned: Bool, horizonHours: Double
  ) {
    self.capability = capability
    (self.objective, self.penalty) = (objective, penalty)
    self.excludesPlanned = excludesPlanned
    let hours = WindowPlan.lengths(of: window, horizonHours: horizonHours)
    var end = 0.0
    ends = hours.map { length in
      end += length
      return Ticks.from(hours: end)
    }
    allowed = hours.map { Int64(($0 * Ticks.perHour * unavailability).rounded(.down)) }
  }

  /// The lengths of the complete windows, in hours.
  private static func lengths(of window: Objective.Window, horizonHours: Double) -> [Double] {
    var lengths: [Double] = []
    var end = 0.0
    while Double(lengths.count) < SimulationObstacle.windowLimit {
      let next = length(of: window, number: lengths.count)
      guard end + next <= horizonHours * (1 + 1e-12), next > 0 else { break }
      lengths.append(next)
      end += next
    }
    return lengths
  }

  private static func length(of window: Objective.Window, number: Int) -> Double {
    switch window {
    case .calendarMonth: CalendarMonth.allCases[number % 12].lengthHours
    case .year: 8760
    case .tumbling(let span): span.hours
    }
  }
}
