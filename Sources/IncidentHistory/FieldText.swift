internal import StructuredText

import Foundation

/// Fields of an incident that are neither names nor times.
enum FieldText {
  /// `yes`, `no`, `true`, `false`, `1` or `0`.
  static func yesOrNo(_ text: String) throws(TextFault) -> Bool {
    switch text.lowercased() {
    case "yes", "true", "1", "y": return true
    case "no", "false", "0", "n": return false
    default:
      throw TextFault("bad-yes-no", "\(quoted(text)) is neither yes nor no", help: "write `yes` or `no`")
    }
  }

  /// A share from 0 to 1, or a percentage.
  static func fraction(_ text: String) throws(TextFault) -> Double {
    let isPercentage = text.hasSuffix("%")
    let digits = isPercentage ? String(text.dropLast()).trimmed : text
    guard isPlainNumber(digits), let number = Double(digits) else {
      throw badNumber(text, such: "`0.4` or `40 %`")
    }
    let fraction = isPercentage ? number / 100 : number
    guard (0...1).contains(fraction) else {
      throw TextFault("out-of-range", "\(quoted(text)) is no share; expected 0 to 1, or 0 % to 100 %")
    }
    return fraction
  }

  /// A whole number of 0 or more.
  static func count(_ text: String) throws(TextFault) -> Int {
    guard text.allSatisfy({ $0.isASCII && $0.isNumber }), let count = Int(text) else {
      throw badNumber(text, such: "`1200`")
    }
    return count
  }

  /// An amount of money of 0 or more, without a currency.
  static func money(_ text: String) throws(TextFault) -> Decimal {
    guard isPlainNumber(text), text.count <= 30, let amount = Decimal(string: text) else {
      throw badNumber(text, such: "`2500` or `2500.50`, without a currency or separators")
    }
    return amount
  }

  /// Digits with at most one point between them.
  private static func isPlainNumber(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count <= 2 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isASCII && $0.isNumber } }
  }

  private static func badNumber(_ text: String, such example: String) -> TextFault {
    TextFault("bad-number", "\(quoted(text)) is not a number of 0 or more", help: "write \(example)")
  }
}
