internal import FoundationEssentials
internal import Quantities

/// Quantities as a provider bills them, in decimals from the text as written.
///
/// AWS bills gigabytes of 2³⁰ bytes and calls them GB, as its customers do; `GB` and `GiB` are the same here.
enum BilledQuantity {
  /// `500 GB`, `2 TB` as gigabytes.
  static func gigabytes(_ text: String, conventions: CostConventions) -> Decimal? {
    guard let number = NumberText(prefixOf: Substring(text)), let value = number.decimal,
      let unit = gigabytes(in: String(number.rest), conventions: conventions)
    else { return nil }
    return value * unit
  }

  /// `1,000 /month`, `8 /s` as events of a month.
  static func perMonth(_ text: String, conventions: CostConventions) -> Decimal? {
    guard let number = NumberText(prefixOf: Substring(text)), let value = number.decimal,
      let times = times(in: number.rest, conventions: conventions)
    else { return nil }
    return value * times
  }

  /// `5 TB/month`, `200 MB per h` as gigabytes of a month.
  static func gigabytesPerMonth(_ text: String, conventions: CostConventions) -> Decimal? {
    guard let number = NumberText(prefixOf: Substring(text)), let value = number.decimal else { return nil }
    let unit = number.rest.prefix { $0.isLetter && $0 != "/" }
    let rest = number.rest.dropFirst(unit.count).drop(while: \.isWhitespace)
    guard let size = gigabytes(in: String(unit), conventions: conventions),
      let times = times(in: rest, conventions: conventions)
    else { return nil }
    return value * size * times
  }

  /// `$25/month`, `$0.04/h` as an amount of a month, in whichever currency.
  static func moneyPerMonth(_ text: String, conventions: CostConventions) -> Decimal? {
    guard let rate = try? MoneyRate(parsing: text, currency: "USD"),
      let times = times(of: rate.per, conventions: conventions)
    else { return nil }
    return rate.amount.amount * times
  }

  private static func gigabytes(in unit: String, conventions: CostConventions) -> Decimal? {
    let thousand: Decimal = 1000
    let binary: Decimal = 1024
    return switch unit {
    case "B": 1 / (thousand * thousand * thousand)
    case "kB": 1 / (thousand * thousand)
    case "MB": 1 / thousand
    case "KiB": 1 / (binary * binary)
    case "MiB": 1 / binary
    case "GB", "GiB": 1
    case "TB": conventions.gigabytesPerTerabyte
    case "TiB": binary
    case "PB": conventions.gigabytesPerTerabyte * conventions.gigabytesPerTerabyte
    case "PiB": binary * binary
    default: nil
    }
  }

  /// How often the time of `/month`, `per day`, `/s` fits into a month.
  private static func times(in rest: Substring, conventions: CostConventions) -> Decimal? {
    let unit: Substring
    if rest.hasPrefix("/") {
      unit = rest.dropFirst()
    } else if rest.hasPrefix("per ") {
      unit = rest.dropFirst(4)
    } else {
      return nil
    }
    let word = unit.trimmingPrefix { $0.isWhitespace }
    let counted = word.first?.isNumber == true ? String(word) : "1 \(word)"
    guard let span = try? TimeSpan(parsing: counted), span.hours > 0 else { return nil }
    return times(of: span, conventions: conventions)
  }

  /// A month is a month, however many hours the conventions give it.
  private static func times(of span: TimeSpan, conventions: CostConventions) -> Decimal? {
    if span == .month { return 1 }
    let seconds = Decimal(string: shortest((span.hours * 3600).rounded())) ?? 0
    return seconds > 0 ? conventions.hoursPerMonth * 3600 / seconds : nil
  }
}
