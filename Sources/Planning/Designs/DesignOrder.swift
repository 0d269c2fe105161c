/// Designs within the budgets, those with the least bill, one-time cost and hours of downtime first; each as late as it is
/// asked for.
struct DesignOrder {
  /// Some sites decided, in their order.
  private struct Partial {
    let options: [Int]
    let cost: Double
    let once: Double
    let monthly: Double
    /// The unavailability by capability and situation, all other sites at their best.
    let down: [[Double]]
  }

  private var queue = LeastFirst<Partial>()
  private var designs: [(design: [Int], bound: Double)] = []
  private var next = 0
  private let factored: FactoredDesigns?
  private let question: DesignQuestion
  private let leastRest: [(monthly: Double, once: Double, cost: Double)]
  /// The most partial designs that are kept.
  private static let partialLimit = 200_000

  /// All designs of a catalogue.
  init(_ catalogue: DesignCatalogue, _ question: DesignQuestion) {
    (factored, leastRest) = (nil, [])
    self.question = question
    designs = catalogue.points.filter { $0.keepsBudgets(question) }
      .map { ($0.design, $0.cost(over: question.months) + $0.downtime(question.monthOfDowntime)) }
      .sorted { $0.bound != $1.bound ? $0.bound < $1.bound : $0.design.lexicographicallyPrecedes($1.design) }
  }

  /// All designs of independent parts, by branch and bound: undecided sites have their best availability and least cost.
  init(_ factored: FactoredDesigns, _ question: DesignQuestion) {
    self.factored = factored
    self.question = question
    leastRest = factored.leastRest(question)
    add(Partial(options: [], cost: factored.monthly, once: 0, monthly: factored.monthly, down: factored.best))
  }

  /// No design that has not come yet is below this; `nil` when all have come.
  var bound: Double? { factored == nil ? designs[safely: next]?.bound : queue.leastKey }

  /// The next design; `nil` when all have come, or too many are open.
  mutating func popNext() -> [Int]? {
    guard let factored else {
      defer { next += 1 }
      return designs[safely: next]?.design
    }
    while let (_, partial) = queue.popLeast() {
      let site = partial.options.count
      guard site < factored.options.count else { return factored.design(partial.options) }
      guard queue.count < Self.partialLimit else {
        add(partial)
        return nil
      }
      for option in factored.options[site].indices { add(branch(partial, option, factored)) }
    }
    return nil
  }

  private func branch(_ partial: Partial, _ option: Int, _ factored: FactoredDesigns) -> Partial {
    let site = partial.options.count
    let losses = factored.losses[site][option]
    let once = factored.once(site, option)
    return Partial(
      options: partial.options + [option],
      cost: partial.cost + factored.monthlyOptions[site][option] + once / question.months,
      once: partial.once + once, monthly: partial.monthly + factored.monthlyOptions[site][option],
      down: zip(partial.down, losses).map { zip($0, $1).map { $0 + $1 - $0 * $1 } })
  }

  private mutating func add(_ partial: Partial) {
    guard let factored else { return }
    let rest = leastRest[partial.options.count]
    if let budget = question.budget, partial.monthly + rest.monthly > budget + 1e-4 { return }
    if let budget = question.onceBudget, partial.once + rest.once > budget + 1e-4 { return }
    let downtime = zip(partial.down, question.monthOfDowntime).reduce(0) { sum, capability in
      sum + capability.1 * zip(factored.chances, capability.0).reduce(0) { $0 + $1.0 * $1.1 }
    }
    queue.insert(partial, at: partial.cost + rest.cost + downtime)
  }
}

extension FactoredDesigns {
  /// What an option of a site costs once.
  func once(_ site: Int, _ option: Int) -> Double {
    zip(sites[site], options[site][option]).reduce(0) { $0 + space.levers[$1.0].once[$1.1] }
  }

  /// For each number of sites decided: the least that the others add.
  fileprivate func leastRest(_ question: DesignQuestion) -> [(monthly: Double, once: Double, cost: Double)] {
    var rest = [(monthly: 0.0, once: 0.0, cost: 0.0)]
    for site in options.indices.reversed() {
      let places = options[site].indices
      let once = places.map { self.once(site, $0) }
      let monthly = monthlyOptions[site]
      let last = rest[0]
      rest.insert(
        (
          last.monthly + (monthly.min() ?? 0), last.once + (once.min() ?? 0),
          last.cost + (places.map { monthly[$0] + once[$0] / question.months }.min() ?? 0)
        ), at: 0)
    }
    return rest
  }
}

extension Array {
  subscript(safely index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
