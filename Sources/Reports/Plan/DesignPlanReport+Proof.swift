internal import Planning
internal import Quantities
internal import Simulation
internal import Stochastics

/// What was proved, what was only found, and what stands in the way.
extension DesignPlanReport {
  /// What was proved, of the aim first.
  var certaintyTexts: [String] { [certaintyText] + (aim == .leastTotal ? totalTexts : []) }

  var certaintyText: String {
    switch plan.certainty {
    case .exhaustive(let designs):
      return "Proved: all \(grouped(designs)) designs were worked out by the exact engine."
    case .independentParts(let checked):
      return
        "Proved among all designs, given that parts act independently in each state of the places they share; "
        + "\(grouped(checked)) whole designs worked out by the exact engine agree with their parts to eight digits."
    case .bounded(let looked, let compared, let open, let frontier):
      return boundedText(looked, compared, open, frontier)
    case .found(let looked, let least):
      let gap = least.flatMap { gapText($0) } ?? ""
      return
        "Found, not proved: the best of \(grouped(looked)) designs that were worked out by the exact engine.\(gap)"
    }
  }

  private func boundedText(
    _ looked: Int, _ compared: Int, _ open: [DesignGoal], _ frontier: FrontierProof
  ) -> String {
    let goals = frame.question.goals.filter { !open.contains($0) }.map(\.name)
    let proved = (goals + (frontier == .whole ? ["the frontier"] : [])).joined(separator: ", ")
    let rest =
      open.isEmpty ? "" : " Only found before --designs: \(open.map(\.name).joined(separator: ", "))."
    return
      "Proved by bounds (\(proved)), given that what is best for a lever is so whatever the others are, as in every coherent "
      + "structure: \(grouped(looked)) designs were worked out by the exact engine, and in \(grouped(compared)) comparisons that "
      + "was so.\(diagramText)\(frontierText(frontier))\(rest)"
  }

  /// Of which levers the diagram shows what is best.
  private var diagramText: String {
    guard !plan.shownLevers.isEmpty else { return "" }
    let open = frame.space.levers.indices.filter { !plan.shownLevers.contains($0) }
      .map { frame.space.levers[$0].name }
    let levers =
      open.count <= 3
      ? "every lever\(open.isEmpty ? "" : " but \(open.joined(separator: ", "))")"
      : "\(plan.shownLevers.map { frame.space.levers[$0].name }.joined(separator: ", "))"
    return
      " Of \(levers) it is proved on the diagram, beside designs unlike each other: where the best value is down, any other is, "
      + "whatever else fails and how often."
  }

  /// What is left open of the frontier.
  private func frontierText(_ frontier: FrontierProof) -> String {
    switch frontier {
    case .whole: ""
    case .upTo(let cost):
      " The frontier is whole up to \(money(cost)) a month, beyond that the best of these designs: --designs takes it further."
    case .found: " The frontier is that of these designs."
    }
  }

  // MARK: The least total

  /// How far the least total is the least.
  private var totalTexts: [String] {
    guard let total = plan.total else { return [] }
    return [proofText(total)] + (total.rivals.isEmpty ? [] : [rivalText(total)])
  }

  private func proofText(_ total: LeastTotal) -> String {
    let sampled =
      frame.replications.map {
        " Credits and penalties are those of \(grouped($0)) years with the same luck for "
          + "\(total.dues.count == 1 ? "one design" : "\(grouped(total.dues.count)) designs"); every other one comes to more "
          + "even with nothing due."
      } ?? ""
    switch total.proof {
    case .proved: return "The least total is proved: no design comes to less.\(sampled)"
    case .upToSampling: return "The least total is proved up to sampling.\(sampled)"
    case .found(let least):
      let bound = least.map { "; no design comes to less than \(money($0)) a month" } ?? ""
      return "The least total is found, not proved\(bound)."
    }
  }

  private func rivalText(_ total: LeastTotal) -> String {
    let names = total.rivals.prefix(5).map { rival in
      "\(pulls(rival.point)) (\(money(rival.difference.value)) ± \(money(rival.difference.halfWidth)) more a month)"
    }
    let rest = total.rivals.count > 5 ? " and \(total.rivals.count - 5) more" : ""
    return
      "Sampling does not tell it from: \(names.joined(separator: "; "))\(rest). --replications tells them apart."
  }

