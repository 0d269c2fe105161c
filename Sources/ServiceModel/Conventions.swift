/// The constants behind every result, printed with it.
public struct Conventions: Sendable, Hashable {
  /// Hours in a month of prices and objectives; 730 unless stated.
  public var hoursPerMonth: Double
  /// Hours in a year; 8,760 unless stated.
  public var hoursPerYear: Double
  /// The ISO 4217 code that money without a sign would have; `USD` unless stated.
  public var currency: String
  /// Gigabytes in a terabyte; 1,000 unless stated.
  public var gigabytesPerTerabyte: Double

  /// The conventions of a model that states none.
  public init(
    hoursPerMonth: Double = 730, hoursPerYear: Double = 8760, currency: String = "USD",
    gigabytesPerTerabyte: Double = 1000
  ) {
    self.hoursPerMonth = hoursPerMonth
    self.hoursPerYear = hoursPerYear
    self.currency = currency
    self.gigabytesPerTerabyte = gigabytesPerTerabyte
  }
}
