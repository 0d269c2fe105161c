internal import Diagnostics
internal import FoundationEssentials
internal import StructuredText

/// The rows of a price table, checked each for itself and together.
///
/// A table without fault is scanned as bytes; at the first doubt it is read once more, slowly, for everything that is wrong and
/// where.
struct PriceRows {
  let prices: [Price]
  let discounts: [PriceDiscount]

  /// Reads the table at `path`.
  ///
  /// - Parameters:
  ///   - service: the service that all rows are of, when the table has no such column.
  ///   - region: the region that all rows are of, when the table has no such column.
  ///   - origins: sources by the name under which `source` cites them.
  init(
    of path: String, service: String?, region: String?, origins: [String: PriceOrigin]
  ) throws(Findings) {
    let scan = PriceTableScan(service: service, region: region, origins: origins)
    if let prices = try? scan.prices(of: path), PriceTableCheck(prices).problems.isEmpty {
      self.prices = prices
      discounts = []
      return
    }
    (prices, discounts) = try Self.read(path, service: service, region: region, origins: origins)
  }

  private static func read(
    _ path: String, service: String?, region: String?, origins: [String: PriceOrigin]
  ) throws(Findings) -> ([Price], [PriceDiscount]) {
    var reader = CSVReader(try ByteCursor(path: path))
    guard let header = try reader.next() else {
      throw Findings([
        Diagnostic(
          slug: "empty-file", "\(quoted(path)) holds no prices", at: reader.cursor.location,
          help: "service,region,item,unit,purchase,price,source,date")
      ])
    }
    let columns = try PriceColumns(header: header, service: service, region: region, origins: origins)
    var rows: [(price: Price, location: SourceLocation)] = []
    var discounts: [PriceDiscount] = []
    var findings: [Diagnostic] = []
    while let record = try reader.next() {
      switch columns.row(record, findings: &findings) {
      case .price(let price): rows.append((price, record.location))
      case .discount(let discount): discounts.append(discount)
      case nil: break
      }
    }
    let prices = rows.map(\.price)
    findings += PriceTableCheck(prices).problems.map { $0.diagnostic(at: rows[$0.row].location) }
    guard findings.isEmpty else { throw Findings(findings) }
    return (prices, discounts)
  }
}

/// Scans a price table whose every field is as it should be; gives up at anything else.
private struct PriceTableScan {
  let service: String?
  let region: String?
  let origins: [String: PriceOrigin]

  private struct Doubt: Error {}

  func prices(of path: String) throws -> [Price] {
    var scanner = try CSVScanner(path: path)
    guard try scanner.next() else { throw Doubt() }
    let columns = try Columns(scanner.texts, scan: self)
    var prices: [Price] = []
    var words = Words()
    while try scanner.next() {
      guard scanner.count == columns.count else { throw Doubt() }
      prices.append(try price(scanner, columns, &words))
    }
    return prices
  }

  private func price(
    _ row: borrowing CSVScanner, _ columns: Columns, _ words: inout Words
  ) throws -> Price {
    let item = row[columns.item]
    let unit = words.text(row[columns.unit], in: .unit)
    guard !item.isEmpty, !unit.isEmpty, let amount = row[columns.price].decimal, amount <= Price.most else {
      throw Doubt()
    }
    let key = PriceKey(
      try stated(row[columns.service], columns.service, service, .service, &words), item.string)
    let region = try stated(row[columns.region], columns.region, region, .region, &words)
    let tier = PriceTier(
      from: try number(row[columns.from]) ?? 0, upTo: try number(row[columns.upTo]))
    return Price(
      key: key, region: region, purchase: try purchase(row[columns.purchase], &words), unit: unit, tier: tier,
      amount: amount, upfront: try number(row[columns.upfront]) ?? 0,
      origin: try origin(row[columns.source], &words))
  }

  private func stated(
    _ text: ByteText, _ column: Int, _ given: String?, _ word: Words.Column, _ words: inout Words
  ) throws -> String {
    if let given { return given }
    guard column >= 0, !text.isEmpty else { throw Doubt() }
    return words.text(text, in: word)
  }

  private func number(_ text: ByteText) throws -> Decimal? {
    guard !text.isEmpty else { return nil }
    guard let value = text.decimal, value <= Price.most else { throw Doubt() }
    return value
  }

  private func purchase(_ text: ByteText, _ words: inout Words) throws -> Purchase {
    guard !text.isEmpty else { return .onDemand }
    let word = words.text(text, in: .purchase)
    if let (known, purchase) = words.purchase, known == word { return purchase }
    guard let purchase = Purchase(text: word) else { throw Doubt() }
    words.purchase = (word, purchase)
    return purchase
  }

  private func origin(_ text: ByteText, _ words: inout Words) throws -> PriceOrigin {
    let word = words.text(text, in: .source)
    if let (known, origin) = words.origin, known == word { return origin }
    guard let origin = origins[word] else { throw Doubt() }
    words.origin = (word, origin)
    return origin
  }

  /// Where the columns of a table in a folder are; -1 where there is none.
  private struct Columns {
    let count, item, unit, price, purchase, from, upTo, upfront, source, service, region: Int

    init(_ names: [String], scan: PriceTableScan) throws {
      let known: Set = [
        "item", "unit", "price", "purchase", "from", "to", "upfront", "source", "service", "region",
      ]
      guard Set(names).count == names.count, Set(names).isSubset(of: known) else { throw Doubt() }
      func place(_ name: String) -> Int { names.firstIndex(of: name) ?? -1 }
      count = names.count
      (item, unit, price, purchase) = (place("item"), place("unit"), place("price"), place("purchase"))
      (from, upTo, upfront, source) = (place("from"), place("to"), place("upfront"), place("source"))
      (service, region) = (place("service"), place("region"))
      guard item >= 0, unit >= 0, price >= 0, source >= 0 else { throw Doubt() }
      guard (scan.service == nil) == (service >= 0), (scan.region == nil) == (region >= 0) else {
        throw Doubt()
      }
    }
  }

  /// The texts of the row before, which the next one mostly repeats.
  private struct Words {
    enum Column: Int, CaseIterable { case unit, purchase, source, service, region }

    private var last = [String](repeating: "", count: Column.allCases.count)
    var purchase: (String, Purchase)?
    var origin: (String, PriceOrigin)?

    mutating func text(_ text: ByteText, in column: Column) -> String {
      let known = last[column.rawValue]
      if known.utf8.count == text.count, known.utf8.elementsEqual(text.bytes) { return known }
      let word = text.string
      last[column.rawValue] = word
      return word
    }
  }
}

extension Price {
  /// The most that a price or the border of a tier may be: beyond it is a slip of the pen.
  static let most: Decimal = 1_000_000_000_000
}
