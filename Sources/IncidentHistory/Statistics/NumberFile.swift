internal import StructuredText
public import Diagnostics
import Quantities

/// Rows of numbers from a CSV file of one's own, by group.
public struct NumberFile: Sendable {
  /// A column that is read, and the option that names it.
  public struct Column: Sendable, Hashable {
    let name: String
    let option: String
    let isWhole: Bool

    /// A column of numbers of at least 0.
    ///
    /// - Parameter isWhole: whether they count something.
    public init(_ name: String, option: String, isWhole: Bool = false) {
      (self.name, self.option, self.isWhole) = (name, option, isWhole)
    }
  }

  /// A row: its group and a number for each column asked for, in their order.
  public struct Row: Sendable, Hashable {
    /// The group; `all` without a column of groups.
    public let group: String
    /// The numbers.
    public let numbers: [Double]
  }

  /// The rows in the order of the file.
  public let rows: [Row]

  /// Reads a file.
  ///
  /// - Throws: every wrong row at once, up to 100, with its line.
  public init(path: String, columns: [Column], group: Column? = nil) throws(Findings) {
    var reader = CSVReader(try ByteCursor(path: path))
    guard let header = try reader.next() else {
      throw Findings([
        Diagnostic(slug: "data-empty", "\(path) holds nothing", at: nil, help: "write a header and numbers")
      ])
    }
    var indices: [Int] = []
    for column in columns { indices.append(try Self.index(of: column, in: header)) }
    let groupIndex = try group.map { (column) throws(Findings) in try Self.index(of: column, in: header) }
    var (rows, problems): ([Row], [Diagnostic]) = ([], [])
    while let record = try reader.next(), problems.count < 100 {
      guard !record.isBlank else { continue }
      problems += record.problems
      guard record.problems.isEmpty else { continue }
      let found = zip(columns, indices).map { Self.number(record, $1, $0) }
      problems += found.compactMap { if case .failure(let findings) = $0 { findings } else { nil } }
        .flatMap(\.diagnostics)
      let numbers = found.compactMap { try? $0.get() }
      let name = groupIndex.flatMap { record.fields.indices.contains($0) ? record.fields[$0].text : nil }
      if numbers.count == columns.count { rows.append(Row(group: name ?? "all", numbers: numbers)) }
    }
    if !problems.isEmpty { throw Findings(problems) }
    self.rows = rows
  }

  /// The rows of each group, by name.
  public var groups: [(name: String, rows: [[Double]])] {
    let found = Dictionary(grouping: rows, by: \.group)
    return found.keys.sorted().map { ($0, found[$0]?.map(\.numbers) ?? []) }
  }

  /// Where a column stands; throws `unknown-column` where it does not.
  static func index(of column: Column, in header: CSVRecord) throws(Findings) -> Int {
    let names = header.fields.map(\.text)
    if let index = names.firstIndex(of: column.name) { return index }
    let near = nearestName(to: column.name, among: names) ?? names.first ?? "NAME"
    throw Findings([
      Diagnostic(
        slug: "unknown-column",
        "there is no column \(quoted(column.name)); there are \(names.joined(separator: ", "))",
        at: header.location, help: "\(column.option) '\(near)'")
    ])
  }

  private static func number(
    _ record: CSVRecord, _ index: Int, _ column: Column
  ) -> Result<Double, Findings> {
    let text = record.fields.indices.contains(index) ? record.fields[index].text : ""
    let place = record.fields.indices.contains(index) ? record.fields[index].location : record.location
    guard let number = NumberText(prefixOf: text[...]), number.rest.isEmpty, number.double >= 0,
      number.double.isFinite, !column.isWhole || number.double == number.double.rounded(),
      number.double < 1e15
    else {
      let kind = column.isWhole ? "a whole number" : "a number"
      return .failure(
        Findings([
          Diagnostic(
            slug: "bad-number", "expected \(kind) of at least 0 in \(column.name); found \(quoted(text))",
            at: place)
        ]))
    }
    return .success(number.double)
  }
}
