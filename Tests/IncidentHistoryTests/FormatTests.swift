import Diagnostics
import Foundation
import Testing

import IncidentHistory

/// What a fixture holds, worked out by hand.
struct FormatRow: Sendable, CustomTestStringConvertible {
  let file: String
  let format: String
  /// Incidents taken in, rows left out as bad, and rows that are no incidents.
  let counts: [Int]
  /// The outage of each incident in minutes, by its beginning; `nil` while it lasts.
  let minutes: [Double?]
  let components: [String]
  /// The warnings, each once, in alphabetical order.
  var warnings: [String] = []
  var zone: String?

  var testDescription: String { file }
}

private let rows: [FormatRow] = [
  FormatRow(
    file: "pagerduty.csv", format: "pagerduty-csv", counts: [3, 0, 0], minutes: [30, 45, nil],
    components: ["Orders API", "Orders API", "Search"], warnings: ["not-ended"]),
  FormatRow(
    file: "pagerduty-rest.json", format: "pagerduty-rest", counts: [3, 0, 0], minutes: [10, 60, nil],
    components: ["Mail", "Mail", "Mail"], warnings: ["not-ended"]),
  FormatRow(
    file: "pagerduty-analytics.json", format: "pagerduty-analytics", counts: [1, 1, 0], minutes: [10],
    components: ["Engine"], zone: "America/New_York"),
  FormatRow(
    file: "statuspage.json", format: "statuspage", counts: [4, 0, 0], minutes: [30, 60, nil, 120],
    components: ["API", "unassigned", "unassigned", "API"],
    warnings: [
      "backdated", "end-after-update", "not-ended", "repeated-row", "several-components", "unassigned",
    ]),
  FormatRow(
    file: "servicenow.csv", format: "servicenow", counts: [4, 0, 0], minutes: [600, 120, nil, 0],
    components: ["Network", "mx-1", "mx-2", "mx-2"], warnings: ["not-ended", "zero-duration"],
    zone: "Europe/Berlin"),
  FormatRow(
    file: "opsgenie.json", format: "opsgenie", counts: [3, 0, 0], minutes: [1, 120, nil],
    components: ["Nagios", "db-1", "db-1"], warnings: ["not-ended"]),
  FormatRow(
    file: "jira.csv", format: "jira", counts: [2, 0, 1], minutes: [65, nil],
    components: ["Checkout", "Search"],
    warnings: ["no-incident", "not-ended"], zone: "+01:00"),
  FormatRow(
    file: "incident-io.json", format: "incident-io", counts: [2, 0, 1], minutes: [90, nil],
    components: ["Ledger", "unassigned"], warnings: ["no-incident", "not-ended", "unassigned"]),
  FormatRow(
    file: "grafana-oncall.json", format: "grafana-oncall", counts: [2, 0, 0], minutes: [60, nil],
    components: ["CINT1", "CINT1"], warnings: ["not-ended"]),
  FormatRow(
    file: "alertmanager.json", format: "alertmanager", counts: [2, 0, 0], minutes: [42, nil],
    components: ["checkout", "node"], warnings: ["not-ended"]),
  FormatRow(
    file: "alertmanager-webhook.json", format: "alertmanager", counts: [2, 0, 0], minutes: [10, nil],
    components: ["Down", "Down"], warnings: ["not-ended"]),
  FormatRow(
    file: "prometheus.json", format: "prometheus", counts: [3, 0, 1], minutes: [3, nil, 1],
    components: ["checkout", "node", "checkout"], warnings: ["not-ended", "not-firing"]),
  FormatRow(
    file: "aws-health.json", format: "aws-health", counts: [3, 0, 1], minutes: [240, 60, nil],
    components: ["EC2", "RDS", "S3"], warnings: ["not-ended", "notice"]),
  FormatRow(
    file: "google-cloud.json", format: "google-cloud", counts: [2, 0, 0], minutes: [95, nil],
    components: ["unassigned", "Hybrid Connectivity"],
    warnings: ["not-ended", "several-components", "unassigned"]),
]

@Suite struct FormatTests {
  private let folder: TemporaryFolder
  private let database: IncidentDatabase

  init() throws {
    folder = try TemporaryFolder()
    database = try IncidentDatabase(path: folder.path("incidents.db"), mode: .create)
  }

