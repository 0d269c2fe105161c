internal import ServiceModel
internal import Stochastics

/// What decides who has the roles that move when a simulation begins in the long run: the outages before time 0.
public struct RolePast: Sendable {
  /// The processes that hit the units of these roles, or what their moves need, as places among the graph's, ascending.
  public let processes: [Int]
  /// How long before time 0 they matter, in hours.
  public let hours: Double
}

extension CompiledGraph {
  /// The past of roles between units of which some fail more often than others; `nil` where there are none, and where
  /// outages before time 0 are not enough to tell who has them, or would be too many.
  ///
  /// A holder is left at the rate of its failures whose moves work, and come to at that of the first candidate's: of two
  /// states, what is left of where it began after 20 / (rate + rate) is e⁻²⁰ (Kemeny and Snell, *Finite Markov chains*, 1960,
  /// for the two-state chain).
  public var rolePast: RolePast? {
    guard !rolesOfUnequalUnits.isEmpty else { return nil }
    let moving = movingRoles.filter { $0.failover != nil }
    let units = Set(movingRoles.flatMap(\.units)).union(
      self.units(
        below: moving.flatMap { ($0.failover?.needs ?? []) + [$0.failover?.seeingGate].compactMap { $0 } }))
    let own = processes.indices.filter {
      processes[$0].takesDown && !units.isDisjoint(with: processes[$0].units)
    }
    let started = Set(starts.flatMap(\.units)).union(
      planned.works.flatMap { $0.waves.flatMap { $0.units + $0.leaving } })
    guard units.isDisjoint(with: started), liveProcesses.isDisjoint(with: own), demand.isEmpty,
      own.allSatisfy({ processes[$0].season == nil }), moving.allSatisfy({ $0.failover?.alert == nil })
    else { return nil }
    let rates = moving.map { moves(of: $0, own) }
    guard let slowest = rates.min(), slowest > 0 else { return nil }
    let hours = 20 / slowest
    let outages = own.reduce(0) { $0 + (processes[$1].frequencyPerHour ?? 0) * hours }
    return outages <= 2_000 ? RolePast(processes: own, hours: hours) : nil
  }

  /// How often the first holder, or the first that takes over from it, loses a role for longer than a move takes, per hour.
  private func moves(of role: MovingRole, _ own: [Int]) -> Double {
    guard let failover = role.failover, let first = role.units.first,
      let next = failover.candidates.first.flatMap({ movingRoles[$0].units.first })
    else { return 0 }
    let move = failover.takes.mean + failover.detection.reduce(0) { $0 + $1.mean }
    let works = failover.manual == nil ? failover.works : 1
    let byHand = failover.works < 0.5 ? failover.manual?.mean ?? 0 : 0
    return own.reduce(0) { total, number in
      let process = processes[number]
      guard process.units.contains(first) != process.units.contains(next), let down = process.meanOutageHours,
        down > 0
      else { return total }
      return total + works * (process.frequencyPerHour ?? 0) * decay((move + byHand) / down)
    }
  }

  /// (1 − x/1024)¹⁰²⁴, which is at most e⁻ˣ and the same on every machine.
  private func decay(_ x: Double) -> Double {
    (0..<10).reduce(max(0, 1 - x / 1024)) { power, _ in power * power }
  }
}
