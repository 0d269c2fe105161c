extension MinimalCutSets {
  /// Calls `body` with every set that passes a filter, in an order that depends on the diagram only.
  ///
  /// Parts of the diagram without such a set are never entered.
  ///
  /// - Parameters:
  ///   - trueProbabilities: P(true) of each variable, 0…1.
  ///   - filter: Which sets.
  ///   - body: Takes the literals from the top of the diagram, valid during the call, and their probability.
  /// - Complexity: O(nodes) and some 20 ns for each set.
  package func forEach(
    _ trueProbabilities: [Double], _ filter: CutSetFilter = CutSetFilter(),
    _ body: (UnsafeBufferPointer<CutSetLiteral>, Double) -> Void
  ) {
    if filter.maximumCount ?? 1 <= 0 { return }
    let walk = CutSetWalk(self, filter, trueProbabilities)
    defer { walk.deallocate() }
    walk.run(body)
  }

  /// The sets that pass a filter, the most probable first, then by their literals.
  ///
  /// - Parameters:
  ///   - ranks: The place of each variable among all when sorted by name; by number when `nil`.
  /// - Complexity: As `forEach`, and memory for each set; `mostProbable` needs less for few of many.
  package func list(
    _ trueProbabilities: [Double], _ filter: CutSetFilter = CutSetFilter(), ranks: [Int]? = nil
  ) -> [CutSet] {
    var sets: [CutSet] = []
    forEach(trueProbabilities, filter) { literals, _ in
      sets.append(CutSet(Array(literals), trueProbabilities, ranks: ranks))
    }
    return CutSet.sorted(sets, ranks: ranks)
  }
}

extension CutSet {
  /// A set in the order of its literals, its probability multiplied in that order.
  init(_ literals: [CutSetLiteral], _ trueProbabilities: [Double], ranks: [Int]?) {
    let sorted = literals.sorted { CutSet.precedes($0, $1, ranks) }
    self.init(
      literals: sorted, probability: sorted.reduce(1) { $0 * $1.probability(trueProbabilities) })
  }

  private static func precedes(_ left: CutSetLiteral, _ right: CutSetLiteral, _ ranks: [Int]?) -> Bool {
    guard let ranks, left.variable != right.variable else { return left < right }
    return ranks[left.variable] < ranks[right.variable]
  }

  /// The most probable first, then by literals.
  static func sorted(_ sets: [CutSet], ranks: [Int]?) -> [CutSet] {
    sets.sorted { left, right in
      if left.probability != right.probability { return left.probability > right.probability }
      return left.literals.lexicographicallyPrecedes(right.literals) { precedes($0, $1, ranks) }
    }
  }
}
