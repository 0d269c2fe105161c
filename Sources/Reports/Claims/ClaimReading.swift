public import ServiceModel
internal import Stochastics

/// What was computed of something that a claim is of.
public enum ClaimReading: Sendable, Hashable {
  /// Where a number comes from.
  public enum Engine: String, Sendable, Hashable, CaseIterable {
    /// The numbers of the model and of the claim itself.
    case stated
    /// Solved.
    case exact
    /// Simulated.
    case simulated
    /// The bill.
    case bill
    /// The incident history.
    case history
  }

  /// A number with its limits.
  case known(ClaimRange, Engine)
  /// Not known, and why.
  case unknown(String)

  init(_ value: Double, _ engine: Engine) { self = .from(ClaimRange(value), engine) }

  init(_ estimate: Estimate, _ engine: Engine) {
    self = .from(ClaimRange(estimate.value, low: estimate.low, high: estimate.high), engine)
  }

  /// A number that is none is not known.
  private static func from(_ range: ClaimRange, _ engine: Engine) -> ClaimReading {
    range.value.isFinite && !range.low.isNaN && !range.high.isNaN
      ? .known(range, engine) : .unknown("it has no finite value")
  }

  /// The number, where it is known.
  public var range: ClaimRange? {
    if case .known(let range, _) = self { range } else { nil }
  }

  /// Why it is not known.
  public var reason: String? {
    if case .unknown(let reason) = self { reason } else { nil }
  }

  /// The same in another unit.
  func scaled(by factor: Double) -> ClaimReading {
    map { ClaimRange($0.value * factor, low: $0.low * factor, high: $0.high * factor) }
  }

  /// What is missing from 1.
  var complement: ClaimReading { map { ClaimRange(1 - $0.value, low: 1 - $0.high, high: 1 - $0.low) } }

  private func map(_ change: (ClaimRange) -> ClaimRange) -> ClaimReading {
    if case .known(let range, let engine) = self { .known(change(range), engine) } else { self }
  }
}
