internal import Simulation

/// Which units hold which roles, as far as the moves of a story say: where a role has moved, and whom from the first time.
struct HeldRoles {
  /// The holders of each role.
  private var holders: [Int: Set<Int>] = [:]

  /// Who held the roles at the beginning.
  init(_ events: [TraceEvent]) {
    var taken: [Int: Set<Int>] = [:]
    for case .roleMoved(let role, let from, let to) in events.map(\.kind) {
      if !(taken[role]?.contains(from) ?? false) { holders[role, default: []].insert(from) }
      taken[role, default: []].insert(to)
    }
  }

  /// Follows a move.
  mutating func follow(_ kind: TraceEvent.Kind) {
    guard case .roleMoved(let role, let from, let to) = kind else { return }
    holders[role, default: []].remove(from)
    holders[role, default: []].insert(to)
  }

  /// The roles that a unit holds.
  func roles(of unit: Int) -> [Int] { holders.filter { $0.value.contains(unit) }.map(\.key).sorted() }
}
