internal import ServiceGraph
internal import ServiceModel
internal import Stochastics

/// How long a dependent group runs before time 0 where the simulation begins in the long run.
///
/// There is no law to draw its long-run state from. So each process begins up, with the residual life of its
/// equilibrium law, and the group runs until it has forgotten that everything was up: 20 times the work that it can
/// have in hand (the longest outage, and all outages at once done by the crew's hands). For 2 to 100 machines alike and
/// one to five hands at any load, the second eigenvalue of the chain (van Doorn, *Adv. Appl. Prob.* 17, 1985) leaves
/// e⁻⁴⁸ of the start after that.
///
/// Where a crew is busier than 80 %, so that rare failures may wait as long as they take to come, or where ages in a pool
/// differ from those of units alone, 10 mean up times more: e⁻¹⁰.
struct WarmUp {
  /// The hours.
  let hours: Double

  private static let lightLoad = 0.8

  init(_ group: DependentGroup, in graph: CompiledGraph) {
    let classes = group.classes.map { ClassLoad($0, group, graph) }
    let longest = classes.reduce(0) { max($0, $1.outageHours) }
    let inHand = Dictionary(grouping: classes, by: \.crew).values.reduce(0) { most, sharing in
      max(most, sharing.reduce(0) { $0 + $1.hoursInHand })
    }
    let takeovers = group.pools.reduce(0) { max($0, WarmUp.longestTakeover($1)) }
    let isLight = Dictionary(grouping: classes, by: \.crew).values.allSatisfy { sharing in
      sharing.reduce(0) { $0 + $1.load } <= WarmUp.lightLoad
    }
    let slow = classes.filter { !isLight || $0.agesInPool }.reduce(0) { max($0, $1.lifetimeHours) }
    hours = 20 * (longest + inHand + takeovers) + 10 * slow
  }

  private static func longestTakeover(_ pool: DependentGroup.Pool) -> Double {
    guard let standby = pool.standby else { return 0 }
    let moves = [standby.takes, standby.manual].compactMap { $0?.mean }
    let seen = standby.detection.reduce(0) { $0 + $1.mean }
    return max(seen, pool.otherwise?.mean ?? 0) + (moves.max() ?? 0)
  }
}

/// What one class of failures asks of its crew.
private struct ClassLoad {
  let crew: Int?
  let outageHours: Double
  /// The work if all of them are down at once, for all hands together.
  let hoursInHand: Double
  /// Work per hour for each hand while all are up.
  let load: Double
  /// The mean time between two failures of one unit, with its time as a spare.
  let lifetimeHours: Double
  /// Whether ages matter, and pass otherwise than for a unit alone.
  let agesInPool: Bool

  init(_ one: DependentGroup.FailureClass, _ group: DependentGroup, _ graph: CompiledGraph) {
    let process = one.processes.first.map { graph.processes[$0] }
    let pool = one.pool.map { group.pools[$0] }
    let uptime = process?.uptime?.mean ?? 0
    let count = Double(one.processes.count)
    let factor = pool?.loadSharing.map { $0.factor(working: 1, running: pool?.running ?? 1) } ?? 1
    crew = one.crew
    outageHours = process?.meanOutageHours ?? 0
    let hands = one.crew.map { Double(graph.model.crews[$0].count) } ?? count
    hoursInHand = count * outageHours / hands
    load = uptime > 0 ? count * outageHours / uptime * max(1, factor) / hands : 0
    let working = pool.map { Double($0.running) / Double($0.units.count) } ?? 1
    lifetimeHours = uptime / working
    agesInPool = pool != nil && !(process?.uptime is Exponential)
  }
}
