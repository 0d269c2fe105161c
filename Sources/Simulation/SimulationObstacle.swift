internal import Quantities
public import ServiceGraph
internal import ServiceModel

/// Why a graph can not be simulated under a plan.
public enum SimulationObstacle: Sendable, Hashable {
  /// Only an availability is known of these processes: nobody said how often they fail, or for how long.
  case unknownFrequency(processes: [String])
  /// One replication would have about so many outages, more than fit in memory.
  case tooManyOutages(expected: Double)
  /// Before one replication can begin in the long run, crews, spares or shared load would have about so many outages.
  case longWarmUp(expected: Double, hours: Double)
  /// An objective's windows are too many to keep apart.
  case tooManyWindows(capability: String, objective: String)
  /// Its growth makes a demand more than a million times what it is at first.
  case endlessGrowth(capability: String)

  /// The most outages that one replication may be expected to have.
  public static let outageLimit = 5_000_000.0
  /// The most windows of one objective in one replication.
  public static let windowLimit = 100_000.0
  /// The most that growth may multiply a demand by.
  public static let growthLimit = 1e6

  /// Everything that stands in the way.
  public static func all(of compiled: CompiledGraph, plan: SimulationPlan) -> [SimulationObstacle] {
    let graph = compiled.simulated
    var obstacles: [SimulationObstacle] = []
    let unknown = graph.processes.filter { $0.overload == nil && ($0.uptime == nil || $0.outage.isEmpty) }
      .map(\.name)
    if !unknown.isEmpty { obstacles.append(.unknownFrequency(processes: unknown)) }
    let expected =
      graph.processes.reduce(0) { $0 + ($1.frequencyPerHour ?? 0) } * plan.horizonHours
      + graph.planned.wavesPerHour * plan.horizonHours
    if expected > outageLimit { obstacles.append(.tooManyOutages(expected: expected)) }
    if let warmUp = longWarmUp(of: graph, plan) { obstacles.append(warmUp) }
    for capability in graph.model.capabilities {
      if growsEndlessly(capability, plan) { obstacles.append(.endlessGrowth(capability: capability.name)) }
      for objective in capability.objectives where tooManyWindows(objective, plan) {
        obstacles.append(.tooManyWindows(capability: capability.name, objective: objective.name))
      }
      if capability.downtimeTerms?.penalties.contains(where: { tooManyWindows($0.promise, plan) }) ?? false {
        obstacles.append(.tooManyWindows(capability: capability.name, objective: "penalties"))
      }
    }
    return obstacles
  }

  private static func longWarmUp(of graph: CompiledGraph, _ plan: SimulationPlan) -> SimulationObstacle? {
    guard plan.start == .steady else { return nil }
    let live = LiveLayout(graph, losses: LossLayout(graph), plan: plan)
    let expected = live.failuresPerHour(in: graph) * live.warmUpHours
    return expected > outageLimit ? .longWarmUp(expected: expected, hours: live.warmUpHours) : nil
  }

  private static func growsEndlessly(_ capability: Capability, _ plan: SimulationPlan) -> Bool {
    guard let profile = capability.profile else { return false }
    return !(profile.growth(afterMonths: Int(plan.years * 12)) <= growthLimit)
  }

  private static func tooManyWindows(_ objective: Objective, _ plan: SimulationPlan) -> Bool {
    let length =
      switch objective.window {
      case .calendarMonth: 672.0
      case .year: 8760.0
      case .tumbling(let span): span.hours
      }
    return plan.horizonHours / length > windowLimit
  }
}
