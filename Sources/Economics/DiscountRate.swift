internal import Quantities

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// What a year of waiting takes off an amount, compounded month by month.
public struct DiscountRate: Sendable, Hashable {
  /// The effective rate of a year; more than −1.
  public let perYear: Double

  /// An effective yearly rate; `nil` unless it is finite and more than −1.
  public init?(perYear: Double) {
    guard perYear.isFinite, perYear > -1 else { return nil }
    self.perYear = perYear
  }

  /// The rate of a month that compounds to the yearly one: (1 + i)^(1/12) − 1.
  ///
  /// 8 % a year are 0.643403 % a month.
  public var perMonth: Double { expm1(log1p(perYear) / 12) }

  /// The yearly rate that a monthly one compounds to: (1 + i)^12 − 1.
  public static func perYear(ofMonthly rate: Double) -> Double { expm1(12 * log1p(rate)) }

  /// How amounts are discounted, in words.
  public var convention: String {
    "\(significant(perYear * 100, digits: 4)) % a year, effective, is "
      + "\(significant(perMonth * 100, digits: 4)) % a month, (1 + i)^(1/12) − 1; "
      + "what is paid once falls on the start, each month's amounts on its end"
  }
}