  private func gapText(_ least: Double) -> String? {
    guard let cheapest = plan.cheapest else { return nil }
    let cost = cheapest.cost(over: frame.question.months)
    guard cost > 0 else { return nil }
    return
      " LeastCost is within \(percentage(max(0, cost - least) / cost)) of the least there can be, if no design is more "
      + "available than all levers at their best and prices add up."
  }

  // MARK: The next dollar

  /// The best next step along the frontier from the chosen plan: downtime per unit of money.
  var nextStep: (point: DesignPoint, added: Double, saved: Double)? {
    guard let chosen else { return nil }
    let (months, weights) = (frame.question.months, frame.question.weights)
    func gain(_ point: DesignPoint) -> (added: Double, saved: Double) {
      (
        point.cost(over: months) - chosen.cost(over: months),
        chosen.downtime(weights) - point.downtime(weights)
      )
    }
    let better = plan.frontier.filter { gain($0).added > 1e-6 && gain($0).saved > 0 }
    guard
      let best = better.max(by: { gain($0).saved / gain($0).added < gain($1).saved / gain($1).added })
    else { return nil }
    return (best, gain(best).added, gain(best).saved)
  }

  var nextDollarText: String? {
    guard chosen != nil else { return nil }
    guard let (point, added, _) = nextStep, let chosen else {
      return
        "The next dollar buys nothing: \(hasLimits ? "within the limits " : "")no design with less downtime costs more."
    }
    let largest = frame.names.indices.max {
      chosen.unavailability[$0] - point.unavailability[$0] < chosen.unavailability[$1]
        - point.unavailability[$1]
    }
    guard let largest else { return nil }
    let hours = (chosen.unavailability[largest] - point.unavailability[largest]) * frame.hoursPerYear
    guard hours > 0 else { return nil }
    guard hours * 3_600 >= 1 else {
      return "The next dollar: \(money(added)) more a month buy less than a second a year."
    }
    return
      "The next dollar: \(money(added)) more a month buy \(perYear(hours / frame.hoursPerYear)) less downtime of "
      + "\(frame.names[largest]) a year, \(money(12 * added / hours)) for each hour."
  }

  // MARK: Simulation

  var verificationBlocks: [Document.Block] {
    switch verification {
    case .none: return []
    case .impossible(let reason): return [.note("Not simulated: \(reason).")]
    case .simulated(let comparison):
      return [.heading("Verified by simulation"), .facts(facts(comparison))]
        + [.note(methodText(comparison))]
    }
  }

  private func facts(_ comparison: DesignComparison) -> [Document.Fact] {
    guard let chosen, let result = comparison.designs.last else { return [] }
    return frame.names.enumerated().compactMap { place, name in
      guard let own = result.capabilities.first(where: { $0.name == name }) else { return nil }
      let estimate = frame.isServed ? own.unservedFraction : own.unavailability
      let exact = chosen.unavailability[place]
      let agrees = (estimate.low...max(estimate.low, estimate.high)).contains(exact)
      return Document.Fact(
        "Availability of \(name)", availabilityText(estimate.value),
        [
          "\(percentage(estimate.confidence)) CI \(availabilityText(estimate.high)) – "
            + "\(availabilityText(estimate.low))",
          "exact \(availabilityText(exact)), \(agrees ? "inside" : "outside")", savedText(comparison, name),
        ].filter { !$0.isEmpty }, number: .init(1 - estimate.value))
    }
  }

  private func savedText(_ comparison: DesignComparison, _ name: String) -> String {
    guard comparison.designs.count > 1,
      let difference = comparison.differences.first(where: { $0.capability == name }),
      let saved = frame.isServed ? difference.unservedFraction : difference.unavailability
    else { return "" }
    let text = "\(perYear(abs(saved.value))) ± \(perYear(saved.halfWidth))"
    return saved.value <= 0 ? "saves \(text) a year" : "adds \(text) a year"
  }

  private func methodText(_ comparison: DesignComparison) -> String {
    let plan = comparison.designs[0].plan
    return
      "\(grouped(comparison.replications)) replications of \(shortest(plan.years)) "
      + "\(plan.years == 1 ? "year" : "years"), seed \(plan.seed); as it is and as planned with the same luck."
  }
}

extension DesignGoal {
  fileprivate var name: String {
    switch self {
    case .cheapest: "LeastCost"
    case .leastChange: "LeastChange"
    case .mostAvailable: "most available"
    case .leastTotal: "least total"
    }
  }
}
