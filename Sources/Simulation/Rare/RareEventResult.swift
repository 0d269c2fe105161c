public import Stochastics

/// What a simulation that forces rare failures says.
public struct RareEventResult: Sendable {
  /// One estimate for each capability, in the order declared.
  public let capabilities: [RareEstimate]
  /// The window that was simulated, in hours, and the part of it that was not counted.
  public let windowHours: Double
  /// How long roles had to settle before counting began, in hours.
  public let burnInHours: Double
  /// Whether it was stopped before the error asked for was reached.
  public let isPartial: Bool

  /// Whether every capability's unavailability is known to this relative error, by enough failures to trust it.
  public func reaches(relativeError: Double) -> Bool {
    !isPartial && capabilities.allSatisfy { $0.reaches(relativeError: relativeError) }
  }
}

/// The unavailability of one capability by importance sampling.
public struct RareEstimate: Sendable, Hashable {
  /// The capability.
  public let name: String
  /// The long-run share of time down; `nil` when no failure was seen even when forced.
  public let unavailability: Estimate?
  /// Outages per year of 8,760 h; `nil` when none was seen.
  public let outagesPerYear: Estimate?
  /// The windows simulated.
  public let replications: Int
  /// The windows in which it was down, whatever their weight.
  public let hits: Int
  /// As many equal weights would give the same variance, (Σw)² / Σw²; an interval needs a hundred or more.
  public let effectiveHits: Double
  /// The ways to fail that pilot runs found and forced.
  public let ways: Int
  /// About the share of the pilots' failures that went a way not found (Good–Turing).
  public let unseenShare: Double

  /// The half-width of the interval relative to the value; infinite when not known.
  public var relativeError: Double {
    guard let unavailability, unavailability.value > 0 else { return .infinity }
    return unavailability.halfWidth / unavailability.value
  }

  /// Whether the value is known to this relative error, by as many failures as an interval needs.
  func reaches(relativeError wanted: Double) -> Bool { effectiveHits >= 100 && relativeError <= wanted }
}
