public import Diagnostics
internal import Foundation
internal import Quantities
internal import StructuredText

/// Reads price books: a folder with a folder for each region, or one table of prices.
///
/// ```
/// aws-prices/2026-11-22/
///   sources.csv            name,standing,source,date
///   classes.csv            service,class,vcpu,memory-gib
///   eu-west-1/rds.csv      item,unit,purchase,from,to,price,upfront,source
/// ```
public struct PriceBookReader {
  /// The tables that are wanted; others are not opened.
  public struct Wanted: Sendable, Hashable {
    /// The service.
    public let service: String
    /// The region's code.
    public let region: String

    /// A table.
    public init(service: String, region: String) {
      self.service = service
      self.region = region
    }
  }

  /// A reader.
  public init() {}

  /// The book made of what is at `paths`, each laid over those before it.
  ///
  /// - Parameter wanted: the tables to load from folders; `nil`: all. A file is read as a whole.
  /// - Throws: located findings about everything that can not be read.
  public func book(
    at paths: [String], name: String, currency: String = "USD", wanted: Set<Wanted>? = nil
  ) throws(Findings) -> PriceBook {
    var tables: [PriceTable] = []
    var regions: [String] = []
    var discounts: [PriceDiscount] = []
    for path in paths {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        throw Findings([
          Diagnostic(slug: "file-missing", "there is no price book at \(quoted(path))", at: nil)
        ])
      }
      if isFolder.boolValue {
        let folder = try PriceFolder(path: path)
        regions += folder.regions
        tables += try folder.tables(wanted)
      } else {
        let file = try rows(of: path, service: nil, region: nil, origins: [:])
        tables += Self.tables(of: file.prices)
        discounts += file.discounts
      }
    }
    return PriceBook(name: name, currency: currency, tables: tables, regions: regions, discounts: discounts)
  }

  private static func tables(of prices: [Price]) -> [PriceTable] {
    Dictionary(grouping: prices) { Wanted(service: $0.key.service, region: $0.region) }
      .map { PriceTable(service: $0.key.service, region: $0.key.region, prices: $0.value) }
      .sorted { ($0.service, $0.region) < ($1.service, $1.region) }
  }
}

/// The rows of a price table.
func rows(
  of path: String, service: String?, region: String?, origins: [String: PriceOrigin]
) throws(Findings) -> (prices: [Price], discounts: [PriceDiscount]) {
  var reader = CSVReader(try ByteCursor(path: path))
  guard let header = try reader.next() else {
    throw Findings([
      Diagnostic(
        slug: "empty-file", "\(quoted(path)) holds no prices", at: reader.cursor.location,
        help: "service,region,item,unit,purchase,price,source,date")
    ])
  }
  let columns = try PriceColumns(header: header, service: service, region: region, origins: origins)
  var prices: [Price] = []
  var discounts: [PriceDiscount] = []
  var findings: [Diagnostic] = []
  while let record = try reader.next() {
    switch columns.row(record, findings: &findings) {
    case .price(let price): prices.append(price)
    case .discount(let discount): discounts.append(discount)
    case nil: break
    }
  }
  guard findings.isEmpty else { throw Findings(findings) }
  return (prices, discounts)
}

/// The folder of a price book.
struct PriceFolder {
  let path: String
  /// Folders of regions, sorted.
  let regions: [String]
  private let origins: [String: PriceOrigin]
  private let facts: [String: [String: InstanceFacts]]

  init(path: String) throws(Findings) {
    self.path = path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    regions = names.filter { name in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder)
        && isFolder.boolValue
    }.sorted()
    origins = names.contains("sources.csv") ? try Self.origins(at: "\(path)/sources.csv") : [:]
    facts = names.contains("classes.csv") ? try Self.facts(at: "\(path)/classes.csv") : [:]
  }

  /// The tables that are wanted and there.
  func tables(_ wanted: Set<PriceBookReader.Wanted>?) throws(Findings) -> [PriceTable] {
    var tables: [PriceTable] = []
    for region in regions {
      let files = (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(region)")) ?? []
      for file in files.sorted() where file.hasSuffix(".csv") {
        let service = String(file.dropLast(4))
        if let wanted, !wanted.contains(.init(service: service, region: region)) { continue }
        let found = try rows(
          of: "\(path)/\(region)/\(file)", service: service, region: region, origins: origins)
        tables.append(
          PriceTable(
            service: service, region: region, prices: found.prices, facts: facts[service] ?? [:]))
      }
    }
    return tables
  }

  private static func origins(at path: String) throws(Findings) -> [String: PriceOrigin] {
    var origins: [String: PriceOrigin] = [:]
    try records(of: path, fields: 4) { fields in
      guard let standing = PriceOrigin.Standing(rawValue: fields[1]) else { return false }
      origins[fields[0]] = PriceOrigin(standing: standing, source: fields[2], date: fields[3])
      return true
    }
    return origins
  }

  private static func facts(at path: String) throws(Findings) -> [String: [String: InstanceFacts]] {
    var facts: [String: [String: InstanceFacts]] = [:]
    try records(of: path, fields: 4) { fields in
      guard let vcpu = NumberText(prefixOf: fields[2][...])?.decimal,
        let memory = NumberText(prefixOf: fields[3][...])?.decimal
      else { return false }
      facts[fields[0], default: [:]][fields[1]] = InstanceFacts(vcpu: vcpu, memoryGiB: memory)
      return true
    }
    return facts
  }

  /// Hands over the texts of each record behind the header; `false` says that one is wrong.
  private static func records(
    of path: String, fields count: Int, _ take: ([String]) -> Bool
  ) throws(Findings) {
    var reader = CSVReader(try ByteCursor(path: path))
    _ = try reader.next()
    var findings: [Diagnostic] = []
    while let record = try reader.next() {
      findings += record.problems
      let texts = record.fields.map(\.text)
      if texts.count != count || !take(texts) {
        findings.append(
          Diagnostic(slug: "bad-record", "the record is not what the header says", at: record.location))
      }
    }
    guard findings.isEmpty else { throw Findings(findings) }
  }
}
