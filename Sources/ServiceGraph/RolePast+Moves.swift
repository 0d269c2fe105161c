internal import Stochastics

extension CompiledGraph {
  /// The past of roles whose units are equal, or that begin where the model puts them for another reason: what tells which
  /// moves are under way at time 0.
  ///
  /// Nobody asks which of equal units has a role, only whether its holder is down. So outages and planned work before time 0
  /// matter as long as those under way, the starts after them and the moves that they set off: for 20 times the longest.
  /// Where units remember how old they are, or fail together with some others, whoever has a role is not any of them: then
  /// it is as long as a role is forgotten, too, by the rule of ``rolePast``, as far as that is no more than 2,000 outages.
  ///
  /// - Parameter horizonHours: how long the simulation is. What moves under way add to its downtime is at most the share of
  ///   one move in the horizon: below 0.01 % there is no past.
  public func pastOfMoves(horizonHours: Double) -> RolePast? {
    let moving = movingRoles.filter { $0.failover != nil }
    let move = longestMoveHours
    guard move > 1e-4 * horizonHours, let past = roleEvents, past.eventsPerHour > 0 else { return nil }
    let outages = past.processes.map { number in
      max(processes[number].coveringOutageHours ?? 0, processes[number].meanHoursUntilStarted ?? 0)
    }
    let waves = past.works.map { planned.works[$0].takes.mean }
    var hours = 20 * (move + (outages + waves).reduce(0, max))
    if !moving.allSatisfy({ hasInterchangeableUnits($0, past.processes) }) {
      let rates = moving.filter { isEverMoved($0, past.processes, past.works) }.map {
        movesByFailures(of: $0, past.processes) + movesByWork(of: $0, past.works)
      }
      hours = rates.reduce(hours) { max($0, $1 > 0 ? 20 / $1 : .infinity) }
    }
    return RolePast(
      processes: past.processes, works: past.works,
      hours: min(hours, CompiledGraph.mostPastEvents / past.eventsPerHour))
  }

  /// The roles of which moves may be under way at time 0 for long enough to be felt, and are taken as done.
  public func rolesBegunWithoutMoves(horizonHours: Double) -> [String] {
    guard longestMoveHours > 1e-4 * horizonHours, rolePast == nil,
      pastOfMoves(horizonHours: horizonHours) == nil
    else { return [] }
    return movingRoles.filter { role in
      guard role.failover != nil else { return false }
      let units = Set(role.units)
      return processes.contains { $0.takesDown && !units.isDisjoint(with: $0.units) }
    }.map(\.name)
  }

  /// How long a move of any role takes on average, with the time to notice.
  private var longestMoveHours: Double {
    movingRoles.reduce(0) { max($0, $1.failover?.longestHours ?? 0) }
  }

  /// Whether the units that may have a role forget how old they are, and fail alone or all together.
  private func hasInterchangeableUnits(_ role: MovingRole, _ own: [Int]) -> Bool {
    let candidates = role.failover?.candidates ?? []
    let units = Set(role.units + candidates.flatMap { movingRoles[$0].units })
    return own.allSatisfy { number in
      let hit = units.intersection(processes[number].units).count
      return hit == 0 || (processes[number].uptime is Exponential && (hit == 1 || hit == units.count))
    }
  }
}

extension MovingFailover {
  /// How long a move takes on average, with the time to notice; of moves by themselves and by hand, the longer.
  fileprivate var longestHours: Double {
    let noticed = max(detection.reduce(0) { $0 + $1.mean }, otherwise?.mean ?? 0)
    return noticed + max(takes.mean, manual?.mean ?? 0)
  }
}
