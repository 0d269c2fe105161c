internal import Diagnostics
internal import FoundationEssentials

/// Reads offers: the terms of a product and their prices.
struct OfferScanner {
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
