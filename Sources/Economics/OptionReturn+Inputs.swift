public import Simulation

extension OptionReturn {
  /// What the inputs do that are not numbers of the models, one at a time and all others as they are, the widest swing first.
  ///
  /// Each goes from its value divided by the span to its value times the span. An effect stays at most what leaves no
  /// downtime; the horizon is at most that of the simulation.
  ///
  /// - Parameter span: more than 1.
  public func decisionInputs(span: Double = 2) -> [DecisionInput] {
    let linear = tippings.map { linearInput($0, span: span) }
    return (linear + [discountInput(span), horizonInput(span), implementationInput(span)].compactMap { $0 })
      .filter { $0.swing > 0 || $0.flip != nil }
      .sorted { $0.swing > $1.swing }
  }

  /// The net present value with some inputs changed.
  private func presentValue(
    price: Double = 1, effect: Double = 1, once: Double? = nil, running: Double = 1,
    rate: Double? = nil, months: Int? = nil, shares: [Double]? = nil
  ) -> Double {
    let shares = shares ?? plan.effectiveShares
    let amounts = zip(settledMonths, shares).prefix(months ?? settledMonths.count).map { month, share in
      let other = month.avoided.total - month.avoided[.hours]
      return share * (running * month.running + effect * (price * month.avoided[.hours] + other))
    }
    return CashFlow(finite: [-(once ?? plan.once)] + amounts).presentValue(rate: rate ?? self.rate.perMonth)
  }

  private func linearInput(_ tipping: Tipping, span: Double) -> DecisionInput {
    let low = tipping.now / span
    let high = min(tipping.now * span, max(tipping.now, tipping.most ?? .infinity))
    func value(_ number: Double) -> Double {
      switch tipping.input {
      case .downtimePrice: presentValue(price: number)
      case .effectiveness: presentValue(effect: number)
      case .once: presentValue(once: number)
      case .running: presentValue(running: tipping.now == 0 ? 1 : number / tipping.now)
      }
    }
    return DecisionInput(
      kind: .linear(tipping.input), now: tipping.now, low: low, high: high, valueAtLow: value(low),
      valueAtHigh: value(high), flip: tipping.isOutOfReach ? nil : tipping.breakEven.value)
  }

  private func discountInput(_ span: Double) -> DecisionInput? {
    guard rate.perYear > 0, let low = DiscountRate(perYear: rate.perYear / span),
      let high = DiscountRate(perYear: rate.perYear * span)
    else { return nil }
    let roots: [Double] =
      switch cashFlow.internalRate.compounded(over: 12) {
      case .none: []
      case .one(let root): [root]
      case .several(let roots): roots
      }
    return DecisionInput(
      kind: .discountRate, now: rate.perYear, low: low.perYear, high: high.perYear,
      valueAtLow: presentValue(rate: low.perMonth), valueAtHigh: presentValue(rate: high.perMonth),
      // A rate below 0 would make money worth more the later it comes.
      flip: roots.filter { $0 >= 0 }.min { abs($0 - rate.perYear) < abs($1 - rate.perYear) })
  }

  /// A shorter horizon; what lies beyond the simulated one is not known.
  private func horizonInput(_ span: Double) -> DecisionInput? {
    let all = settledMonths.count
    let short = max(1, Int((Double(all) / span).rounded()))
    guard short < all else { return nil }
    let sums = cashFlow.discounted(rate: rate.perMonth).cumulative
    let end = sums[all]
    let last = sums.indices.last { sums[$0] * end < 0 }
    return DecisionInput(
      kind: .horizonMonths, now: Double(all), low: Double(short), high: Double(all),
      valueAtLow: sums[short], valueAtHigh: end,
      flip: last.map { Double($0) - sums[$0] / (sums[$0 + 1] - sums[$0]) })
  }

  private func implementationInput(_ span: Double) -> DecisionInput? {
    let now = plan.implementationHours
    func value(_ hours: Double) -> Double { presentValue(shares: plan.taking(hours: hours).effectiveShares) }
    // Within a month the value is linear in the end of the change, so its ends show every change of sign.
    let ends = plan.monthEndHours
    let places = ([0] + ends + [now]).sorted()
    let values = places.map(value)
    var flips: [Double] = []
    for (place, next) in zip(places.indices, places.indices.dropFirst())
    where values[place] * values[next] < 0 {
      flips.append(
        places[place]
          - values[place] * (places[next] - places[place]) / (values[next] - values[place]))
    }
    return DecisionInput(
      kind: .implementationHours, now: now, low: now / span, high: now * span, valueAtLow: value(now / span),
      valueAtHigh: value(now * span), flip: flips.min { abs($0 - now) < abs($1 - now) })
  }
}

extension OptionReturn {
  /// The mean net present value of one of the designs of a ledger, whose first design is the base.
  public static func meanPresentValue(
    _ plan: OptionPlan, design: Int, in ledger: DowntimeLedger, rate: DiscountRate
  ) -> Double {
    let amounts = zip(plan.effectiveShares, plan.runningIncrease).prefix(ledger.months).enumerated().map {
      month, pair in
      let base = ledger.mean(design: 0, month: month).total
      return pair.0 * (base - ledger.mean(design: design, month: month).total - pair.1)
    }
    return CashFlow(finite: [-plan.once] + amounts).presentValue(rate: rate.perMonth)
  }
}
