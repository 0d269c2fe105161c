public import Diagnostics
internal import Foundation
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
        let file = try PriceRows(of: path, service: nil, region: nil, origins: [:])
        tables += PriceTable.tables(of: file.prices)
        discounts += file.discounts
      }
    }
    return PriceBook(name: name, currency: currency, tables: tables, regions: regions, discounts: discounts)
  }
}

/// The folder of a price book.
struct PriceFolder {
  let path: String
  /// Folders of regions, sorted.
  let regions: [String]
  let origins: [String: PriceOrigin]
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
        let found = try PriceRows(
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
      guard let standing = PriceOrigin.Standing(rawValue: fields[1]), origins[fields[0]] == nil else {
        return "a name that was not there before, then published, derived, unverified or own"
      }
      origins[fields[0]] = PriceOrigin(standing: standing, source: fields[2], date: fields[3])
      return nil
    }
    return origins
  }

  private static func facts(at path: String) throws(Findings) -> [String: [String: InstanceFacts]] {
    var facts: [String: [String: InstanceFacts]] = [:]
    try records(of: path, fields: 4) { fields in
      guard let vcpu = Decimal(string: fields[2]), vcpu > 0, let memory = Decimal(string: fields[3]),
        memory > 0
      else { return "a number of processors and of GiB above 0" }
      facts[fields[0], default: [:]][fields[1]] = InstanceFacts(vcpu: vcpu, memoryGiB: memory)
      return nil
    }
    return facts
  }

  /// Hands over the texts of each record behind the header; what `take` returns is what was expected instead.
  static func records(
    of path: String, fields count: Int, _ take: ([String]) -> String?
  ) throws(Findings) {
    var scanner = try CSVScanner(path: path)
    _ = try scanner.next()
    var findings: [Diagnostic] = []
    while try scanner.next() {
      let wanted = scanner.count == count ? take(scanner.texts) : "\(count) fields"
      if let wanted {
        findings.append(
          Diagnostic(slug: "bad-record", "expected \(wanted)", at: scanner.location))
      }
    }
    guard findings.isEmpty else { throw Findings(findings) }
  }
}
