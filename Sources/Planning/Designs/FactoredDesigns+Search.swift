/// Searches among designs whose parts are independent, without working out every one.
extension FactoredDesigns {
  /// What is counted of a plan beside unavailability.
  private enum Resource: Int {
    case cost, monthly, once, changes, broken

    /// How many there are, before those of the model.
    static var count: Int { 5 }
  }

  /// The problem behind a question: one chain for each capability in each situation.
  private func problem(_ question: DesignQuestion, withTargets: Bool) -> StructureProblem {
    let unavailable = losses.map { options in options.map { $0.flatMap(\.self) } }
    let always = Double(broken(by: nil, question) { recoveries.first?.first?[$0] ?? 1 })
    let first = StructureProblem.Option(
      unavailability: best.flatMap(\.self), use: [0, 0, 0, 0, always] + uses.map { _ in 0 })
    let places = options.indices.map { site in
      options[site].indices.map { option in
        StructureProblem.Option(unavailability: unavailable[site][option], use: use(site, option, question))
      }
    }
    let shift = base(question)
    let own = uses.indices.map { (question.limits[safely: $0] ?? .infinity) - shift[Resource.count + $0] }
    let limits =
      [
        Double.infinity, question.budget.map { $0 - shift[1] } ?? .infinity,
        question.onceBudget ?? .infinity, .infinity, withTargets ? 0 : .infinity,
      ] + own
    let targets = (withTargets ? question.targets : question.targets.map { _ in 1 }) + [.infinity]
    let chains = chains(question)
    let objectives = (chains.map(\.objective).max() ?? 0) + 1
    return StructureProblem(
      structure: StagedStructure(series: places.count + 1, chains: chains), places: [[first]] + places,
      limits: limits, targets: Array(targets.prefix(objectives)))
  }

  /// One for each capability and situation, and once more for all capabilities together when there are several.
  private func chains(_ question: DesignQuestion) -> [StagedStructure.Chain] {
    var chains: [StagedStructure.Chain] = []
    for together in best.count == 1 ? [false] : [false, true] {
      for capability in best.indices {
        for situation in chances.indices where chances[situation] > 0 {
          let weight = together ? question.weights[capability] : 1
          guard weight > 0 else { continue }
          chains.append(
            StagedStructure.Chain(
              objective: together ? best.count : capability,
              scenario: capability * chances.count + situation, weight: chances[situation] * weight))
        }
      }
    }
    return chains
  }

  /// What is used of each resource by an option, more than by the one of its site that uses least.
  private func use(_ site: Int, _ option: Int, _ question: DesignQuestion) -> [Double] {
    let all = options[site].indices.map { rawUse(site, $0, question) }
    return all[option].indices.map { resource in
      // Broken promises are counted as they are, so that the least of them is not taken for none.
      all[option][resource]
        - (resource == Resource.broken.rawValue ? 0 : all.map { $0[resource] }.min() ?? 0)
    }
  }

  private func base(_ question: DesignQuestion) -> [Double] {
    options.indices.reduce([monthly, monthly, 0, 0, 0] + uses) { sums, site in
      let all = options[site].indices.map { rawUse(site, $0, question) }
      return sums.indices.map { resource in sums[resource] + (all.map { $0[resource] }.min() ?? 0) }
    }
  }

  private func rawUse(_ site: Int, _ option: Int, _ question: DesignQuestion) -> [Double] {
    let values = options[site][option]
    let once = once(site, option)
    let monthly = monthlyOptions[site][option]
    let broken = Double(broken(by: site, question) { recoveries[site][option][$0] })
    return [monthly + once / question.months, monthly, once, Double(values.count { $0 != 0 }), broken]
      + useOptions[site][option]
  }

  /// How many promises of recovery that a site decides are broken; of `nil` those that none does.
  private func broken(by site: Int?, _ question: DesignQuestion, _ kept: (Int) -> Double) -> Int {
    decidingSites.indices.count { decidingSites[$0] == site && kept($0) < question.leastRecovery - 1e-12 }
  }

  /// The cheapest design that keeps the promises and the budgets.
  func cheapest(_ question: DesignQuestion) -> [Int]? {
    least(problem(question, withTargets: true), .use(Resource.cost.rawValue))
  }

  /// Of the designs that keep promises and budgets and pull the fewest levers, the cheapest.
  func leastChange(_ question: DesignQuestion) -> [Int]? {
    let all = problem(question, withTargets: true)
    guard let fewest = StructureSearch(all, minimising: .use(Resource.changes.rawValue)).best() else {
      return nil
    }
    var limits = all.limits
    limits[Resource.changes.rawValue] = fewest.use[Resource.changes.rawValue]
    return least(all.with(limits: limits), .use(Resource.cost.rawValue))
  }

  /// The design with the least downtime within the budgets, and of such the cheapest.
  func mostAvailable(_ question: DesignQuestion) -> [Int]? {
    let all = problem(question, withTargets: false)
    let objective = best.count == 1 ? 0 : best.count
    guard let first = StructureSearch(all, minimising: .unavailability(objective)).best() else { return nil }
    var targets = all.targets
    targets[objective] = first.unavailability[objective] * (1 + 1e-12)
    return least(all.with(targets: targets), .use(Resource.cost.rawValue))
  }

  /// The design that keeps the promises and the budgets and takes least of a limited resource.
  func leastUse(of resource: Int, _ question: DesignQuestion) -> [Int]? {
    least(problem(question, withTargets: true), .use(Resource.count + resource))
  }

  private func least(_ problem: StructureProblem, _ objective: StructureProblem.Objective) -> [Int]? {
    StructureSearch(problem, minimising: objective).best().map { design(Array($0.options.dropFirst())) }
  }

  /// The designs that no other beats in cost and downtime within the budgets, by cost.
  func frontier(_ question: DesignQuestion) -> (designs: [[Int]], isComplete: Bool) {
    let all = problem(question, withTargets: false)
    guard let chain = onlyChain else {
      let frontier = StructureFrontier(of: all, resource: Resource.cost.rawValue)
      return (frontier.plans.map { design(Array($0.dropFirst())) }, frontier.isComplete)
    }
    let places = all.places.dropFirst().map { options in
      options.map { option in
        [option.use[0], -logAvailability(option.unavailability[chain])] + option.use.dropFirst()
      }
    }
    let limits = [.infinity, .infinity] + all.limits.dropFirst()
    let frontier = AdditiveFrontier(
      of: AdditiveProblem(places: Array(places), limits: limits), objectives: [0, 1])
    return (frontier.points.map { design($0.options) }, frontier.isComplete)
  }

  /// The unavailability that alone decides, where there is but one capability and one situation.
  private var onlyChain: Int? {
    let likely = chances.indices.filter { chances[$0] > 0 }
    return best.count == 1 && likely.count == 1 ? likely.first : nil
  }
}
