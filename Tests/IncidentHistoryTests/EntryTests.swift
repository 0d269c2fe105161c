import Diagnostics
import Foundation
import Testing

import IncidentHistory

@Suite struct EntryTests {
  private let folder: TemporaryFolder
  private let database: IncidentDatabase

  init() throws {
    folder = try TemporaryFolder()
    database = try IncidentDatabase(path: folder.path("incidents.db"), mode: .create)
  }

  private let crash: IncidentDatabase.Entry = [
    (.id, "A"), (.component, "api"), (.mode, "crash"), (.started, "2024-01-01T00:00Z"), (.duration, "45 min"),
  ]

  @Test func addedIncidentsAreThere() throws {
    let added = try database.add(crash + [(.acknowledged, "+90 s")], source: "manual", zone: nil)
    #expect(try database.incidents() == [added])
    #expect(added.outageHours == 0.75 && added.acknowledged?.timeIntervalSince(added.started) == 90)
    #expect(slugs { _ = try database.add(crash, source: "manual", zone: nil) } == ["incident-exists"])
  }

  @Test func whatIsWrongIsSaidAtItsOption() throws {
    do {
      _ = try database.add([(.started, "soon"), (.duration, "-5 min")], source: "manual", zone: nil)
      Issue.record("accepted nonsense")
    } catch {
      #expect(Set(error.diagnostics.map(\.slug)) == ["missing-field", "bad-time", "negative-duration"])
      #expect(
        Set(error.diagnostics.compactMap { $0.location?.file }) == ["--component", "--started", "--duration"])
    }
  }

  @Test func editingChangesWhatIsGiven() throws {
    _ = try database.add(crash + [(.title, "x"), (.note, "y")], source: "manual", zone: nil)
    let (changed, _) = try database.edit(
      id: "A", source: nil, [(.duration, "1 h"), (.note, ""), (.planned, "yes")], zone: nil)
    #expect(changed.outageHours == 1 && changed.isPlanned && changed.note == nil && changed.title == "x")
    #expect(try database.incidents() == [changed])
    let finds = {
      slugs {
        _ = try self.database.edit(id: "A", source: nil, [(.resolved, "2023-01-01T00:00Z")], zone: nil)
      }
    }
    #expect(finds() == ["end-before-start"])
    #expect(
      slugs { _ = try database.edit(id: "B", source: nil, [(.note, "")], zone: nil) } == ["incident-missing"])
  }

  @Test func anOpenIncidentIsClosed() throws {
    var entry = crash
    entry[4] = (.resolved, "open")
    _ = try database.add(entry, source: "manual", zone: nil)
    #expect(try database.incidents().map(\.outageEnd) == [nil])
    _ = try database.edit(id: "A", source: nil, [(.duration, "2 h")], zone: nil)
    #expect(try database.incidents().map(\.outageHours) == [2])
  }

  @Test func equalIDsNeedTheirSource() throws {
    _ = try database.add(crash, source: "one", zone: nil)
    _ = try database.add(crash, source: "two", zone: nil)
    let edit = { (source: String?) in
      slugs { _ = try self.database.edit(id: "A", source: source, [(.title, "t")], zone: nil) }
    }
    #expect(edit(nil) == ["incident-ambiguous"] && edit("two") == [])
    #expect(try database.incidents().map(\.title) == [nil, "t"])
  }

  private func exported(_ form: IncidentExport, _ database: IncidentDatabase) throws -> String {
    var text = ""
    _ = try form.write(database, matching: IncidentFilter()) { text += $0 }
    return text
  }

  @Test("What is exported comes back the same", arguments: IncidentExport.allCases)
  func roundTrip(form: IncidentExport) throws {
    for title in [
      "=HYPERLINK(\"x\")", "'=1", "@a", "-1", "+1", "two\r\nlines, \"quoted\"", " spaces ", "🙂", "'plain",
    ] {
      _ = try database.add(
        [
          (.component, "api"), (.title, title), (.started, "2024-01-01T00:00:00.250Z"), (.resolved, "+1 h"),
          (.impactFraction, "0.3"), (.users, "12"), (.cost, "2500.50"), (.planned, "yes"),
          (.duplicateOf, "Z"),
          (.service, "=cmd"),
        ], source: "manual", zone: nil)
    }
    _ = try database.add(
      [(.component, "api"), (.started, "2024-01-02T00:00Z"), (.resolved, "open")], source: "s", zone: nil)
    let text = try exported(form, database)
    let other = try IncidentDatabase(path: folder.path("other.db"), mode: .create)
    let path = try folder.write(text, to: "export.\(form.rawValue)")
    let summary = try IncidentImporter(importedAt: importTime).importFile(at: path, into: other)
    #expect(summary.inserted == 10 && summary.skippedRows == 0)
    #expect(try other.incidents() == database.incidents())
    #expect(try exported(form, other) == text)
  }

  @Test func noFieldIsAFormula() throws {
    for (index, title) in ["=1+1", "+1", "-1", "@x", "\tx"].enumerated() {
      _ = try database.add(
        [
          (.id, "\(index)"), (.component, "api"), (.title, title), (.started, "2024-01-01T00:00Z"),
          (.duration, "1 h"),
        ],
        source: "manual", zone: nil)
    }
    let fields = try exported(.csv, database).split(whereSeparator: { ",\r\n".contains($0) })
    #expect(fields.count > 30)
    #expect(
      !fields.contains { field in
        "=+-@\t".contains { field.hasPrefix(String($0)) || field.hasPrefix("\"\($0)") }
      })
  }
}
