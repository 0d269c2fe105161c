internal import StructuredText

import Diagnostics
import GRDB

/// One import under way, inside an open transaction.
struct ImportRun {
  private let importer: IncidentImporter
  private let rules: RowRules
  private let record: ImportRecord
  private let indices: IndexedLater
  private let writer: IncidentWriter
  private let staging: IncidentStaging?
  private let database: Database
  private var stream: IncidentStream
  private var assignment: ComponentAssignment
  private var remarks = RemarkTally()
  private var overlaps = OverlapTally()
  private var summary = ImportSummary()
  private let file: String

  init(_ importer: IncidentImporter, of stream: IncidentStream, file: String, in database: Database) throws {
    let source = importer.source ?? importer.map.source ?? stream.format.source
    self.importer = importer
    self.stream = stream
    self.file = file
    self.database = database
    rules = RowRules(
      isStrict: stream.format.isStrict, zone: importer.timeZone ?? importer.map.timeZone,
      patterns: stream.format.patterns, source: source)
    indices = try IndexedLater(database)
    record = try ImportRecord(database, file: file, source: source, importedAt: importer.importedAt)
    writer = try IncidentWriter(database, importID: record.id)
    staging = stream.format.hasRevisions ? try IncidentStaging(database) : nil
    assignment = ComponentAssignment(
      rules: importer.map.components, fallback: importer.component, isStrict: stream.format.isStrict)
    summary.format = stream.format.title
    summary.isOwnFormat = stream.format.isStrict
  }

  /// Reads all rows; throws when the transaction must not be kept.
  mutating func summary(progress: (Int) -> Void) throws -> ImportSummary {
    summary.warn(stream.warnings)
    var rows = 0
    while let raw = try stream.next() {
      try add(raw)
      rows += 1
      if rows.isMultiple(of: 1_000) { progress(rows) }
    }
    try writeStaged()
    try indices.make()
    if summary.skippedRows > 0, !importer.keepGood { throw findings() }
    if rows == 0 {
      summary.warn([Diagnostic(.warning, slug: "no-rows", "\(named(file)) holds no incidents", at: nil)])
    }
    if let window = importer.window { summary.windowAdded = try record.add(window) }
    try tellTheRest()
    try record.finish(summary, sha256: stream.digest)
    return summary
  }

  private mutating func add(_ raw: RawIncident) throws {
    var raw = raw
    if let reason = raw.ignored {
      summary.ignoredRows += 1
      return remarks.note(reason, at: raw.location)
    }
    assignment.assign(&raw)
    var row = IncidentRow(raw, rules: rules)
    guard let incident = row.incident() else { return summary.skip(row.problems) }
    summary.warn(row.warnings)
    for remark in row.remarks where staging == nil || !remark.isAboutEnds {
      remarks.note(remark, at: raw.location)
    }
    if let staging {
      try staging.put(incident, revision: raw.revision ?? 0, line: raw.location.line)
    } else {
      try write(incident, at: raw.location)
    }
  }

  /// Writes the last version of each incident of a file that tells every change.
  private mutating func writeStaged() throws {
    guard let staging else { return }
    try staging.forEach { incident, line in
      let place = SourceLocation(file: file, line: line, column: 1)
      if incident.outageEnd == nil { remarks.note(.notEnded, at: place) }
      if incident.outageEnd == incident.outageStart { remarks.note(.zeroLength, at: place) }
      try write(incident, at: place)
    }
  }

  private mutating func write(_ incident: Incident, at place: SourceLocation) throws {
    var incident = incident
    let countsRepeats = stream.format.countsRepeatedRows && incident.isIdentifiedByContent
    let id = incident.externalID
    var outcome = try writer.write(incident, line: place.line)
    var copy = 2
    while countsRepeats, outcome.isRepetition {
      incident.externalID = "\(id)#\(copy)"
      outcome = try writer.write(incident, line: place.line)
      copy += 1
    }
    count(outcome, of: incident, at: place)
  }

  private mutating func count(
    _ outcome: IncidentWriter.Outcome, of incident: Incident, at place: SourceLocation
  ) {
    switch outcome {
    case .inserted:
      summary.inserted += 1
      overlaps.note(incident)
    case .updated:
      summary.updated += 1
      overlaps.note(incident)
    case .unchanged: summary.unchanged += 1
    case .repeated(let line): summary.warn([Self.repeated(place, since: line)])
    case .contradicts(let line): summary.skip([Self.contradiction(incident, place, since: line)])
    }
  }

  private mutating func tellTheRest() throws {
    summary.warn(remarks.warnings)
    summary.unmatched = assignment.unmatched
    if let warning = assignment.warning(in: file) { summary.warn([warning]) }
    let overlaps = try overlaps.count ?? record.overlaps()
    guard overlaps > 0 else { return }
    let message =
      "\(overlaps) incidents began while an earlier one of the same component and mode lasted; each counts"
    summary.warn([Diagnostic(.warning, slug: "overlapping-incidents", message, at: nil)])
  }

  // MARK: Findings

  /// Everything found, when bad rows keep the file out.
  private func findings() -> Findings {
    var all = summary.skipped + summary.warnings
    if summary.skipped.count == ImportSummary.mostFindings {
      let message = "\(summary.skippedRows) rows are bad; only the first findings are shown"
      all.append(Diagnostic(slug: "more-findings", message, at: nil))
    }
    return Findings(all)
  }

  private static func repeated(_ place: SourceLocation, since line: Int) -> Diagnostic {
    Diagnostic(
      .warning, slug: "repeated-row", "the row repeats line \(line) and is not counted again", at: place,
      help: "if these are two incidents, give each an id in a column `id`")
  }

  private static func contradiction(_ incident: Incident, _ place: SourceLocation, since line: Int)
    -> Diagnostic
  {
    let isOwnID = !incident.isIdentifiedByContent
    let what = isOwnID ? "the id \(quoted(incident.externalID))" : "the same component, mode, title and start"
    return Diagnostic(
      slug: "duplicate-id", "\(what) stands in line \(line) with another content", at: place,
      help: isOwnID ? "give each incident its own id" : "give each incident an id in a column `id`")
  }
}

extension ImportRemark {
  /// Whether it is about the end of an outage, which only the last of several records tells.
  fileprivate var isAboutEnds: Bool { self == .notEnded || self == .zeroLength }
}
