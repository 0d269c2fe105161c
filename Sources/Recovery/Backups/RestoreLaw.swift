public import Stochastics

/// The time from the response to a failure until its data is back, as a law in hours: what a scenario says of it, on its
/// own.
///
/// Mean, quantiles and survival are exact where the scenario's law is, else those of a seeded sample of 20,000
/// restores. A draw is one restore; whoever needs the loss with it draws the scenario.
public struct RestoreLaw: Distribution {
  /// The word for this law.
  public static let kind = "restore"

  /// The scenario.
  public let scenario: RecoveryScenario
  private let factor: Double
  private let law: OutcomeLaw
  /// The same times as values, equally likely.
  private let values: Empirical

  /// The law of a scenario's restore; what never comes back is left out, see `probabilityOfNever`.
  ///
  /// - Throws: when it takes no time at all, or never comes back.
  public init(_ scenario: RecoveryScenario) throws(InvalidParameter) {
    let draws = SamplingPlan().draws("restore/\(scenario.streamName)") { scenario.restoreSample(using: &$0) }
    let law = scenario.exactRestore.map { OutcomeLaw.exact($0) } ?? .sampled(SampledLaw(draws: draws))
    self.scenario = scenario
    self.law = law
    factor = 1
    let values = draws.filter(\.isFinite)
    self.values = try Empirical(values: values)
  }

  private init(_ other: RestoreLaw, factor: Double) {
    scenario = other.scenario
    self.factor = other.factor * factor
    law = other.law
    values = other.values
  }

  /// The probability that the data does not come back; that of a sample where the law is one.
  public var probabilityOfNever: Double {
    switch law {
    case .exact(let law): law.probabilityOfNever
    case .sampled(let law): Double(law.draws.count - law.valueCount) / Double(law.draws.count)
    }
  }

  /// Whether its mean is exact, and not that of a sample.
  public var isExact: Bool { law.isExact }

  /// The mean time.
  public var mean: Double { (law.mean()?.value ?? values.mean) * factor }

  /// The variance of the sample.
  public var variance: Double { values.variance * factor * factor }

  /// The probability of a longer time.
  public func survival(_ x: Double) -> Double {
    guard x >= 0 else { return 1 }
    return 1 - (law.probability(atMost: x / factor)?.value ?? 1 - values.survival(x / factor))
  }

  /// Counts as 0: a sample has values of positive probability.
  public func density(_ x: Double) -> Double { 0 }

  /// The time that is not exceeded with a probability.
  public func quantile(_ p: Double) -> Double { law.quantile(p).value * factor }

  /// The time of one restore.
  public func sample(using stream: inout RandomStream) -> Double {
    scenario.restoreSample(using: &stream) * factor
  }

  /// A time of the sample, the longer the likelier.
  public func lengthBiasedSample(using stream: inout RandomStream) -> Double {
    values.lengthBiasedSample(using: &stream) * factor
  }

  /// The same with all times longer or shorter.
  public func scaled(by factor: Double) -> any Distribution { RestoreLaw(self, factor: factor) }

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
