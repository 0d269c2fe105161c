/// A parameter that no distribution has: what was found and what was expected, in the words of whoever wrote
/// it.
public struct InvalidParameter: Error, Hashable, Sendable, CustomStringConvertible {
  /// For example `the Weibull shape is -2; it must be a number greater than 0`.
  public let message: String

  /// The message.
  public var description: String { message }

  /// A message about a parameter beyond those of this module.
  public init(message: String) {
    self.message = message
  }
}

extension InvalidParameter {
  static func requirePositive(_ value: Double, _ name: String) throws(InvalidParameter) {
    guard value > 0, value.isFinite else {
      throw InvalidParameter(message: "\(name) is \(plain(value)); it must be a number greater than 0")
    }
  }

  static func requireNonNegative(_ value: Double, _ name: String) throws(InvalidParameter) {
    guard value >= 0, value.isFinite else {
      throw InvalidParameter(message: "\(name) is \(plain(value)); it must be a number of at least 0")
    }
  }

  static func requireFinite(_ value: Double, _ name: String) throws(InvalidParameter) {
    guard value.isFinite else {
      throw InvalidParameter(message: "\(name) is \(plain(value)); it must be a finite number")
    }
  }

  /// Refuses parameters so extreme that mean or variance overflow or the mean vanishes.
  static func requireFiniteMoments(_ distribution: some Distribution) throws(InvalidParameter) {
    let (mean, variance) = (distribution.mean, distribution.variance)
    guard mean > 0, mean.isFinite, variance.isFinite else {
      throw InvalidParameter(
        message: "\(distribution) has the mean \(plain(mean)) and the variance \(plain(variance)); "
          + "both must be finite and the mean greater than 0, so give less extreme parameters")
    }
  }
}

/// A number as people write it: `2`, `0.5`, `infinity`, `not a number`.
func plain(_ value: Double) -> String {
  if value.isNaN { return "not a number" }
  if value.isInfinite { return value < 0 ? "-infinity" : "infinity" }
  let text = "\(value)"
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
