internal import Quantities

/// What numbers of a chart are, and so how they are written and where the round ones lie.
public enum Measure: Sendable, Hashable {
  /// A length of time in hours, written as people say it: `6 h 48 min`.
  case hours
  /// Months, of a horizon.
  case months
  /// An amount in this currency.
  case money(String)
  /// A share of a whole, 0…1, written in per cent.
  case share
  /// A number of these, such as `incidents`; without a name a pure number.
  case count(String)

  /// A number with its unit.
  public func text(_ value: Double) -> String {
    switch self {
    case .hours: Measure.span(value)
    case .months: "\(significant(value, digits: 3).trimmingZeros) \(value == 1 ? "month" : "months")"
    case .money(let currency): Money.text(value == 0 ? 0 : value, currency: currency)
    case .share: Measure.percentage(value)
    case .count(let name):
      significant(value, digits: 4).trimmingZeros
        + (name.isEmpty ? "" : " \(value == 1 && name.hasSuffix("s") ? String(name.dropLast()) : name)")
    }
  }

  /// A number at an axis, whose name tells the unit where the number does not.
  func tick(_ value: Double) -> String {
    switch self {
    case .hours: value == 0 ? "0" : Measure.span(value)
    case .months, .count: significant(value, digits: 6).trimmingZeros
    case .money, .share: text(value)
    }
  }

  /// The distance of round numbers of which at most so many cover a length.
  func step(covering length: Double, atMost count: Int) -> Double {
    switch self {
    case .hours: RoundSteps.hourStep(covering: length, atMost: count)
    case .months: [1, 2, 3, 6, 12, 24, 36, 60, 120].first { $0 * Double(count) >= length } ?? 120
    case .share: RoundSteps.step(covering: length, atMost: count)
    case .money, .count: max(1, RoundSteps.step(covering: length, atMost: count))
    }
  }

  private static func span(_ hours: Double) -> String {
    let text = TimeSpan(hours: abs(hours))?.description ?? "unbounded"
    return hours < 0 ? "−\(text)" : text
  }

  private static func percentage(_ share: Double) -> String {
    let digits = abs(share) >= 0.0995 ? 3 : 2
    return "\(significant(share * 100, digits: digits).trimmingZeros) %"
  }
}
