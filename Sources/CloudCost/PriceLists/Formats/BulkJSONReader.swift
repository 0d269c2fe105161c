internal import Diagnostics
internal import FoundationEssentials

/// Reads the price list of a service as JSON: products by number, then terms by number.
///
/// Savings plans have lists of the same names and another shape; ``SavingsJSON`` reads those parts.
struct BulkJSONReader: ~Copyable {
  private let path: String
  private let source: Int
  private(set) var head = ListHead()
  private var attributes = ProductAttributes()
  private var sawProducts = false
  private var sawTerms = false
  /// Terms in front of the products have to wait for them.
  private var hasSkippedTerms = false

  /// - Parameter source: the number under which prices cite the list.
  init(path: String, source: Int) {
    self.path = path
    self.source = source
  }

  /// Reads the whole file.
  mutating func read(into collector: inout PriceCollector) throws(Findings) {
    var scanner = try JSONScanner(path: path)
    try readMembers(&scanner, into: &collector)
    try scanner.expectEnd()
    guard sawProducts, sawTerms || hasSkippedTerms else { throw missing(in: scanner) }
    guard hasSkippedTerms else { return }
    var again = try JSONScanner(path: path)
    try again.openObject()
    while let key = try again.nextKey() {
      if key == "terms" { try readTerms(&again, into: &collector) } else { try again.skipValue() }
    }
  }

  private mutating func readMembers(
    _ scanner: inout JSONScanner, into collector: inout PriceCollector
  ) throws(Findings) {
    try scanner.openObject()
    while let key = try scanner.nextKey() {
      if key == "products" {
        try readProducts(&scanner, into: &collector)
        sawProducts = true
      } else if key == "terms" {
        try readTermsOrWait(&scanner, into: &collector)
      } else if key == "offerCode" {
        head.offer = try scanner.scalar()?.string ?? ""
      } else if key == "version" {
        head.version = try scanner.scalar()?.string ?? ""
      } else if key == "publicationDate" {
        head.published = try scanner.scalar()?.string ?? ""
      } else if key == "regions" || key == "offers" || key == "versions" {
        throw index(key.string, in: scanner)
      } else {
        try scanner.skipValue()
      }
    }
  }

  private mutating func readTermsOrWait(
    _ scanner: inout JSONScanner, into collector: inout PriceCollector
  ) throws(Findings) {
    guard sawProducts else {
      hasSkippedTerms = true
      return try scanner.skipValue()
    }
    try readTerms(&scanner, into: &collector)
    sawTerms = true
  }

  private mutating func readProducts(
    _ scanner: inout JSONScanner, into collector: inout PriceCollector
  ) throws(Findings) {
    if try scanner.peek() == UInt8(ascii: "[") { return try readPlans(&scanner) }
    try scanner.openObject()
    while let key = try scanner.nextKey() {
      let sku = SKU(key)
      attributes.clear()
      try readProduct(&scanner)
      _ = collector.place(sku, attributes, offer: head.offer)
    }
  }

  private mutating func readProduct(_ scanner: inout JSONScanner) throws(Findings) {
    try scanner.openObject()
    while let key = try scanner.nextKey() {
      if key == "productFamily" {
        attributes[.productFamily] = try scanner.scalar()?.string ?? ""
      } else if key == "attributes" {
        try scanner.openObject()
        while let name = try scanner.nextKey() {
          guard let attribute = ProductAttribute(named: name) else {
            try scanner.skipValue()
            continue
          }
          attributes[attribute] = try scanner.scalar()?.string ?? ""
        }
      } else {
        try scanner.skipValue()
      }
    }
  }

  private mutating func readTerms(
    _ scanner: inout JSONScanner, into collector: inout PriceCollector
  ) throws(Findings) {
    try scanner.openObject()
    while let key = try scanner.nextKey() {
      if key == "OnDemand" {
        try readOffers(&scanner, isReserved: false, into: &collector)
      } else if key == "Reserved" {
        try readOffers(&scanner, isReserved: true, into: &collector)
      } else if key == "savingsPlan" {
        try readRates(&scanner, into: &collector)
      } else {
        try scanner.skipValue()
      }
    }
  }

  private mutating func readOffers(
    _ scanner: inout JSONScanner, isReserved: Bool, into collector: inout PriceCollector
  ) throws(Findings) {
    var offer = OfferScanner(isReserved: isReserved, source: source)
    try scanner.openObject()
    while let key = try scanner.nextKey() {
      let sku = SKU(key)
      let code = collector.code(of: sku)
      try scanner.openObject()
      while try scanner.nextKey() != nil {
        try offer.read(&scanner, of: sku, code: code, into: &collector)
      }
    }
  }

  // MARK: Savings plans

  private var plans = SavingsJSON()

  private mutating func readPlans(_ scanner: inout JSONScanner) throws(Findings) {
    try plans.readPlans(&scanner)
  }

