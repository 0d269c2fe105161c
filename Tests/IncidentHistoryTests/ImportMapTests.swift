import Diagnostics
import Foundation
import Testing

import IncidentHistory

@Suite struct ImportMapTests {
  private let folder: TemporaryFolder
  private let database: IncidentDatabase

  init() throws {
    folder = try TemporaryFolder()
    database = try IncidentDatabase(path: folder.path("incidents.db"), mode: .create)
  }

  private func map(_ json: String) throws -> ImportMap {
    try ImportMap(path: folder.write(json, to: "map.json"))
  }

  @Test("A mapping reads a file of another shape, and counts equal rows as it says")
  func mappedCSV() throws {
    let map = try ImportMap(path: fixture("failures-map.json"))
    let importer = IncidentImporter(map: map, importedAt: importTime)
    let summary = try importer.importFile(at: fixture("failures.csv"), into: database)
    #expect((summary.inserted, summary.skippedRows) == (4, 0))
    #expect(summary.unmatched.map(\.service) == ["20"])
    #expect(
      Set(summary.warnings.map(\.slug)) == ["overlapping-incidents", "unmatched-service", "zero-duration"])
    let incidents = try database.incidents()
    #expect(incidents.map { $0.outageHours } == [1, 1, 0, 2])
    #expect(incidents.map(\.component) == ["system-2", "system-2", "system-2", "20"])
    #expect(incidents.allSatisfy { $0.mode == "outage" && $0.source == "cluster" })
    #expect(incidents[0].started == (try TimeText.date("2005-06-21T10:54-06:00", zone: nil)))
    #expect(incidents[2].title == nil)
    let again = try importer.importFile(at: fixture("failures.csv"), into: database)
    #expect((again.inserted, again.updated, again.unchanged) == (0, 0, 4))
  }

  /// Rows without an id are known by what the file says of them, so another mapping updates them.
  @Test func anotherMappingChangesIncidentsInsteadOfAddingThem() throws {
    let text = "service,component,started,duration\nShop,,2024-01-01T00:00Z,1 h\n,web,2024-01-02T00:00Z,1 h\n"
    let path = try folder.write(text, to: "rows.csv")
    var importer = IncidentImporter(component: "x", importedAt: importTime)
    #expect(try importer.importFile(at: path, into: database).inserted == 2)
    importer.map = try map(#"{"components": {"shop/outage": ["shop"], "site": ["web"]}}"#)
    let summary = try importer.importFile(at: path, into: database)
    #expect((summary.inserted, summary.updated) == (0, 2) && summary.unmatched.isEmpty)
    #expect(try database.incidents().map(\.component) == ["shop", "site"])
    importer.map = ImportMap().matching(components: ["web", "db"])
    #expect(try importer.importFile(at: path, into: database).unmatched.map(\.service) == ["Shop"])
  }

  @Test func mappedJSON() throws {
    let data = try folder.write(
      #"{"meta": {"n": 2}, "data": {"items": [{"t": {"from": 1700000000000, "to": 1700003600000}, "what": "api"}]}}"#,
      to: "data.json")
    let map = try map(
      #"{"records": "data.items", "times": "unix-ms", "columns": {"component": "what", "started": "t.from", "resolved": "t.to"}}"#
    )
    _ = try IncidentImporter(map: map, importedAt: importTime).importFile(at: data, into: database)
    #expect(try database.incidents().map(\.outageHours) == [1])
  }

  @Test func lengthsWithoutAUnit() throws {
    let data = try folder.write(
      "when,who,lasted\n01/31/2013,shop,49.5\n02/01/2013,shop,2 h\n", to: "data.csv")
    let map = try map(
      #"{"columns": {"started": "when", "service": "who", "duration": "lasted"}, "times": "MM/dd/yyyy", "time-zone": "UTC", "length-unit": "min"}"#
    )
    _ = try IncidentImporter(map: map, importedAt: importTime).importFile(at: data, into: database)
    #expect(try database.incidents().map(\.outageHours) == [0.825, 2])
  }

  @Test func oneObjectOnEachLine() throws {
    let lines = (0..<3).map {
      #"{"c": "api", "s": "2024-01-0\#($0 + 1)T00:00Z", "e": "2024-01-0\#($0 + 1)T01:00Z"}"#
    }
    let data = try folder.write(lines.joined(separator: "\n"), to: "data.jsonl")
    let map = try map(#"{"columns": {"component": "c", "started": "s", "resolved": "e"}}"#)
    #expect(
      try IncidentImporter(map: map, importedAt: importTime).importFile(at: data, into: database).inserted
        == 3)
  }

  @Test(
    "Services find their components",
    arguments: [
      ("checkout", nil, "checkout", "outage"), ("Checkout API", nil, "checkout", "outage"),
      ("PAY-17", nil, "checkout", "outage"), ("db", "out of MEMORY again", "database", "memory"),
      ("db", "something else", "database", "outage"), ("cache", nil, "cache", nil),
    ] as [(String, String?, String, String?)])
  func matches(service: String, title: String?, component: String, mode: String?) throws {
    var rules = try map(
      """
      {"components": {"checkout/outage": {"names": ["checkout api"], "patterns": ["pay-*"]},
        "database/outage": ["db"], "database/memory": {"names": ["db"], "titles": ["*out of memory*"]}}}
      """
    ).components
    rules.components = ["Cache", "cache"]
    let match = try #require(rules.match(service: service, title: title))
    #expect(match.component.lowercased() == component && match.mode == mode)
    #expect(rules.match(service: "mail", title: nil) == nil)
  }

  @Test(
    "Patterns",
    arguments: [
      ("*", "", true), ("a*c", "abbbc", true), ("a*c", "abcd", false), ("?b?", "abc", true), ("?", "", false),
      ("*a*b*", "xxaxxbxx", true), ("*a*b*", "xxbxxaxx", false), ("A", "a", true),
      (String(repeating: "*a", count: 20) + "b", String(repeating: "a", count: 60), false),
    ])
  func patterns(pattern: String, name: String, fits: Bool) {
    #expect(NamePattern(pattern).matches(name) == fits)
  }

  @Test(
    "Bad mappings are located",
    arguments: [
      ("[]", "bad-map"), ("{}", "bad-map"), (#"{"colums": {}}"#, "unknown-key"),
      (#"{"columns": {"startd": "x"}}"#, "unknown-key"),
      (#"{"columns": {"started": 5.5, "id": {}}}"#, "bad-map"),
      (#"{"times": "yyyy-QQ"}"#, "bad-time-pattern"), (#"{"time-zone": "Mars/Base"}"#, "bad-time-zone"),
      (#"{"separator": ";;"}"#, "bad-map"), (#"{"length-unit": "parsec"}"#, "bad-length-unit"),
      (#"{"repeated-rows": "maybe"}"#, "bad-map"),
      (#"{"components": {"a": {"name": "x"}}}"#, "unknown-key"), (#"{"source": "a""#, "json-syntax"),
      (#"{"source": "a"} x"#, "json-syntax"),
    ])
  func badMaps(json: String, slug: String) {
    #expect(slugs { _ = try map(json) } == [slug])
  }
}
