/// A quantity of any dimension as somebody wrote it: its unit, and how much its last digit is worth.
///
/// Written as in documents: `99.5 %`, `14 d`, `4 min 20 s`, `15,000 /min`, `$3,500/month`, `2.2 h/month`, `500 GB`, `42`.
public struct WrittenQuantity: Sendable, Hashable {
  /// The number in hours, bytes and whole units of the currency; a percentage as a share.
  public let value: Double
  /// What it is made of.
  public let dimension: Dimension
  /// Half of what one more in the last written digit would be: 0.0005 for `99.5 %`, in the units of `value`.
  public let halfStep: Double
  /// How it was written.
  public let unit: QuantityUnit
  /// The text.
  public let text: String

  /// Reads a number with its unit.
  public init(parsing text: String) throws(QuantityError) {
    var scanner = QuantityScanner(text)
    try scanner.scan()
    let scale = scanner.unit.scale
    guard scanner.total.isFinite, (scanner.total * scale).isFinite else {
      throw QuantityError("“\(text)” is larger than can be computed with")
    }
    self.text = text
    dimension = scanner.dimension
    value = scanner.total * scale
    halfStep = scanner.step * scale / 2
    unit = scanner.unit
  }

  /// What stands in the place of a number of the model: as exact as the model has it.
  public init(exactly value: Double, like written: WrittenQuantity) {
    (self.value, dimension, halfStep) = (value, written.dimension, 0)
    (unit, text) = (written.unit, written.unit.text(value))
  }

  /// Whether it is a percentage.
  public var isPercentage: Bool { unit.suffix == " %" }
}

/// How numbers of a dimension are shown.
public struct QuantityUnit: Sendable, Hashable {
  /// What stands before the number, such as `$`.
  public let prefix: String
  /// What stands after it, such as ` d` or `/month`.
  public let suffix: String
  /// What one of it is in hours, bytes and whole units of the currency.
  public let scale: Double

  /// A unit.
  public init(prefix: String = "", suffix: String = "", scale: Double = 1) {
    (self.prefix, self.suffix, self.scale) = (prefix, suffix, scale)
  }

  /// Percentages.
  public static let percent = QuantityUnit(suffix: " %", scale: 0.01)

  /// A number of `value` in this unit, to four digits; of a share near 1 the digits of what is missing.
  public func text(_ value: Double) -> String {
    guard value.isFinite else { return value > 0 ? "unbounded" : "unknown" }
    if self == .percent, value > 0.9, value < 1, let near = Availability(unavailability: 1 - value) {
      return near.text(digits: 3)
    }
    let number = value / scale
    let isMoney = !prefix.isEmpty || suffix.first?.isUppercase == true
    let digits =
      isMoney && abs(number) >= 100
      ? grouped(abs(number), decimals: 0) : significant(abs(number), digits: 4).trimmingZeros
    return (number < 0 && digits != "0" ? "−" : "") + prefix + digits + suffix
  }
}

extension Dimension {
  /// A number of this dimension in the unit that is easiest to read.
  public func text(_ value: Double) -> String {
    guard value.isFinite else { return value > 0 ? "unbounded" : "unknown" }
    switch self {
    case .number: return significant(value, digits: 4).trimmingZeros
    case .duration where value >= 0: return TimeSpan(hours: value)?.description ?? "unbounded"
    case .rate where value >= 0: return Rate(perHour: value)?.description ?? "unbounded"
    case Dimension(money: 1, currency: currency):
      return Money.text(value, currency: currency ?? "USD", decimals: abs(value) < 100 ? 2 : 0)
    default: return "\(significant(value, digits: 4)) \(unit)"
    }
  }
}
