/// Designs that were worked out, to choose among.
struct DesignCatalogue {
  let points: [DesignPoint]

  private func least(
    _ question: DesignQuestion, meetsTargets: Bool, by isBetter: (DesignPoint, DesignPoint) -> Bool
  ) -> [Int]? {
    points.filter { $0.keepsBudgets(question) && (!meetsTargets || $0.meets(question)) }.min(by: isBetter)?
      .design
  }

  func cheapest(_ question: DesignQuestion) -> [Int]? {
    least(question, meetsTargets: true) { Self.isCheaper($0, $1, question) }
  }

  /// The design that takes least of a limited resource, of those the cheapest.
  func leastUse(of resource: Int, _ question: DesignQuestion) -> [Int]? {
    least(question, meetsTargets: true) {
      let (a, b) = ($0.uses[safely: resource] ?? 0, $1.uses[safely: resource] ?? 0)
      return a != b ? a < b : Self.isCheaper($0, $1, question)
    }
  }

  func leastChange(_ question: DesignQuestion) -> [Int]? {
    least(question, meetsTargets: true) {
      $0.changes != $1.changes ? $0.changes < $1.changes : Self.isCheaper($0, $1, question)
    }
  }

  func mostAvailable(_ question: DesignQuestion) -> [Int]? {
    least(question, meetsTargets: false) { left, right in
      let (a, b) = (left.downtime(question.weights), right.downtime(question.weights))
      return abs(a - b) > 1e-12 * max(a, b) ? a < b : Self.isCheaper(left, right, question)
    }
  }

  /// By cost, then by downtime, then by the order of the values, so that the answer never depends on the way to it.
  private static func isCheaper(
    _ left: DesignPoint, _ right: DesignPoint, _ question: DesignQuestion
  ) -> Bool {
    let (a, b) = (left.cost(over: question.months), right.cost(over: question.months))
    if abs(a - b) > 1e-6 { return a < b }
    let (c, d) = (left.downtime(question.weights), right.downtime(question.weights))
    if abs(c - d) > 1e-12 * max(c, d) { return c < d }
    return left.design.lexicographicallyPrecedes(right.design)
  }

  func frontier(_ question: DesignQuestion) -> [[Int]] {
    let within = points.filter { $0.keepsBudgets(question) }
      .sorted { $0.design.lexicographicallyPrecedes($1.design) }
    let values = within.flatMap { [$0.cost(over: question.months), $0.downtime(question.weights)] }
    guard let most = within.map({ $0.downtime(question.weights) }).max() else { return [] }
    return ParetoFilter(tolerances: [1e-6, 1e-13 * most]).kept(values, width: 2, comparing: [0, 1])
      .map { within[$0].design }
  }
}
