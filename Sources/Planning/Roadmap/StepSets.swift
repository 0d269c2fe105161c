/// Every set of steps that can be made, and the best way through them.
///
/// Held as a bit mask: bit i is step i. The best completion of a set is the best of its next steps with theirs
/// (Bellman's principle), so 2ⁿ sets stand for n! orders.
struct StepSets {
  private let needs: [Int]
  private let standings: [Int: StepOrder.Standing]
  private let count: Int

  /// Looks at every set that its needs allow.
  init<Failure: Error>(
    needs: [[Int]], standing: (Set<Int>) throws(Failure) -> StepOrder.Standing?
  ) throws(Failure) {
    count = needs.count
    self.needs = needs.map { $0.reduce(0) { $0 | 1 << $1 } }
    var standings: [Int: StepOrder.Standing] = [:]
    for set in 0..<(1 << needs.count) where Self.isReachable(set, self.needs, standings) {
      let steps = Set(needs.indices.filter { set & 1 << $0 != 0 })
      standings[set] = try standing(steps)
    }
    self.standings = standings
  }

  /// Whether a set has a step that may come last, after a set that can be made; a subset has the smaller number.
  private static func isReachable(
    _ set: Int, _ needs: [Int], _ standings: [Int: StepOrder.Standing]
  ) -> Bool {
    set == 0
      || needs.indices.contains { step in
        let rest = set & ~(1 << step)
        return rest != set && needs[step] & ~rest == 0 && standings[rest] != nil
      }
  }

  /// What remains of a way: cost times downtime, then downtime alone to tell ways of one cost apart.
  private struct Remainder {
    var weighted = 0.0
    var plain = 0.0
    var next: Int?

    func isLess(than other: Remainder) -> Bool {
      let tolerance = 1e-12 * max(abs(weighted), abs(other.weighted))
      if abs(weighted - other.weighted) > tolerance { return weighted < other.weighted }
      return plain < other.plain - 1e-12 * abs(other.plain)
    }
  }

  /// The best order; of orders that are alike the one nearest to the plan.
  func best() -> StepOrder? {
    let full = 1 << count - 1
    guard standings[full] != nil else { return nil }
    var remainders: [Int: Remainder] = [full: Remainder()]
    for set in stride(from: full - 1, through: 0, by: -1) {
      guard let standing = standings[set] else { continue }
      for step in 0..<count where set & 1 << step == 0 && needs[step] & ~set == 0 {
        guard let after = standings[set | 1 << step], var own = remainders[set | 1 << step] else { continue }
        let cost = after.cost.flatMap { later in standing.cost.map { later - $0 } } ?? 1
        own.weighted += cost * standing.downtimeHours
        own.plain += standing.downtimeHours
        own.next = step
        if remainders[set].map({ own.isLess(than: $0) }) ?? true { remainders[set] = own }
      }
    }
    return order(remainders)
  }

  private func order(_ remainders: [Int: Remainder]) -> StepOrder? {
    var stages: [StepOrder.Stage] = []
    var set = 0
    while let step = remainders[set]?.next {
      guard let before = standings[set], let after = standings[set | 1 << step] else { return nil }
      stages.append(StepOrder.Stage(step: step, before: before, after: after))
      set |= 1 << step
    }
    guard stages.count == count else { return nil }
    return StepOrder(stages: stages, method: .allSets, setCount: standings.count)
  }
}
