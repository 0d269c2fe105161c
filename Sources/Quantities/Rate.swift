/// Events per time, held per hour. A failure rate counts per up time.
public struct Rate: Sendable, Hashable, Comparable {
  /// Events per hour; 0 or more, finite.
  public let perHour: Double

  /// A rate of `perHour` events an hour; `nil` when negative or not finite.
  public init?(perHour: Double) {
    guard perHour.isFinite, perHour >= 0 else { return nil }
    self.perHour = perHour
  }

  /// Events per year of 8,760 h.
  public var perYear: Double { perHour * TimeSpan.year.hours }

  /// Orders by events per hour.
  public static func < (left: Rate, right: Rate) -> Bool { left.perHour < right.perHour }

  /// Reads `8 /day`, `8/d`, `2 per year`, `1 per 30 d`.
  public init(parsing text: String) throws(QuantityError) {
    guard let number = NumberText(prefixOf: Substring(text)) else {
      throw QuantityError("“\(text)” is no rate; expected a number per time", help: "8 /day")
    }
    guard !number.digits.hasPrefix("-") else {
      throw QuantityError("“\(text)” is negative; a rate is 0 or more")
    }
    guard let unitText = Rate.denominator(number.rest) else {
      throw QuantityError(
        "“\(text)” is no rate; it says no time it counts per", help: "\(number.digits) /day")
    }
    let span = try TimeSpan(parsing: Rate.withCount(unitText))
    guard span.hours > 0, let rate = Rate(perHour: number.double / span.hours) else {
      throw QuantityError("“\(text)” is no rate that can be computed with")
    }
    self = rate
  }

  private static func denominator(_ rest: Substring) -> Substring? {
    if rest.hasPrefix("/") { return rest.dropFirst().drop(while: \.isWhitespace) }
    if rest.hasPrefix("per ") { return rest.dropFirst(4).drop(while: \.isWhitespace) }
    return nil
  }

  /// `day` means `1 day`.
  static func withCount(_ unit: Substring) -> String {
    unit.first?.isNumber == true ? String(unit) : "1 \(unit)"
  }
}

extension Rate: CustomStringConvertible {
  /// The rate in the unit that gives a number a person can picture: `8 /d`, `0.5 /y`.
  public var description: String {
    if perHour >= 1 { return "\(significant(perHour, digits: 3).trimmingZeros) /h" }
    if perHour * 24 >= 0.5 { return "\(significant(perHour * 24, digits: 3).trimmingZeros) /d" }
    return "\(significant(perYear, digits: 3).trimmingZeros) /y"
  }
}
