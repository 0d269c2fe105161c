import Diagnostics
import Foundation
import Testing

import IncidentHistory

@Suite struct TimeTextTests {
  private func slug(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch { return (error as? TextFault)?.slug }
  }

  @Test(
    "Times with a zone",
    arguments: [
      ("1970-01-01T00:00:00Z", 0.0),
      ("2000-03-01T00:00Z", 951_868_800),
      ("2024-02-29 12:00:00.25+02:00", 1_709_200_800.25),
      ("2024-10-03T09:12:30,5-0330", 1_727_959_350.5),
      ("2024-10-03T09:12:30+02", 1_727_939_550),
      ("1969-12-31T23:59:59Z", -1),
    ])
  func zoned(text: String, seconds: Double) throws {
    #expect(try TimeText.date(text, zone: nil).timeIntervalSince1970 == seconds)
  }

  @Test(
    "No times",
    arguments: [
      "yesterday", "2024-13-01T00:00Z", "2023-02-29T00:00Z", "2024-10-03T24:00Z", "2024-10-03T09:60Z",
      "2024-10-03T09:12:60Z", "2024-10-03Z", "03.10.2024 09:12", "2024-10-03T09:12Zulu", "",
      "2024-10-03T09:12+2",
      "1727939550", "２０２４-10-03T00:00Z", "2024-10-03T09:12:30.Z",
    ])
  func refused(text: String) {
    #expect(slug { _ = try TimeText.date(text, zone: nil) } == "bad-time")
  }

  @Test func zonelessTimesNeedAZone() throws {
    #expect(slug { _ = try TimeText.date("2024-10-03T09:12", zone: nil) } == "time-zone-missing")
    #expect(slug { _ = try TimeText.date("2024-10-03", zone: nil) } == "time-zone-missing")
    let berlin = try #require(TimeZone(identifier: "Europe/Berlin"))
    #expect(
      try TimeText.date("2024-10-03T09:12", zone: berlin) == TimeText.date("2024-10-03T07:12Z", zone: nil))
    #expect(try TimeText.date("2024-12-03", zone: berlin) == TimeText.date("2024-12-02T23:00Z", zone: nil))
    #expect(
      try TimeText.date("2024-12-03T01:00Z", zone: berlin) == TimeText.date("2024-12-03T01:00Z", zone: nil))
  }

  @Test("Where clocks change", arguments: ["2024-03-31T02:30", "2024-10-27T02:30"])
  func clockChanges(text: String) throws {
    let berlin = try #require(TimeZone(identifier: "Europe/Berlin"))
    #expect(slug { _ = try TimeText.date(text, zone: berlin) } == "time-ambiguous")
    #expect(
      try TimeText.date("2024-03-31T03:00", zone: berlin) == TimeText.date("2024-03-31T01:00Z", zone: nil))
  }

  @Test(
    "Lengths",
    arguments: [
      ("45 min", 2_700_000), ("8 min 20 s", 500_000), ("500 s", 500_000), ("1.5 h", 5_400_000),
      ("45min", 2_700_000),
      ("1h30min", 5_400_000), ("2 d", 172_800_000), ("PT8M20S", 500_000), ("P182D", 15_724_800_000),
      ("P1DT12H", 129_600_000), ("182.5d", 15_768_000_000), ("0 s", 0), ("0.1 s", 100),
    ])
  func lengths(text: String, milliseconds: Int) throws {
    #expect(try DurationText.milliseconds(text) == milliseconds)
  }

  @Test(
    "No lengths",
    arguments: [
      ("5 m", "bad-duration"), ("-5 min", "negative-duration"), ("45", "bad-duration"),
      ("P6M", "calendar-length"),
      ("P1Y", "calendar-length"), ("NaN s", "bad-duration"), ("inf h", "bad-duration"),
      ("", "bad-duration"), ("P", "bad-duration"), ("PT", "bad-duration"), ("5 fortnights", "bad-duration"),
      ("1.2.3 s", "bad-duration"), ("99999999999999999999999 w", "bad-duration"), ("1,5 h", "bad-duration"),
    ])
  func refusedLengths(text: String, expected: String) {
    #expect(slug { _ = try DurationText.milliseconds(text) } == expected)
  }

  @Test(
    "Windows",
    arguments: [
      "2024-07-14T12:00Z/2025-01-13T00:00Z", "2024-07-14T12:00Z/182.5d", "2024-07-14T12:00Z/P182DT12H",
      "2024-07-14T14:00+02:00/4380 h",
    ])
  func windows(text: String) throws {
    #expect(try ObservationWindow(parsing: text).hours == 4_380)
  }

  @Test(
    "No windows",
    arguments: [
      ("2024-07-14T12:00Z", "bad-window", 1), ("2024-07-14T12:00Z/", "bad-duration", 19),
      ("2024-07-14T12:00Z/2023-01-01T00:00Z", "window-reversed", 19),
      ("2024-07-14T12:00Z/P6M", "calendar-length", 19),
      ("2024-07-14/2025-01-13", "time-zone-missing", 1), ("2024-07-14T12:00Z/0 d", "window-reversed", 19),
      ("a/b/c", "bad-window", 1),
    ])
  func refusedWindows(text: String, slug: String, column: Int) throws {
    do {
      _ = try ObservationWindow(parsing: text)
      Issue.record("accepted \(text)")
    } catch {
      #expect(error.diagnostics.map(\.slug) == [slug])
      #expect(error.diagnostics.first?.location?.column == column)
    }
  }
}
