/// What a measure can at best come to within limits on the others, by Lagrange multipliers.
///
/// For multipliers λ ≥ 0: min Σ cost ≥ Σ_places min_option (cost + λ · use) - λ · limits. The multipliers come from
/// subgradient steps with Polyak's length.
/// Source: Held, Wolfe, Crowder, *Validation of subgradient optimization*, Mathematical Programming 6 (1974).
struct LagrangeBound {
  /// λ by measure; 0 for the objective and where there is no limit.
  private(set) var multipliers: [Double]
  /// No plan is below this.
  private(set) var value: Double
  /// The best plan met on the way that keeps to the limits.
  private(set) var plan: [Int]?

  private static let steps = 120

  /// The best bound that is found.
  init(_ problem: AdditiveProblem, objective: Int) {
    multipliers = [Double](repeating: 0, count: problem.measures)
    value = -.infinity
    var search = SubgradientSearch(problem, objective: objective)
    for step in 0..<Self.steps {
      search.advance(step)
      if search.value > value { (value, multipliers) = (search.value, search.usedMultipliers) }
      if search.isOptimal { break }
    }
    plan = search.bestPlan
  }

  /// Cost plus multipliers times use of each option of each place.
  func reducedCosts(_ problem: AdditiveProblem, objective: Int) -> [[Double]] {
    problem.places.map { options in
      options.map { option in
        option.indices.reduce(option[objective]) { $1 == objective ? $0 : $0 + multipliers[$1] * option[$1] }
      }
    }
  }

  /// Multipliers times limits.
  func credit(_ problem: AdditiveProblem) -> Double {
    multipliers.indices.reduce(0) {
      multipliers[$1] > 0 ? $0 + multipliers[$1] * problem.roomyLimits[$1] : $0
    }
  }
}

/// The walk through multipliers.
private struct SubgradientSearch {
  private let problem: AdditiveProblem
  private let objective: Int
  private let limits: [Double]
  private let scales: [Double]
  private var multipliers: [Double]
  private(set) var usedMultipliers: [Double]
  private(set) var value = -Double.infinity
  private(set) var bestPlan: [Int]?
  private(set) var bestCost = Double.infinity
  private var stepFactor = 1.0
  private var highest = -Double.infinity
  private var stalled = 0
  private(set) var isOptimal = false

  init(_ problem: AdditiveProblem, objective: Int) {
    self.problem = problem
    self.objective = objective
    limits = problem.roomyLimits
    scales = limits.map { $0.isFinite && $0 > 0 ? $0 : 1 }
    multipliers = limits.map { _ in 0 }
    usedMultipliers = multipliers
  }

  mutating func advance(_ step: Int) {
    let plan = cheapestPlan()
    let sums = problem.sums(of: plan)
    usedMultipliers = multipliers
    let isLimited = { [limits, objective] in $0 != objective && limits[$0].isFinite }
    value = sums[objective]
    for measure in sums.indices where isLimited(measure) {
      value += multipliers[measure] * (sums[measure] - limits[measure])
    }
    if sums.indices.allSatisfy({ !isLimited($0) || sums[$0] <= limits[$0] }), sums[objective] < bestCost {
      (bestCost, bestPlan) = (sums[objective], plan)
    }
    adaptStep()
    let excess = sums.indices.map { isLimited($0) ? (sums[$0] - limits[$0]) / scales[$0] : 0 }
    let length = excess.reduce(0) { $0 + $1 * $1 }
    guard length > 0 else { return isOptimal = true }
    let goal = bestCost.isFinite ? bestCost : highest + max(1e-12, 0.5 * abs(highest))
    let stride = stepFactor * max(goal - value, 1e-12 * max(1e-12, abs(goal))) / length
    for measure in multipliers.indices where isLimited(measure) {
      multipliers[measure] = max(0, multipliers[measure] + stride * excess[measure] / scales[measure])
    }
  }

  /// Halves the steps where they lead nowhere.
  private mutating func adaptStep() {
    stalled = value > highest ? 0 : stalled + 1
    highest = max(highest, value)
    if stalled >= 6 { (stepFactor, stalled) = (stepFactor / 2, 0) }
  }

  private func cheapestPlan() -> [Int] {
    problem.places.map { options in
      var (best, least) = (0, Double.infinity)
      for (number, option) in options.enumerated() {
        var cost = option[objective]
        for measure in option.indices where multipliers[measure] > 0 {
          cost += multipliers[measure] * option[measure]
        }
        if cost < least { (best, least) = (number, cost) }
      }
      return best
    }
  }
}
