/// A length of time, held in hours, the unit of reliability data. Never negative, never infinite.
///
/// Units: `ms`, `s`, `min`, `h`, `d` (24 h), `w` (7 d), `month` (730 h), `y` (8,760 h).
public struct TimeSpan: Sendable, Hashable, Comparable {
  /// The length in hours.
  public let hours: Double

  private init(unchecked hours: Double) { self.hours = hours }

  /// A span of `hours`; `nil` when negative or not finite.
  public init?(hours: Double) {
    guard hours.isFinite, hours >= 0 else { return nil }
    self.hours = hours
  }

  /// No time at all.
  public static let zero = TimeSpan(unchecked: 0)
  /// One hour.
  public static let hour = TimeSpan(unchecked: 1)
  /// A month of 730 h, a twelfth of a year.
  public static let month = TimeSpan(unchecked: 730)
  /// A year of 365 days, 8,760 h.
  public static let year = TimeSpan(unchecked: 8760)

  /// The length in minutes.
  public var minutes: Double { hours * 60 }
  /// The length in seconds.
  public var seconds: Double { hours * 3600 }
  /// The length in years of 8,760 h.
  public var years: Double { hours / TimeSpan.year.hours }

  /// Orders by length.
  public static func < (left: TimeSpan, right: TimeSpan) -> Bool { left.hours < right.hours }

  /// One unit of time as it may be written.
  struct Unit {
    let name: String
    let words: [String]
    let hours: Double
  }

  /// The units, shortest first.
  static let units = [
    Unit(name: "ms", words: ["ms", "millisecond", "milliseconds"], hours: 1 / 3_600_000),
    Unit(name: "s", words: ["s", "sec", "second", "seconds"], hours: 1 / 3600),
    Unit(name: "min", words: ["min", "minute", "minutes"], hours: 1 / 60),
    Unit(name: "h", words: ["h", "hour", "hours"], hours: 1),
    Unit(name: "d", words: ["d", "day", "days"], hours: 24),
    Unit(name: "w", words: ["w", "week", "weeks"], hours: 168),
    Unit(name: "month", words: ["month", "months"], hours: 730),
    Unit(name: "y", words: ["y", "year", "years"], hours: 8760),
  ]

  static func unit(named word: some StringProtocol) -> Unit? {
    units.first { $0.words.contains(String(word)) }
  }
}

extension TimeSpan {
  /// Reads `35 min`, `1.5 h`, `14 d`, `1h30m`, `8 min 20 s`.
  ///
  /// `m` alone is refused, since it is read as minutes by some and months by others; directly after hours
  /// it can only mean minutes.
  public init(parsing text: String) throws(QuantityError) {
    var rest = Substring(text)
    var hours = 0.0
    var previous = Double.infinity
    repeat {
      let part = try TimeSpan.part(&rest, of: text, after: previous)
      hours += part.value * part.unit.hours
      previous = part.unit.hours
    } while !rest.isEmpty
    guard hours.isFinite else { throw QuantityError("\(text) is longer than can be computed with") }
    self.init(unchecked: hours)
  }

  private static func part(
    _ rest: inout Substring, of text: String, after previous: Double
  ) throws(QuantityError) -> (value: Double, unit: Unit) {
    guard let number = NumberText(prefixOf: rest) else {
      throw QuantityError("“\(text)” is no duration; expected a number and a unit", help: "35 min")
    }
    guard !number.digits.hasPrefix("-") else {
      throw QuantityError("“\(text)” is negative; a duration is 0 or longer")
    }
    if number.rest.first == "," {
      throw QuantityError(
        "“\(text)”: a comma separates thousands, a point decimals", help: text.replacing(",", with: "."))
    }
    let word = number.rest.prefix(while: \.isLetter)
    rest = number.rest.dropFirst(word.count).drop(while: \.isWhitespace)
    let unit = try unit(word, of: text, digits: number.digits, after: previous)
    guard unit.hours < previous else {
      throw QuantityError("“\(text)” is no duration; units go from long to short", help: "1 h 30 min")
    }
    return (number.double, unit)
  }

  private static func unit(
    _ word: Substring, of text: String, digits: String, after previous: Double
  ) throws(QuantityError) -> Unit {
    if word == "m", previous == 1, let minutes = unit(named: "min") { return minutes }
    if word == "m" {
      throw QuantityError(
        "“\(text)”: m can mean minutes (min) or months (month)", help: "\(digits) min")
    }
    if word.isEmpty {
      throw QuantityError(
        "“\(text)” has no unit; expected ms, s, min, h, d, w, month or y", help: "\(digits) h")
    }
    guard let unit = unit(named: word) else {
      throw QuantityError(
        "“\(text)”: “\(word)” is no unit of time; expected ms, s, min, h, d, w, month or y",
        help: unit(named: word.lowercased()).map { "\(digits) \($0.name)" })
    }
    return unit
  }
}
