import Quantities
import Testing

/// Quantities of any dimension, as documents state them.
@Suite struct WrittenQuantityTests {
  /// The value in hours, bytes and whole units of the currency; half of one in the last digit written.
  @Test(
    arguments: [
      ("99.5 %", 0.995, 0.0005, "a share or a number"), ("42", 42, 0.5, "a share or a number"),
      ("14 d", 336, 12, "a length of time"), ("30 s", 30.0 / 3600, 0.5 / 3600, "a length of time"),
      ("4 min 20 s", 260.0 / 3600, 0.5 / 3600, "a length of time"),
      ("2.2 h/month", 2.2 / 730, 0.05 / 730, "a share or a number"),
      ("15000 /min", 900_000, 30, "a number per time"), ("15,000 per min", 900_000, 30, "a number per time"),
      ("$3,500", 3500, 0.5, "an amount of USD"), ("$0.384/h", 0.384, 0.0005, "USD per time"),
      ("$30,000 per 6 months", 30_000.0 / 4380, 0.5 / 4380, "USD per time"),
      ("-$5", -5, 0.5, "an amount of USD"), ("-58 %", -0.58, 0.005, "a share or a number"),
      ("2.50 EUR", 2.5, 0.005, "an amount of EUR"), ("8 GB", 8e9, 5e8, "an amount of data"),
      ("1.5e3 s", 1500.0 / 3600, 50.0 / 3600, "a length of time"),
      ("1061 %", 10.61, 0.005, "a share or a number"),
      ("$0.023/GB", 0.023e-9, 0.0005e-9, "a quantity in USD/B"),
    ] as [(String, Double, Double, String)])
  func `a quantity is read with the worth of its last digit`(
    text: String, value: Double, halfStep: Double, dimension: String
  ) throws {
    let written = try WrittenQuantity(parsing: text)
    #expect(abs(written.value - value) <= 1e-12 * abs(value), "\(written.value)")
    #expect(abs(written.halfStep - halfStep) <= 1e-9 * halfStep, "\(written.halfStep)")
    #expect(written.dimension.description == dimension)
    #expect(written.text == text)
  }

  @Test(arguments: [
    ("", "no quantity"), ("often", "no quantity"), ("nan", "no quantity"), ("5 fortnights", "no unit"),
    ("5 m", "m can mean"), ("5 min 3 h", "long to short"), ("5 h 3", "long to short"), ("$5 h", "no unit"),
    ("5 /0 h", "no time at all"), ("1e400 h", "larger than"), ("5 h/", "no unit"), ("5 % of it", "no unit"),
  ])
  func `what is none is refused`(text: String, reason: String) {
    let error = refusal { () throws(QuantityError) in try WrittenQuantity(parsing: text) }
    #expect(error?.message.contains(reason) == true, "\(error?.message ?? "taken")")
  }

  @Test(
    arguments: [
      ("99.5 %", 0.99957, "99.957 %"), ("99.7 %", 1 - 2.5e-7, "99.999975 %"), ("5 %", 0.4259, "42.59 %"),
      ("14 d", 298, "12.42 d"), ("$3,500", 5589.6, "$5,590"), ("$30,000/month", 1698.0 / 730, "$1,698/month"),
      ("8 GB", 3.2e10, "32 GB"), ("42", 9, "9"), ("-58 %", -0.58333, "−58.33 %"),
      ("2.2 h/month", 0.1828 / 730, "0.1828 h/month"),
    ] as [(String, Double, String)])
  func `a number is shown in the unit of another`(text: String, value: Double, shown: String) throws {
    #expect(try WrittenQuantity(parsing: text).unit.text(value) == shown)
  }

  @Test func `dimensions multiply, and currencies do not mix`() throws {
    let (dollars, hours) = (Dimension(money: 1, currency: "USD"), Dimension.duration)
    #expect(dollars.times(hours.inverted) == Dimension(time: -1, money: 1, currency: "USD"))
    #expect(hours.times(hours.inverted) == .number)
    #expect(dollars.times(Dimension(money: 1, currency: "EUR")) == nil)
    #expect(!dollars.isComparable(to: Dimension(money: 1, currency: "EUR")))
    #expect(dollars.isComparable(to: Dimension(money: 1)))
    #expect(!hours.isComparable(to: .rate))
  }
}
