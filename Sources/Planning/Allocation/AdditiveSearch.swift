/// The best plan of an additive problem, by dynamic programming over partial plans.
///
/// Partial plans that another one beats in every measure are dropped, and so are those that a Lagrangian bound shows to
/// lead nowhere better than a plan already known.
/// Source: Nemhauser and Ullmann, *Discrete dynamic programming and capital allocation*, Management Science 15 (1969).
package struct AdditiveSearch {
  /// A plan that keeps to the limits.
  package struct Plan: Sendable {
    /// The option of each place.
    package let options: [Int]
    /// Its measures.
    package let sums: [Double]
    /// No plan is below this in the objective.
    package let bound: Double
    /// Whether no plan is better.
    package let isProved: Bool
  }

  private let problem: AdditiveProblem
  private let objective: Int
  private let labelLimit: Int

  /// A search for the least of a measure.
  ///
  /// - Parameter labelLimit: the most partial plans at a time; with more, the least promising go and nothing is proved.
  package init(_ problem: AdditiveProblem, minimising objective: Int, labelLimit: Int = 400_000) {
    self.problem = problem
    self.objective = objective
    self.labelLimit = labelLimit
  }

  /// The best plan; `nil` when none keeps to the limits.
  package func best() -> Plan? {
    let counts = (0..<problem.measures).map { $0 == objective || problem.limits[$0].isFinite }
    let kept = problem.undominatedOptions(counts)
    let reduced = problem.keeping(kept)
    let dual = LagrangeBound(reduced, objective: objective)
    var known = dual.plan
    if let found = run(reduced, dual, below: cost(known, reduced), atMost: 48).plan { known = found }
    let ceiling = cost(known, reduced)
    let promising = promisingOptions(reduced, dual, below: ceiling)
    let exact = run(reduced.keeping(promising), dual, below: ceiling, atMost: labelLimit)
    if let found = exact.plan { known = zip(promising, found).map { $0[$1] } }
    guard let known else { return nil }
    let options = zip(kept, known).map { $0[$1] }
    let sums = problem.sums(of: options)
    return Plan(
      options: options, sums: sums,
      bound: exact.isComplete ? sums[objective] : min(dual.value, sums[objective]),
      isProved: exact.isComplete)
  }

  /// Whether it is certain that no plan keeps to the limits.
  package var isProvedImpossible: Bool { best() == nil && problem.places.count > 0 }

  private func cost(_ plan: [Int]?, _ problem: AdditiveProblem) -> Double {
    plan.map { problem.sums(of: $0)[objective] } ?? .infinity
  }

  /// Options that may be part of a plan below a cost.
  private func promisingOptions(
    _ problem: AdditiveProblem, _ dual: LagrangeBound, below ceiling: Double
  ) -> [[Int]] {
    let costs = dual.reducedCosts(problem, objective: objective)
    let least = costs.map { $0.min() ?? 0 }
    let bound = least.reduce(0, +) - dual.credit(problem)
    return zip(costs, least).map { costs, least in
      let promising = costs.indices.filter { bound + costs[$0] - least < ceiling }
      return promising.isEmpty ? [costs.firstIndex(of: least) ?? 0] : promising
    }
  }

  // MARK: Labels

  /// The best plan below a cost, and whether nothing was left out on the way.
  private func run(
    _ problem: AdditiveProblem, _ dual: LagrangeBound, below ceiling: Double, atMost limit: Int
  ) -> (plan: [Int]?, isComplete: Bool) {
    let order = problem.places.indices.sorted {
      let (a, b) = (problem.places[$0].count, problem.places[$1].count)
      return a != b ? a < b : $0 < $1
    }
    let ordered = AdditiveProblem(places: order.map { problem.places[$0] }, limits: problem.limits)
    var stages = AdditiveStages(ordered, dual, objective: objective, ceiling: ceiling)
    var isComplete = true
    for place in ordered.places.indices {
      isComplete = stages.advance(place, atMost: limit) && isComplete
      if stages.isEmpty { return (nil, isComplete) }
    }
    guard let best = stages.bestPlan else { return (nil, isComplete) }
    var plan = best
    for (position, place) in order.enumerated() { plan[place] = best[position] }
    return (plan, isComplete)
  }
}

