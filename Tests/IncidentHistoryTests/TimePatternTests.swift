import Diagnostics
import Foundation
import Testing

import IncidentHistory

@Suite struct TimePatternTests {
  private func reading(_ text: String, _ pattern: String, zone: String = "UTC") throws -> TimeReading {
    let pattern = try #require(TimePattern(pattern))
    return try TimeText.reading(text, patterns: [pattern], zone: TimeZone(identifier: zone))
  }

  @Test(
    "Forms of times",
    arguments: [
      ("dd-MM-yyyy HH:mm", "29-02-2016 01:16", "2016-02-29T01:16Z"),
      ("M/d/yyyy H:mm", "6/21/2005 9:05", "2005-06-21T09:05Z"),
      ("M/d/yyyy H:mm", "12/21/2005 19:05", "2005-12-21T19:05Z"),
      ("d/MMM/yy h:mm a", "1/Mar/24 12:05 AM", "2024-03-01T00:05Z"),
      ("d/MMM/yy h:mm a", "1/Mar/99 12:05 pm", "1999-03-01T12:05Z"),
      ("MM/dd/yyyy", "01/31/2013", "2013-01-31T00:00Z"),
      ("yyyyMMddTHHmmss", "20240301T101112", "2024-03-01T10:11:12Z"),
      ("unix", "1709287200.5", "2024-03-01T10:00:00.5Z"),
      ("unix-ms", "1709287200500", "2024-03-01T10:00:00.5Z"),
      ("dd.MM.yyyy HH:mm:ss.S", "01.03.2024 10:00:00.250", "2024-03-01T10:00:00.25Z"),
      ("dd-MM-yyyy HH:mm", "2016-02-29 01:16", "2016-02-29T01:16Z"),
      ("yyyy/MM/dd HH:mmZ", "2024/03/01 10:00+02:00", "2024-03-01T08:00Z"),
    ])
  func forms(pattern: String, text: String, expected: String) throws {
    #expect(try reading(text, pattern).date == TimeText.date(expected, zone: nil))
  }

  @Test(
    "Texts that do not fit",
    arguments: [
      ("dd-MM-yyyy HH:mm", "32-01-2016 00:00"), ("dd-MM-yyyy HH:mm", "29-02-2015 00:00"),
      ("dd-MM-yyyy HH:mm", "1-1-2016 00:00"),
      ("dd-MM-yyyy HH:mm", "01-01-2016 24:00"), ("d/MMM/yy h:mm a", "1/Foo/24 1:00 AM"),
      ("d/MMM/yy h:mm a", "1/Mar/24 13:00 PM"),
      ("unix", "later"), ("unix", "-5"), ("unix", "nan"), ("unix", "1e300"),
      ("M/d/yyyy H:mm", "6/21/2005 9:05 "),
    ])
  func misfits(pattern: String, text: String) {
    #expect(throws: (any Error).self) { try reading(text + "x", pattern) }
    if !text.hasSuffix(" ") { #expect(throws: (any Error).self) { try reading(text, pattern) } }
  }

  @Test("Patterns that mean nothing", arguments: ["", "yyyy", "yyyy-MM", "dd-QQ-yyyy", "HH:mm"])
  func nonsense(pattern: String) { #expect(TimePattern(pattern) == nil) }

  /// Clocks in Berlin went from 02:00 to 03:00 on 31 March and from 03:00 to 02:00 on 27 October 2024.
  @Test func clockChanges() throws {
    let form = "yyyy-MM-dd HH:mm"
    let jumped = try reading("2024-03-31 02:30", form, zone: "Europe/Berlin")
    #expect(
      jumped.date == (try TimeText.date("2024-03-31T01:30Z", zone: nil)) && jumped.change == .clockForward)
    let twice = try reading("2024-10-27 02:30", form, zone: "Europe/Berlin")
    #expect(twice.date == (try TimeText.date("2024-10-27T00:30Z", zone: nil)) && twice.change == .clockBack)
    #expect(twice.later == (try TimeText.date("2024-10-27T01:30Z", zone: nil)))
    #expect(try reading("2024-10-27 03:00", form, zone: "Europe/Berlin").change == nil)
  }

  /// An outage from 02:50 until 02:10 in the night when clocks went back lasted 20 minutes.
  @Test func anEndTakesTheFirstInstantAfterTheStart() throws {
    let folder = try TemporaryFolder()
    let database = try IncidentDatabase(path: folder.path("incidents.db"), mode: .create)
    let path = try folder.write(
      "Issue key,Issue Type,Summary,Created,Resolved\nA-1,Incident,x,2024-10-27 02:50,2024-10-27 02:10\n",
      to: "jira.csv")
    let importer = IncidentImporter(timeZone: TimeZone(identifier: "Europe/Berlin"), importedAt: importTime)
    let summary = try importer.importFile(at: path, into: database)
    #expect(try database.incidents().map { $0.outageHours.map { $0 * 60 } } == [20])
    #expect(summary.warnings.map(\.slug).contains("clock-back"))
  }
}
