/// A search that works out promising designs and their neighbours, for when there are too many to work out all.
struct DesignClimb<Failure: Error> {
  private let evaluator: DesignEvaluator<Failure>
  private let question: DesignQuestion
  private let limit: Int
  private(set) var points: [DesignPoint] = []
  private var seen: Set<[Int]> = []

  init(_ evaluator: DesignEvaluator<Failure>, _ question: DesignQuestion, limit: Int) {
    (self.evaluator, self.question, self.limit) = (evaluator, question, limit)
  }

  /// Begins with what the model says, each lever alone, and what independent parts would suggest.
  mutating func start(_ factored: FactoredDesigns?) throws(Failure) {
    let present = evaluator.space.present
    try look(present)
    for neighbour in neighbours(of: present) { try look(neighbour) }
    try look(allBest)
    guard let factored else { return }
    let suggested = [
      factored.cheapest(question), factored.leastChange(question), factored.mostAvailable(question),
    ]
    for design in suggested.compactMap(\.self) { try look(design) }
    for design in factored.frontier(question).designs.prefix(limit / 3) { try look(design) }
  }

  /// Works out the neighbours of the best designs until none of them is better, or the limit is reached.
  mutating func climb() throws(Failure) {
    var visited: Set<[Int]> = []
    while points.count < limit {
      let catalogue = DesignCatalogue(points: points)
      let best = [
        catalogue.cheapest(question), catalogue.leastChange(question), catalogue.mostAvailable(question),
      ]
      let open = (best.compactMap(\.self) + catalogue.frontier(question)).filter { !visited.contains($0) }
      guard let next = open.first else { return }
      visited.insert(next)
      for neighbour in neighbours(of: next) { try look(neighbour) }
    }
  }

  /// No design that keeps the promises costs less, if none is more available than the best values of all levers together:
  /// what is left of each lever when the others have their best value.
  func leastCost() throws(Failure) -> Double? {
    guard question.hasTargets else { return nil }
    let best = allBest
    let top = try evaluator.point(best)
    guard top.meets(question) else { return nil }
    var least = top.cost(over: question.months)
    for lever in best.indices {
      var cheapest = 0.0
      for value in evaluator.space.levers[lever].values.indices {
        var changed = best
        changed[lever] = value
        let point = try evaluator.point(changed)
        guard point.meets(question) else { continue }
        cheapest = min(cheapest, point.cost(over: question.months) - top.cost(over: question.months))
      }
      least += cheapest
    }
    return least
  }

  /// The value of each lever that leaves the least downtime when it alone is pulled.
  private var allBest: [Int] {
    evaluator.space.levers.indices.map { lever in
      let alone = points.filter { point in
        point.design.indices.allSatisfy { $0 == lever || point.design[$0] == 0 }
      }
      return alone.min { $0.downtime(question.weights) < $1.downtime(question.weights) }?.design[lever] ?? 0
    }
  }

  private func neighbours(of design: [Int]) -> [[Int]] {
    design.indices.flatMap { lever in
      evaluator.space.levers[lever].values.indices.filter { $0 != design[lever] }.map { value in
        var changed = design
        changed[lever] = value
        return changed
      }
    }
  }

  private mutating func look(_ design: [Int]) throws(Failure) {
    guard points.count < limit, seen.insert(design).inserted else { return }
    points.append(try evaluator.point(design))
  }
}
