package import Diagnostics
internal import Quantities
internal import StructuredText

/// The incidents of a file, one at a time, whatever its format; memory does not grow with the file.
package struct IncidentStream {
  /// What the fields of a record are called.
  private enum Names {
    case own(IncidentHeader)
    case csv(CSVHeader)
    case json
  }

  /// The format that is read.
  package let format: IncidentFormat
  /// What is odd about the file as a whole.
  package private(set) var warnings: [Diagnostic] = []
  private let names: Names
  // The one that reads the file; not in a case of an enum, which would copy its buffers with every record.
  private var rows: CSVReader?
  private var records: JSONRecords?
  private var waiting: ArraySlice<RawIncident> = []

  /// Opens a file, of a stated format or of the one its header or first record tells.
  ///
  /// - Throws: `file-…`, `format-unknown`, `format-mismatch`, `missing-column` or what is wrong with the header.
  package init(path: String, format wanted: IncidentFormat?, separator: UInt8 = UInt8(ascii: ","))
    throws(Findings)
  {
    var json = JSONReader(try ByteCursor(path: path))
    let looksLikeJSON = try [UInt8(ascii: "{"), UInt8(ascii: "[")].contains(json.peek())
    if try json.peek() == nil { throw Self.empty(path) }
    if let wanted { try Self.check(wanted, looksLikeJSON: looksLikeJSON, path: path) }
    if looksLikeJSON {
      self = try Self.openedJSON(json, wanted: wanted)
    } else {
      var reader = CSVReader(json.cursor)
      reader.separator = separator
      self = try Self.openedCSV(reader, wanted: wanted)
    }
  }

  private init(_ format: IncidentFormat, _ names: Names, _ rows: CSVReader) {
    (self.format, self.names, self.rows) = (format, names, rows)
  }

  private init(_ format: IncidentFormat, _ records: JSONRecords) {
    (self.format, self.names, self.records) = (format, .json, records)
  }

  /// The digest of everything read.
  var digest: String {
    (rows?.cursor ?? records?.cursor)?.digest.hexDigest() ?? ""
  }

  /// The next incident, not read yet; `nil` at the end.
  package mutating func next() throws(Findings) -> RawIncident? {
    if case .own(let header) = names { return try rows?.next().map(header.raw) }
    while waiting.isEmpty {
      guard let more = try nextRecord() else { return nil }
      waiting = more[...]
    }
    return waiting.popFirst()
  }

  private mutating func nextRecord() throws(Findings) -> [RawIncident]? {
    switch names {
    case .own(let header): return try rows?.next().map { [header.raw($0)] }
    case .csv(let header): return try rows?.next().map { checked($0, header) }
    case .json: return try records?.next().map(incidents)
    }
  }

  private func checked(_ record: CSVRecord, _ header: CSVHeader) -> [RawIncident] {
    var raws = format.incidents(of: CSVNamedRecord(record: record, header: header))
    for index in raws.indices {
      raws[index].problems += record.problems
      if record.problems.isEmpty, record.fields.count != header.width {
        raws[index].problems.append(IncidentHeader.fieldCount(record, expected: header.width))
      }
    }
    return raws
  }

  private func incidents(of found: JSONRecords.Found) -> [RawIncident] {
    guard case .json(let paths) = format.container, paths.contains(found.path) else { return [] }
    guard case .object = found.record.content else {
      var raw = RawIncident(at: found.record.location)
      raw.problems = [
        Diagnostic(slug: "no-object", "expected an object for each incident", at: found.record.location)
      ]
      return [raw]
    }
    return format.incidents(of: found.record)
  }

  // MARK: Opening

  private static func openedCSV(_ reader: CSVReader, wanted: IncidentFormat?) throws(Findings)
    -> IncidentStream
  {
    var reader = reader
    guard let first = try reader.next() else { throw empty(reader.cursor.name) }
    let names = CSVNamedRecord(record: first, header: CSVHeader(first))
    let known = wanted ?? IncidentFormat.all.first { $0.recognises(names) }
    guard let format = known, format.name != IncidentFormat.relmodelCSV.name else {
      let header = try IncidentHeader(first)
      var stream = IncidentStream(.relmodelCSV, .own(header), reader)
      stream.warnings = header.warnings
      return stream
    }
    guard first.problems.isEmpty else { throw Findings(first.problems) }
    try check(format, has: names)
    let wanted = format.columns.flatMap(\.fields)
    return IncidentStream(format, .csv(CSVHeader(first, nulls: format.nulls, wanted: wanted)), reader)
  }

  private static func openedJSON(_ reader: JSONReader, wanted: IncidentFormat?) throws(Findings)
    -> IncidentStream
  {
    if let wanted, case .json(let paths) = wanted.container {
      return IncidentStream(wanted, JSONRecords(reader.cursor, paths: paths))
    }
    var records = JSONRecords(reader.cursor, paths: IncidentFormat.allPaths)
    var seen: [LocatedJSON] = []
    while let found = try records.next() {
      if let format = IncidentFormat.all.first(where: { $0.recognises(found.record, at: found.path) }) {
        var stream = IncidentStream(format, records)
        stream.waiting = stream.incidents(of: found)[...]
        return stream
      }
      seen.append(found.record)
      if seen.count >= 20 { break }
    }
    throw unknown(reader.cursor.name, record: seen.first)
  }

  // MARK: Findings

  private static func empty(_ path: String) -> Findings {
    Findings([
      Diagnostic(
        slug: "file-empty", "\(named(path)) is empty; expected a line of column names, or JSON", at: nil)
    ])
  }

  private static func unknown(_ path: String, record: LocatedJSON?) -> Findings {
    let keys = (record?.members ?? []).prefix(12).map(\.key).joined(separator: ", ")
    let found = record == nil ? "no records" : "records with the keys \(quoted(keys))"
    return Findings([
      Diagnostic(
        slug: "format-unknown", "\(named(path)) is of no known format; found \(found)", at: record?.location,
        help: "name the format with --format, or say which key is which with --map FILE")
    ])
  }

  private static func check(_ format: IncidentFormat, looksLikeJSON: Bool, path: String) throws(Findings) {
    guard (format.container == .csv) == looksLikeJSON else { return }
    let (wanted, found) = looksLikeJSON ? ("CSV", "JSON") : ("JSON", "no JSON")
    throw Findings([
      Diagnostic(
        slug: "format-mismatch", "\(format.title) is \(wanted), but \(named(path)) holds \(found)", at: nil,
        help: "leave --format out to let the file tell")
    ])
  }

  /// A CSV header needs a field for the start, or nothing in the file can be read.
  private static func check(_ format: IncidentFormat, has names: CSVNamedRecord) throws(Findings) {
    let wanted = format.columns.first { $0.column == .started }?.fields ?? []
    let hasConstant = format.constants.contains { $0.column == .started }
    guard !hasConstant, !wanted.contains(where: names.has) else { return }
    let message =
      "no column \(wanted.map { quoted($0) }.joined(separator: " or ")), which \(format.title) needs"
    throw Findings([Diagnostic(slug: "missing-column", message, at: names.location)])
  }
}

extension IncidentFormat {
  /// Where records of any JSON format stand.
  fileprivate static var allPaths: [String] {
    all.reduce(into: []) { paths, format in
      if case .json(let more) = format.container { paths += more.filter { !paths.contains($0) } }
    }
  }
}
