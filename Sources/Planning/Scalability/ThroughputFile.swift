public import Diagnostics
internal import Quantities
internal import StructuredText

/// Measured throughputs in a CSV file: a header, then a load and a throughput in each row.
public struct ThroughputFile: Sendable {
  /// The measurements, in the order of the file.
  public let measurements: [ThroughputMeasurement]
  /// The name of the column with the loads.
  public let load: String
  /// The name of the column with the throughputs.
  public let throughput: String

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - load: the column of the loads; `nil`: the first.
  ///   - throughput: the column of the throughputs; `nil`: the second.
  /// - Throws: every wrong field at once, up to 100, with its line.
  public init(path: String, load: String? = nil, throughput: String? = nil) throws(Findings) {
    var reader = CSVReader(try ByteCursor(path: path))
    guard let header = try reader.next(), header.fields.count >= 2 else {
      throw Findings([
        Diagnostic(
          slug: "scalability-empty", "\(path) has no two columns", at: nil, help: "load,throughput")
      ])
    }
    let names = header.fields.map(\.text)
    var problems: [Diagnostic] = []
    func column(_ name: String?, _ usual: Int) -> Int {
      guard let name else { return usual }
      if let index = names.firstIndex(of: name) { return index }
      problems.append(
        Diagnostic(
          slug: "unknown-column", "there is no column “\(name)”", at: header.location,
          help: "one of: \(names.joined(separator: ", "))"))
      return usual
    }
    let columns = (column(load, 0), column(throughput, 1))
    var found: [ThroughputMeasurement] = []
    while let record = try reader.next(), problems.count < 100 {
      problems += record.problems
      if record.isBlank { continue }
      guard let first = ThroughputFile.number(record, columns.0, &problems),
        let second = ThroughputFile.number(record, columns.1, &problems)
      else { continue }
      found.append(ThroughputMeasurement(load: first, throughput: second))
    }
    if !problems.isEmpty { throw Findings(problems) }
    measurements = found
    (self.load, self.throughput) = (names[columns.0], names[columns.1])
  }

  private static func number(
    _ record: CSVRecord, _ column: Int, _ problems: inout [Diagnostic]
  ) -> Double? {
    guard record.fields.count > column else {
      problems.append(
        Diagnostic(
          slug: "scalability-short", "\(record.fields.count) fields; expected \(column + 1) or more",
          at: record.location))
      return nil
    }
    let field = record.fields[column]
    if let number = NumberText(prefixOf: field.text[...]), number.rest.isEmpty, number.double.isFinite {
      return number.double
    }
    problems.append(
      Diagnostic(
        slug: "scalability-measurement", "“\(field.text)” is not a number", at: field.location,
        help: "leave out rows in which nothing was measured"))
    return nil
  }
}
