internal import Quantities
internal import StructuredText

/// The length of an outage or a window as somebody wrote it: `8 min 20 s`, `1.5 h`, `PT8M20S`, `P182D`.
package enum DurationText {
  /// Parses a positive or zero length into whole milliseconds.
  ///
  /// Years and months of ISO 8601 are refused because their lengths differ.
  package static func milliseconds(_ text: String) throws(TextFault) -> Int {
    let trimmed = text.trimmed
    if trimmed.hasPrefix("-") {
      throw TextFault("negative-duration", "\(quoted(text)) is negative; expected a length above 0")
    }
    if let plain = plainMilliseconds(trimmed) { return plain }
    if trimmed.uppercased().hasPrefix("P") { return try isoMilliseconds(trimmed) }
    return try whole(span(trimmed).hours * 3_600_000, of: text)
  }

  /// A whole number of seconds, minutes or hours, as most files have it; `nil` for anything else.
  private static func plainMilliseconds(_ text: String) -> Int? {
    let bytes = Array(text.utf8)
    let digits = bytes.prefix { (48...57).contains($0) }
    guard (1...9).contains(digits.count) else { return nil }
    let value = digits.reduce(0) { $0 * 10 + Int($1) - 48 }
    let unit = bytes[digits.count...].drop { $0 == 0x20 }
    if unit.elementsEqual("s".utf8) { return value * 1_000 }
    if unit.elementsEqual("min".utf8) { return value * 60_000 }
    return unit.elementsEqual("h".utf8) && value < 8_766_000 ? value * 3_600_000 : nil
  }

  private static func span(_ text: String) throws(TextFault) -> TimeSpan {
    do throws(QuantityError) {
      return try TimeSpan(parsing: text)
    } catch {
      throw TextFault("bad-duration", error.message, help: error.help)
    }
  }

  /// `P1W2DT3H4M5S` without years and months.
  private static func isoMilliseconds(_ text: String) throws(TextFault) -> Int {
    var (total, inTime, terms) = (0.0, false, 0)
    var rest = text.uppercased().dropFirst()
    while let first = rest.first {
      if first == "T", !inTime {
        inTime = true
        rest = rest.dropFirst()
        continue
      }
      let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest.dropFirst(digits.count)
      guard let number = number(digits), let letter = rest.popFirst() else { throw malformed(text) }
      total += number * (try millisecondsPer(isoLetter: letter, inTime: inTime, of: text))
      terms += 1
    }
    guard terms > 0 else { throw malformed(text) }
    return try whole(total, of: text)
  }

  private static func millisecondsPer(isoLetter letter: Character, inTime: Bool, of text: String)
    throws(TextFault) -> Double
  {
    switch (letter, inTime) {
    case ("W", false): return 604_800_000
    case ("D", false): return 86_400_000
    case ("H", true): return 3_600_000
    case ("M", true): return 60_000
    case ("S", true): return 1_000
    case ("Y", false), ("M", false):
      throw TextFault(
        "calendar-length", "years and months in \(quoted(text)) have no fixed length",
        help: "write days, as in `P182D`")
    default: throw malformed(text)
    }
  }

  private static func number(_ digits: Substring) -> Double? {
    digits.first?.isNumber == true && digits.last?.isNumber == true ? Double(digits) : nil
  }

  /// A length up to 1,000 years as whole milliseconds.
  private static func whole(_ milliseconds: Double, of text: String) throws(TextFault) -> Int {
    guard milliseconds <= 3.2e13 else {
      throw TextFault("bad-duration", "\(quoted(text)) is longer than 1,000 years")
    }
    return Int(milliseconds.rounded())
  }

  private static func malformed(_ text: String) -> TextFault {
    TextFault(
      "bad-duration", "\(quoted(text)) is not a length of time",
      help: "write `45 min`, `8 min 20 s`, `500 s` or `1.5 h`")
  }
}
