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
