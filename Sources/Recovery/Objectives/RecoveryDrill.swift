public import Quantities
public import Stochastics

/// A rehearsal of a recovery at intervals, and what it is expected to show.
public struct RecoveryDrill: Sendable {
  /// Its name.
  public let name: String
  /// Time between two drills.
  public let every: TimeSpan
  /// What is rehearsed.
  public let scenario: RecoveryScenario
  /// What is expected.
  public let expects: RecoveryObjective

  /// - Throws: when it is held every 0 s.
  public init(
    name: String, every: TimeSpan, scenario: RecoveryScenario, expects: RecoveryObjective
  ) throws(InvalidRecovery) {
    guard every > .zero else {
      throw InvalidRecovery(faults: [
        RecoveryFault(
          "drill-interval", name, "\(name) is drilled every 0 s; expected more", help: "every: 1 month")
      ])
    }
    self.name = name
    self.every = every
    self.scenario = scenario
    self.expects = expects
  }

  /// What the model says of a drill.
  public struct Forecast: Sendable {
    /// How likely one drill meets what is expected.
    public let meets: RecoveryObjective.Result
    /// The loss and the recovery of one drill.
    public let outcome: RecoveryScenario.Outcome
    /// How many drills there are in a year.
    public let drillsPerYear: Double
    /// How many of them miss on average; `nil` without an objective.
    public let missesPerYear: Double?
  }

  /// What the model says of it, to be held against what is measured.
  public func forecast(_ plan: SamplingPlan = SamplingPlan(), confidence: Double = 0.95) -> Forecast {
    let meets = expects.result(of: scenario, plan, confidence: confidence)
    let perYear = TimeSpan.year.hours / every.hours
    return Forecast(
      meets: meets, outcome: scenario.outcome(plan), drillsPerYear: perYear,
      missesPerYear: meets.meetsBoth.map { (1 - $0.value) * perYear })
  }

  /// The probability that a step works, from how often it did in drills: (k + ½) / (n + 1), with its 95 % interval.
  ///
  /// The mean of the posterior with Jeffreys' prior; the interval is the exact one of Clopper and Pearson, which is
  /// wider. `nil` without a drill. Worked: 12 of 12 give 96.2 %.
  public static func coverage(worked: Int, drills: Int, confidence: Double = 0.95) -> Estimate? {
    guard drills > 0, (0...drills).contains(worked),
      let interval = proportionEstimate(successes: worked, trials: drills, confidence: confidence)
    else { return nil }
    return Estimate(
      value: (Double(worked) + 0.5) / Double(drills + 1), low: interval.low, high: interval.high,
      confidence: confidence)
  }
}
