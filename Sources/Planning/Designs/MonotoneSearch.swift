/// What a plan is chosen for.
public enum DesignGoal: String, Sendable, Hashable, CaseIterable {
  /// The least cost that keeps the promises.
  case cheapest
  /// The fewest levers that keep them.
  case leastChange
  /// The least downtime within the budgets.
  case mostAvailable
  /// The least of cost and downtime together.
  case leastTotal
}

/// Branch and bound over whole designs of a coherent structure.
///
/// In a coherent structure nothing gets worse where a part gets better (Barlow and Proschan, 1975, chapter 1). With some
/// levers decided, the others at their best values therefore bound every promise from above, and the least that they add
/// bounds the price from below. A best value is one that nothing beats beside the other best ones; that it stays so beside
/// designs that are unlike each other, and that prices add up, is held against every design on the way: one exception,
/// and nothing is called proved.
struct MonotoneSearch<Failure: Error> {
  /// What a search came to.
  struct Outcome {
    /// Whether no design is better than the best that was worked out.
    let isProved: Bool
    /// No design is below this; `nil` when that is not known.
    let bound: Double?
  }

  let evaluator: DesignEvaluator<Failure>
  var question: DesignQuestion
  let limit: Int
  /// Whole designs that were worked out on the way.
  private(set) var points: [DesignPoint] = []
  /// How often a design was held against the one that bounds it.
  private(set) var compared = 0
  /// Whether bounds have held so far.
  private(set) var isMonotone = true
  /// For each criterion the best value of each lever.
  private(set) var best: [[Int]] = []
  /// By lever and value: what it adds to the price of a month.
  private(set) var prices: [[Double]] = []
  /// By lever and value: what it adds to what is taken of each limited resource.
  private(set) var uses: [[[Double]]] = []
  private(set) var sequence: [Int] = []

  /// The levers whose best value for each capability was shown to be no worse than any other, beside some designs.
  private(set) var shownLevers: [Int] = []

  /// - Parameters:
  ///   - limit: at most so many designs are worked out, with those that were before.
  ///   - order: shows of designs that one is no worse than another.
  init(
    _ evaluator: DesignEvaluator<Failure>, _ question: DesignQuestion, limit: Int,
    order: DesignPlanner<Failure>.Order? = nil
  ) throws(Failure) {
    (self.evaluator, self.question, self.limit) = (evaluator, question, limit)
    let present = try look(evaluator.space.present)
    let alone = try lever(at: present.design)
    prices = alone.map { points in points.map { $0.monthly - present.monthly } }
    uses = alone.map { points in points.map { zip($0.uses, present.uses).map { $0 - $1 } } }
    best = try criteria(present).indices.map { criterion throws(Failure) in try bestValues(criterion) }
    for context in contexts { try holdBest(beside: context) }
    if let order { shownLevers = try levers(shownBy: order) }
    sequence = prices.indices.sorted { spread($0) != spread($1) ? spread($0) > spread($1) : $0 < $1 }
  }

  private func spread(_ lever: Int) -> Double { (prices[lever].max() ?? 0) - (prices[lever].min() ?? 0) }

  private mutating func look(_ design: [Int]) throws(Failure) -> DesignPoint {
    let point = try evaluator.point(design)
    points.append(point)
    return point
  }

  /// What is to be small: unavailabilities, and how likely promises of recovery are broken.
  private func criteria(_ point: DesignPoint) -> [Double] {
    point.unavailability + point.recoveries.map { 1 - $0 }
  }

  // MARK: Best values

  /// By lever, the designs that differ in it alone.
  private mutating func lever(at design: [Int]) throws(Failure) -> [[DesignPoint]] {
    var all: [[DesignPoint]] = []
    for lever in evaluator.space.levers.indices {
      var own: [DesignPoint] = []
      for value in evaluator.space.levers[lever].values.indices {
        own.append(try look(changed(design, lever, value)))
      }
      all.append(own)
    }
    return all
  }

  private func changed(_ design: [Int], _ lever: Int, _ value: Int) -> [Int] {
    var changed = design
    changed[lever] = value
    return changed
  }

