internal import Quantities

extension ScalarKind {
  /// What is wrong with a text of this kind; `nil` when nothing is.
  func problem(with text: String) -> QuantityError? {
    do throws(QuantityError) {
      try check(text)
      return nil
    } catch {
      return error
    }
  }

  private func check(_ text: String) throws(QuantityError) {
    switch self {
    case .text: break
    case .name: try checkName(text)
    case .reference:
      for part in text.split(separator: "/", omittingEmptySubsequences: false) {
        try checkName(String(part))
      }
    case .integer(let minimum): try checkInteger(text, minimum: minimum)
    case .number(let minimum): try checkNumber(text, minimum: minimum)
    case .duration: _ = try TimeSpan(parsing: text)
    case .positiveDuration: try checkPositive(text)
    case .rate: _ = try Rate(parsing: text)
    case .probability: _ = try Probability(parsing: text)
    case .availability: _ = try Availability(parsing: text)
    case .money: _ = try Money(parsing: text)
    case .dataSize: _ = try DataSize(parsing: text)
    case .countOrData: try checkCountOrData(text)
    case .dataRate: _ = try DataRate(parsing: text)
    // Whether an amount needs a currency depends on the model's conventions; the decoder knows them.
    case .moneyRate: _ = try MoneyRate(parsing: text, currency: "USD")
    case .timeOfDay: _ = try TimeSpan(timeOfDay: text)
    case .percentage(let minimum): _ = try PercentageText.value(of: text, minimum: minimum)
    case .quantity: _ = try WrittenQuantity(parsing: text)
    case .operand: try checkOperand(text)
    }
  }

  /// A text that begins with a letter and holds a slash is a path.
  private func checkOperand(_ text: String) throws(QuantityError) {
    guard text.first?.isLetter == true, text.contains("/") else {
      _ = try WrittenQuantity(parsing: text)
      return
    }
    try ScalarKind.reference.check(text)
  }

  private func checkName(_ text: String) throws(QuantityError) {
    guard Name.isValid(text) else {
      throw QuantityError(
        "“\(text)” is no name; expected letters, digits, - and _, beginning with a letter or digit",
        help: "put any other text in title:")
    }
  }

  private func checkInteger(_ text: String, minimum: Int) throws(QuantityError) {
    guard let number = NumberText(prefixOf: Substring(text)), number.rest.isEmpty,
      let value = Int(number.digits)
    else { throw QuantityError("“\(text)” is no whole number") }
    guard value >= minimum else { throw QuantityError("\(text) is too small; expected at least \(minimum)") }
  }

  private func checkCountOrData(_ text: String) throws(QuantityError) {
    if let number = NumberText(prefixOf: Substring(text)), number.rest.isEmpty {
      return try checkInteger(text, minimum: 0)
    }
    _ = try DataSize(parsing: text)
  }

  private func checkNumber(_ text: String, minimum: Double) throws(QuantityError) {
    guard let number = NumberText(prefixOf: Substring(text)), number.rest.isEmpty, number.double.isFinite
    else {
      throw QuantityError("“\(text)” is no number")
    }
    guard number.double >= minimum else {
      throw QuantityError("\(text) is too small; expected at least \(shortest(minimum))")
    }
  }

  private func checkPositive(_ text: String) throws(QuantityError) {
    guard try TimeSpan(parsing: text).hours > 0 else {
      throw QuantityError("“\(text)” is no time at all; expected more than 0")
    }
  }
}

/// Names of things in a model.
package enum Name {
  /// Whether a text matches `[A-Za-z0-9][A-Za-z0-9_-]*` and has at most 100 characters.
  package static func isValid(_ text: String) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= 100, first.isAlphanumeric else { return false }
    return text.utf8.allSatisfy { $0.isAlphanumeric || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
  }
}

extension UInt8 {
  fileprivate var isAlphanumeric: Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
      || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self)
  }
}

extension TimeSpan {
  /// The time since midnight of a time of day: `09:00`, up to `24:00`.
  init(timeOfDay text: String) throws(QuantityError) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2,
      parts.allSatisfy({ $0.count == 2 && $0.utf8.allSatisfy { (48...57).contains($0) } }),
      let hours = Int(parts[0]), let minutes = Int(parts[1]), minutes < 60, hours * 60 + minutes <= 1440,
      let span = TimeSpan(hours: Double(hours) + Double(minutes) / 60)
    else {
      throw QuantityError("“\(text)” is no time of day; expected 00:00 to 24:00", help: "\"09:00\"")
    }
    self = span
  }
}
