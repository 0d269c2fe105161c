public import Foundation

/// Amounts rounded to cents so that what is printed adds up.
public enum Cents {
  /// The amounts to the cent, by the method of largest remainders: they sum to the rounded sum of the exact ones.
  ///
  /// Each is less than a cent away from the exact amount.
  public static func parts(_ amounts: [Decimal]) -> [Decimal] {
    let floors = amounts.map { rounded($0, .down) }
    let missing = rounded(amounts.reduce(0, +), .plain) - floors.reduce(0, +)
    let count = NSDecimalNumber(decimal: missing * 100).intValue
    let byRemainder = amounts.indices.sorted { left, right in
      let (a, b) = (amounts[left] - floors[left], amounts[right] - floors[right])
      return a == b ? left < right : a > b
    }
    var parts = floors
    for place in byRemainder.prefix(max(0, count)) { parts[place] += cent }
    return parts
  }

  /// An amount to the cent.
  public static func rounded(_ amount: Decimal) -> Decimal { rounded(amount, .plain) }

  private static let cent = Decimal(sign: .plus, exponent: -2, significand: 1)

  private static func rounded(_ amount: Decimal, _ mode: NSDecimalNumber.RoundingMode) -> Decimal {
    var (exact, result) = (amount, Decimal())
    NSDecimalRound(&result, &exact, 2, mode)
    return result
  }
}