  private func importer(_ row: FormatRow) -> IncidentImporter {
    IncidentImporter(
      timeZone: row.zone.flatMap { TimeZone(text: $0) }, keepGood: row.counts[1] > 0, importedAt: importTime)
  }

  @Test("A file tells its format, and is imported once", arguments: rows)
  func imports(row: FormatRow) throws {
    let first = try importer(row).importFile(at: fixture(row.file), into: database)
    #expect(first.format == IncidentFormat.named(row.format)?.title)
    #expect([first.inserted, first.skippedRows, first.ignoredRows] == row.counts)
    #expect(Set(first.warnings.map(\.slug)).sorted() == row.warnings)
    let incidents = try database.incidents()
    #expect(incidents.map { $0.outageHours.map { ($0 * 60).rounded() } } == row.minutes)
    #expect(incidents.map(\.component) == row.components)
    let second = try importer(row).importFile(at: fixture(row.file), into: database)
    #expect(second.inserted + second.updated == 0 && second.unchanged == row.counts[0])
  }

  @Test("Every format has a fixture")
  func everyFormatIsTested() {
    let own = ["csv", "json"]
    let tested = Set(rows.map(\.format) + own)
    let missing = IncidentFormat.all.map(\.name).filter { !tested.contains($0) }
    #expect(missing.isEmpty, "add a fixture and a row to FormatTests.swift for each of these")
    #expect(Set(IncidentFormat.all.map(\.name)).count == IncidentFormat.all.count)
  }

  @Test("Times without a zone are refused without one", arguments: rows.filter { $0.zone != nil })
  func zonesAreNeeded(row: FormatRow) throws {
    let importer = IncidentImporter(importedAt: importTime)
    let found = slugs { _ = try importer.importFile(at: fixture(row.file), into: database) }
    #expect(Set(found).isSuperset(of: ["time-zone-missing"]))
    #expect(try database.incidents().isEmpty)
  }

  @Test func detailsOfTickets() throws {
    _ = try importer(rows[0]).importFile(at: fixture("pagerduty.csv"), into: database)
    let incident = try #require(try database.incidents().first)
    #expect(incident.acknowledged == (try TimeText.date("2023-05-01T00:01:30Z", zone: nil)))
    #expect((incident.source, incident.externalID) == ("pagerduty", "P1"))
    #expect((incident.urgency, incident.title) == ("low", "disk full, again"))
    #expect(try database.incidents()[1].started == TimeText.date("2023-05-01T01:00Z", zone: nil))
  }

  @Test func theLastVersionOfATicketCounts() throws {
    _ = try importer(rows[4]).importFile(at: fixture("servicenow.csv"), into: database)
    let first = try #require(try database.incidents().first)
    #expect(first.severity == "2 - High")
    #expect(first.started == (try TimeText.date("2016-02-29T00:16Z", zone: nil)))
  }

  @Test func plannedWorkIsPlanned() throws {
    _ = try importer(rows[3]).importFile(at: fixture("statuspage.json"), into: database)
    #expect(try database.incidents().map(\.isPlanned) == [false, false, false, true])
    #expect(try database.incidents()[0].mitigated == TimeText.date("2024-01-01T10:20Z", zone: nil))
  }

  @Test func bordersOfAlertsAreSteps() throws {
    _ = try importer(rows[11]).importFile(at: fixture("prometheus.json"), into: database)
    let checkout = try database.incidents(component: "checkout")
    #expect(checkout.map(\.started.timeIntervalSince1970) == [1_709_287_200, 1_709_290_800])
    #expect(checkout.map { $0.resolved?.timeIntervalSince1970 } == [1_709_287_380, 1_709_290_860])
  }

  @Test("A stated format overrides, and a wrong one is refused")
  func statedFormats() throws {
    var importer = IncidentImporter(format: .named("servicenow"), importedAt: importTime)
    #expect(
      slugs { _ = try importer.importFile(at: fixture("jira.csv"), into: database) } == ["missing-column"])
    #expect(
      slugs { _ = try importer.importFile(at: fixture("opsgenie.json"), into: database) } == [
        "format-mismatch"
      ])
    importer.format = .named("opsgenie")
    #expect(try importer.importFile(at: fixture("opsgenie.json"), into: database).inserted == 3)
  }
}

/// The path of a fixture.
func fixture(_ name: String) -> String {
  URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures/\(name)").path
}
