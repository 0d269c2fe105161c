public import Stochastics

/// Whether a history shows a mean time between failures, and what is missing.
public struct Demonstration: Sendable, Hashable {
  /// What can be said.
  public enum Verdict: String, Sendable, Hashable, CaseIterable {
    /// The mean is at least that.
    case shown
    /// The mean is less than that.
    case refuted
    /// The history is too short for either.
    case cannotTell = "cannot tell yet"
  }

  /// The mean to be shown, in hours.
  public let targetHours: Double
  /// How sure one wants to be, one-sided.
  public let confidence: Double
  /// The mean that the history shows with that confidence; `nil` without a history to tell from.
  public let shownHours: Double?
  /// What the history says.
  public let verdict: Verdict
  /// How long a time without any incident, counted from now, shows it.
  public let freshHours: Double
  /// How much longer without an incident shows it when what happened counts too.
  public let remainingHours: Double?

  /// - Parameters:
  ///   - targetHours: above 0.
  ///   - observed: what was seen.
  ///   - confidence: between 0 and 1.
  public init(showing targetHours: Double, observed: MeanTimeBetweenFailures?, confidence: Double) {
    self.targetHours = targetHours
    self.confidence = confidence
    freshHours = DemonstrationTest.exposure(toShow: targetHours, failures: 0, confidence: confidence)
    shownHours = observed?.lowerLimit(confidence: confidence)
    remainingHours = observed.map {
      // After a failure that ended the observation the next time without one counts from there: r failures, as if
      // the time had been set.
      DemonstrationTest.remainingExposure(
        toShow: targetHours, after: $0.exposure, failures: $0.failures, confidence: confidence)
    }
    let upper = confidence > 0.5 ? observed.flatMap { $0.limits(confidence: 2 * confidence - 1).high } : nil
    if let shownHours, shownHours >= targetHours {
      verdict = .shown
    } else if let upper, upper < targetHours {
      verdict = .refuted
    } else {
      verdict = .cannotTell
    }
  }
}
