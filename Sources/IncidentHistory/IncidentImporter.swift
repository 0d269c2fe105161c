public import Diagnostics
public import Foundation
internal import StructuredText
import GRDB

/// Reads incidents from files into a database, all of a file or nothing.
public struct IncidentImporter: Sendable {
  /// What the rows' source is called when they do not name one; with a row's id it identifies an incident. `nil`
  /// takes the mapping's, else the format's.
  public var source: String?
  /// When the incidents were watched for; recorded with them.
  public var window: ObservationWindow?
  /// The zone of times written without one; `nil` takes the mapping's, and without that refuses them.
  public var timeZone: TimeZone?
  /// Whether the good rows of a file with bad ones are imported.
  public var keepGood: Bool
  /// The format; `nil` lets the file tell.
  public var format: IncidentFormat?
  /// Which field is which column, and which service which component.
  public var map: ImportMap
  /// The component of rows that name none; `nil` files them under `unassigned`.
  public var component: String?
  /// The time to record for the import.
  public let importedAt: Date

  /// An importer with its settings.
  public init(
    source: String? = nil, window: ObservationWindow? = nil, timeZone: TimeZone? = nil,
    keepGood: Bool = false,
    format: IncidentFormat? = nil, map: ImportMap = ImportMap(), component: String? = nil, importedAt: Date
  ) {
    self.source = source
    self.window = window
    self.timeZone = timeZone
    self.keepGood = keepGood
    self.format = format
    self.map = map
    self.component = component
    self.importedAt = importedAt
  }

  /// Imports a file: an export of one of ``IncidentFormat/all``, a file that ``map`` explains, or our own CSV.
  ///
  /// Our own CSV needs `component`, `started` and one of `resolved`, `impact_end` and `duration`; see
  /// ``IncidentColumn``. Everything happens in one transaction; importing the same file again changes nothing, and a
  /// row that changed since updates its incident.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - database: Where the incidents go; opened for writing.
  ///   - progress: Called with the number of rows read, after every thousand.
  /// - Throws: Located findings. Then nothing was imported; with `keepGood` that takes an unusable header or
  ///   database, while bad rows are told in the summary.
  /// - Complexity: Linear in the file's length, in memory that does not grow with it.
  public func importFile(
    at path: String, into database: IncidentDatabase, progress: (Int) -> Void = { _ in }
  ) throws(Findings) -> ImportSummary {
    let quotable = SourceText.small(at: path)
    do {
      let stream = try opened(path)
      var summary = ImportSummary()
      try database.write { connection in
        var run = try ImportRun(self, of: stream, file: path, in: connection)
        summary = try run.summary(progress: progress)
        return summary.changedAnything ? .commit : .rollback
      }
      return summary
    } catch {
      throw error.adding(sources: quotable.map { [$0] } ?? [])
    }
  }

  private func opened(_ path: String) throws(Findings) -> IncidentStream {
    guard format == nil, !map.columns.isEmpty else {
      return try IncidentStream(path: path, format: format, separator: map.separator)
    }
    var reader = JSONReader(try ByteCursor(path: path))
    let isJSON = try [UInt8(ascii: "{"), UInt8(ascii: "[")].contains(reader.peek())
    return try IncidentStream(path: path, format: map.format(isJSON: isJSON), separator: map.separator)
  }
}

extension SourceText {
  /// The text of a file short enough to quote lines from.
  static func small(at path: String) -> SourceText? {
    // A pipe can be read only once.
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    guard attributes?[.type] as? FileAttributeType == .typeRegular else { return nil }
    guard let size = attributes?[.size] as? Int, size <= 1_000_000,
      let text = try? String(contentsOfFile: path, encoding: .utf8)
    else {
      return nil
    }
    return SourceText(name: path, text: text)
  }
}
