internal import Billing
internal import CloudCost
internal import Foundation
internal import Quantities

/// Amounts, prices and quantities of bills as people read them.
struct AmountText {
  let currency: String

  /// An amount to the cent: `$1,234.50`.
  func cents(_ amount: Decimal) -> String {
    "\(Money(Cents.rounded(amount), currency: currency).withCents)"
  }

  /// An amount with its sign, for differences: `+$40.00`.
  func signed(_ amount: Decimal) -> String {
    let rounded = Cents.rounded(amount)
    return rounded > 0 ? "+\(cents(rounded))" : cents(rounded)
  }

  /// A price with every digit it has, at least cents: `$0.0225`.
  func price(_ amount: Decimal) -> String { Money(rounded(amount, digits: 10), currency: currency).withCents }

  /// A quantity of a month: `730`, `1,460`, `0.5`.
  func quantity(_ value: Decimal) -> String {
    let text = "\(rounded(value, digits: 4))"
    let parts = text.split(separator: ".")
    let whole = grouped(Int(parts[0]) ?? 0)
    return parts.count > 1 ? "\(whole).\(parts[1])" : whole
  }

  /// The double that is nearest.
  static func number(_ amount: Decimal) -> Double { Double("\(amount)") ?? 0 }

  private func rounded(_ value: Decimal, digits: Int) -> Decimal {
    var (exact, result) = (value, Decimal())
    NSDecimalRound(&result, &exact, digits, .plain)
    return result
  }
}

extension Money {
  /// As it is written, with at least two decimals: `$40.00`.
  fileprivate var withCents: String {
    let text = description
    guard amount.exponent >= 0 || !text.contains(".") else { return text }
    guard let sign = text.lastIndex(where: \.isNumber) else { return text }
    return text[...sign] + ".00" + text[text.index(after: sign)...]
  }
}
