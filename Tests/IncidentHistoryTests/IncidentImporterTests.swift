import Diagnostics
import Foundation
import Testing

import IncidentHistory

@Suite struct IncidentImporterTests {
  private let folder: TemporaryFolder
  private let database: IncidentDatabase

  init() throws {
    folder = try TemporaryFolder()
    database = try IncidentDatabase(path: folder.path("incidents.db"), mode: .create)
  }

  private let header = "id,component,mode,started,duration"

  @Test func importingTwiceChangesNothing() throws {
    let text = "\(header)\nA,api,crash,2024-10-03T09:00Z,45 min\n,api,crash,2024-10-04T09:00Z,5 min\n"
    let window = try ObservationWindow(parsing: "2024-10-01T00:00Z/31d")
    let first = try importText(text, into: database, in: folder, window: window)
    #expect((first.inserted, first.updated, first.unchanged) == (2, 0, 0))
    #expect(first.windowAdded)
    try database.close()
    let before = try folder.snapshot()
    let again = try IncidentDatabase(path: folder.path("incidents.db"), mode: .readWrite)
    let second = try importText(text, into: again, in: folder, window: window)
    #expect((second.inserted, second.updated, second.unchanged) == (0, 0, 2))
    #expect(!second.windowAdded && !second.changedAnything)
    try again.close()
    #expect(try folder.snapshot() == before)
  }

  /// In the order of time overlaps are counted as rows pass, otherwise by the database.
  @Test func overlapsAreToldInAnyOrderOfRows() throws {
    // Two of api/crash begin while the first lasts, the second of them with the first's end; the other mode and the
    // planned one do not count, and an open one ends nothing.
    let rows = [
      "A,api,crash,2024-10-03T09:00Z,3 h,no", "B,api,crash,2024-10-03T10:00Z,1 h,no",
      "C,api,slow,2024-10-03T10:30Z,1 h,no", "D,api,crash,2024-10-03T11:30Z,open,no",
      "E,api,crash,2024-10-03T11:45Z,5 min,yes", "F,api,crash,2024-10-03T12:00Z,5 min,no",
      "G,db,crash,2024-10-03T12:01Z,5 min,no",
    ]
    let orders = [rows, rows.reversed(), [rows[3], rows[0], rows[6], rows[5], rows[2], rows[1], rows[4]]]
    for (index, order) in orders.enumerated() {
      let database = try IncidentDatabase(path: folder.path("\(index).db"), mode: .create)
      let text = "\(header),planned\n" + order.joined(separator: "\n") + "\n"
      let summary = try importText(text, into: database, in: folder)
      let told = summary.warnings.filter { $0.slug == "overlapping-incidents" }.map(\.message)
      #expect(told.count == 1 && told.first?.hasPrefix("2 incidents began while") == true, "\(told)")
    }
  }

  @Test func textsOfAnyLengthArriveWhole() throws {
    let notes = [0, 1, 15, 16, 700, 1_023, 1_024, 1_025, 60_000].map { String(repeating: "ä", count: $0 / 2) }
    let rows = notes.enumerated().map {
      "\($0.offset),api,crash,2024-10-03T09:00Z,5 min,Titel,\($0.element)\n"
    }
    try importText("\(header),title,note\n" + rows.joined(), into: database, in: folder)
    let read = try database.incidents().sorted { $0.externalID < $1.externalID }
    #expect(read.map { $0.note ?? "" } == notes && read.allSatisfy { $0.title == "Titel" })
  }

  @Test func aChangedRowUpdatesItsIncident() throws {
    let rows = { (length: String) in
      "\(header)\nA,api,crash,2024-10-03T09:00Z,\(length)\n,api,crash,2024-10-04T09:00Z,\(length)\n"
    }
    try importText(rows("45 min"), into: database, in: folder)
    let summary = try importText(rows("50 min"), into: database, in: folder)
    #expect((summary.inserted, summary.updated, summary.unchanged) == (0, 2, 0))
    #expect(try database.incidents().map(\.outageHours) == [50.0 / 60, 50.0 / 60])
  }

  @Test func headersAreReadInAnyOrderAndSpelling() throws {
    let text =
      "Impact-End,STARTED,Impact Start,Component,impactfraction,Users,Cost,Planned\n"
      + "2024-10-03T10:00Z,2024-10-03T08:00Z,2024-10-03T09:30Z,api,40 %,12,2500.50,yes\n"
    try importText(text, into: database, in: folder)
    let incident = try #require(try database.incidents().first)
    #expect(incident.outageHours == 0.5 && incident.impactFraction == 0.4 && incident.users == 12)
    #expect(incident.cost == Decimal(string: "2500.50") && incident.isPlanned && incident.mode == nil)
  }

