/// The best plan of a structure: partial plans place by place, without those that another beats or that bounds rule out.
///
/// A partial plan is the weight on each node of a level. It beats another when it takes no more of any resource and has
/// no more weight on any set of nodes that holds with each node the worse ones: then no rest can make the other better.
package struct StructureSearch {
  /// A plan that keeps to limits and targets.
  package struct Plan: Sendable {
    /// The option of each place.
    package let options: [Int]
    /// The unavailability of each objective.
    package let unavailability: [Double]
    /// What it takes of each resource.
    package let use: [Double]
    /// No plan is below this in the objective.
    package let bound: Double
    /// Whether no plan is better.
    package let isProved: Bool
  }

  private let problem: StructureProblem
  private let objective: StructureProblem.Objective
  private let labelLimit: Int
  private let cells: Int

  /// A search.
  ///
  /// - Parameters:
  ///   - labelLimit: the most partial plans at a time; with more, the least promising go and nothing is proved.
  ///   - cells: how finely budgets are told apart in bounds.
  package init(
    _ problem: StructureProblem, minimising objective: StructureProblem.Objective,
    labelLimit: Int = 200_000, cells: Int = 1_000
  ) {
    (self.problem, self.objective, self.labelLimit, self.cells) = (problem, objective, labelLimit, cells)
  }

  /// The best plan; `nil` when none keeps to limits and targets.
  package func best() -> Plan? {
    let kept = problem.undominatedOptions()
    let reduced = problem.keeping(kept)
    var (found, ceiling, last): ([Int]?, Double, StructureStages.Outcome?) = (nil, .infinity, nil)
    // What few partial plans find rules out most of the many.
    for limit in [32, 500, 8_000, labelLimit].filter({ $0 <= labelLimit }) {
      let outcome = StructureStages.run(reduced, objective, below: ceiling, atMost: limit, cells: cells)
      last = outcome
      if let plan = outcome.plan { (found, ceiling) = (plan, value(of: plan, reduced)) }
      if outcome.isComplete { break }
    }
    guard let found, let last else { return nil }
    let options = zip(kept, found).map { $0[$1] }
    return Plan(
      options: options, unavailability: problem.unavailability(of: options), use: problem.use(of: options),
      bound: last.isComplete ? ceiling : min(last.rootBound, ceiling), isProved: last.isComplete)
  }

  private func value(of plan: [Int], _ problem: StructureProblem) -> Double {
    switch objective {
    case .unavailability(let number): problem.unavailability(of: plan)[number]
    case .use(let resource): problem.use(of: plan)[resource]
    }
  }
}

/// The plans of a structure that no other beats in a resource and in the unavailabilities.
package struct StructureFrontier: Sendable {
  /// The plans, by use.
  package let plans: [[Int]]
  /// Whether these are all there are.
  package let isComplete: Bool

  /// The frontier of one resource and all objectives.
  package init(of problem: StructureProblem, resource: Int, labelLimit: Int = 60_000) {
    let kept = problem.undominatedOptions()
    let reduced = problem.keeping(kept)
    var stages = StructureStages(reduced, .use(resource), below: .infinity, cells: 0)
    var isComplete = true
    for place in reduced.places.indices {
      isComplete = stages.advance(place, atMost: labelLimit) && isComplete
    }
    self.isComplete = isComplete
    let found = (0..<stages.count).map { number in zip(kept, stages.plan(number)).map { $0[$1] } }
    let values = found.flatMap { [problem.use(of: $0)[resource]] + problem.unavailability(of: $0) }
    let width = 1 + problem.structure.objectives
    let most = stride(from: 0, to: values.count, by: width).map { values[$0] }.max() ?? 0
    let filter = ParetoFilter(
      tolerances: [1e-12 * most] + [Double](repeating: 1e-15, count: width - 1))
    plans = filter.kept(values, width: width, comparing: Array(0..<width)).map { found[$0] }
  }
}
