import Quantities
import Testing

/// Durations: what is read, what is refused, what is printed.
@Suite struct TimeSpanTests {
  @Test(
    arguments: [
      ("35 min", 35.0 / 60), ("1.5 h", 1.5), ("14 d", 336), ("1h30m", 1.5), ("1 h 30 m", 1.5),
      ("8 min 20 s", 500.0 / 3600), ("2 w", 336), ("1 month", 730), ("2 months", 1460), ("1 y", 8760),
      ("6 years", 52_560), ("40 s", 40.0 / 3600), ("250 ms", 0.25 / 3600), ("0 s", 0), ("1e3 h", 1000),
      ("1,000 h", 1000), (".5 h", 0.5), (" 35 min ", 35.0 / 60), ("+2 h", 2), ("1 y 2 d 3 h", 8811),
      ("1 hour 1 second", 1 + 1.0 / 3600), ("3 weeks", 504), ("1 e h", nil), ("720h", 720),
    ] as [(String, Double?)])
  func `durations are read in hours`(text: String, hours: Double?) {
    let span = try? TimeSpan(parsing: text)
    #expect((span == nil) == (hours == nil))
    if let span, let hours { #expect(isClose(span.hours, hours), "\(span.hours)") }
  }

  @Test(
    arguments: [
      ("5 m", "m can mean minutes (min) or months (month)", "5 min"), ("1 d 5 m", "m can mean", "5 min"),
      ("-1 h", "negative", nil), ("−1 h", "negative", nil), ("1 h -5 min", "negative", nil),
      ("nan h", "no duration", "35 min"), ("inf h", "no duration", "35 min"), ("", "no duration", "35 min"),
      ("h", "no duration", "35 min"), ("30", "no unit", "30 h"), ("1 h 30", "no unit", "30 h"),
      ("5 parsecs", "“parsecs” is no unit of time", nil), ("5 H", "“H” is no unit of time", "5 h"),
      ("5 MIN", "no unit of time", "5 min"), ("30 min 1 h", "from long to short", "1 h 30 min"),
      ("1 h 2 h", "from long to short", "1 h 30 min"), ("1e400 h", "longer than can be computed", nil),
      ("1e308 y", "longer than can be computed", nil), ("0x10 h", "“x”", nil),
      ("1 h,", "no duration", "35 min"),
    ] as [(String, String, String?)])
  func `what is no duration is refused with a remedy`(text: String, reason: String, help: String?) {
    let error = refusal { () throws(QuantityError) in try TimeSpan(parsing: text) }
    #expect(error?.message.contains(reason) == true, "\(error?.message ?? "taken")")
    #expect(error?.help == help)
  }

  /// A German comma, or thousands set wrongly, must not become another number, nor the remedy drop a digit.
  @Test(arguments: ["1,5 h", "0,500 h", "1234,567 h", "1,2345 h"])
  func `a comma that sets no thousands is refused`(text: String) {
    let error = refusal { () throws(QuantityError) in try TimeSpan(parsing: text) }
    #expect(error != nil)
    #expect(error?.help?.hasPrefix("1 ") != true, "the remedy drops digits: \(error?.help ?? "")")
  }

  @Test(
    arguments: [
      (0, "0 s"), (0.05, "50 ms"), (0.9994, "999 ms"), (0.9996, "1 s"), (1, "1 s"), (9.996, "10 s"),
      (59.4, "59 s"), (59.7, "1 min"), (59.95, "1 min"), (60, "1 min"), (252, "4 min 12 s"),
      (599.4, "9 min 59 s"), (599.5, "10 min"), (3569, "59 min"), (3570, "1 h"), (24_480, "6 h 48 min"),
      (359_000, "99 h 43 min"), (360_000, "100 h"), (1_821_600, "506 h"), (31_536_000, "8,760 h"),
      (36_000_000, "1.14 y"), (3.6e8, "11.4 y"),
    ] as [(Double, String)])
  func `a person reads two units at most`(seconds: Double, expected: String) throws {
    let span = try #require(TimeSpan(hours: seconds / 3600))
    #expect(span.description == expected)
  }

  @Test(arguments: ["35 min", "1.5 h", "2 w", "30 d", "1 month", "1 y", "90 d", "49 min", "1.5 y", "20 s"])
  func `the exact text is what was written`(text: String) throws {
    #expect(try TimeSpan(parsing: text).exactText == text)
  }

  @Test(arguments: ["ms", "s", "min", "h", "d", "w", "month", "y"])
  func `the exact text reads back as the same number`(unit: String) throws {
    for count in 0...400 {
      let span = try TimeSpan(parsing: "\(count) \(unit)")
      #expect(try TimeSpan(parsing: span.exactText) == span, "\(count) \(unit) became \(span.exactText)")
    }
  }

  @Test(arguments: [-1, .nan, .infinity, -.infinity] as [Double]) func `no span is negative or endless`(
    hours: Double
  ) {
    #expect(TimeSpan(hours: hours) == nil)
  }
}
