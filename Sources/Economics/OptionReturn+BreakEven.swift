internal import Simulation

extension OptionReturn {
  /// An input of the decision, what it is, and where the decision tips.
  public struct Tipping: Sendable, Hashable {
    /// Which input.
    public let input: Input
    /// What it is now.
    public let now: Double
    /// Where the goal is met exactly.
    public let breakEven: BreakEven
    /// The most that it can be; `nil` where nothing bounds it.
    public let most: Double?

    /// By which share of what it is now it has to change; `nil` when no change tips the decision, or it is 0 now.
    public var change: Double? {
      guard now != 0, let value = breakEven.value else { return nil }
      return (value - now) / now
    }

    /// Whether the goal asks for more than there can be of it.
    public var isOutOfReach: Bool {
      if case .atLeast(let value) = breakEven, let most { value > most * (1 + 1e-9) } else { false }
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
  public var tippings: [Tipping] { tippings(reaching: .breakEven) }

  /// What each input must be for a goal, with all others as they are.
  public func tippings(reaching goal: Goal) -> [Tipping] {
    let sums = GoalSums(self, goal)
    return Input.allCases.map { input in
      Tipping(
        input: input, now: now(input, sums), breakEven: sums.breakEven(input),
        most: input == .effectiveness ? largestEffect : nil)
    }
  }

  private func now(_ input: Input, _ sums: GoalSums) -> Double {
    switch input {
    case .downtimePrice, .effectiveness: 1
    case .once: plan.once
    case .running: sums.monthlyRunning
    }
  }

  /// The effect at which no downtime would be left: what it costs the base over what is avoided; `nil` when nothing is.
  public var largestEffect: Double? {
    let shares = plan.effectiveShares
    func worth(_ amounts: [Double]) -> Double {
      CashFlow(finite: [0] + amounts).presentValue(rate: rate.perMonth)
    }
    let avoided = worth(months.map(\.avoided.total))
    return avoided > 0 ? worth(zip(baseMonths, shares).map { $0.total * $1 }) / avoided : nil
  }

  /// The input that needs the smallest change to tip the decision.
  public var mostSensitive: Tipping? {
    tippings.filter { $0.change != nil && !$0.isOutOfReach }.min { abs($0.change ?? 0) < abs($1.change ?? 0) }
  }
}

/// The sums that a goal weighs: benefits − weight · costs − margin.
private struct GoalSums {
  /// Downtime avoided by the hour, and in other ways.
  let hours: Double
  let other: Double
  /// What running it costs less, and more.
  let saved: Double
  let paid: Double
  let once: Double
  /// What an amount of 1 a month is worth while it runs.
  let annuity: Double
  /// What running it costs more a month, on average.
  let monthlyRunning: Double
  let goal: Goal

  init(_ option: OptionReturn, _ goal: Goal) {
    let rate = goal.ratePerMonth(option.rate)
    let months = option.months.prefix(goal.months(of: option.months.count))
    func worth(_ amounts: [Double]) -> Double { CashFlow(finite: [0] + amounts).presentValue(rate: rate) }
    hours = worth(months.map { $0.avoided[.hours] })
    other = worth(months.map { $0.avoided.total - $0.avoided[.hours] })
    saved = worth(months.map { max(0, $0.running) })
    paid = worth(months.map { max(0, -$0.running) })
    once = option.plan.once
    annuity = worth(Array(option.plan.effectiveShares.prefix(months.count)))
    monthlyRunning = annuity > 0 ? (paid - saved) / annuity : 0
    self.goal = goal
  }

  private var costs: Double { goal.costWeight * (once + paid) + goal.margin }

  func breakEven(_ input: OptionReturn.Input) -> BreakEven {
    switch input {
    case .downtimePrice: BreakEven(constant: other + saved - costs, slope: hours)
    case .effectiveness: BreakEven(constant: saved - costs, slope: hours + other)
    case .once:
      BreakEven(
        constant: hours + other + saved - goal.costWeight * paid - goal.margin, slope: -goal.costWeight)
    case .running: running
    }
  }

  /// What it costs more counts by the weight of costs, what it costs less is a benefit.
  private var running: BreakEven {
    let rest = hours + other - goal.costWeight * once - goal.margin
    let weight = rest >= 0 ? goal.costWeight : 1
    return BreakEven(constant: rest, slope: -annuity * weight, isSigned: true)
  }
}
