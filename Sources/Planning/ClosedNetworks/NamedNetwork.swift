public import Diagnostics
internal import Quantities
internal import StructuredText

/// A closed network with names for its stations and classes.
public struct NamedNetwork: Hashable, Sendable {
  /// The network.
  public let network: ClosedNetwork
  /// The names of the stations.
  public let stations: [String]
  /// The names of the classes.
  public let classes: [String]

  /// A network with as many names as it has stations and classes.
  public init(_ network: ClosedNetwork, stations: [String], classes: [String]) {
    (self.network, self.stations, self.classes) = (network, stations, classes)
  }

  /// Reads a CSV file: a header with a name for each class; a row `customers`; perhaps a row `think`; then a row for each
  /// station, with what one round of each class takes there.
  ///
  /// ```
  /// station,queries,writes
  /// customers,5,10
  /// think,20 s,30 s
  /// processor,0.5 s,0.4 s
  /// disk,40 ms,200 ms
  /// ```
  ///
  /// - Throws: every wrong field at once, up to 100, with its line.
  public init(path: String) throws(Findings) {
    var reader = CSVReader(try ByteCursor(path: path))
    guard let header = try reader.next(), header.fields.count >= 2 else {
      throw Findings([
        Diagnostic(
          slug: "network-empty", "\(path) has no column for a class", at: nil, help: "station,queries,writes")
      ])
    }
    var table = NetworkTable(classes: header.fields.dropFirst().map(\.text))
    while let record = try reader.next(), table.problems.count < 100 {
      if !record.isBlank { table.add(record) }
    }
    if table.customers == nil {
      table.problems.append(
        Diagnostic(
          slug: "network-customers", "\(path) has no row customers", at: nil, help: "customers,5,10"))
    }
    if !table.problems.isEmpty { throw Findings(table.problems) }
    do throws(InvalidQuestion) {
      self = try table.network()
    } catch {
      throw Findings(
        error.findings.map { Diagnostic(slug: $0.slug, "\(path): \($0.message)", at: nil, help: $0.help) })
    }
  }
}

/// The rows of a file of demands as they are read.
private struct NetworkTable {
  let classes: [String]
  private(set) var customers: [Int]?
  private var thinkHours: [Double]?
  private var stations: [(name: String, hours: [Double])] = []
  var problems: [Diagnostic] = []

  init(classes: [String]) { self.classes = classes }

  mutating func add(_ record: CSVRecord) {
    problems += record.problems
    guard record.fields.count == classes.count + 1 else {
      problems.append(
        Diagnostic(
          slug: "network-short",
          "\(record.fields.count) fields; expected a name and one for each of \(classes.count) classes",
          at: record.location))
      return
    }
    let fields = Array(record.fields.dropFirst())
    switch record.fields[0].text {
    case "customers": customers = fields.compactMap { count($0) }
    case "think": thinkHours = fields.compactMap { hours($0) }
    case let name: stations.append((name, fields.compactMap { hours($0) }))
    }
  }

  private mutating func count(_ field: CSVRecord.Field) -> Int? {
    if let count = Int(field.text), count >= 0 { return count }
    problems.append(
      Diagnostic(
        slug: "network-customers", "“\(field.text)” is no number of customers", at: field.location,
        help: "10"))
    return nil
  }

  private mutating func hours(_ field: CSVRecord.Field) -> Double? {
    do throws(QuantityError) {
      return try TimeSpan(parsing: field.text).hours
    } catch {
      problems.append(
        Diagnostic(slug: "network-times", error.message, at: field.location, help: error.help ?? "40 ms"))
      return nil
    }
  }

  /// The network; every row has a field for each class.
  func network() throws(InvalidQuestion) -> NamedNetwork {
    var found: [ClosedNetwork.CustomerClass] = []
    for index in classes.indices {
      found.append(
        ClosedNetwork.CustomerClass(
          customers: customers?[index] ?? 0, thinkHours: thinkHours?[index] ?? 0,
          demandHours: stations.map { $0.hours[index] }))
    }
    return NamedNetwork(
      try ClosedNetwork(found), stations: stations.map(\.name), classes: classes)
  }
}
