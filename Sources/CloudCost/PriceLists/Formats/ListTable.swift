internal import Diagnostics
internal import FoundationEssentials
internal import StructuredText

/// A list as CSV: lines about the list, a header, and a record for each price.
struct ListTable: ~Copyable {
  private(set) var head = ListHead()
  private var scanner: CSVScanner
  private var columns: [String: Int] = [:]
  /// The columns that state attributes of products.
  private(set) var attributes: [(attribute: ProductAttribute, column: Int)] = []
  private var width = 0

  /// Reads up to the header.
  ///
  /// - Parameter needed: the columns without which nothing can be read, as people write them.
  static func open(_ path: String, needed: [String]) throws(Findings) -> ListTable {
    var table = ListTable(try CSVScanner(path: path))
    while try table.scanner.next() {
      let texts = table.scanner.texts
      if texts.first?.columnName == "sku" || texts.count > 5 {
        try table.readHeader(texts, needed: needed)
        return table
      }
      table.readHead(texts)
    }
    throw Findings([
      Diagnostic(
        slug: "missing-header",
        "\(named(path)) has no header with the columns \(needed.joined(separator: ", "))",
        at: table.scanner.location, help: "the list is cut off; download it again, whole")
    ])
  }

  private init(_ scanner: consuming CSVScanner) { self.scanner = scanner }

  private mutating func readHead(_ texts: [String]) {
    guard texts.count >= 2 else { return }
    switch texts[0].columnName {
    case "offercode": head.offer = texts[1]
    case "version": head.version = texts[1]
    case "publicationdate": head.published = texts[1]
    default: break
    }
  }

  private mutating func readHeader(_ texts: [String], needed: [String]) throws(Findings) {
    width = texts.count
    for (index, text) in texts.enumerated() where columns[text.columnName] == nil {
      columns[text.columnName] = index
      var name = text
      let attribute = name.withUTF8 { bytes in
        bytes.baseAddress.flatMap { ProductAttribute(named: ByteText(start: $0, count: bytes.count)) }
      }
      if let attribute { attributes.append((attribute, index)) }
    }
    let missing = needed.filter { columns[$0.columnName] == nil }
    guard missing.isEmpty else {
      throw Findings(
        missing.map { column in
          Diagnostic(
            slug: "missing-column", "the price list has no column \(column)", at: scanner.location,
            help:
              "download the list again with all its columns; it begins with \(needed.joined(separator: ","))")
        })
    }
  }

  /// Where a column is; -1, which is always empty, when there is none.
  func column(_ name: String) -> Int { columns[name.columnName] ?? -1 }

  /// A field of the record.
  subscript(column: Int) -> ByteText { scanner[column] }

  /// Moves to the next price.
  mutating func next() throws(Findings) -> Bool {
    guard try scanner.next() else { return false }
    guard scanner.count == width else {
      throw Findings([
        Diagnostic(
          slug: "truncated-list", "the record has \(scanner.count) fields and the header \(width)",
          at: scanner.location, help: "the list is cut off or damaged; download it again, whole")
      ])
    }
    return true
  }

  /// What the record says of its product.
  func describe(_ product: inout ProductAttributes) {
    product.clear()
    for (attribute, column) in attributes { product[attribute] = scanner[column].string }
  }
}

/// Reads the price list of a service as CSV: a record for each price with all attributes of its product.
struct BulkCSVReader: ~Copyable {
  private var table: ListTable
  private let source: Int
  private var known = KnownTerms()

  init(path: String, source: Int) throws(Findings) {
    self.source = source
    table = try ListTable.open(
      path,
      needed: ["SKU", "OfferTermCode", "TermType", "Unit", "PricePerUnit", "Currency", "Product Family"])
  }

  /// What stands above the header.
  var head: ListHead { table.head }

