internal import Billing
internal import Economics
internal import Quantities
internal import ServiceModel
internal import Simulation
internal import Stochastics

extension ComparisonReport {
  /// What a gate may ask of every design but the base.
  public var gateFacts: [GateFact] {
    designs.indices.dropFirst().flatMap { design in
      comparison.designs[design].capabilities.flatMap { serviceFacts(design, $0) } + zoneFacts(design)
        + (designs[design].money.map { moneyFacts(design, $0) } ?? [])
    }
  }

  private func serviceFacts(_ design: Int, _ estimate: CapabilityEstimate) -> [GateFact] {
    let header = designs[design].header
    let hours = header.conventions.hoursPerYear
    let down = estimate.unavailability
    let outages = estimate.outagesPerYear
    let name = estimate.name
    func own(_ metric: GateMetric, _ value: GateCondition.Limit, _ text: String, _ of: Estimate) -> GateFact {
      GateFact(
        metric, design: designs[design].name, capability: name, .found(value, text: text),
        interval: of.interval)
    }
    return [
      own(
        .availability, .share(down.value),
        Availability(unavailability: min(1, down.value))?.text(digits: 4) ?? "", down),
      own(
        .served, .share(estimate.unservedFraction.value),
        Availability(unavailability: min(1, estimate.unservedFraction.value))?.text(digits: 4) ?? "",
        estimate.unservedFraction),
      own(
        .downtime, .hours(down.value * hours), "\(header.perYear(down.value)) a year",
        down.multiplied(by: hours)),
      own(.outages, .count(outages.value), "\(significant(outages.value, digits: 3)) a year", outages),
    ] + objectiveFacts(design, estimate)
  }

  private func objectiveFacts(_ design: Int, _ estimate: CapabilityEstimate) -> [GateFact] {
    func fact(_ metric: GateMetric, _ value: GateFact.Value, _ interval: ClosedRange<Double>? = nil)
      -> GateFact
    {
      GateFact(metric, design: designs[design].name, capability: estimate.name, value, interval: interval)
    }
    guard !estimate.objectives.isEmpty else { return [] }
    let late = estimate.objectives.filter { !$0.isMetOnAverage }.map(\.objective.name)
    let met = GateFact.Value.met(
      late.isEmpty,
      text: late.isEmpty ? "met on average" : "\(late.joined(separator: ", ")) missed on average")
    let worst = estimate.objectives.compactMap { outcome in
      outcome.missed.map { (name: outcome.objective.name, missed: $0) }
    }.max { $0.missed.value < $1.missed.value }
    let missed = worst.map { worst in
      fact(
        .missed,
        .found(.share(worst.missed.value), text: "\(worst.name) missed in \(percentage(worst.missed.value))"),
        worst.missed.interval)
    }
    return [fact(.objectives, met), missed ?? fact(.missed, .unknown("no whole window"))]
  }

  private func zoneFacts(_ design: Int) -> [GateFact] {
    let name = designs[design].name
    guard let loss = designs[design].zoneLoss else {
      return [.servedAfterZone, .usedAfterZone].map {
        GateFact($0, design: name, .unknown("no zones are stated"))
      }
    }
    let served = loss.services.map { service in
      GateFact(
        .servedAfterZone, design: name, capability: service.capability,
        .found(
          .share(service.afterFailover), text: "\(percentage(service.afterFailover)) without \(service.zone)")
      )
    }
    guard let fullest = loss.fullest else {
      return served + [GateFact(.usedAfterZone, design: name, .unknown("no limit is known well enough"))]
    }
    let used = fullest.share.map {
      GateFact.Value.found(.share($0), text: "\(percentage($0)) of \(fullest.name) without \(fullest.zone)")
    }
    return served + [
      GateFact(
        .usedAfterZone, design: name, used ?? .met(false, text: "nothing is left of \(fullest.name)"))
    ]
  }

  private func moneyFacts(_ design: Int, _ money: DesignMoney) -> [GateFact] {
    let name = designs[design].name
    let bills: [GateFact] =
      switch money.monthly {
      case .nothingStated: []
      case .unknown(let reason):
        [.monthly, .yearly, .monthlyIncrease].map { GateFact($0, design: name, .unknown(reason)) }
      case .bill(let bill): GateFact.bill(bill, beside: money.beside, design: name)
      }
    let once = money.once.map { once in
      GateFact(.once, design: name, .found(.money(once.double, currency: once.currency), text: "\(once)"))
    }
    return bills + (once.map { [$0] } ?? []) + downtimeFacts(design, money)
  }

  private func downtimeFacts(_ design: Int, _ money: DesignMoney) -> [GateFact] {
    guard let currency = moneyFrame?.currency else { return [] }
    let name = designs[design].name
    let cost = money.losses?.mean.map { mean in
      GateFact(
        .downtimeCost, design: name,
        .found(
          .money(mean.value, currency: currency), text: "\(Money.text(mean.value, currency: currency)) a year"
        ),
        interval: mean.interval)
    }
    let returns = money.returns.map { found in
      GateFact.returns(
        found, currency: currency, hoursPerMonth: designs[design].header.conventions.hoursPerMonth,
        design: name)
    }
    return (cost.map { [$0] } ?? []) + (returns ?? [])
  }
}
