internal import Diagnostics
internal import FoundationEssentials
internal import Quantities

extension ModelResolver {
  /// What being without a capability costs beside the same for every hour; `nil` when nothing does.
  mutating func downtimeTerms(of capability: CapabilityDraft) -> DowntimeTerms? {
    guard let draft = capability.downtimeTerms else { return nil }
    checkCurrencies(draft, capability)
    checkSigns(draft)
    checkFee(draft)
    let terms = DowntimeTerms(
      hours: pricedHours(draft.hours), perIncident: draft.perIncident?.value,
      productivity: draft.productivity.flatMap { lostProductivity($0) }, credits: credits(draft),
      penalties: penalties(draft, of: capability))
    return terms.isEmpty ? nil : terms
  }

  private mutating func credits(_ draft: DowntimeTermsDraft) -> [CreditStep] {
    let steps = draft.credits.sorted { $0.below.value.unavailability > $1.below.value.unavailability }
    checkOrder(steps)
    return steps.compactMap { step in
      step.pays.value.money(fee: draft.monthlyFee?.value).map {
        CreditStep(below: step.below.value, pays: $0, text: step.pays.value.text)
      }
    }
  }

  /// Every amount of one capability is in one currency, since they are added.
  private mutating func checkCurrencies(_ draft: DowntimeTermsDraft, _ capability: CapabilityDraft) {
    var amounts: [(key: String, currency: String, location: SourceLocation)] = []
    if let cost = capability.downtimeCost {
      amounts.append(("costs", cost.value.amount.currency, cost.location))
    }
    amounts += draft.amounts.map { ($0.key, $0.money.value.currency, $0.money.location) }
    guard let first = amounts.first else { return }
    for other in amounts where other.currency != first.currency {
      report(
        "downtime-currencies",
        "\(other.key): is in \(other.currency) and \(first.key): in \(first.currency); they are added, and nothing "
          + "says what one is in the other", at: other.location,
        help: "\(other.key): in \(first.currency)")
    }
  }

  private mutating func checkSigns(_ draft: DowntimeTermsDraft) {
    for amount in draft.amounts where amount.money.value.amount < 0 {
      report(
        "downtime-negative", "\(amount.key): \(amount.money.value) would be earned by being down",
        at: amount.money.location,
        help: "\(amount.key): \(Money(-amount.money.value.amount, currency: amount.money.value.currency))")
    }
  }

  /// Shares need a fee to be shares of, and a fee is there for shares.
  private mutating func checkFee(_ draft: DowntimeTermsDraft) {
    let shares = draft.shares
    if let fee = draft.monthlyFee, shares.isEmpty {
      report(
        "fee-without-share", "monthly-fee: changes nothing, since no credit or penalty is a share of it",
        at: fee.location, help: "credits: [{below: 99.9 %, pays: 10 %}]")
    }
    guard draft.monthlyFee == nil else { return }
    for share in shares {
      report(
        "credit-without-fee", "pays: \(share.value.text) is a share of a monthly fee, and none is stated",
        at: share.location, help: "monthly-fee: $10,000")
    }
  }

  /// A worse month pays more, or two steps say different things of one month.
  private mutating func checkOrder(_ steps: [DowntimeTermsDraft.Step]) {
    for step in steps where step.below.value.unavailability >= 1 {
      report(
        "credit-never", "no month has less than \(step.below.value) availability, so this step never pays",
        at: step.below.location, help: "below: 99.9 %")
    }
    for (worse, better) in zip(steps, steps.dropFirst()) {
      if worse.below.value == better.below.value {
        report(
          "credit-order", "two steps begin below \(better.below.value)", at: better.below.location,
          help: "leave one of them out")
      } else if let low = worse.pays.value.comparable(to: better.pays.value), low.own < low.other {
        report(
          "credit-order",
          "a month below \(worse.below.value) pays \(worse.pays.value.text), less than the "
            + "\(better.pays.value.text) of one below \(better.below.value)", at: worse.pays.location,
          help: "pays: \(better.pays.value.text) or more")
      }
    }
  }
}

extension DowntimeTermsDraft.Amount {
  /// Both numbers where they are of one kind.
  fileprivate func comparable(to other: Self) -> (own: Decimal, other: Decimal)? {
    switch (self, other) {
    case (.money(let own), .money(let other)) where own.currency == other.currency:
      (own.amount, other.amount)
    case (.share(let own), .share(let other)): (own, other)
    default: nil
    }
  }
}
