internal import ServiceGraph
internal import Simulation

/// Which units hold which roles, as far as the moves of a story say: where a role has moved, and whom from the first time.
struct HeldRoles {
  /// The holders of each role.
  private var holders: [Int: Set<Int>] = [:]
  /// The units that each role has left, and not come back to.
  private var left: [Int: Set<Int>] = [:]

  /// Who held the roles at the beginning.
  init(_ events: [TraceEvent]) {
    var taken: [Int: Set<Int>] = [:]
    for case .roleMoved(let role, let from, let to, _) in events.map(\.kind) {
      if !(taken[role]?.contains(from) ?? false) { holders[role, default: []].insert(from) }
      taken[role, default: []].insert(to)
    }
  }

  /// Follows a move.
  mutating func follow(_ kind: TraceEvent.Kind) {
    guard case .roleMoved(let role, let from, let to, _) = kind else { return }
    holders[role, default: []].remove(from)
    holders[role, default: []].insert(to)
    left[role, default: []].insert(from)
    left[role]?.remove(to)
  }

  /// The role that a unit starts in and does not hold now, and who holds it in its stead where that is one unit; `nil`: it holds
  /// that, or has none.
  func lost(by unit: Int, _ roles: [MovingRole]) -> (role: Int, to: Int?)? {
    for (role, own) in roles.enumerated() where own.units.contains(unit) {
      let known = holders[role] ?? []
      let isAway = left[role]?.contains(unit) ?? false || known.count == own.units.count
      guard isAway, !known.contains(unit) else { continue }
      let others = known.subtracting(own.units)
      return (role, others.count == 1 ? others.first : nil)
    }
    return nil
  }

  /// The roles that a unit holds.
  func roles(of unit: Int) -> [Int] { holders.filter { $0.value.contains(unit) }.map(\.key).sorted() }
}
