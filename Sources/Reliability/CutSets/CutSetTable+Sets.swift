extension CutSetTable {
  /// The largest order for which sets are counted apart: each order is a pass over all nodes.
  private static func countedOrders(nodes: Int) -> Int { max(16, 20_000_000 / max(1, nodes)) }

  /// Counts, sums and the most probable sets, with names for variables.
  ///
  /// - Parameters:
  ///   - names: of the variables.
  ///   - probabilities: of the variables; sums and the order of the sets need all of those in sets.
  init(
    _ sets: MinimalCutSets, _ questions: FaultTreeQuestions, names: [String], _ probabilities: [Double?]
  ) {
    let isKnown = sets.variables(count: names.count).allSatisfy { probabilities[$0] != nil }
    let known = probabilities.map { $0 ?? 1 }
    let sum = isKnown ? sets.probabilitySum(known) : nil
    let listed = CutSetNaming(names: names).listed(sets, questions, known)
    self.init(
      kind: sets.kind.text, count: sets.count,
      countsByOrder: sets.countsByOrder(upTo: CutSetTable.countedOrders(nodes: sets.nodeCount)),
      rows: listed.map { set in
        Row(
          literals: set.literals.map { literal in
            Literal(name: names[literal.variable], isNegated: literal.isNegated)
          },
          probability: isKnown ? set.probability : nil, share: sum.map { set.share(of: $0) })
      },
      probabilitySum: sum,
      minCutUpperBound: isKnown && sets.kind == .cutSets ? sets.minCutUpperBound(known) : nil)
  }
}

extension CutSetTable {
  /// The same where some events depend on each other: probabilities of sets are not products.
  ///
  /// - Parameters:
  ///   - probabilities: of the variables by themselves.
  ///   - sum: of all sets' probabilities.
  ///   - probability: of one set.
  init(
    _ sets: MinimalCutSets, _ questions: FaultTreeQuestions, names: [String], _ probabilities: [Double],
    sum: Double?, probability: ([CutSetLiteral]) -> Double?
  ) {
    let known = CutSetNaming(names: names).candidates(sets, questions, probabilities)
    let found = known.map { set in (set, probability(set.literals)) }
      .filter { ($0.1 ?? 1) >= questions.minimumProbability * (1 - 1e-12) }
    // Sets of equal probability stay in the order of their names.
    let order = found.indices.sorted {
      let (one, other) = (found[$0].1 ?? 0, found[$1].1 ?? 0)
      return one == other ? $0 < $1 : one > other
    }
    self.init(
      kind: sets.kind.text, count: sets.count,
      countsByOrder: sets.countsByOrder(upTo: CutSetTable.countedOrders(nodes: sets.nodeCount)),
      rows: order.prefix(questions.listed).map { place in
        let (set, own) = found[place]
        return Row(
          literals: set.literals.map { Literal(name: names[$0.variable], isNegated: $0.isNegated) },
          probability: own, share: own.flatMap { own in sum.map { $0 > 0 ? own / $0 : 0 } })
      },
      probabilitySum: sum, minCutUpperBound: nil)
  }
}

/// Lists sets in an order that does not depend on how variables are numbered.
private struct CutSetNaming {
  /// The place of each variable when sorted by name.
  private var ranks: [Int]

  init(names: [String]) {
    ranks = [Int](repeating: 0, count: names.count)
    for (rank, variable) in names.indices.sorted(by: { names[$0] < names[$1] }).enumerated() {
      ranks[variable] = rank
    }
  }

  func listed(_ sets: MinimalCutSets, _ questions: FaultTreeQuestions, _ probabilities: [Double]) -> [CutSet]
  {
    guard questions.maximumOrder != nil || questions.minimumProbability > 0 else {
      return sets.mostProbable(questions.listed, probabilities, ranks: ranks)
    }
    let filter = CutSetFilter(
      maximumOrder: questions.maximumOrder, minimumProbability: questions.minimumProbability)
    return Array(sets.list(probabilities, filter, ranks: ranks).prefix(questions.listed))
  }

  /// All sets of a small family, by their names when equally probable; of a large one those that would be the most
  /// probable if events were independent, many times as many as are wanted.
  func candidates(_ sets: MinimalCutSets, _ questions: FaultTreeQuestions, _ probabilities: [Double])
    -> [CutSet]
  {
    let filter = CutSetFilter(maximumOrder: questions.maximumOrder)
    if sets.approximateCount <= 200_000 { return sets.list(probabilities, filter, ranks: ranks) }
    let most = max(1_000, min(200_000, 20 * questions.listed))
    guard let order = questions.maximumOrder else {
      return sets.mostProbable(most, probabilities, ranks: ranks)
    }
    return Array(
      sets.list(
        probabilities, CutSetFilter(maximumOrder: order, maximumCount: 200_000), ranks: ranks))
  }
}

extension MinimalCutSets {
  /// The variables that stand in some set, ascending.
  fileprivate func variables(count: Int) -> [Int] {
    var isUsed = [Bool](repeating: false, count: count)
    for node in nodes.dropFirst(2) where !node.isModule { isUsed[node.literal.variable] = true }
    return isUsed.indices.filter { isUsed[$0] }
  }
}

extension CutSetKind {
  /// What people call them.
  fileprivate var text: String {
    switch self {
    case .cutSets: "minimal cut sets"
    case .pathSets: "minimal path sets"
    case .primeImplicants: "prime implicants"
    }
  }
}
