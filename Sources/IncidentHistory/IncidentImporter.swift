public import Diagnostics
public import Foundation
import GRDB
import Quantities

/// Reads incidents from files into a database, all of a file or nothing.
public struct IncidentImporter: Sendable {
  /// What the rows' source is called when they do not name one; with a row's id it identifies an incident.
  public let source: String
  /// When the incidents were watched for; recorded with them.
  public let window: ObservationWindow?
  /// The zone of times written without one; `nil` refuses them.
  public let timeZone: TimeZone?
  /// Whether the good rows of a file with bad ones are imported.
  public let keepGood: Bool
  /// The time to record for the import.
  public let importedAt: Date

  /// An importer with its settings.
  public init(
    source: String = "csv", window: ObservationWindow? = nil, timeZone: TimeZone? = nil,
    keepGood: Bool = false,
    importedAt: Date
  ) {
    self.source = source
    self.window = window
    self.timeZone = timeZone
    self.keepGood = keepGood
    self.importedAt = importedAt
  }

  /// Imports a CSV file whose first line names the columns.
  ///
  /// Required are `component`, `started` and one of `resolved`, `impact_end` and `duration`; further columns
  /// are `id`, `service`, `mode`, `severity`, `urgency`, `title`, `detected`, `acknowledged`, `mitigated`,
  /// `impact_start`, `planned`, `impact_fraction`, `users`, `cost`, `parent`, `source` and `note`. Everything
  /// happens in one transaction; importing the same file again changes nothing, and a row that changed since
  /// updates its incident.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - database: Where the incidents go; opened for writing.
  ///   - progress: Called with the number of rows read, after every thousand.
  /// - Throws: Located findings. Then nothing was imported; with `keepGood` that takes an unusable header or
  ///   database, while bad rows are told in the summary.
  /// - Complexity: Linear in the file's length, in memory that does not grow with it.
  public func importCSV(
    at path: String, into database: IncidentDatabase, progress: (Int) -> Void = { _ in }
  ) throws(Findings) -> ImportSummary {
    var reader = CSVReader(try ByteCursor(path: path))
    guard let first = try reader.next() else {
      throw Findings([
        Diagnostic(slug: "file-empty", "\(named(path)) is empty; expected a line of column names", at: nil)
      ])
    }
    let quotable = SourceText.small(at: path)
    do {
      let header = try IncidentHeader(first)
      var summary = ImportSummary()
      try database.write { connection in
        summary = try fill(connection, from: &reader, header: header, progress: progress)
        return summary.changedAnything ? .commit : .rollback
      }
      return summary
    } catch {
      throw error.adding(sources: quotable.map { [$0] } ?? [])
    }
  }

  /// Reads all rows into an open transaction; throws when it must not be kept.
  private func fill(
    _ connection: Database, from reader: inout CSVReader, header: IncidentHeader, progress: (Int) -> Void
  ) throws -> ImportSummary {
    let record = try ImportRecord(
      connection, file: reader.cursor.name, source: source, importedAt: importedAt)
    let writer = try IncidentWriter(connection, importID: record.id)
    var summary = ImportSummary()
    summary.warn(header.warnings)
    var rows = 0
    while let next = try reader.next() {
      try add(IncidentRow(next, header: header, zone: timeZone), with: writer, to: &summary)
      rows += 1
      if rows.isMultiple(of: 1_000) { progress(rows) }
    }
    if summary.skippedRows > 0, !keepGood { throw findings(summary) }
    if rows == 0 { summary.warn([Self.noRows(in: reader.cursor.name)]) }
    if let window { summary.windowAdded = try record.add(window) }
    try record.finish(summary, sha256: reader.cursor.digest.hexDigest())
    return summary
  }

  private func add(_ row: IncidentRow, with writer: IncidentWriter, to summary: inout ImportSummary) throws {
    var row = row
    guard let incident = row.incident(source: source) else { return summary.skip(row.problems) }
    summary.warn(row.warnings)
    switch try writer.write(incident, line: row.location.line) {
    case .inserted: summary.inserted += 1
    case .updated: summary.updated += 1
    case .unchanged: summary.unchanged += 1
    case .repeated(let line): summary.warn([Self.repeated(row, since: line)])
    case .contradicts(let line): summary.skip([Self.contradiction(incident, row, since: line)])
    }
  }

  /// Everything found, when bad rows keep the file out.
  private func findings(_ summary: ImportSummary) -> Findings {
    var all = summary.skipped + summary.warnings
    if summary.skipped.count == ImportSummary.mostFindings {
      let message = "\(summary.skippedRows) rows are bad; only the first findings are shown"
      all.append(Diagnostic(slug: "more-findings", message, at: nil))
    }
    return Findings(all)
  }

  private static func noRows(in file: String) -> Diagnostic {
    Diagnostic(.warning, slug: "no-rows", "\(named(file)) has no rows below its header", at: nil)
  }

  private static func repeated(_ row: IncidentRow, since line: Int) -> Diagnostic {
    Diagnostic(
      .warning, slug: "repeated-row", "the row repeats line \(line) and is not counted again",
      at: row.location,
      help: "if these are two incidents, give each an id in a column `id`")
  }

  private static func contradiction(_ incident: Incident, _ row: IncidentRow, since line: Int) -> Diagnostic {
    let isOwnID = !incident.externalID.hasPrefix("sha256:")
    let what = isOwnID ? "the id \(quoted(incident.externalID))" : "the same component, mode, title and start"
    return Diagnostic(
      slug: "duplicate-id", "\(what) stands in line \(line) with another content", at: row.location,
      help: isOwnID ? "give each incident its own id" : "give each incident an id in a column `id`")
  }
}

extension SourceText {
  /// The text of a file short enough to quote lines from.
  fileprivate static func small(at path: String) -> SourceText? {
    let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int
    guard let size, size <= 1_000_000, let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      return nil
    }
    return SourceText(name: path, text: text)
  }
}
