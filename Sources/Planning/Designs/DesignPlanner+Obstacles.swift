/// Why nothing keeps the promises within the budgets.
extension DesignPlanner {
  func obstacles() -> [DesignPlan.Obstacle] {
    guard question.hasTargets else { return budgetObstacles(question) }
    var free = question
    (free.budget, free.onceBudget, free.limits) = (nil, nil, question.limits.map { _ in .infinity })
    if cheapest(free) != nil { return budgetObstacles(question) }
    let broken = brokenRecoveries
    if !broken.isEmpty { return broken }
    let alone = question.targets.indices.compactMap { capability -> DesignPlan.Obstacle? in
      var single = free
      single.targets = question.targets.map { _ in 1 }
      single.monthOfDowntime = question.targets.indices.map { $0 == capability ? 1 : 0 }
      guard question.targets[capability] < 1, let best = mostAvailable(single) else { return nil }
      let reached = cheapPoint(best).unavailability[capability]
      return reached > question.targets[capability] ? .target(capability: capability, best: reached) : nil
    }
    return alone.isEmpty ? [.targetsTogether] : alone
  }

  /// The promises of recovery that no design keeps.
  private var brokenRecoveries: [DesignPlan.Obstacle] {
    let all: [[Double]] =
      switch source {
      case .factored(let factored): factored.bestRecoveries.map { [$0] }
      case .catalogue(let catalogue):
        (catalogue.points.first?.recoveries.indices ?? 0..<0).map { promise in
          catalogue.points.map { $0.recoveries[promise] }
        }
      }
    return all.enumerated().compactMap { promise, values in
      let best = values.max() ?? 1
      return best < question.leastRecovery - 1e-12 ? .recovery(promise: promise, best: best) : nil
    }
  }

  /// What each budget and limit would have to be at least, with the others as they are.
  private func budgetObstacles(_ question: DesignQuestion) -> [DesignPlan.Obstacle] {
    let found = tooSmall(question, besideOthers: true)
    if !found.isEmpty { return found }
    let alone = tooSmall(question, besideOthers: false)
    return alone.isEmpty ? [.budgetsTogether] : alone
  }

  /// The budgets and limits that are too small.
  ///
  /// - Parameter besideOthers: whether the others hold meanwhile.
  private func tooSmall(_ question: DesignQuestion, besideOthers: Bool) -> [DesignPlan.Obstacle] {
    var free = question
    (free.budget, free.onceBudget, free.limits) = (nil, nil, question.limits.map { _ in .infinity })
    let rest = besideOthers ? question : free
    var found: [DesignPlan.Obstacle] = []
    if let budget = question.budget {
      var other = rest
      (other.budget, other.months) = (nil, .infinity)
      let least = cheapest(other).map { cheapPoint($0).monthly } ?? 0
      if least > budget + 1e-4 { found.append(.budget(least: least)) }
    }
    if let budget = question.onceBudget {
      var other = rest
      (other.onceBudget, other.months) = (nil, 1e-9)
      let least = cheapest(other).map { cheapPoint($0).once } ?? 0
      if least > budget + 1e-4 { found.append(.onceBudget(least: least)) }
    }
    for (resource, limit) in question.limits.enumerated() {
      var other = rest
      other.limits[resource] = .infinity
      let least = leastUse(of: resource, other).map { cheapPoint($0).uses[resource] } ?? 0
      if least > roomy(limit) { found.append(.limit(resource: resource, least: least)) }
    }
    return found
  }

  private func leastUse(of resource: Int, _ question: DesignQuestion) -> [Int]? {
    switch source {
    case .factored(let factored): factored.leastUse(of: resource, question)
    case .catalogue(let catalogue): catalogue.leastUse(of: resource, question)
    }
  }
}
