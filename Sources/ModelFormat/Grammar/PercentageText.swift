internal import FoundationEssentials
internal import Quantities

/// A share that may be more than all, such as a load: `130 %`, or `1.3`.
enum PercentageText {
  /// The share, to the last digit.
  static func value(of text: String, minimum: Double = -largest) throws(QuantityError) -> Double {
    guard let number = NumberText(prefixOf: Substring(text)), let decimal = number.decimal else {
      throw QuantityError("“\(text)” is no percentage", help: "130 %")
    }
    guard number.rest == "%" || number.rest.isEmpty else {
      throw QuantityError(
        "“\(text)”: “\(number.rest)” after a number; expected a percentage", help: "\(number.digits) %")
    }
    let share = number.rest == "%" ? decimal / 100 : decimal
    guard let value = Double("\(share)"), abs(value) <= largest else {
      throw QuantityError("“\(text)” is out of range; expected at most 1,000,000 %", help: "130 %")
    }
    guard value >= minimum else {
      throw QuantityError("“\(text)” is too small; expected at least \(shortest(minimum * 100)) %")
    }
    return value
  }

  /// A load of ten thousand times what is stated is a slip.
  static let largest = 1e4
}
