import Quantities
import Testing

/// Rates: what is read, what is refused, what is printed.
@Suite struct RateTests {
  @Test(
    arguments: [
      ("8 /day", 8.0 / 24), ("8/d", 8.0 / 24), ("8 / d", 8.0 / 24), ("2 per year", 2.0 / 8760),
      ("1 per 30 d", 1.0 / 720), ("1 /h", 1), ("0 /y", 0), ("1.5e-3 /h", 0.0015), ("1 /month", 1.0 / 730),
      ("3/2 h", 1.5), ("2 /s", 7200),
    ] as [(String, Double)])
  func `rates are read per hour`(text: String, perHour: Double) throws {
    let rate = try Rate(parsing: text)
    #expect(isClose(rate.perHour, perHour), "\(rate.perHour)")
  }

  @Test(
    arguments: [
      ("8", "no time it counts per", "8 /day"), ("-1 /d", "negative", nil), ("often", "no rate", "8 /day"),
      ("1 per 0 d", "can be computed with", nil), ("1e400 /d", "can be computed with", nil),
      ("1 /m", "m can mean", "1 min"), ("1 /fortnight", "no unit of time", nil),
      ("1 per", "no time it counts per", "1 /day"), ("nan /d", "no rate", "8 /day"),
    ] as [(String, String, String?)])
  func `what is no rate is refused with a remedy`(text: String, reason: String, help: String?) {
    let error = refusal { () throws(QuantityError) in try Rate(parsing: text) }
    #expect(error?.message.contains(reason) == true, "\(error?.message ?? "taken")")
    #expect(error?.help == help)
  }

  @Test(arguments: [
    ("8 /d", "8 /d"), ("1 per 2 y", "0.5 /y"), ("2 /h", "2 /h"), ("1 per 30 d", "12.2 /y"), ("0 /d", "0 /y"),
    ("0.5 /d", "0.5 /d"), ("1 /y", "1 /y"), ("31.1 /y", "31.1 /y"),
  ])
  func `a rate is printed in a unit one can picture`(text: String, expected: String) throws {
    #expect(try Rate(parsing: text).description == expected)
  }
}
