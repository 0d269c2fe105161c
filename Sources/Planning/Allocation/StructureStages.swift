/// Partial plans of a structure, place by place.
struct StructureStages {
  private let problem: StructureProblem
  private let objective: StructureProblem.Objective
  private let ceiling: Double
  private let limits: [Double]
  private let leastFrom: [[Double]]
  private let tables: [BudgetTable]
  /// For each label the weight on the nodes, what has failed by chain, the use, and a bound on the objective.
  private var labels: [Label]
  private var parents: [[Int32]] = []
  private var options: [[Int32]] = []

  private struct Label {
    var reach: StructureReach
    var use: [Double]
    var bound: Double
  }

  /// What a search comes to: the best plan below the ceiling, whether nothing was left out on the way, and what no plan is below.
  typealias Outcome = (plan: [Int]?, isComplete: Bool, rootBound: Double)

  /// The best plan below a ceiling.
  static func run(
    _ problem: StructureProblem, _ objective: StructureProblem.Objective, below ceiling: Double,
    atMost limit: Int, cells: Int
  ) -> Outcome {
    var stages = StructureStages(problem, objective, below: ceiling, cells: cells)
    let rootBound = stages.labels.first?.bound ?? .infinity
    var isComplete = true
    for place in problem.places.indices {
      isComplete = stages.advance(place, atMost: limit) && isComplete
      if stages.count == 0 { return (nil, isComplete, rootBound) }
    }
    let best = stages.labels.indices.min { stages.labels[$0].bound < stages.labels[$1].bound }
    return (best.map { stages.plan($0) }, isComplete, rootBound)
  }

  /// - Parameter cells: how finely budgets are told apart; 0: no bounds but the targets'.
  init(
    _ problem: StructureProblem, _ objective: StructureProblem.Objective, below ceiling: Double, cells: Int
  ) {
    self.problem = problem
    self.objective = objective
    self.ceiling = ceiling.isFinite ? ceiling - 1e-13 * abs(ceiling) : ceiling
    var limits = problem.roomyLimits
    if case .use(let resource) = objective { limits[resource] = min(limits[resource], ceiling) }
    self.limits = limits
    let additive = AdditiveProblem(
      places: problem.places.map { $0.map(\.use) }, limits: problem.limits)
    leastFrom = additive.leastFrom
    tables = Self.directions(limits).map { BudgetTable(problem, weights: $0, cells: max(1, cells)) }
    labels = []
    let root = StructureReach(root: problem.structure)
    if let bound = bound(of: root, use: limits.map { _ in 0 }, level: 0) {
      labels = [Label(reach: root, use: limits.map { _ in 0 }, bound: bound)]
    }
  }

  /// Each limited resource on its own, all of them together, and none, for the targets alone.
  private static func directions(_ limits: [Double]) -> [[Double]] {
    let limited = limits.indices.filter { limits[$0].isFinite && limits[$0] > 0 }
    let single = limited.map { resource in
      limits.indices.map { $0 == resource ? 1 / limits[resource] : 0 }
    }
    guard limited.count > 1 else { return single.isEmpty ? [limits.map { _ in 0 }] : single }
    let all = limits.indices.map { limited.contains($0) ? 1 / (limits[$0] * Double(limited.count)) : 0 }
    return single + [all]
  }

  /// How many partial plans there are.
  var count: Int { labels.count }

  /// The options of a label from the first place on.
  func plan(_ label: Int) -> [Int] {
    var plan: [Int] = []
    var label = label
    for (parents, options) in zip(parents, options).reversed() {
      plan.append(Int(options[label]))
      label = Int(parents[label])
    }
    return plan.reversed()
  }

  /// Takes one more place in.
  ///
  /// - Returns: whether nothing was left out.
  mutating func advance(_ place: Int, atMost limit: Int) -> Bool {
    var next: [Label] = []
    var (from, taken): ([Int32], [Int32]) = ([], [])
    for (number, label) in labels.enumerated() {
      for (option, choice) in problem.places[place].enumerated() {
        guard let extended = extended(label, by: choice, place) else { continue }
        next.append(extended)
        from.append(Int32(number))
        taken.append(Int32(option))
      }
    }
    var kept = undominated(next, level: place + 1)
    let isComplete = kept.count <= limit
    if !isComplete {
      kept = Array(kept.sorted { (next[$0].bound, $0) < (next[$1].bound, $1) }.prefix(limit)).sorted()
    }
    labels = kept.map { next[$0] }
    parents.append(kept.map { from[$0] })
    options.append(kept.map { taken[$0] })
    return isComplete
  }

  private func extended(_ label: Label, by option: StructureProblem.Option, _ place: Int) -> Label? {
    var use = label.use
    for resource in use.indices {
      use[resource] += option.use[resource]
      if use[resource] + leastFrom[place + 1][resource] > limits[resource] { return nil }
    }
    let reach = label.reach.advanced(problem.structure, place, option.unavailability)
    guard let bound = bound(of: reach, use: use, level: place + 1) else { return nil }
    return Label(reach: reach, use: use, bound: bound)
  }

  /// What the objective can at best come to; `nil` when it, or a target, is out of reach.
  private func bound(of reach: StructureReach, use: [Double], level: Int) -> Double? {
    var least = reach.unavailability(problem.structure)
    for table in tables {
      guard let cell = table.cell(left: 1 - zip(table.weights, use).map(*).reduce(0, +)) else { return nil }
      var sums = reach.unavailability(problem.structure)
      for (number, weight) in reach.nodes.enumerated() where weight > 0 {
        let node = problem.structure.levels[level][number]
        sums[problem.structure.chains[node.chain].objective] +=
          weight * table.least(level: level, node: number, cell: cell)
      }
      for objective in least.indices { least[objective] = max(least[objective], sums[objective]) }
    }
    for (least, target) in zip(least, problem.targets) where least > target * (1 + 1e-12) { return nil }
    let bound: Double =
      switch objective {
      case .unavailability(let number): least[number]
      case .use(let resource): use[resource] + leastFrom[level][resource]
      }
    return bound < ceiling ? bound : nil
  }

  /// The labels that no other beats.
  private func undominated(_ labels: [Label], level: Int) -> [Int] {
    let limited = limits.indices.filter { limits[$0].isFinite || objective == .use($0) }
    let sets = problem.structure.worse[level]
    let width = limited.count + sets.count
    var values: [Double] = []
    values.reserveCapacity(labels.count * width)
    for label in labels {
      for resource in limited { values.append(label.use[resource]) }
      for (number, set) in sets.enumerated() {
        values.append(weight(of: set, number, label.reach))
      }
    }
    let filter = ParetoFilter(
      tolerances: limited.map { 1e-12 * (limits[$0].isFinite ? limits[$0] : leastFrom[0][$0]) }
        + sets.map { _ in 1e-15 })
    return filter.kept(values, width: width, comparing: Array(0..<width)).sorted()
  }

  /// The weight on a set of nodes and on what has failed; a chain on its own has only the latter.
  private func weight(of set: [Int], _ number: Int, _ reach: StructureReach) -> Double {
    if reach.failed.count > 1 { return reach.failed[number] }
    var sum = set.contains { $0 < 0 } ? 0 : reach.failed[0]
    for node in set where node >= 0 { sum += reach.nodes[node] }
    for node in set where node < 0 { sum -= reach.nodes[-1 - node] }
    return sum
  }
}