  /// Beside what the model says first, then beside each other until nothing is better.
  private mutating func bestValues(_ criterion: Int) throws(Failure) -> [Int] {
    var design = evaluator.space.present
    for _ in 0...evaluator.space.levers.count {
      let choice = try lever(at: design).enumerated().map { lever, points in
        let now = criteria(points[design[lever]])[criterion]
        let least = points.map { criteria($0)[criterion] }.min() ?? now
        guard least < now else { return design[lever] }
        return points.firstIndex { criteria($0)[criterion] == least } ?? design[lever]
      }
      guard choice != design else { break }
      design = choice
    }
    return design
  }

  /// Designs that are unlike each other: what the model says, the first values of all levers, the last, and in turns.
  private var contexts: [[Int]] {
    let last = evaluator.space.levers.map { $0.values.count - 1 }
    let turns = [0, 1].map { turn in last.enumerated().map { $0.offset % 2 == turn ? $0.element : 0 } }
    return [evaluator.space.present, last] + turns + Array(best.prefix(1))
  }

  /// Holds the best value of each lever against its others beside a design.
  private mutating func holdBest(beside design: [Int]) throws(Failure) {
    for (lever, points) in try lever(at: design).enumerated() {
      for point in points {
        for criterion in best.indices {
          compare(
            [criteria(point)[criterion]], with: [criteria(points[best[criterion][lever]])[criterion]])
        }
      }
    }
  }

  /// The levers whose best value is shown to be no worse than any other beside each context.
  private func levers(shownBy order: DesignPlanner<Failure>.Order) throws(Failure) -> [Int] {
    var shown: [Int] = []
    for lever in prices.indices where try isShown(lever, order) { shown.append(lever) }
    return shown
  }

  private func isShown(_ lever: Int, _ order: DesignPlanner<Failure>.Order) throws(Failure) -> Bool {
    for capability in question.targets.indices {
      for context in contexts {
        let better = changed(context, lever, best[capability][lever])
        for value in prices[lever].indices where value != best[capability][lever] {
          guard try order(better, changed(context, lever, value), capability) else { return false }
        }
      }
    }
    return true
  }

  // MARK: Search

  /// Some levers decided, in the order of `sequence`.
  struct Partial {
    let values: [Int]
    /// Each criterion with all other levers at their best for it.
    let bounds: [Double]
  }

  /// Looks for what no design beats in a goal.
  mutating func search(_ goal: DesignGoal) throws(Failure) -> Outcome { try search(.goal(goal)) }

  /// What is to be least: a goal's, or the use of a limited resource by what keeps the promises.
  enum Aim {
    case goal(DesignGoal)
    case use(Int)
  }

  mutating func search(_ aim: Aim) throws(Failure) -> Outcome {
    var queue = LeastFirst<Partial>()
    try add(try root(), to: &queue, aim)
    while let (key, partial) = queue.popLeast() {
      guard isMonotone else { return Outcome(isProved: false, bound: nil) }
      guard partial.values.count < sequence.count else { return Outcome(isProved: true, bound: key) }
      guard evaluator.count < limit else { return Outcome(isProved: false, bound: key) }
      let lever = sequence[partial.values.count]
      for value in evaluator.space.levers[lever].values.indices {
        try add(try branch(partial, value), to: &queue, aim)
      }
    }
    return Outcome(isProved: isMonotone, bound: nil)
  }

  /// Nothing decided.
  mutating func root() throws(Failure) -> Partial { Partial(values: [], bounds: try bounds([])) }

  /// One more lever decided.
  mutating func branch(_ partial: Partial, _ value: Int) throws(Failure) -> Partial {
    let values = partial.values + [value]
    let own = try bounds(values)
    compare(own, with: partial.bounds)
    return Partial(values: values, bounds: own)
  }

  private mutating func compare(_ bounds: [Double], with outer: [Double]) {
    compared += 1
    if !zip(bounds, outer).allSatisfy({ $0 >= $1 * (1 - 1e-9) - 1e-15 }) { isMonotone = false }
  }

  private mutating func bounds(_ values: [Int]) throws(Failure) -> [Double] {
    var bounds: [Double] = []
    for (criterion, design) in best.enumerated() {
      var whole = design
      for (lever, value) in zip(sequence, values) { whole[lever] = value }
      let point = try look(whole)
      checkPrice(point)
      bounds.append(criteria(point)[criterion])
    }
    return bounds
  }

