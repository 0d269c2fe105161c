internal import Recovery
internal import ServiceModel
internal import Stochastics

/// What decides who has the roles that move when a simulation begins in the long run: the outages and the planned work
/// before time 0.
public struct RolePast: Sendable {
  /// The processes that hit the units of these roles, or what their moves need, as places among the graph's, ascending.
  public let processes: [Int]
  /// The planned work that does, as places among the graph's, ascending.
  public let works: [Int]
  /// How long before time 0 they matter, in hours.
  public let hours: Double
}

extension CompiledGraph {
  /// The past of roles between units of which some fail more often than others, or are worked on while others are not;
  /// `nil` where there are none, and where outages and planned work before time 0 are not enough to tell who has them, or
  /// would be too many.
  ///
  /// A holder is left at the rate of its losses whose moves work, and come to at that of the first candidate's: of two
  /// states, what is left of where it began after 20 / (rate + rate) is e⁻²⁰ (Kemeny and Snell, *Finite Markov chains*, 1960,
  /// for the two-state chain). Where work is what
  /// moves roles, a holder that only failures can bring is forgotten at their rate: the past is as long as that asks for, up
  /// to 500 outages and waves.
  public var rolePast: RolePast? {
    guard !rolesOfUnequalUnits.isEmpty, let past = roleEvents else { return nil }
    let (own, works, events) = (past.processes, past.works, past.eventsPerHour)
    let moving = movingRoles.filter { $0.failover != nil }
    // A role whose units are only ever down together, or never, stays where it is.
    let moved = moving.filter { isEverMoved($0, own, works) }
    let failures = moved.map { movesByFailures(of: $0, own) }
    let all = zip(moved, failures).map { $1 + movesByWork(of: $0, works) }
    guard let slowest = all.min(), slowest > 0 else { return nil }
    let hours = 20 / slowest
    guard hours * events <= CompiledGraph.mostPastEvents else { return nil }
    let byFailures = (failures.min() ?? 0) > 0 ? 20 / (failures.min() ?? 0) : .infinity
    return RolePast(processes: own, works: works, hours: max(hours, min(byFailures, 500 / events)))
  }

  /// About how many outages and waves are played at most.
  static let mostPastEvents = 2_000.0

  /// What takes down the units of roles that move, or what their moves need, and how often that is; `nil` where it can not
  /// be played before time 0: where demand or alerts on calls bear on them, or seasons, or units change their nodes. Live
  /// processes among it run before time 0 by themselves.
  var roleEvents: (processes: [Int], works: [Int], eventsPerHour: Double)? {
    let moving = movingRoles.compactMap(\.failover)
    let units = Set(movingRoles.flatMap(\.units)).union(
      self.units(below: moving.flatMap { $0.needs + [$0.seeingGate].compactMap { $0 } }))
    let own = processes.indices.filter {
      processes[$0].takesDown && !units.isDisjoint(with: processes[$0].units)
    }
    let works = planned.works.indices.filter { number in
      planned.works[number].waves.contains { !units.isDisjoint(with: $0.units) }
    }
    let coming = Set(planned.works.flatMap { $0.waves.flatMap(\.leaving) })
    let isLive = !liveProcesses.isDisjoint(with: own)
    guard units.isDisjoint(with: coming), demand.isEmpty, !isLive || rescheduling.isEmpty,
      own.allSatisfy({ processes[$0].season == nil }), moving.allSatisfy({ $0.alert == nil })
    else { return nil }
    let waves = works.reduce(0) {
      $0 + Double(planned.works[$1].waves.count) / planned.works[$1].everyHours
    }
    let running = Set(own).union(processesCoupled(to: own))
    return (own, works, running.sorted().reduce(waves) { $0 + (processes[$1].frequencyPerHour ?? 0) })
  }

  /// The live processes that run as long before time 0 as some processes, since these wait for crews or spares with them.
  private func processesCoupled(to own: [Int]) -> [Int] {
    liveGroups.filter { $0.isCoupled && !Set($0.processes).isDisjoint(with: own) }.flatMap(\.processes)
  }

  /// Whether anything takes some of the units down that may have a role, and leaves others up.
  func isEverMoved(_ role: MovingRole, _ own: [Int], _ works: [Int]) -> Bool {
    let candidates = role.failover?.candidates ?? []
    let units = Set(role.units + candidates.flatMap { movingRoles[$0].units })
    let hits = own.map { processes[$0].units } + works.flatMap { planned.works[$0].waves.map(\.units) }
    return hits.contains { !units.isDisjoint(with: $0) && !units.isSubset(of: $0) }
  }

  /// How often the first holder, or the first that takes over from it, loses a role by a failure for longer than a move
  /// takes, per hour.
  func movesByFailures(of role: MovingRole, _ own: [Int]) -> Double {
    own.reduce(0) { total, number in
      let process = processes[number]
      guard separates(role, process.units), let down = process.meanOutageHours else { return total }
      return total + (process.frequencyPerHour ?? 0) * chance(thatMoves: role, within: down, isNoticed: false)
    }
  }

  /// The same by planned work. Whoever works notices it; a window may come but once a week, and close after the first wave.
  func movesByWork(of role: MovingRole, _ works: [Int]) -> Double {
    works.reduce(0) { total, number in
      let work = planned.works[number]
      let wave = work.window == nil ? work.waves.first { separates(role, $0.units) } : work.waves.first
      guard let wave, separates(role, wave.units) else { return total }
      let every = work.window == nil ? work.everyHours : max(work.everyHours, OnCallHours.weekHours)
      return total + chance(thatMoves: role, within: work.takes.mean, isNoticed: true) / every
    }
  }

  /// Whether of the first holder and the first that takes over from it one is among some units, and the other is not.
  private func separates(_ role: MovingRole, _ units: [Int]) -> Bool {
    guard let first = role.units.first,
      let next = role.failover?.candidates.first.flatMap({ movingRoles[$0].units.first })
    else { return false }
    return units.contains(first) != units.contains(next)
  }

  /// About how likely a move is to be through before its holder is back.
  private func chance(thatMoves role: MovingRole, within down: Double, isNoticed: Bool) -> Double {
    guard let failover = role.failover, down > 0 else { return 0 }
    let noticed = isNoticed ? 0 : failover.detection.reduce(0) { $0 + $1.mean }
    let works = failover.manual == nil ? failover.works : 1
    let byHand = failover.works < 0.5 ? failover.manual?.mean ?? 0 : 0
    return works * decay((failover.takes.mean + noticed + byHand) / down)
  }

  /// (1 − x/1024)¹⁰²⁴, which is at most e⁻ˣ and the same on every machine.
  private func decay(_ x: Double) -> Double {
    (0..<10).reduce(max(0, 1 - x / 1024)) { power, _ in power * power }
  }
}
