public import FoundationEssentials

/// A number at the front of a text, and what follows it.
///
/// Written as people write numbers: `720`, `1.5`, `1e-3`, `18,000`. No `nan`, `inf`, hexadecimal or
/// underscores; a comma separates thousands only.
public struct NumberText: Sendable, Hashable {
  /// The digits without thousands separators, as `Double` and `Decimal` read them.
  public let digits: String
  /// What follows the number, without the blanks between.
  public let rest: Substring

  /// Reads the number that `text` begins with; `nil` when it begins with none.
  public init?(prefixOf text: Substring) {
    let text = text.drop(while: \.isWhitespace)
    var scanner = Scanner(text)
    scanner.sign()
    guard scanner.integerPart() || scanner.peek == "." else { return nil }
    scanner.fraction()
    guard scanner.sawDigit else { return nil }
    scanner.exponent()
    digits = scanner.digits
    rest = scanner.rest.drop(while: \.isWhitespace)
  }

  /// The nearest double; infinite when the digits say more than one can hold.
  public var double: Double { Double(digits) ?? .infinity }

  /// The exact decimal value, to 38 digits.
  public var decimal: Decimal? { Decimal(string: digits) }
}

extension NumberText {
  /// Walks over the parts of a number, collecting its digits.
  private struct Scanner {
    var rest: Substring
    var digits = ""
    var sawDigit = false

    init(_ text: Substring) { rest = text }

    var peek: Character? { rest.first }

    mutating func sign() {
      guard let first = rest.first, first == "-" || first == "+" || first == "−" else { return }
      if first != "+" { digits.append("-") }
      rest.removeFirst()
    }

    /// Digits, with commas between groups of three.
    mutating func integerPart() -> Bool {
      takeDigits()
      guard sawDigit else { return false }
      let first = digits.drop { $0 == "-" }
      guard first.count <= 3, first.first != "0" else { return true }
      while rest.first == "," {
        let group = rest.dropFirst().prefix(while: \.isASCIIDigit)
        guard group.count == 3 else { break }
        digits += group
        rest = rest.dropFirst(4)
      }
      return true
    }

    mutating func fraction() {
      guard rest.first == ".", rest.dropFirst().first?.isASCIIDigit == true else { return }
      digits += sawDigit ? "." : "0."
      rest.removeFirst()
      takeDigits()
    }

    mutating func exponent() {
      guard rest.first == "e" || rest.first == "E" else { return }
      var after = rest.dropFirst()
      var text = "e"
      if let sign = after.first, sign == "-" || sign == "+" {
        text.append(sign)
        after.removeFirst()
      }
      let power = after.prefix(while: \.isASCIIDigit)
      guard !power.isEmpty else { return }
      digits += text + power
      rest = after.dropFirst(power.count)
    }

    private mutating func takeDigits() {
      let run = rest.prefix(while: \.isASCIIDigit)
      guard !run.isEmpty else { return }
      sawDigit = true
      digits += run
      rest = rest.dropFirst(run.count)
    }
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
