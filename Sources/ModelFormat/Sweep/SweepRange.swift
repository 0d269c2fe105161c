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
      return from.text(of: value)
    }
  }
}

/// An end of a range: a number, and what stands before and behind it.
struct SweepEnd {
  let value: Double
  private let prefix: String
  private let suffix: String
  /// As it is set.
  let text: String

  /// Whether it is a whole number without a unit, such as a count.
  var isWhole: Bool { prefix.isEmpty && suffix.isEmpty && value == value.rounded() && abs(value) < 1e9 }

  /// Both ends in one unit; the first may leave out what the second says.
  static func pair(_ from: String, _ to: String) throws(QuantityError) -> (SweepEnd, SweepEnd) {
    let (first, last) = (try SweepEnd(from), try SweepEnd(to))
    if first.prefix == last.prefix, first.suffix == last.suffix { return (first, last) }
    if first.suffix.isEmpty, first.prefix == last.prefix || first.prefix.isEmpty {
      return (SweepEnd(first.value, last.prefix, last.suffix), last)
    }
    if let begin = try? TimeSpan(parsing: from), let end = try? TimeSpan(parsing: to) {
      return (SweepEnd(begin.hours, "", " h"), SweepEnd(end.hours, "", " h"))
    }
    throw QuantityError("“\(from)” and “\(to)” are not in one unit", help: "100 h..1000 h")
  }

  private init(_ text: String) throws(QuantityError) {
    let prefix = text.drop { $0 == " " }.prefix { !$0.isNumber && $0 != "-" && $0 != "." }
    guard let number = NumberText(prefixOf: text.drop { $0 == " " }.dropFirst(prefix.count)),
      number.double.isFinite
    else {
      throw QuantityError("“\(text)” is no end of a range; expected a number with its unit", help: "1..5")
    }
    var suffix = number.rest
    while suffix.last == " " { suffix.removeLast() }
    self.init(number.double, String(prefix), suffix.isEmpty ? "" : " \(suffix)")
  }

  private init(_ value: Double, _ prefix: String, _ suffix: String) {
    (self.value, self.prefix, self.suffix) = (value, prefix, suffix)
    text = prefix + Self.digits(value) + suffix
  }

  /// Another value in the same unit.
  func text(of value: Double) -> String { prefix + Self.digits(value) + suffix }

  /// Nine digits are more than anybody reads, and less than rounding leaves uncertain.
  private static func digits(_ value: Double) -> String {
    if value == value.rounded(), abs(value) < 1e9 { return "\(Int(value))" }
    return (value < 0 ? "-" : "")
      + significant(abs(value), digits: 9).replacing(",", with: "").trimmingZeros
  }
}