  /// Reads the whole file.
  mutating func read(into collector: inout PriceCollector) throws(Findings) {
    let columns = Columns(table)
    let offer = table.head.offer
    var product = ProductAttributes()
    while try table.next() {
      let sku = SKU(table[columns.sku])
      var code = collector.code(of: sku)
      if code == nil {
        table.describe(&product)
        code = collector.place(sku, product, offer: offer)
      }
      guard let code else { continue }
      add(sku, code, columns, to: &collector)
    }
  }

  private mutating func add(
    _ sku: SKU, _ code: PriceCollector.Code, _ columns: Columns, to collector: inout PriceCollector
  ) {
    guard code >= 0 else { return collector.skip(code, prices: 1) }
    guard let purchase = purchase(columns) else { return collector.skip(collector.pastTerms, prices: 1) }
    var price = ListedPrice(unit: table[columns.unit].string)
    if table[columns.currency] == "USD" { price.amount = table[columns.price].decimal }
    price.from = table[columns.from].decimal ?? 0
    price.upTo = table[columns.upTo].decimal
    collector.add(
      [price], of: code, sku: sku, purchase: purchase, effective: dayNumber(table[columns.effective]),
      source: source)
  }

  private mutating func purchase(_ columns: Columns) -> Purchase? {
    if table[columns.termType] == "OnDemand" { return .onDemand }
    guard table[columns.termType] == "Reserved" else { return nil }
    let terms = ListedTerms(
      lease: table[columns.lease].string, option: table[columns.option].string,
      offeringClass: table[columns.offeringClass].string)
    return known.commitment(of: terms).map { .reserved($0) }
  }

  /// Where the columns of prices are.
  private struct Columns {
    let sku, termType, effective, from, upTo, unit, price, currency, lease, option, offeringClass: Int

    init(_ table: borrowing ListTable) {
      sku = table.column("SKU")
      termType = table.column("TermType")
      effective = table.column("EffectiveDate")
      from = table.column("StartingRange")
      upTo = table.column("EndingRange")
      unit = table.column("Unit")
      price = table.column("PricePerUnit")
      currency = table.column("Currency")
      lease = table.column("LeaseContractLength")
      option = table.column("PurchaseOption")
      offeringClass = table.column("OfferingClass")
    }
  }
}

/// Reads a list of savings plans as CSV: a record for each rate.
struct SavingsCSVReader: ~Copyable {
  private var table: ListTable
  private let source: Int

  init(path: String, source: Int) throws(Findings) {
    self.source = source
    table = try ListTable.open(
      path,
      needed: [
        "SKU", "Unit", "DiscountedRate", "Currency", "DiscountedSKU", "DiscountedServiceCode",
        "DiscountedUsageType", "DiscountedOperation", "PurchaseOption", "LeaseContractLength", "UsageType",
      ])
  }

  /// What stands above the header.
  var head: ListHead { table.head }

  /// Reads the whole file.
  mutating func read(into collector: inout PriceCollector) throws(Findings) {
    let (sku, service) = (table.column("DiscountedSKU"), table.column("DiscountedServiceCode"))
    let (usage, operation) = (table.column("DiscountedUsageType"), table.column("DiscountedOperation"))
    let (region, unit) = (table.column("DiscountedRegionCode"), table.column("Unit"))
    let (price, currency) = (table.column("DiscountedRate"), table.column("Currency"))
    while try table.next() {
      var rate = SavingsRate()
      rate.sku = SKU(table[sku])
      rate.service = table[service].string
      rate.usageType = table[usage].string
      rate.operation = table[operation].string
      rate.region = table[region].string
      rate.unit = table[unit].string
      if table[currency] == "USD" { rate.amount = table[price].decimal }
      collector.add(rate, plan: plan, source: source)
    }
  }

  private var plan: ListedPlan {
    var plan = ListedPlan(
      family: table[table.column("Product Family")].string,
      usageType: table[table.column("UsageType")].string)
    plan.terms.lease =
      table[table.column("LeaseContractLength")].string
      + table[table.column("LeaseContractLengthUnit")].string
    plan.terms.option = table[table.column("PurchaseOption")].string
    return plan
  }
}
