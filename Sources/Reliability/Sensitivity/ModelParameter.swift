/// A number of a model that its results depend on.
public struct ModelParameter: Sendable, Hashable {
  /// What a value means. Of what is good, such as an availability, a value is what is missing from 1, so that halving
  /// and doubling make sense and no digits are lost.
  public enum Quantity: Sendable, Hashable {
    /// A mean time in hours: between failures, or of a part of an outage.
    case hours
    /// A rate: events per hour.
    case perHour
    /// An unavailability, written as an availability.
    case unavailability
    /// The probability that something does not work, written as the probability that it does.
    case failureProbability
    /// A share, from 0 to 1.
    case share
  }

  /// The path, as `--set` takes it: `components/api/fails/crash/mtbf`.
  ///
  /// Where the model writes the number in another way, the path names what it comes to: `detect` for a named detector, in
  /// each mode that uses it. A domain that is `like:` another has its numbers.
  public let name: String
  /// What a value means.
  public let quantity: Quantity
  /// The stated value.
  public let value: Double

  /// Names a number.
  public init(name: String, quantity: Quantity, value: Double) {
    self.name = name
    self.quantity = quantity
    self.value = value
  }

  /// The largest value it can have.
  public var maximum: Double { quantity == .hours || quantity == .perHour ? .greatestFiniteMagnitude : 1 }

  /// A value as the model writes it: an availability for an unavailability.
  public func written(_ value: Double) -> Double {
    switch quantity {
    case .hours, .perHour, .share: value
    case .unavailability, .failureProbability: 1 - value
    }
  }
}
