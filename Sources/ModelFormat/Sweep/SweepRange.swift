import Quantities
import Stochastics

/// The values from one to another, ends included.
struct SweepRange {
  private static let usualCount = 9
  private static let wholeLimit = 25

  private let from: SweepEnd
  private let to: SweepEnd
  private let count: Int
  private let isLogarithmic: Bool

  /// The two sides of `..`; `nil` without it.
  static func ends(of text: String) -> (from: String, to: String)? {
    guard let dots = text.firstRange(of: "..") else { return nil }
    return (String(text[..<dots.lowerBound]), String(text[dots.upperBound...]))
  }

  /// - Parameter options: a number of values, and `log`.
  init(_ from: String, _ to: String, options: [String]) throws(QuantityError) {
    (self.from, self.to) = try SweepEnd.pair(from, to)
    if self.from.value == self.to.value {
      throw QuantityError("a range from \(from) to \(to) holds one value", help: "1..5")
    }
    var count: Int?
    var isLogarithmic = false
    for option in options {
      if option == "log" {
        isLogarithmic = true
      } else if let number = Int(option), number >= 2, count == nil {
        count = number
      } else {
        throw QuantityError(
          "“\(option)” after a range; expected a number of values from 2, or log", help: "1..5,9")
      }
    }
    if isLogarithmic, self.from.value * self.to.value <= 0 {
      throw QuantityError(
        "equal ratios need two ends above 0, found \(from) and \(to)", help: "1 h..100 h,5,log")
    }
    self.isLogarithmic = isLogarithmic
    self.count = count ?? Self.count(self.from, self.to, isLogarithmic: isLogarithmic)
  }

  private static func count(_ from: SweepEnd, _ to: SweepEnd, isLogarithmic: Bool) -> Int {
    let length = abs(to.value - from.value)
    let isWhole = from.isWhole && to.isWhole && length < Double(wholeLimit) && length > 0
    return isWhole && !isLogarithmic ? Int(length) + 1 : usualCount
  }

  /// The values as text; the ends as they were written.
  var values: [String] {
    (0..<count).map { place in
      if place == 0 { return from.text }
      if place == count - 1 { return to.text }
      let share = Double(place) / Double(count - 1)
      let value =
        isLogarithmic
        ? from.value * portableExp(share * portableLog(to.value / from.value))
        : from.value + share * (to.value - from.value)
      return from.with(value).text
    }
  }
}

/// An end of a range: a number, and what stands before and behind it.
struct SweepEnd {
  let value: Double
  private let prefix: String
  private let unit: String
  private let gap: String
  /// As it is set.
  let text: String

  /// Whether it is a whole number without a unit, such as a count.
  var isWhole: Bool { prefix.isEmpty && unit.isEmpty && value == value.rounded() && abs(value) < 1e9 }

  /// Both ends in one unit; the first may leave out what the second says.
  static func pair(_ from: String, _ to: String) throws(QuantityError) -> (SweepEnd, SweepEnd) {
    let (first, last) = (try SweepEnd(from), try SweepEnd(to))
    if first.prefix == last.prefix, first.unit == last.unit { return (first, last) }
    if first.unit.isEmpty, first.prefix == last.prefix || first.prefix.isEmpty {
      return (last.with(first.value), last)
    }
    if let begin = try? TimeSpan(parsing: from), let end = try? TimeSpan(parsing: to) {
      let hours = try SweepEnd("1 h")
      return (hours.with(begin.hours, text: first.text), hours.with(end.hours, text: last.text))
    }
    throw QuantityError("“\(from)” and “\(to)” are not in one unit", help: "100 h..1000 h")
  }

  private init(_ written: String) throws(QuantityError) {
    let text = written.drop { $0 == " " }
    let prefix = text.prefix { !$0.isNumber && $0 != "-" && $0 != "." }
    guard let number = NumberText(prefixOf: text.dropFirst(prefix.count)), number.double.isFinite else {
      throw QuantityError("“\(written)” is no end of a range; expected a number with its unit", help: "1..5")
    }
    var unit = number.rest
    let gap = text.dropLast(unit.count).last == " " && !unit.isEmpty ? " " : ""
    while unit.last == " " { unit.removeLast() }
    self.init(number.double, String(prefix), String(unit), gap: gap)
  }

  private init(_ value: Double, _ prefix: String, _ unit: String, gap: String, text: String? = nil) {
    (self.value, self.prefix, self.unit, self.gap) = (value, prefix, unit, gap)
    self.text = text ?? "\(prefix)\(Self.digits(value))\(gap)\(unit)"
  }

  /// Another value in the same unit.
  func with(_ value: Double, text: String? = nil) -> SweepEnd {
    SweepEnd(value, prefix, unit, gap: gap, text: text)
  }

  /// Nine digits are more than anybody reads, and less than rounding leaves uncertain.
  private static func digits(_ value: Double) -> String {
    if value == value.rounded(), abs(value) < 1e9 { return "\(Int(value))" }
    return (value < 0 ? "-" : "")
      + significant(abs(value), digits: 9).replacing(",", with: "").trimmingZeros
  }
}
