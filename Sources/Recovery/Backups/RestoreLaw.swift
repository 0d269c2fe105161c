public import Stochastics

/// The time from the response to a failure until its data is back, as a law in hours: what a scenario says of it, on its
/// own.
///
/// Mean, quantiles and survival are exact where the scenario's law is, else those of uniform laws fitted to a seeded sample of
/// 20,000 restores. A draw is one restore; whoever needs the loss with it draws the scenario.
public struct RestoreLaw: OutcomeDistribution {
  /// The word for this law.
  public static let kind = "restore"

  /// The scenario.
  public let scenario: RecoveryScenario
  /// Its times.
  public let times: OutcomeTimes

  /// The law of a scenario's restore; what never comes back is left out, see `probabilityOfNever`.
  ///
  /// - Throws: when it takes no time at all, or never comes back.
  public init(_ scenario: RecoveryScenario) throws(InvalidParameter) {
    let draws = SamplingPlan().draws("restore/\(scenario.streamName)") { scenario.restoreSample(using: &$0) }
    let law = scenario.exactRestore.map { OutcomeLaw.exact($0) } ?? .sampled(SampledLaw(draws: draws))
    self.init(scenario, try OutcomeTimes(law, draws: draws))
  }

  private init(_ scenario: RecoveryScenario, _ times: OutcomeTimes) {
    self.scenario = scenario
    self.times = times
  }

  /// The probability that the data does not come back; that of a sample where the law is one.
  public var probabilityOfNever: Double { times.probabilityOfNever }

  /// The time of one restore.
  public func sample(using stream: inout RandomStream) -> Double {
    scenario.restoreSample(using: &stream) * times.factor
  }

  /// The same with all times longer or shorter.
  public func scaled(by factor: Double) -> any Distribution { RestoreLaw(scenario, times.scaled(by: factor)) }

  /// `restore of postgresql after corruption`.
  public var description: String { "restore of \(scenario.store.name) after \(scenario.kind.rawValue)" }
}

extension RecoveryScenario {
  /// A draw of the time from the response on; ∞: never.
  func restoreSample(using stream: inout RandomStream) -> Double {
    let noticedHours = noticed.reduce(0) { $0 + $1.sample(using: &stream) }
    let draw = sample(noticedHours: noticedHours, responseHours: 0, using: &stream)
    return max(0, draw.recoveryHours - noticedHours)
  }
}
