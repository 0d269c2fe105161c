internal import Planning
internal import Quantities

/// What stands in the way of a plan.
extension DesignPlanReport {
  /// Why nothing keeps the promises within the budgets.
  var obstacleTexts: [String] {
    guard !plan.obstacles.isEmpty else { return ["There is no such plan."] }
    return plan.obstacles.map(obstacleText) + obstacleNotes
  }

  private func obstacleText(_ obstacle: DesignPlan.Obstacle) -> String {
    switch obstacle {
    case .target(let capability, let best):
      "Impossible: \(frame.names[capability]) reaches at best \(availabilityText(best)), whatever is chosen and "
        + "whatever it costs; \(availabilityText(frame.question.targets[capability])) is asked for."
    case .recovery(let promise, let best):
      "Impossible: \(frame.promises[promise].name) (\(frame.promises[promise].asks)) is kept in \(percentage(best)) of cases at "
        + "best, whatever is chosen; \(percentage(frame.question.leastRecovery)) is asked for with --recovery."
    case .targetsTogether(let capabilities, let withoutRecovery): togetherText(capabilities, withoutRecovery)
    case .budget(let least):
      "Impossible within the budget: \(money(least)) a month are needed at least, "
        + "\(money(least - (frame.question.budget ?? 0))) more than --budget."
    case .onceBudget(let least):
      "Impossible with what may be paid once: \(money(least)) are needed at least, "
        + "\(money(least - (frame.question.onceBudget ?? 0))) more than --budget-once."
    case .limit(let resource, let least): limitText(resource, least)
    case .budgetsTogether:
      hasLimits
        ? "Impossible: no budget or limit alone is in the way, but all together are."
        : "Impossible: neither budget alone is in the way, both together are."
    }
  }

  private func togetherText(_ capabilities: [Int], _ withoutRecovery: Bool) -> String {
    let promises =
      capabilities.map {
        "the \(availabilityText(frame.question.targets[$0])) of \(frame.names[$0])"
      } + (withoutRecovery ? ["those of recovery"] : [])
    return "Impossible: each promise can be kept, but no design keeps all of them."
      + (promises.isEmpty ? "" : " Without \(promises.joined(separator: ", or without ")) the others can be.")
  }

  /// What several of them mean together, and how far they are certain.
  private var obstacleNotes: [String] {
    var notes: [String] = []
    if plan.isAnyObstacleEnough {
      notes.append("Any one of these is enough, the others staying as they are.")
    }
    if !plan.areObstaclesProved {
      notes.append("That is of the designs that were worked out; --designs looks at more.")
    }
    return notes
  }
}
