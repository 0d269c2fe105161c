internal import Simulation

extension OptionReturn {
  /// An input of the decision, what it is, and where the decision tips.
  public struct Tipping: Sendable, Hashable {
    /// Which input.
    public let input: Input
    /// What it is now.
    public let now: Double
    /// Where the mean net present value is 0.
    public let breakEven: BreakEven

    /// By which share of what it is now it has to change; `nil` when no change tips the decision, or it is 0 now.
    public var change: Double? {
      guard now != 0, let value = breakEven.value else { return nil }
      return (value - now) / now
    }
  }

  /// The inputs in which the net present value is linear.
  public enum Input: String, Sendable, Hashable, CaseIterable {
    /// What an hour of downtime costs, as a multiple of what is stated.
    case downtimePrice
    /// How much of the computed effect on downtime comes true, as a share.
    case effectiveness
    /// What is paid once.
    case once
    /// What running it costs more each month, on average over the months in which it runs.
    case running
  }

  /// Where each input tips the decision with all others as they are.
  public var tippings: [Tipping] { Input.allCases.map(tipping) }

  private func tipping(_ input: Input) -> Tipping {
    let factor = rate.perMonth
    func worth(_ amounts: [Double]) -> Double { CashFlow(finite: [0] + amounts).presentValue(rate: factor) }
    let hours = worth(months.map { $0.avoided[.hours] })
    let other = worth(
      months.map { month in
        DowntimeCostPart.allCases.filter { $0 != .hours }.reduce(0) { $0 + month.avoided[$1] }
      })
    let running = worth(months.map(\.running))
    switch input {
    case .downtimePrice:
      return Tipping(
        input: input, now: 1, breakEven: BreakEven(constant: other + running - plan.once, slope: hours))
    case .effectiveness:
      return Tipping(
        input: input, now: 1, breakEven: BreakEven(constant: running - plan.once, slope: hours + other))
    case .once:
      return Tipping(
        input: input, now: plan.once, breakEven: BreakEven(constant: hours + other + running, slope: -1))
    case .running:
      let annuity = worth(Array(plan.effectiveShares.prefix(months.count)))
      let now = annuity > 0 ? -running / annuity : 0
      return Tipping(
        input: input, now: now,
        breakEven: BreakEven(constant: hours + other - plan.once, slope: -annuity, isSigned: true))
    }
  }

  /// The input that needs the smallest change to tip the decision.
  public var mostSensitive: Tipping? {
    tippings.filter { $0.change != nil }.min { abs($0.change ?? 0) < abs($1.change ?? 0) }
  }
}