  @Test(
    "Bad rows are located",
    arguments: [
      ("A,,crash,2024-10-03T09:00Z,45 min", "missing-field", 3), ("A,api,crash,,45 min", "missing-field", 13),
      ("A,api,crash,2024-10-03T09:00Z,", "missing-end", 1), ("A,api,crash,soon,45 min", "bad-time", 13),
      ("A,api,crash,2024-10-03T09:00,45 min", "time-zone-missing", 13),
      ("A,api,crash,2024-10-03T09:00Z,-45 min", "negative-duration", 31),
      ("A,api,crash,2024-10-03T09:00Z,0 s", "zero-duration", 31),
      ("A,api,crash,2024-10-03T09:00Z,NaN", "bad-duration", 31),
      ("A,api,crash,2024-10-03T09:00Z,45 m", "bad-duration", 31),
      ("A,api,crash,2024-10-03T09:00Z", "field-count", 1),
      ("A,api,crash,2024-10-03T09:00Z,45 min,extra", "field-count", 1),
      ("A,api,\"cra\"sh,2024-10-03T09:00Z,45 min", "csv-text-after-quote", 12),
    ])
  func badRows(row: String, slug: String, column: Int) throws {
    let text = "\(header)\nZ,api,crash,2024-10-02T09:00Z,45 min\n\(row)\n"
    do {
      try importText(text, into: database, in: folder)
      Issue.record("accepted \(row)")
    } catch let findings as Findings {
      #expect(findings.diagnostics.first?.slug == slug)
      #expect(findings.diagnostics.first?.location?.line == 3)
      #expect(findings.diagnostics.first?.location?.column == column)
      #expect(FindingsRenderer().text(findings).contains(row))
    }
    #expect(try database.incidents().isEmpty)
  }

  @Test(
    "Bad fields are located",
    arguments: [
      ("resolved", "2024-10-03T08:00Z", "end-before-start"),
      ("resolved", "2024-10-03T09:00Z", "zero-duration"),
      ("impact_end", "2024-10-03T08:00Z", "end-before-start"),
      ("impact_end", "2024-10-03T09:50Z", "contradicting-duration"),
      ("planned", "maybe", "bad-yes-no"), ("impact_fraction", "NaN", "bad-number"),
      ("impact_fraction", "1.5", "out-of-range"), ("impact_fraction", "-0.1", "bad-number"),
      ("users", "1.5", "bad-number"), ("users", "99999999999999999999", "bad-number"),
      ("users", "-1", "bad-number"),
      ("cost", "$2500", "bad-number"), ("cost", "1e3", "bad-number"), ("cost", "inf", "bad-number"),
    ])
  func badFields(column: String, value: String, slug: String) throws {
    let length = ["end-before-start", "zero-duration"].contains(slug) ? "" : "45 min"
    let text = "component,started,duration,\(column)\napi,2024-10-03T09:00Z,\(length),\(value)\n"
    #expect(slugs { try importText(text, into: database, in: folder) } == [slug])
  }

  @Test func allFindingsAtOnceAndNothingImported() throws {
    let text =
      "\(header)\nA,api,crash,2024-10-02T09:00Z,45 min\nB,,crash,never,45 m\nC,api,crash,2024-10-02T09:00Z,\n"
    let window = try ObservationWindow(parsing: "2024-10-01T00:00Z/31d")
    let found = slugs { try importText(text, into: database, in: folder, window: window) }
    #expect(found == ["missing-field", "bad-time", "bad-duration", "missing-end"])
    #expect(try database.incidents().isEmpty && database.windows().isEmpty)
  }

  @Test func keepingTheGoodRowsTellsTheBadOnes() throws {
    let text =
      "\(header)\nA,api,crash,2024-10-02T09:00Z,45 min\nB,api,crash,never,45 min\n"
      + "A,api,crash,2024-10-02T09:00Z,1 h\n"
    let summary = try importText(text, into: database, in: folder, keepGood: true)
    #expect((summary.inserted, summary.skippedRows) == (1, 2))
    #expect(summary.skipped.map(\.slug) == ["bad-time", "duplicate-id"])
    #expect(summary.skipped.map { $0.location?.line } == [3, 4])
    #expect(try database.incidents().map(\.externalID) == ["A"])
  }

  @Test func sameIDWithAnotherContentIsAnError() throws {
    let text = "\(header)\nA,api,crash,2024-10-02T09:00Z,45 min\nA,api,crash,2024-10-02T09:00Z,46 min\n"
    #expect(slugs { try importText(text, into: database, in: folder) } == ["duplicate-id"])
    let withoutID = text.replacingOccurrences(of: "\nA,", with: "\n,")
    #expect(slugs { try importText(withoutID, into: database, in: folder) } == ["duplicate-id"])
  }

  @Test func aRepeatedRowIsAWarning() throws {
    let row = "A,api,crash,2024-10-02T09:00Z,45 min\n"
    let summary = try importText("\(header)\n\(row)\(row)", into: database, in: folder)
    #expect(summary.inserted == 1 && summary.warnings.map(\.slug) == ["repeated-row"])
  }

