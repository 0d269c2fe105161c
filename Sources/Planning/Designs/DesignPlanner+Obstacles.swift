/// Why nothing keeps the promises within the budgets.
extension DesignPlanner {
  /// What stands in the way, and whether more of any one of these would do.
  func obstacles() -> (all: [DesignPlan.Obstacle], isAnyEnough: Bool) {
    if cheapest(question.unbounded) != nil {
      let beside = tooSmall(keepsOthers: true)
      if !beside.isEmpty { return (beside, beside.count > 1) }
      let alone = tooSmall(keepsOthers: false)
      return (alone.isEmpty ? [.budgetsTogether] : alone, false)
    }
    let broken = brokenRecoveries + unreachable
    return (broken.isEmpty ? [together] : broken, false)
  }

  /// The promises of availability that no design keeps.
  private var unreachable: [DesignPlan.Obstacle] {
    question.targets.indices.compactMap { capability in
      guard question.targets[capability] < 1, let best = mostAvailable(question.only(capability)) else {
        return nil
      }
      let reached = cheapPoint(best).unavailability[capability]
      return reached > question.targets[capability] * (1 + 1e-12)
        ? .target(capability: capability, best: reached) : nil
    }
  }

  /// Which single promise is too much beside the others.
  private var together: DesignPlan.Obstacle {
    let capabilities = question.targets.indices.filter { capability in
      var other = question.unbounded
      other.targets[capability] = 1
      return question.targets[capability] < 1 && cheapest(other) != nil
    }
    var other = question.unbounded
    other.leastRecovery = 0
    return .targetsTogether(
      without: capabilities, withoutRecovery: question.leastRecovery > 0 && cheapest(other) != nil)
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

  /// The bounds that are too small, with what is needed at least.
  ///
  /// - Parameter keepsOthers: whether the others hold meanwhile.
  private func tooSmall(keepsOthers: Bool) -> [DesignPlan.Obstacle] {
    question.bounds.compactMap { bound in
      let other = question.without(bound, keepsOthers: keepsOthers)
      guard let design = least(bound, other) else { return nil }
      let point = cheapPoint(design)
      guard !point.keeps(bound, question) else { return nil }
      return switch bound {
      case .monthly: .budget(least: point.monthly)
      case .once: .onceBudget(least: point.once)
      case .use(let resource): .limit(resource: resource, least: point.uses[safely: resource] ?? 0)
      }
    }
  }

  private func least(_ bound: PlanBound, _ question: DesignQuestion) -> [Int]? {
    guard case .use(let resource) = bound else { return cheapest(question) }
    return switch source {
    case .factored(let factored): factored.leastUse(of: resource, question)
    case .catalogue(let catalogue): catalogue.leastUse(of: resource, question)
    }
  }
}
