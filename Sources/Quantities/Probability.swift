internal import FoundationEssentials

/// A number from 0 to 1, written `95 %` or `0.95`.
public struct Probability: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The probability.
  public let value: Double
  /// One minus the probability, without the loss of digits that a subtraction costs near 1.
  public let complement: Double

  private init(unchecked value: Double, complement: Double) {
    self.value = value
    self.complement = complement
  }

  /// A probability; `nil` outside 0…1.
  public init?(_ value: Double) {
    guard (0...1).contains(value) else { return nil }
    self.init(unchecked: value, complement: 1 - value)
  }

  /// Certain.
  public static let one = Probability(unchecked: 1, complement: 0)

  /// The probability of the opposite.
  public var inverted: Probability { Probability(unchecked: complement, complement: value) }

  /// Orders by value.
  public static func < (left: Probability, right: Probability) -> Bool { left.value < right.value }

  /// Reads `95 %`, `95%` or `0.95`; value and complement are both exact to the last digit.
  public init(parsing text: String) throws(QuantityError) {
    guard let number = NumberText(prefixOf: Substring(text)), let decimal = number.decimal else {
      throw QuantityError("“\(text)” is no probability; expected a percentage", help: "95 %")
    }
    let isPercentage = number.rest == "%"
    guard isPercentage || number.rest.isEmpty else {
      throw QuantityError(
        "“\(text)”: “\(number.rest)” after a probability; expected a percentage", help: "\(number.digits) %")
    }
    let fraction = isPercentage ? decimal / 100 : decimal
    guard fraction >= 0 else { throw QuantityError("“\(text)” is negative; a probability is 0 % to 100 %") }
    guard fraction <= 1 else {
      throw QuantityError(
        "“\(text)” is above 1; a probability is 0 % to 100 %",
        help: isPercentage || number.double > 100 ? nil : "\(number.digits) %")
    }
    self.init(
      unchecked: Double("\(fraction)") ?? number.double, complement: Double("\(1 - fraction)") ?? 0)
  }

  /// The probability as a percentage with up to four significant digits.
  public var description: String { "\(significant(value * 100, digits: 4).trimmingZeros) %" }
}

extension String {
  /// The text without zeros at the end of its decimals.
  public var trimmingZeros: String {
    guard contains("."), !contains("e") else { return self }
    var text = Substring(self)
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return String(text)
  }
}