  @Test func unknownColumnsAreAWarningWithASuggestion() throws {
    let text = "component,started,duraton,duration,colour\napi,2024-10-03T09:00Z,,45 min,red\n"
    let summary = try importText(text, into: database, in: folder)
    let warning = try #require(summary.warnings.first)
    #expect(warning.slug == "unknown-column" && warning.message.contains("`duraton`, `colour`"))
    #expect(warning.help == "did you mean `duration`?")
  }

  @Test(
    "Unusable files",
    arguments: [
      ("", "file-empty"), ("\n\n", "file-empty"), ("component,started\n", "missing-column"),
      ("component;started;duration\n", "missing-column"),
      ("component,started,duration,Started\n", "repeated-column"),
      ("started,duration\n", "missing-column"), ("\"component,started,duration\n", "csv-unclosed-quote"),
    ])
  func unusableFiles(text: String, slug: String) throws {
    #expect(slugs { try importText(text, into: database, in: folder, keepGood: true) }.contains(slug))
  }

  @Test(
    "Packed files are named as such",
    arguments: [
      ([0x1F, 0x8B, 8, 0], "gzip"), (Array("PK\u{3}\u{4}xl/".utf8), ".xlsx"),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "xz"),
      ([0x28, 0xB5, 0x2F, 0xFD], "zstd"), (Array("BZh91AY&SY".utf8) + [0xE1, 0x00], "bzip2"),
      (Array("SQLite format 3\0".utf8), "SQLite"),
    ] as [([UInt8], String)])
  func packedFiles(bytes: [UInt8], name: String) throws {
    let path = folder.path("packed")
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    do {
      _ = try IncidentImporter(importedAt: importTime).importFile(at: path, into: database)
      Issue.record("imported")
    } catch {
      #expect(error.diagnostics.map(\.slug) == ["file-packed"])
      #expect(error.diagnostics.first?.message.contains(name) == true)
    }
  }

  /// What a shell makes of `<(zcat export.csv.gz)`.
  @Test func aPipeIsReadOnce() async throws {
    let path = folder.path("pipe")
    #expect(mkfifo(path, 0o600) == 0)
    let text = "\(header)\nA,api,crash,2024-10-03T09:00Z,45 min\n"
    let writer = Thread { try? Data(text.utf8).write(to: URL(fileURLWithPath: path), options: []) }
    writer.start()
    let summary = try IncidentImporter(importedAt: importTime).importFile(at: path, into: database)
    #expect(summary.inserted == 1)
  }

  @Test func missingFilesAndFoldersAreFindings() throws {
    let importer = IncidentImporter(importedAt: importTime)
    #expect(
      slugs { _ = try importer.importFile(at: folder.path("none.csv"), into: database) } == ["file-missing"])
    #expect(slugs { _ = try importer.importFile(at: folder.url.path, into: database) } == ["file-unreadable"])
  }

  @Test(
    "Hostile text comes back as it was",
    arguments: [
      "'); DROP TABLE incidents; --", "=HYPERLINK(\"http://x\")", "@SUM(A1)", "🙂👩‍👩‍👧\u{202E}abc",
      "two\r\nlines\nand\rthree",
      "NULL", "%s%n", "\u{1B}[31mred", "\"; SELECT 1; \"",
    ])
  func hostileText(text: String) throws {
    let field = "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    let csv =
      "component,mode,title,note,id,started,duration\n"
      + "\(field),\(field),\(field),\(field),\(field),2024-10-03T09:00Z,1 h\n"
    try importText(csv, into: database, in: folder)
    let incident = try #require(try database.incidents(component: text, mode: text).first)
    #expect(
      [incident.component, incident.mode, incident.title, incident.note, incident.externalID]
        == Array(repeating: text, count: 5))
    #expect(try importText(csv, into: database, in: folder).unchanged == 1)
  }

  @Test func zonelessTimesUseTheGivenZone() throws {
    let text = "component,started,resolved\napi,2024-10-03 09:00,2024-10-03 09:30\n"
    try importText(text, into: database, in: folder, zone: TimeZone(identifier: "Europe/Berlin"))
    #expect(try database.incidents().first?.started == TimeText.date("2024-10-03T07:00Z", zone: nil))
  }

  @Test func manyBadRowsAreCapped() throws {
    let rows = (0..<1_500).map { "\($0),api,crash,never,45 min" }.joined(separator: "\n")
    let found = slugs { try importText("\(header)\n\(rows)", into: database, in: folder) }
    #expect(found.count == ImportSummary.mostFindings + 1 && found.last == "more-findings")
  }

  @Test func progressCountsRows() throws {
    let rows = (0..<2_500).map { "\($0),api,crash,2024-10-03T09:00Z,45 min" }.joined(separator: "\n")
    let path = try folder.write("\(header)\n\(rows)", to: "many.csv")
    var seen: [Int] = []
    let importer = IncidentImporter(importedAt: importTime)
    let summary = try importer.importFile(at: path, into: database) { seen.append($0) }
    #expect(seen == [1_000, 2_000] && summary.inserted == 2_500)
  }
}