  private mutating func checkPrice(_ point: DesignPoint) {
    let sum = monthly(point.design.enumerated().map { ($0.offset, $0.element) }, rest: { _ in 0 })
    if abs(sum - point.monthly) > 0.005 { isMonotone = false }
    for (resource, use) in point.uses.enumerated() {
      let sum = leastUse(of: resource, point.design.enumerated().map { ($0.offset, $0.element) })
      if abs(sum - use) > 1e-9 * max(1, abs(use)) { isMonotone = false }
    }
  }

  /// The least that is taken of a limited resource, open levers at what takes least.
  private func leastUse(of resource: Int, _ decided: [(lever: Int, value: Int)]) -> Double {
    let open = uses.indices.filter { lever in !decided.contains { $0.lever == lever } }
    let least = open.reduce(points.first?.uses[resource] ?? 0) { sum, lever in
      sum + (uses[lever].map { $0[resource] }.min() ?? 0)
    }
    return decided.reduce(least) { $0 + uses[$1.lever][$1.value][resource] }
  }

  private func monthly(_ decided: [(lever: Int, value: Int)], rest: (Int) -> Double) -> Double {
    let open = prices.indices.filter { lever in !decided.contains { $0.lever == lever } }
    return decided.reduce((points.first?.monthly ?? 0) + open.reduce(0) { $0 + rest($1) }) {
      $0 + prices[$1.lever][$1.value]
    }
  }

  // MARK: Bounds

  /// Keeps what may still answer the question.
  private func add(_ partial: Partial, to queue: inout LeastFirst<Partial>, _ aim: Aim) throws(Failure) {
    guard let cost = leastCost(partial) else { return }
    let down = Array(partial.bounds.prefix(question.targets.count))
    let decided = zip(sequence, partial.values).map { (lever: $0, value: $1) }
    switch aim {
    case .goal(.cheapest), .goal(.leastChange), .use: guard mayMeet(partial.bounds, down) else { return }
    case .goal(.mostAvailable), .goal(.leastTotal): break
    }
    switch aim {
    case .use(let resource): queue.insert(partial, at: leastUse(of: resource, decided))
    case .goal(.cheapest): queue.insert(partial, at: cost)
    case .goal(.leastChange):
      let pulled = decided.count { $0.value != 0 }
      queue.insert(partial, at: Double(pulled) * 1e9 + cost)
    case .goal(.mostAvailable): queue.insert(partial, at: weighted(down, question.weights))
    case .goal(.leastTotal):
      queue.insert(
        partial, at: cost + weighted(down, question.monthOfDowntime) + (try outages(partial.values)))
    }
  }

  func weighted(_ down: [Double], _ weights: [Double]) -> Double {
    zip(down, weights).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// What outages cost by their number, once the design is whole.
  private func outages(_ values: [Int]) throws(Failure) -> Double {
    guard values.count == sequence.count else { return 0 }
    var design = values
    for (lever, value) in zip(sequence, values) { design[lever] = value }
    return try evaluator.point(design).outages
  }

  private func mayMeet(_ bounds: [Double], _ down: [Double]) -> Bool {
    zip(down, question.targets).allSatisfy { $0 <= $1 * (1 + 1e-12) }
      && bounds.dropFirst(question.targets.count).allSatisfy { 1 - $0 >= question.leastRecovery - 1e-12 }
  }

  /// The least that a month costs with what is paid once, open levers at what is least of both together; `nil` beyond a
  /// budget.
  func leastCost(_ partial: Partial) -> Double? {
    let levers = evaluator.space.levers
    let decided = zip(sequence, partial.values).map { (lever: $0, value: $1) }
    let once = decided.reduce(0) { $0 + levers[$1.lever].once[$1.value] }
    if let budget = question.budget, monthly(decided, rest: { prices[$0].min() ?? 0 }) > budget + 1e-4 {
      return nil
    }
    if let budget = question.onceBudget, once > budget + 1e-4 { return nil }
    for (resource, limit) in question.limits.enumerated()
    where leastUse(of: resource, decided) > roomy(limit) { return nil }
    return once / question.months
      + monthly(decided) { lever in
        let own = levers[lever].once
        return prices[lever].indices.map { prices[lever][$0] + own[$0] / question.months }.min() ?? 0
      }
  }
}
