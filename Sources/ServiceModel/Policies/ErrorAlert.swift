public import Diagnostics
public import Quantities

/// A detector that watches the calls of a dependency: it sees that too many of them fail.
///
/// It begins to count its own delay when the share of calls that fail lies above the threshold, begins anew when the share
/// has fallen below it in between, and fires at the end.
public struct ErrorAlert: Sendable, Hashable {
  /// The detector, as an index into the model's delays.
  public let detector: Int
  /// The share of calls that fail, above which it counts; between 0 and 1.
  public let threshold: Double
  /// The threshold as it was written: `10 %`, `10 /s`.
  public let thresholdText: String
  /// The time over which the share is a moving mean; `nil`: the share of the moment.
  public let window: TimeSpan?
  /// The share of calls that fail when all is well.
  public let usualShare: Double
}

/// An alert on the errors of calls, as written.
public struct ErrorAlertDraft: Sendable {
  /// What is too many.
  public enum Threshold: Sendable {
    /// A share of the calls.
    case share(Probability)
    /// So many failed calls a time.
    case rate(Rate)
  }

  /// The detector that watches.
  public var detector: Located<String>
  /// What is too many.
  public var threshold: Located<Threshold>
  /// The threshold as it was written.
  public var thresholdText: String
  /// The time over which the share is a moving mean.
  public var window: TimeSpan?

  /// An alert.
  public init(
    detector: Located<String>, threshold: Located<Threshold>, thresholdText: String, window: TimeSpan?
  ) {
    (self.detector, self.threshold) = (detector, threshold)
    (self.thresholdText, self.window) = (thresholdText, window)
  }
}
