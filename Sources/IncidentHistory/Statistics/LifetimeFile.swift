public import Diagnostics
internal import StructuredText
import Quantities

/// Times from a CSV file of one's own, by group.
public struct LifetimeFile: Sendable {
  /// Which column is what.
  public struct Columns: Sendable, Hashable {
    /// The times; without it the file has to have one column.
    public var time: String?
    /// Whether a time is censored: `1`, `yes`, `true` or `censored`; empty, `0`, `no`, `false` or `failed` otherwise.
    public var censored: String?
    /// What the time belongs to.
    public var group: String?
    /// How many hours one of its units is.
    public var unitHours = 1.0

    /// Times in hours in the only column.
    public init() {}
  }

  /// The groups in the order of their names, times in hours.
  public let samples: [LifetimeSample]

  private static let yes: Set = ["1", "yes", "true", "censored", "y"]
  private static let no: Set = ["", "0", "no", "false", "failed", "n"]

  /// Reads a file.
  ///
  /// - Throws: every wrong row at once, up to 100, with its line.
  public init(path: String, columns: Columns) throws(Findings) {
    var reader = CSVReader(try ByteCursor(path: path))
    guard let header = try reader.next() else {
      throw Findings([
        Diagnostic(slug: "data-empty", "\(path) holds nothing", at: nil, help: "write a header and times")
      ])
    }
    let indices = try Self.indices(columns, in: header)
    var table = Table(indices: indices, unitHours: columns.unitHours)
    while let record = try reader.next(), table.problems.count < 100 { table.add(record) }
    if !table.problems.isEmpty { throw Findings(table.problems) }
    samples = table.groups.keys.sorted().compactMap { name in
      table.groups[name].map {
        LifetimeSample(
          group: name, quantity: columns.time ?? header.fields[indices.time].text, failures: $0.failures,
          censored: $0.censored)
      }
    }
  }

  private typealias Indices = (time: Int, censored: Int?, group: Int?)

  private static func indices(_ columns: Columns, in header: CSVRecord) throws(Findings) -> Indices {
    let names = header.fields.map(\.text)
    func index(_ name: String, option: String) throws(Findings) -> Int {
      try NumberFile.index(of: NumberFile.Column(name, option: option), in: header)
    }
    guard columns.time != nil || names.count == 1 else {
      throw Findings([
        Diagnostic(
          slug: "unknown-column", "which of the \(names.count) columns holds the times is not said",
          at: header.location, help: "--time '\(names.first ?? "NAME")'")
      ])
    }
    let time = try columns.time.map { (name) throws(Findings) in try index(name, option: "--time") } ?? 0
    let censored = try columns.censored.map { (name) throws(Findings) in
      try index(name, option: "--censored")
    }
    let group = try columns.group.map { (name) throws(Findings) in try index(name, option: "--group") }
    return (time, censored, group)
  }

  /// The rows read so far.
  private struct Table {
    let indices: Indices
    let unitHours: Double
    var groups: [String: (failures: [Double], censored: [Double])] = [:]
    var problems: [Diagnostic] = []

    mutating func add(_ record: CSVRecord) {
      guard !record.isBlank else { return }
      problems += record.problems
      guard record.problems.isEmpty, let time = time(of: record), let isCensored = isCensored(record) else {
        return
      }
      let name = indices.group.flatMap { field($0, of: record)?.text } ?? "all"
      var group = groups[name] ?? ([], [])
      if isCensored { group.censored.append(time) } else { group.failures.append(time) }
      groups[name] = group
    }

    private func field(_ index: Int, of record: CSVRecord) -> CSVRecord.Field? {
      record.fields.indices.contains(index) ? record.fields[index] : nil
    }

    private mutating func time(of record: CSVRecord) -> Double? {
      guard let field = field(indices.time, of: record) else {
        problems.append(Diagnostic(slug: "missing-field", "the row has no time", at: record.location))
        return nil
      }
      guard let number = NumberText(prefixOf: field.text[...]), number.rest.isEmpty,
        number.double >= 0, (number.double * unitHours).isFinite
      else {
        problems.append(
          Diagnostic(
            slug: "bad-time", "expected a number of at least 0; found \(quoted(field.text))",
            at: field.location, help: "the unit goes to --unit"))
        return nil
      }
      return number.double * unitHours
    }

    private mutating func isCensored(_ record: CSVRecord) -> Bool? {
      guard let index = indices.censored else { return false }
      guard let field = field(index, of: record) else { return false }
      let text = field.text.lowercased()
      if yes.contains(text) { return true }
      if no.contains(text) { return false }
      problems.append(
        Diagnostic(
          slug: "bad-flag", "expected yes or no; found \(quoted(field.text))", at: field.location,
          help: "1, yes, true or censored; 0, no, false, failed or nothing"))
      return nil
    }
  }
}