  private mutating func readRates(
    _ scanner: inout JSONScanner, into collector: inout PriceCollector
  ) throws(Findings) {
    try plans.readRates(&scanner, source: source, into: &collector)
  }

  // MARK: Findings

  private func missing(in scanner: borrowing JSONScanner) -> Findings {
    let part = sawProducts ? "terms" : "products"
    return scanner.fault(
      "not-a-price-list", "the JSON has no “\(part)”, so it is no price list of a service",
      help: "download the list: https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonRDS/current/"
        + "eu-west-1/index.json")
  }

  private func index(_ key: String, in scanner: borrowing JSONScanner) -> Findings {
    let what =
      switch key {
      case "regions": "names the lists of the regions, and holds no prices itself"
      case "offers": "names the services that have lists, and holds no prices itself"
      default: "names the versions of a list, and holds no prices itself"
      }
    return scanner.fault(
      "price-list-index", "this index \(what)",
      help: "download what its URLs name behind https://pricing.us-east-1.amazonaws.com, and import that")
  }
}

/// Reads offers: the terms of a product and their prices.
private struct OfferScanner {
  let isReserved: Bool
  let source: Int
  private var prices: [ListedPrice] = []
  private var known = KnownTerms()

  init(isReserved: Bool, source: Int) {
    self.isReserved = isReserved
    self.source = source
  }

  /// Reads one offer of a product.
  mutating func read(
    _ scanner: inout JSONScanner, of sku: SKU, code: PriceCollector.Code?,
    into collector: inout PriceCollector
  ) throws(Findings) {
    guard let code, code >= 0 else {
      let count = try count(&scanner)
      let reason = code ?? collector.undescribed
      return collector.skip(reason, prices: count)
    }
    prices.removeAll(keepingCapacity: true)
    var terms = ListedTerms()
    var effective = 0
    try scanner.openObject()
    while let key = try scanner.nextKey() {
      if key == "priceDimensions" {
        try readPrices(&scanner)
      } else if key == "termAttributes" {
        try readTerms(&scanner, &terms)
      } else if key == "effectiveDate" {
        effective = try scanner.scalar().map(dayNumber) ?? 0
      } else {
        try scanner.skipValue()
      }
    }
    guard isReserved else {
      return collector.add(
        prices, of: code, sku: sku, purchase: .onDemand, effective: effective, source: source)
    }
    guard let commitment = known.commitment(of: terms) else {
      return collector.skip(collector.pastTerms, prices: prices.count)
    }
    collector.add(
      prices, of: code, sku: sku, purchase: .reserved(commitment), effective: effective, source: source)
  }

  /// How many prices an offer has that nobody wants.
  private func count(_ scanner: inout JSONScanner) throws(Findings) -> Int {
    var count = 0
    try scanner.openObject()
    while let key = try scanner.nextKey() {
      guard key == "priceDimensions" else {
        try scanner.skipValue()
        continue
      }
      try scanner.openObject()
      while try scanner.nextKey() != nil {
        try scanner.skipValue()
        count += 1
      }
    }
    return count
  }

  private mutating func readPrices(_ scanner: inout JSONScanner) throws(Findings) {
    try scanner.openObject()
    while try scanner.nextKey() != nil { prices.append(try price(&scanner)) }
  }

  private func price(_ scanner: inout JSONScanner) throws(Findings) -> ListedPrice {
    var price = ListedPrice()
    try scanner.openObject()
    while let key = try scanner.nextKey() {
      if key == "unit" {
        price.unit = try scanner.scalar()?.string ?? ""
      } else if key == "beginRange" {
        price.from = try scanner.scalar()?.decimal ?? 0
      } else if key == "endRange" {
        price.upTo = try scanner.scalar()?.decimal
      } else if key == "pricePerUnit" {
        price.amount = try amount(&scanner)
      } else {
        try scanner.skipValue()
      }
    }
    return price
  }

  private func amount(_ scanner: inout JSONScanner) throws(Findings) -> Decimal? {
    var amount: Decimal?
    try scanner.openObject()
    while let key = try scanner.nextKey() {
      if key == "USD" { amount = try scanner.scalar()?.decimal } else { try scanner.skipValue() }
    }
    return amount
  }

  private func readTerms(_ scanner: inout JSONScanner, _ terms: inout ListedTerms) throws(Findings) {
    try scanner.openObject()
    while let key = try scanner.nextKey() {
      if key == "LeaseContractLength" {
        terms.lease = try scanner.scalar()?.string ?? ""
      } else if key == "PurchaseOption" {
        terms.option = try scanner.scalar()?.string ?? ""
      } else if key == "OfferingClass" {
        terms.offeringClass = try scanner.scalar()?.string ?? ""
      } else {
        try scanner.skipValue()
      }
    }
  }
}