/// Partial plans of an additive problem, place by place.
private struct AdditiveStages {
  private let problem: AdditiveProblem
  private let objective: Int
  private let limits: [Double]
  private let leastFrom: [[Double]]
  private let reducedCosts: [[Double]]
  /// The least reduced cost from each place on, less the credit for the limits.
  private let boundFrom: [Double]
  private let ceiling: Double
  private let filter: ParetoFilter
  private let compared: [Int]
  private var labels: LabelStore

  init(_ problem: AdditiveProblem, _ dual: LagrangeBound, objective: Int, ceiling: Double) {
    self.problem = problem
    self.objective = objective
    limits = problem.roomyLimits
    leastFrom = problem.leastFrom
    reducedCosts = dual.reducedCosts(problem, objective: objective)
    var bounds = [-dual.credit(problem)]
    for costs in reducedCosts.reversed() { bounds.append(bounds[bounds.count - 1] + (costs.min() ?? 0)) }
    boundFrom = bounds.reversed()
    // A plan no better than the known one by more than rounding is no news.
    self.ceiling = ceiling.isFinite ? ceiling - 1e-13 * abs(ceiling) : ceiling
    filter = ParetoFilter(tolerances: problem.tolerances + [0])
    compared = [objective] + limits.indices.filter { [limits] in $0 != objective && limits[$0].isFinite }
    // The measures, then the reduced cost.
    labels = LabelStore(root: [Double](repeating: 0, count: problem.measures + 1))
  }

  var isEmpty: Bool { labels.count == 0 }

  /// The plan of the least objective once every place is done.
  var bestPlan: [Int]? {
    let width = labels.width
    let best = (0..<labels.count).min {
      labels.values[$0 * width + objective] < labels.values[$1 * width + objective]
    }
    guard let best, labels.values[best * width + objective] < ceiling else { return nil }
    return labels.plan(of: best)
  }

  /// Takes one more place in.
  ///
  /// - Returns: whether nothing was left out.
  mutating func advance(_ place: Int, atMost limit: Int) -> Bool {
    var batch = LabelBatch()
    for label in 0..<labels.count { extend(label, place, into: &batch) }
    var kept = filter.kept(batch.values, width: labels.width, comparing: compared)
    let isComplete = kept.count <= limit
    if !isComplete { kept = mostPromising(kept, batch, limit) }
    labels.replace(by: batch, keeping: kept)
    return isComplete
  }

  private func extend(_ label: Int, _ place: Int, into batch: inout LabelBatch) {
    let (width, measures) = (labels.width, problem.measures)
    let reduced = labels.values[label * width + measures]
    for (number, option) in problem.places[place].enumerated() {
      let bound = reduced + reducedCosts[place][number]
      guard bound + boundFrom[place + 1] < ceiling else { continue }
      guard fits(label, option, place) else { continue }
      for measure in 0..<measures {
        batch.values.append(labels.values[label * width + measure] + option[measure])
      }
      batch.values.append(bound)
      batch.parents.append(Int32(label))
      batch.options.append(Int32(number))
    }
  }

  private func fits(_ label: Int, _ option: [Double], _ place: Int) -> Bool {
    let start = label * labels.width
    for measure in option.indices
    where labels.values[start + measure] + option[measure] + leastFrom[place + 1][measure] > limits[measure] {
      return false
    }
    return true
  }

  private func mostPromising(_ labels: [Int], _ batch: LabelBatch, _ limit: Int) -> [Int] {
    let (width, place) = (self.labels.width, problem.measures)
    let bounds = labels.map { batch.values[$0 * width + place] }
    let order = labels.indices.sorted { bounds[$0] != bounds[$1] ? bounds[$0] < bounds[$1] : $0 < $1 }
    return order.prefix(limit).map { labels[$0] }
  }
}
