public import Diagnostics
internal import Foundation
internal import StructuredText

/// Reads price lists of AWS, JSON and CSV, and tables of own prices, into tables of a price book.
///
/// Lists are scanned once from front to end; memory holds what is taken and a number for each product, not the file.
/// 78,621 prices take well under a second.
public struct PriceListReader: Sendable {
  /// The only region to take; `nil`: all. The region of own prices that name none.
  public var region: String?
  /// The only service to take, as price books name it; `nil`: all. The service of own prices that name none.
  public var service: String?
  /// The day for which the prices hold, where a list does not say it.
  public var date: String?

  /// A reader that takes everything.
  public init(region: String? = nil, service: String? = nil, date: String? = nil) {
    self.region = region
    self.service = service
    self.date = date
  }

  /// Reads lists; those of savings plans after those of services, whose products they cite by number.
  ///
  /// - Throws: located findings about files that are no lists, cut off, damaged, or without a date.
  public func read(_ paths: [String]) throws(Findings) -> ImportedPrices {
    try checkDate()
    var formats: [(path: String, format: ListFormat)] = []
    for path in paths { formats.append((path, try ListFormat(path: path))) }
    var run = ListRun(selection: .init(region: region, service: service), date: date)
    for (path, format) in formats where !(try Self.isLate(format, path)) { try run.read(path, format) }
    for (path, format) in formats where try Self.isLate(format, path) { try run.read(path, format) }
    return run.imported()
  }

  /// Whether a list cites products of others.
  private static func isLate(_ format: ListFormat, _ path: String) throws(Findings) -> Bool {
    guard case .bulkJSON = format else { return format == .savingsCSV }
    return try SavingsJSON.isList(path)
  }

  private func checkDate() throws(Findings) {
    guard let date, !PriceDate.isDate(date) else { return }
    throw Findings([
      Diagnostic(
        slug: "bad-date", "--date: \(quoted(date)) is no day", at: nil, help: "--date 2026-11-22")
    ])
  }
}

/// What lists brought.
public struct ImportedPrices: Sendable {
  /// A list that was read.
  public struct List: Sendable, Hashable {
    /// The file.
    public let path: String
    /// Whose list it is: `AmazonRDS 20260416200300`; empty for own prices.
    public let name: String
    /// When its prices held.
    public let date: String
  }

  /// How many prices were not taken for one reason.
  public struct Count: Sendable, Hashable {
    /// The reason, or what the list calls such products.
    public let name: String
    /// How many prices.
    public let prices: Int

    /// So many prices for one reason.
    public init(name: String, prices: Int) {
      self.name = name
      self.prices = prices
    }
  }

  /// The lists in the order in which they were read.
  public let lists: [List]
  /// The prices, with facts about instance classes.
  public let tables: [PriceTable]
  /// Prices that went into the tables; many products may share one price.
  public let taken: Int
  /// Prices that are known and not wanted, by reason, the most first.
  public let leftOut: [Count]
  /// Prices of products that no resource would ask for, by what the list calls them, the most first.
  public let unknown: [Count]
  /// What has one name here and two prices in the lists, and was left out for it.
  public let ambiguous: [String]

  /// All prices that the lists hold.
  public var listed: Int {
    taken + leftOut.reduce(0) { $0 + $1.prices } + unknown.reduce(0) { $0 + $1.prices }
  }
}

/// A run over several lists.
private struct ListRun {
  private var collector: PriceCollector
  private let date: String?
  private var lists: [ImportedPrices.List] = []
  private var origins: [PriceOrigin] = []
  private var own: [Price] = []

  init(selection: PriceCollector.Selection, date: String?) {
    collector = PriceCollector(selection)
    self.date = date
  }

  mutating func read(_ path: String, _ format: ListFormat) throws(Findings) {
    let source = origins.count
    switch format {
    case .bulkJSON:
      var reader = BulkJSONReader(path: path, source: source)
      try reader.read(into: &collector)
      try note(path, reader.head)
    case .bulkCSV:
      var reader = try BulkCSVReader(path: path, source: source)
      try reader.read(into: &collector)
      try note(path, reader.head)
    case .savingsCSV:
      var reader = try SavingsCSVReader(path: path, source: source)
      try reader.read(into: &collector)
      try note(path, reader.head)
    case .own:
      own += try OwnPrices(path: path, selection: collector.selection, date: date).prices
      lists.append(.init(path: path, name: "", date: date ?? ""))
      origins += Array(repeating: PriceOrigin(standing: .own, source: path, date: date ?? ""), count: 2)
    }
  }

  private mutating func note(_ path: String, _ head: ListHead) throws(Findings) {
    guard let date = head.date ?? date else {
      throw Findings([
        Diagnostic(
          slug: "undated-list", "\(named(path)) does not say when it was published", at: nil,
          help: "--date 2026-11-22")
      ])
    }
    let name = [head.offer, head.version].filter { !$0.isEmpty }.joined(separator: " ")
    lists.append(.init(path: path, name: name, date: date))
    origins.append(PriceOrigin(standing: .published, source: "AWS Price List \(name)", date: date))
    origins.append(
      PriceOrigin(
        standing: .derived, source: "AWS Price List \(name), hours split as the payment option says",
        date: date))
  }

  mutating func imported() -> ImportedPrices {
    let day = lists.map(\.date).max().map { Int($0.filter(\.isNumber)) ?? 0 } ?? 0
    let (listed, ambiguous) = collector.tables(origins: origins, day: day)
    let tables = PriceBook(name: "lists", tables: listed + PriceTable.tables(of: own)).loaded
    return ImportedPrices(
      lists: lists, tables: tables, taken: collector.tally.taken + own.count,
      leftOut: collector.tally.leftOut.map { .init(name: $0.reason, prices: $0.prices) },
      unknown: collector.tally.unknown.map { .init(name: $0.family, prices: $0.prices) },
      ambiguous: ambiguous)
  }
}
