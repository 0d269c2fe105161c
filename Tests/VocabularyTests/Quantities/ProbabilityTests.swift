import Quantities
import Testing

/// Probabilities and availabilities, which keep their nines.
@Suite struct ProbabilityTests {
  @Test(
    arguments: [
      ("95 %", 0.95, 0.05), ("95%", 0.95, 0.05), ("0.95", 0.95, 0.05), ("1", 1, 0), ("0", 0, 1),
      ("100 %", 1, 0), ("0 %", 0, 1), ("1.5 %", 0.015, 0.985), ("99.999 %", 0.99999, 1e-5),
      ("99.9999999 %", 0.999999999, 1e-9), ("1e-9", 1e-9, 0.999999999), ("0.0000001 %", 1e-9, 0.999999999),
    ] as [(String, Double, Double)])
  func `value and complement are exact`(text: String, value: Double, complement: Double) throws {
    let probability = try Probability(parsing: text)
    #expect(probability.value == value)
    #expect(probability.complement == complement)
    #expect(probability.inverted.value == complement)
  }

  @Test(
    arguments: [
      ("101 %", "above 1", nil), ("1.5", "above 1", "1.5 %"), ("95", "above 1", "95 %"),
      ("-5 %", "negative", nil),
      ("-0.1", "negative", nil), ("often", "no probability", "95 %"), ("nan", "no probability", "95 %"),
      ("inf", "no probability", "95 %"), ("95 ‰", "“‰” after a probability", "95 %"),
      ("", "no probability", "95 %"),
      ("1e999 %", "no probability", "95 %"), ("1000", "above 1", nil),
    ] as [(String, String, String?)])
  func `what is no probability is refused with a remedy`(text: String, reason: String, help: String?) {
    let error = refusal { () throws(QuantityError) in try Probability(parsing: text) }
    #expect(error?.message.contains(reason) == true, "\(error?.message ?? "taken")")
    #expect(error?.help == help)
  }

  /// What no decimal can hold is refused or read; it never becomes something else than a number.
  @Test(arguments: [
    "1e-200", "1e-400 %", "1e120 %", "1e127", "1e128", "0.\(String(repeating: "9", count: 60))",
  ])
  func `extreme text never leaves the unit interval`(text: String) {
    guard let probability = try? Probability(parsing: text) else { return }
    #expect((0...1).contains(probability.value))
    #expect((0...1).contains(probability.complement))
  }

  @Test(
    arguments: [
      ("99.95 %", 5e-4), ("0.9995", 5e-4), ("99.999 %", 1e-5), ("99.9999999 %", 1e-9), ("100 %", 0),
      ("0 %", 1),
      ("50 %", 0.5), ("99.7 %", 3e-3),
    ] as [(String, Double)])
  func `an availability is held as what is missing`(text: String, unavailability: Double) throws {
    #expect(try Availability(parsing: text).unavailability == unavailability)
  }

  @Test(arguments: [
    ("99.95", "above 1", "99.95 %"), ("101 %", "above 1", "99.95 %"), ("-1 %", "negative", "99.95 %"),
    ("high", "no availability", "95 %"), ("five nines", "no availability", "95 %"),
  ])
  func `what is no availability is refused with a remedy`(text: String, reason: String, help: String) {
    let error = refusal { () throws(QuantityError) in try Availability(parsing: text) }
    #expect(error?.message.contains(reason) == true, "\(error?.message ?? "taken")")
    #expect(error?.message.contains("probability") == false)
    #expect(error?.help == help)
  }

  @Test(
    arguments: [
      (0, "100 %"), (1, "0 %"), (0.5, "50 %"), (1e-7, "99.99999 %"), (1.5e-3, "99.85 %"),
      (7.76e-4, "99.9224 %"), (1e-5, "99.999 %"), (1e-9, "99.9999999 %"), (9.996e-4, "99.9 %"),
      (1.14e-15, "99.999999999999886 %"),
    ] as [(Double, String)])
  func `an availability shows three digits of what is missing`(unavailability: Double, expected: String)
    throws
  {
    let availability = try #require(Availability(unavailability: unavailability))
    #expect(availability.description == expected)
  }

  @Test func `a year of 99.9 % is down for 8.76 h`() throws {
    #expect(isClose(try Availability(parsing: "99.9 %").downtimePerYear.hours, 8.76))
    #expect(try Availability(parsing: "99.9 %") < Availability(parsing: "99.99 %"))
    #expect(Availability(unavailability: .nan) == nil)
    #expect(Probability(1.1) == nil)
  }

  @Test(arguments: [("95 %", "95 %"), ("1.5 %", "1.5 %"), ("0", "0 %"), ("1", "100 %"), ("31.1 %", "31.1 %")])
  func `a probability is printed in per cent`(text: String, expected: String) throws {
    #expect(try Probability(parsing: text).description == expected)
  }
}
