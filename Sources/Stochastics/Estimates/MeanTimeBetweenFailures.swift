/// What ended an observation of failures.
public enum ObservationEnd: String, CaseIterable, Hashable, Sendable {
  /// A time settled beforehand, whatever had happened: an observation window.
  case time

  /// A failure: the observation ended with the last of them.
  case failure
}

/// The mean time between failures that come at a constant rate, with its exact interval.
///
/// Worked: 2 failures in 800 h show 400 h, at 90 % from 127 h to 2,251 h. None in 800 h shows more than 347 h.
///
/// Source: NIST/SEMATECH, "e-Handbook of statistical methods", section 8.4.5.1; Epstein, "Estimation from life test
/// data", Technometrics 2 (1960).
public struct MeanTimeBetweenFailures: Hashable, Sendable {
  /// How many failures were seen.
  public let failures: Int

  /// The time under observation, summed over all units.
  public let exposure: Double

  /// What ended the observation.
  public let end: ObservationEnd

  /// - Parameters:
  ///   - failures: at least 0; at least 1 if a failure ended the observation.
  ///   - exposure: greater than 0.
  public init(failures: Int, exposure: Double, end: ObservationEnd = .time) throws(InvalidParameter) {
    try InvalidParameter.requirePositive(exposure, "the time under observation")
    guard failures >= (end == .failure ? 1 : 0) else {
      throw InvalidParameter(
        message: "the number of failures is \(failures); it must be at least \(end == .failure ? 1 : 0)")
    }
    (self.failures, self.exposure, self.end) = (failures, exposure, end)
  }

  /// Exposure per failure; nil without a failure.
  public var value: Double? { failures == 0 ? nil : exposure / Double(failures) }

  /// The limits of the mean: two-sided 2T / χ²(1 − α/2; 2r + 2) and 2T / χ²(α/2; 2r), 2r in both when a failure ended
  /// the observation. Without a failure T / −log α, one-sided, and no upper limit.
  ///
  /// - Parameter confidence: 1 − α, between 0 and 1.
  public func limits(confidence: Double) -> (low: Double, high: Double?) {
    preconditionConfidence(confidence)
    guard failures > 0 else { return (lowerLimit(confidence: confidence), nil) }
    return (lowerLimit(tail: (1 - confidence) / 2), upperLimit(tail: (1 - confidence) / 2))
  }

  /// The one-sided lower limit, 2T / χ²(1 − α; 2r + 2), or 2r when a failure ended the observation.
  public func lowerLimit(confidence: Double) -> Double {
    preconditionConfidence(confidence)
    return lowerLimit(tail: 1 - confidence)
  }

  /// The mean with its two-sided interval; nil without a failure, when there is only ``lowerLimit(confidence:)``.
  public func estimate(confidence: Double) -> Estimate? {
    let limits = limits(confidence: confidence)
    guard let value, let high = limits.high else { return nil }
    return Estimate(value: value, low: limits.low, high: high, confidence: confidence)
  }

  private func lowerLimit(tail: Double) -> Double {
    exposure / inverseRegularizedGammaQ(shape: Double(end == .time ? failures + 1 : failures), q: tail)
  }

  private func upperLimit(tail: Double) -> Double {
    exposure / inverseRegularizedGammaP(shape: Double(failures), p: tail)
  }
}

/// A test that shows a mean time between failures: how long it has to be, and what it showed.
///
/// Worked: to show 1,000 h at 90 % takes 2,303 h without a failure, or 3,890 h with one.
///
/// Source: NIST/SEMATECH, "e-Handbook of statistical methods", section 8.3.1.4 (fixed-length tests).
public enum DemonstrationTest {
  /// The exposure that shows a mean of at least `mean` if no more than `failures` happen: mean · χ²(c; 2r + 2) / 2,
  /// without a failure −log(1 − c) · mean.
  ///
  /// - Parameters:
  ///   - mean: greater than 0.
  ///   - failures: how many are allowed, at least 0.
  ///   - confidence: between 0 and 1.
  public static func exposure(toShow mean: Double, failures: Int = 0, confidence: Double) -> Double {
    precondition(mean > 0, "a mean time between failures is greater than 0")
    return mean * poissonUpperLimit(count: failures, confidence: confidence)
  }

  /// The mean that an exposure with this many failures shows: the other way round.
  public static func shownMean(exposure: Double, failures: Int = 0, confidence: Double) -> Double {
    precondition(exposure > 0, "an exposure is greater than 0")
    return exposure / poissonUpperLimit(count: failures, confidence: confidence)
  }

  /// How much longer a test has to run without another failure to show a mean; 0 when it has shown it already.
  public static func remainingExposure(
    toShow mean: Double, after exposure: Double, failures: Int, confidence: Double
  ) -> Double {
    max(0, Self.exposure(toShow: mean, failures: failures, confidence: confidence) - exposure)
  }
}
