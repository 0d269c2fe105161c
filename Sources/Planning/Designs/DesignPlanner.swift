/// Finds the designs that answer a question.
///
/// It first asks what each lever does alone. Where the capabilities turn out to be products of independent parts in each
/// situation, plans are searched exactly however many designs there are. Elsewhere all designs are worked out, or, where
/// those are too many, the promising ones.
public struct DesignPlanner<Failure: Error> {
  let evaluator: DesignEvaluator<Failure>
  let question: DesignQuestion
  let exhaustiveLimit: Int
  let source: Source
  /// How far its answers are certain.
  public let certainty: Certainty
  /// Whether what stands in the way of an answer is as certain.
  private let areObstaclesProved: Bool
  /// The levers whose best value is shown to be no worse than any other.
  private let shownLevers: [Int]

  /// Whether it is shown of two designs that the first is no worse in a capability, whatever else fails how often.
  public typealias Order = (_ better: [Int], _ worse: [Int], _ capability: Int) throws(Failure) -> Bool

  private struct Preparation {
    let source: Source
    let certainty: Certainty
    var areObstaclesProved = true
    var shownLevers: [Int] = []
  }

  /// Where designs come from.
  enum Source {
    case factored(FactoredDesigns)
    case catalogue(DesignCatalogue)
  }

  /// Works out what is needed to answer.
  ///
  /// - Parameters:
  ///   - exhaustiveLimit: at most so many designs are worked out where parts are not independent.
  ///   - order: shows of designs that one is no worse than another.
  ///   - evaluate: what a design comes to, given the value of each lever.
  /// - Throws: what `evaluate` throws.
  public init(
    _ space: DesignSpace, _ question: DesignQuestion, exhaustiveLimit: Int, order: Order? = nil,
    evaluate: @escaping ([Int]) throws(Failure) -> DesignMeasures
  ) throws(Failure) {
    evaluator = DesignEvaluator(space, evaluate)
    self.question = question
    self.exhaustiveLimit = exhaustiveLimit
    let prepared = try Self.source(evaluator, question, exhaustiveLimit, order)
    (source, certainty) = (prepared.source, prepared.certainty)
    (areObstaclesProved, shownLevers) = (prepared.areObstaclesProved, prepared.shownLevers)
  }

  // MARK: Preparing

  private static func source(
    _ evaluator: DesignEvaluator<Failure>, _ question: DesignQuestion, _ limit: Int, _ order: Order?
  ) throws(Failure) -> Preparation {
    let space = evaluator.space
    if space.count <= min(64, limit) { return try exhaustive(evaluator) }
    let sites = space.sites
    let options = sites.map { DesignSpace(levers: $0.map { space.levers[$0] }).count }
    guard options.allSatisfy({ $0 <= FactoredDesigns.optionLimit }) else {
      return space.count <= limit
        ? try exhaustive(evaluator) : try guided(evaluator, nil, question, limit, order)
    }
    var factored = try FactoredDesigns(evaluator, reference: space.present, sites: sites)
    if factored == nil {
      let best = try bestAlone(evaluator, sites, question)
      factored = try FactoredDesigns(evaluator, reference: best, sites: sites)
    }
    if let factored, let checked = try confirmed(factored, evaluator) {
      return Preparation(source: .factored(factored), certainty: .independentParts(checked: checked))
    }
    return space.count <= limit
      ? try exhaustive(evaluator) : try guided(evaluator, factored, question, limit, order)
  }

  private static func exhaustive(
    _ evaluator: DesignEvaluator<Failure>
  ) throws(Failure) -> Preparation {
    var points: [DesignPoint] = []
    for design in evaluator.space.all { points.append(try evaluator.point(design)) }
    return Preparation(
      source: .catalogue(DesignCatalogue(points: points)), certainty: .exhaustive(designs: points.count))
  }

  /// The option of each site that leaves the least downtime when it alone is changed.
  private static func bestAlone(
    _ evaluator: DesignEvaluator<Failure>, _ sites: [[Int]], _ question: DesignQuestion
  ) throws(Failure) -> [Int] {
    let present = evaluator.space.present
    var best = present
    for site in sites {
      var least = Double.infinity
      for option in DesignSpace(levers: site.map { evaluator.space.levers[$0] }).all {
        let point = try evaluator.point(FactoredDesigns.design(present, site, option))
        guard point.downtime(question.weights) < least else { continue }
        least = point.downtime(question.weights)
        best = FactoredDesigns.design(best, site, option)
      }
    }
    return best
  }

  /// How many whole designs agree with their parts; `nil` when one does not.
  private static func confirmed(
    _ factored: FactoredDesigns, _ evaluator: DesignEvaluator<Failure>
  ) throws(Failure) -> Int? {
    let samples = DesignSamples(factored).designs
    for design in samples where try factored.deviates(from: evaluator, at: design) { return nil }
    return samples.count
  }

