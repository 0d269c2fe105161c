import Diagnostics
import Foundation

import IncidentHistory

/// A folder that goes away with this value; a class because it cleans up when the last reference goes.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("history-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  func write(_ text: String, to name: String) throws -> String {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path(name)))
    return path(name)
  }

  /// The names and bytes of everything in the folder.
  func snapshot() throws -> [String: Data] {
    let names = try FileManager.default.contentsOfDirectory(atPath: url.path)
    return names.reduce(into: [:]) { $0[$1] = try? Data(contentsOf: URL(fileURLWithPath: path($1))) }
  }
}

let importTime = Date(timeIntervalSince1970: 1_750_000_000)

/// Imports CSV text and returns what came of it.
@discardableResult
func importText(
  _ text: String, into database: IncidentDatabase, in folder: TemporaryFolder,
  window: ObservationWindow? = nil,
  zone: TimeZone? = nil, keepGood: Bool = false
) throws -> ImportSummary {
  let path = try folder.write(text, to: "incidents.csv")
  let importer = IncidentImporter(window: window, timeZone: zone, keepGood: keepGood, importedAt: importTime)
  return try importer.importFile(at: path, into: database)
}

/// The slugs of the findings that `body` throws; empty when it throws none.
func slugs(_ body: () throws -> Void) -> [String] {
  do {
    try body()
    return []
  } catch let findings as Findings {
    return findings.diagnostics.map(\.slug)
  } catch {
    return ["\(error)"]
  }
}
