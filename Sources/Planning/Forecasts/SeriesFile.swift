public import Diagnostics
internal import Quantities
internal import StructuredText

/// A measured series in a CSV file: a header, then a time and a value in each row; or values alone, one a step.
public struct SeriesFile: Sendable {
  /// The measurements.
  public let series: MeasuredSeries
  /// The name of the column with the values.
  public let column: String
  /// Whether days are counted from 1 January 1970; otherwise they are steps or the numbers of the first column.
  public let isDated: Bool
  /// The unit that the values carry, where they carry one.
  public let unit: String?

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - value: the column of the values; `nil`: the second, or the only one.
  ///   - day: the days since 1 January 1970 of a time as written; `nil` where it is none.
  /// - Throws: every wrong row at once, up to 100, with its line.
  public init(path: String, value: String? = nil, day: (String) -> Double?) throws(Findings) {
    var reader = CSVReader(try ByteCursor(path: path))
    guard let header = try reader.next() else {
      throw Findings([
        Diagnostic(
          slug: "series-empty", "\(path) holds nothing", at: nil, help: "write a header, then date,value")
      ])
    }
    var table = try SeriesTable(header, value: value)
    while let record = try reader.next(), table.problems.count < 100 { table.add(record, day: day) }
    table.checkUnits()
    if !table.problems.isEmpty { throw Findings(table.problems) }
    (column, isDated, unit) = (table.column, table.isDated, table.unit)
    do throws(InvalidQuestion) {
      series = try MeasuredSeries(table.points)
    } catch {
      throw Findings(
        error.findings.map { Diagnostic(slug: $0.slug, "\(path): \($0.message)", at: nil, help: $0.help) })
    }
  }
}

/// The rows of a series as they are read.
private struct SeriesTable {
  let column: String
  private let valueIndex: Int
  private let timeIndex: Int?
  private(set) var points: [MeasuredSeries.Point] = []
  private(set) var problems: [Diagnostic] = []
  private var units: [(text: String, place: SourceLocation)] = []
  private var dated: [(isDate: Bool, place: SourceLocation)] = []

  var isDated: Bool { dated.first?.isDate ?? false }
  var unit: String? { units.first.flatMap { $0.text.isEmpty ? nil : $0.text } }

  init(_ header: CSVRecord, value: String?) throws(Findings) {
    let names = header.fields.map(\.text)
    if let value {
      guard let index = names.firstIndex(of: value) else {
        throw Findings([
          Diagnostic(
            slug: "unknown-column", "there is no column “\(value)”", at: header.location,
            help: "one of: \(names.joined(separator: ", "))")
        ])
      }
      (valueIndex, timeIndex) = (index, names.count > 1 ? 0 : nil)
    } else {
      (valueIndex, timeIndex) = names.count > 1 ? (1, 0) : (0, nil)
    }
    column = names[valueIndex]
    guard timeIndex != valueIndex else {
      throw Findings([
        Diagnostic(
          slug: "series-time", "the first column holds the times; \(column) can not be the values",
          at: header.location, help: "--value \(names[1])")
      ])
    }
  }

  mutating func add(_ record: CSVRecord, day: (String) -> Double?) {
    problems += record.problems
    guard record.fields.count > max(valueIndex, timeIndex ?? 0) else {
      problems.append(
        Diagnostic(
          slug: "series-short", "\(record.fields.count) fields; expected a time and a value",
          at: record.location))
      return
    }
    let field = record.fields[valueIndex]
    guard let value = number(field), let day = time(record, day) else { return }
    points.append(MeasuredSeries.Point(day: day, value: value))
  }

  private mutating func number(_ field: CSVRecord.Field) -> Double? {
    guard let number = NumberText(prefixOf: field.text[...]), number.double.isFinite else {
      problems.append(
        Diagnostic(
          slug: "series-value", "“\(field.text)” is not a number", at: field.location,
          help: "leave out rows in which nothing was measured"))
      return nil
    }
    units.append((number.rest.split(separator: " ").joined(separator: " "), field.location))
    return number.double
  }

  private mutating func time(_ record: CSVRecord, _ day: (String) -> Double?) -> Double? {
    guard let timeIndex else { return Double(points.count + 1) }
    let field = record.fields[timeIndex]
    if let date = day(field.text) {
      dated.append((true, field.location))
      return date
    }
    guard let step = Double(field.text), step.isFinite else {
      problems.append(
        Diagnostic(
          slug: "series-time", "“\(field.text)” is neither a date nor a number", at: field.location,
          help: "2026-01-31"))
      return nil
    }
    dated.append((false, field.location))
    return step
  }

  private func name(_ unit: String) -> String { unit.isEmpty ? "no unit" : "“\(unit)”" }

  /// All values carry the same unit, and all times are of one kind.
  mutating func checkUnits() {
    if let first = units.first, let other = units.first(where: { $0.text != first.text }) {
      problems.append(
        Diagnostic(
          slug: "series-unit", "a value in \(name(other.text)) among values in \(name(first.text))",
          at: other.place,
          help: "write all values in one unit"))
    }
    if let first = dated.first, let other = dated.first(where: { $0.isDate != first.isDate }) {
      problems.append(
        Diagnostic(slug: "series-time", "dates and numbers among the times of one file", at: other.place))
    }
  }
}