  /// The designs on the frontier that the parts suggest, then whatever is better one lever away, then by bounds.
  private static func guided(
    _ evaluator: DesignEvaluator<Failure>, _ factored: FactoredDesigns?, _ question: DesignQuestion,
    _ limit: Int, _ order: Order?
  ) throws(Failure) -> Preparation {
    var climb = DesignClimb(evaluator, question, limit: limit)
    try climb.start(factored)
    try climb.climb()
    let found = evaluator.count
    var bounds = try MonotoneSearch(evaluator, question, limit: found + limit, order: order)
    var open: [DesignGoal] = []
    var least: Double?
    for goal in question.goals {
      let outcome = try bounds.search(goal)
      if goal == .cheapest { least = outcome.bound }
      if !outcome.isProved { open.append(goal) }
    }
    let frontier = try bounds.searchFrontier(knowing: climb.points)
    let isImpossible = DesignCatalogue(points: climb.points + bounds.points).cheapest(question) == nil
    let areObstaclesProved = try isImpossible ? bounds.searchObstacles() : true
    var seen = Set(climb.points.map(\.design))
    let points = climb.points + bounds.points.filter { seen.insert($0.design).inserted }
    let certainty: Certainty =
      bounds.isMonotone && open.count < question.goals.count
      ? .bounded(looked: points.count, compared: bounds.compared, open: open, frontier: frontier)
      : .found(looked: points.count, least: bounds.isMonotone ? least : nil)
    return Preparation(
      source: .catalogue(DesignCatalogue(points: points)), certainty: certainty,
      areObstaclesProved: bounds.isMonotone && areObstaclesProved, shownLevers: bounds.shownLevers)
  }

  // MARK: Answering

  /// The answer.
  ///
  /// - Parameter dues: what designs pay for periods below a promise; `nil`: it does not count.
  /// - Throws: what `evaluate` throws.
  public func plan(dues: SampledDues? = nil) throws(Failure) -> DesignPlan {
    let cheapest = try point(cheapest(question))
    let (designs, isComplete) = frontier
    let frontier = designs.map(cheapPoint)
    let present = try evaluator.point(evaluator.space.present)
    let leastChange = try point(leastChange(question))
    let mostAvailable = try point(mostAvailable(question))
    let found = cheapest == nil ? obstacles() : (all: [], isAnyEnough: false)
    let named = [present, cheapest, leastChange, mostAvailable].compactMap { $0?.design }
    return DesignPlan(
      present: present, cheapest: cheapest, leastChange: leastChange, mostAvailable: mostAvailable,
      total: try total(frontier, beside: named, dues), frontier: frontier,
      frontierProof: isComplete ? certainty.frontier : .found, certainty: certainty,
      obstacles: found.all, isAnyObstacleEnough: found.isAnyEnough,
      areObstaclesProved: areObstaclesProved, shownLevers: shownLevers)
  }

  private func point(_ design: [Int]?) throws(Failure) -> DesignPoint? {
    guard let design else { return nil }
    return try evaluator.point(design)
  }

  func cheapPoint(_ design: [Int]) -> DesignPoint {
    switch source {
    case .factored(let factored): factored.point(design)
    case .catalogue(let catalogue): catalogue.points.first { $0.design == design } ?? catalogue.points[0]
    }
  }

  func cheapest(_ question: DesignQuestion) -> [Int]? {
    switch source {
    case .factored(let factored): factored.cheapest(question)
    case .catalogue(let catalogue): catalogue.cheapest(question)
    }
  }

  func leastChange(_ question: DesignQuestion) -> [Int]? {
    switch source {
    case .factored(let factored): factored.leastChange(question)
    case .catalogue(let catalogue): catalogue.leastChange(question)
    }
  }

  func mostAvailable(_ question: DesignQuestion) -> [Int]? {
    switch source {
    case .factored(let factored): factored.mostAvailable(question)
    case .catalogue(let catalogue): catalogue.mostAvailable(question)
    }
  }

  private var frontier: (designs: [[Int]], isComplete: Bool) {
    switch source {
    case .factored(let factored): factored.frontier(question)
    case .catalogue(let catalogue): (catalogue.frontier(question), true)
    }
  }

  // MARK: Order

  /// The levers of a design in the order in which they are worth pulling: next the one that saves most downtime for what
  /// it costs, one that costs nothing first.
  ///
  /// - Throws: what `evaluate` throws.
  public func steps(to design: [Int]) throws(Failure) -> [DesignPlan.Step] {
    var here = try evaluator.point(evaluator.space.present)
    var steps: [DesignPlan.Step] = []
    while true {
      var next: (lever: Int, point: DesignPoint)?
      for lever in design.indices where here.design[lever] != design[lever] {
        var changed = here.design
        changed[lever] = design[lever]
        let point = try stepPoint(changed)
        if next.map({ isBetterStep(point, $0.point, from: here) }) ?? true { next = (lever, point) }
      }
      guard let next else { return steps }
      steps.append(
        DesignPlan.Step(
          lever: next.lever, from: here.design[next.lever], to: design[next.lever], reached: next.point))
      here = next.point
    }
  }

  private func stepPoint(_ design: [Int]) throws(Failure) -> DesignPoint {
    if case .factored(let factored) = source { return factored.point(design) }
    return try evaluator.point(design)
  }

  private func isBetterStep(_ one: DesignPoint, _ other: DesignPoint, from here: DesignPoint) -> Bool {
    func worth(_ point: DesignPoint) -> (saved: Double, cost: Double) {
      let weights = question.weights
      return (
        here.downtime(weights) - point.downtime(weights),
        point.cost(over: question.months) - here.cost(over: question.months)
      )
    }
    let (a, b) = (worth(one), worth(other))
    let (free, otherFree) = (a.saved >= 0 && a.cost <= 0, b.saved >= 0 && b.cost <= 0)
    if free != otherFree { return free }
    if free { return a.saved > b.saved }
    return a.saved / max(a.cost, 1e-6) > b.saved / max(b.cost, 1e-6)
  }
}
