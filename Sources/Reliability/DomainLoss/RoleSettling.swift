internal import ServiceGraph
internal import Stochastics

/// A role whose holder is lost, and who takes it.
struct SettledMove {
  /// What becomes of the role.
  enum Outcome {
    /// A unit takes it.
    case taken(by: Int)
    /// No candidate is up.
    case noCandidate
    /// Something the automatic move needs is down, and nobody does it by hand.
    case blocked
  }

  let role: Int
  let from: Int
  let outcome: Outcome
  /// Whether it is done by hand, since what an automatic move needs is down.
  let isByHand: Bool
  /// Everything that passes from the loss to the end of an automatic move, in hours.
  let automatic: [any Distribution]
  /// The same when the last move is done by hand; `nil` when nobody does.
  let byHand: [any Distribution]?
}

extension OutageState {
  /// Moves the roles of units that are down, as far as candidates are up.
  ///
  /// What a move needs is asked before anything moves. A unit that lost its role has the candidate's, which may
  /// move in turn.
  ///
  /// - Parameters:
  ///   - lost: the units to look at.
  ///   - allowsHand: whether moves by hand happen too.
  mutating func settle(_ lost: [Int], allowsHand: Bool) -> [SettledMove] {
    var moves: [SettledMove] = []
    let holders = lost.filter { roleOfUnit[$0] >= 0 && !isUnitUp[$0] }
    let able = rolesAbleToMove(components: Set(holders.map { graph.movingRoles[roleOfUnit[$0]].component }))
    for unit in holders {
      var seen: [Int] = []
      var before: [any Distribution] = []
      while let failover = graph.movingRoles[roleOfUnit[unit]].failover, !seen.contains(roleOfUnit[unit]) {
        let role = roleOfUnit[unit]
        seen.append(role)
        let move = move(
          of: role, from: unit, failover, isAble: able.contains(role), allowsHand: allowsHand, after: before)
        moves.append(move)
        guard case .taken(let other) = move.outcome else { break }
        before = (move.isByHand ? move.byHand : nil) ?? move.automatic
        swap(down: unit, up: other)
      }
    }
    return moves
  }

  /// The roles of some components that have all that an automatic move needs.
  private func rolesAbleToMove(components: Set<Int>) -> Set<Int> {
    guard !components.isEmpty else { return [] }
    return Set(
      components.flatMap { rolesOfComponent[$0] ?? [] }.filter {
        graph.movingRoles[$0].failover?.needs.allSatisfy { isUp($0) } ?? false
      })
  }

  private func move(
    of role: Int, from unit: Int, _ failover: MovingFailover, isAble: Bool, allowsHand: Bool,
    after before: [any Distribution]
  ) -> SettledMove {
    let outcome: SettledMove.Outcome
    if !isAble && !(allowsHand && failover.manual != nil) {
      outcome = .blocked
    } else {
      outcome =
        candidate(for: failover, ofComponent: graph.movingRoles[role].component)
        .map { .taken(by: $0) } ?? .noCandidate
    }
    return SettledMove(
      role: role, from: unit, outcome: outcome, isByHand: !isAble,
      automatic: before + failover.detection + [failover.takes],
      byHand: failover.manual.map { before + failover.detection + [$0] })
  }

  /// The first unit of the first candidate role that is up.
  private func candidate(for failover: MovingFailover, ofComponent component: Int) -> Int? {
    let units = (rolesOfComponent[component] ?? []).flatMap { graph.movingRoles[$0].units }
    for role in failover.candidates {
      if let unit = units.first(where: { roleOfUnit[$0] == role && isUnitUp[$0] }) { return unit }
    }
    return nil
  }
}
