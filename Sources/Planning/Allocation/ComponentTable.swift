public import Diagnostics
internal import Quantities
internal import StructuredText

/// Subsystems and the types of component that they may be built of, from a CSV file.
///
/// A row is a type of a subsystem. Columns: `subsystem`; `type` (or `component`, `choice`); `reliability`
/// (`availability`) or `unavailability`; where needed `min`, `max` and `required` components of the subsystem; every other
/// column is a resource.
public struct ComponentTable: Sendable {
  /// A subsystem.
  public struct Subsystem: Sendable, Hashable {
    /// The name.
    public let name: String
    /// The types.
    public internal(set) var types: [Redundancy.ComponentType]
    /// How many must work.
    public internal(set) var required = 1
    /// How many there must be; as many as must work where nothing is stated.
    public internal(set) var least: Int?
    /// How many there may be; `nil`: as many as the resources allow.
    public internal(set) var most: Int?
  }

  /// The resources, as the columns are named.
  public let resources: [String]
  /// The subsystems in the order in which they first occur.
  public let subsystems: [Subsystem]

  /// Reads a file.
  ///
  /// - Throws: everything that is wrong with it, with its line.
  public init(path: String) throws(Findings) {
    var reader = CSVReader(try ByteCursor(path: path))
    guard let header = try reader.next() else {
      throw Findings([
        Diagnostic(
          slug: "table-empty", "\(path) holds nothing", at: nil,
          help: "subsystem,type,reliability,cost,weight")
      ])
    }
    var rows = ComponentRows(header)
    while let record = try reader.next(), rows.problems.count < 100 { rows.add(record) }
    rows.finish(at: header.location)
    if !rows.problems.isEmpty { throw Findings(rows.problems) }
    (resources, subsystems) = (rows.resources, rows.subsystems)
  }
}

/// The rows of a table as they are read.
private struct ComponentRows {
  private enum Column: Hashable {
    case subsystem, type, reliability, unavailability, least, most, required, resource(Int)
  }

  private(set) var resources: [String] = []
  private(set) var subsystems: [ComponentTable.Subsystem] = []
  private(set) var problems: [Diagnostic] = []
  private var columns: [Column] = []
  private var index: [String: Int] = [:]

  private static let names: [String: Column] = [
    "subsystem": .subsystem, "type": .type, "component": .type, "choice": .type,
    "reliability": .reliability, "availability": .reliability, "unavailability": .unavailability,
    "unreliability": .unavailability, "min": .least, "max": .most, "required": .required,
  ]

  init(_ header: CSVRecord) {
    problems += header.problems
    for field in header.fields {
      if let known = Self.names[field.text.lowercased()] {
        if columns.contains(known) {
          report("table-columns", "\(field.text) says what another column says", at: field.location)
        }
        columns.append(known)
      } else {
        columns.append(.resource(resources.count))
        resources.append(field.text)
      }
    }
    checkColumns(at: header.location)
  }

  private mutating func checkColumns(at location: SourceLocation) {
    let help = "subsystem,type,reliability,cost,weight"
    for (column, name) in [(Column.subsystem, "subsystem"), (.type, "type")] where !columns.contains(column) {
      report("table-columns", "there is no column \(name)", at: location, help: help)
    }
    if columns.contains(.reliability) == columns.contains(.unavailability) {
      report(
        "table-columns", "one of the columns reliability and unavailability is needed", at: location,
        help: help)
    }
    if resources.isEmpty { report("table-columns", "no column is a resource", at: location, help: help) }
    for name in resources where resources.count(where: { $0 == name }) > 1 || name.isEmpty {
      report("table-columns", "the resource “\(name)” has two columns, or no name", at: location)
    }
  }

  private mutating func report(
    _ slug: String, _ message: String, at location: SourceLocation, help: String? = nil
  ) {
    problems.append(Diagnostic(slug: slug, message, at: location, help: help))
  }

  mutating func add(_ record: CSVRecord) {
    problems += record.problems
    guard record.fields.count == columns.count else {
      return report(
        "table-row", "\(record.fields.count) fields; the header has \(columns.count)", at: record.location)
    }
    let name = text(.subsystem, record)
    let number = index[name] ?? subsystems.count
    if number == subsystems.count {
      index[name] = number
      subsystems.append(ComponentTable.Subsystem(name: name, types: []))
    }
    guard let type = type(record) else { return }
    if subsystems[number].types.contains(where: { $0.name == type.name }) {
      report("table-row", "\(name) has a type \(type.name) already", at: record.location)
    }
    subsystems[number].types.append(type)
    takeCounts(record, number)
  }

  private func text(_ column: Column, _ record: CSVRecord) -> String {
    columns.firstIndex(of: column).map { record.fields[$0].text } ?? ""
  }

  private mutating func type(_ record: CSVRecord) -> Redundancy.ComponentType? {
    var use: [Double] = []
    for resource in resources.indices {
      guard let place = columns.firstIndex(of: .resource(resource)),
        let amount = amount(record.fields[place], of: resources[resource])
      else { return nil }
      use.append(amount)
    }
    guard let unavailability = unavailability(record) else { return nil }
    return Redundancy.ComponentType(name: text(.type, record), unavailability: unavailability, use: use)
  }

  private mutating func amount(_ field: CSVRecord.Field, of resource: String) -> Double? {
    let text = field.text.hasPrefix("$") ? String(field.text.dropFirst()) : field.text
    guard let number = NumberText(prefixOf: text[...]), number.rest.isEmpty, number.double.isFinite,
      number.double >= 0
    else {
      report(
        "table-value", "\(resource): “\(field.text)” is no number of 0 or more", at: field.location,
        help: "2.5")
      return nil
    }
    return number.double
  }

  private mutating func unavailability(_ record: CSVRecord) -> Double? {
    let isReliability = columns.contains(.reliability)
    guard let place = columns.firstIndex(of: isReliability ? .reliability : .unavailability) else {
      return nil
    }
    let field = record.fields[place]
    do throws(QuantityError) {
      let stated = try Probability(parsing: field.text)
      return isReliability ? stated.complement : stated.value
    } catch {
      report("table-value", error.message, at: field.location, help: error.help)
      return nil
    }
  }

  private mutating func takeCounts(_ record: CSVRecord, _ number: Int) {
    for (column, path) in [
      (Column.least, \ComponentTable.Subsystem.least), (.most, \ComponentTable.Subsystem.most),
    ] {
      if let count = count(column, record, least: column == .least ? 0 : 1) {
        subsystems[number][keyPath: path] = count
      }
    }
    if let required = count(.required, record, least: 1) { subsystems[number].required = required }
  }

  private mutating func count(_ column: Column, _ record: CSVRecord, least: Int) -> Int? {
    guard let place = columns.firstIndex(of: column), !record.fields[place].text.isEmpty else { return nil }
    let field = record.fields[place]
    guard let count = Int(field.text), count >= least, count <= 1_000 else {
      report("table-value", "“\(field.text)” is no whole number from \(least) to 1,000", at: field.location)
      return nil
    }
    return count
  }

  mutating func finish(at location: SourceLocation) {
    if subsystems.isEmpty { report("table-empty", "there is no row under the header", at: location) }
    for subsystem in subsystems {
      let least = max(subsystem.least ?? subsystem.required, 0)
      if let most = subsystem.most, most < max(least, subsystem.required) {
        report(
          "table-value",
          "\(subsystem.name): at most \(most) components, and \(max(least, subsystem.required)) are needed",
          at: location)
      }
    }
  }
}
