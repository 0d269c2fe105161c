internal import Diagnostics
internal import FoundationEssentials

/// The parts of a list of savings plans: the plans, and for each what it makes of the prices of products.
struct SavingsJSON {
  private var plans: [SKU: ListedPlan] = [:]

  /// Whether a JSON file is a list of savings plans, whose products are a list.
  static func isList(_ path: String) throws(Findings) -> Bool {
    var scanner = try JSONScanner(path: path)
    try scanner.openObject()
    while let key = try scanner.nextKey() {
      if key == "products" { return try scanner.peek() == UInt8(ascii: "[") }
      if key == "terms" { return false }
      try scanner.skipValue()
    }
    return false
  }

  /// Reads the list of plans.
  mutating func readPlans(_ scanner: inout JSONScanner) throws(Findings) {
    try scanner.openList()
    while try scanner.nextElement() { try readPlan(&scanner) }
  }

  private mutating func readPlan(_ scanner: inout JSONScanner) throws(Findings) {
    var sku = SKU(none: ())
    var family = ""
    var usageType = ""
    var option = ""
    try scanner.openObject()
    while let key = try scanner.nextKey() {
      if key == "sku" {
        sku = try scanner.scalar().map(SKU.init) ?? sku
      } else if key == "productFamily" {
        family = try scanner.scalar()?.string ?? ""
      } else if key == "usageType" {
        usageType = try scanner.scalar()?.string ?? ""
      } else if key == "attributes" {
        option = try readOption(&scanner)
      } else {
        try scanner.skipValue()
      }
    }
    var plan = ListedPlan(family: family, usageType: usageType)
    plan.terms.option = option
    plans[sku] = plan
  }

  private func readOption(_ scanner: inout JSONScanner) throws(Findings) -> String {
    var option = ""
    try scanner.openObject()
    while let key = try scanner.nextKey() {
      if key == "purchaseOption" {
        option = try scanner.scalar()?.string ?? ""
      } else {
        try scanner.skipValue()
      }
    }
    return option
  }

  /// Reads the list of terms, each of a plan with its rates.
  mutating func readRates(
    _ scanner: inout JSONScanner, source: Int, into collector: inout PriceCollector
  ) throws(Findings) {
    try scanner.openList()
    while try scanner.nextElement() {
      var rates: [SavingsRate] = []
      var sku = SKU(none: ())
      var lease = ""
      try scanner.openObject()
      while let key = try scanner.nextKey() {
        if key == "sku" {
          sku = try scanner.scalar().map(SKU.init) ?? sku
        } else if key == "leaseContractLength" {
          lease = try readLease(&scanner)
        } else if key == "rates" {
          rates = try readRates(&scanner)
        } else {
          try scanner.skipValue()
        }
      }
      guard var plan = plans[sku] else {
        collector.skip(collector.undescribed, prices: rates.count)
        continue
      }
      plan.terms.lease = lease
      for rate in rates { collector.add(rate, plan: plan, source: source) }
    }
  }

  /// `{"duration": 1, "unit": "year"}` as `1year`.
  private func readLease(_ scanner: inout JSONScanner) throws(Findings) -> String {
    var duration = ""
    var unit = ""
    try scanner.openObject()
    while let key = try scanner.nextKey() {
      if key == "duration" {
        duration = try scanner.scalar()?.string ?? ""
      } else if key == "unit" {
        unit = try scanner.scalar()?.string ?? ""
      } else {
        try scanner.skipValue()
      }
    }
    return duration + unit
  }

  private func readRates(_ scanner: inout JSONScanner) throws(Findings) -> [SavingsRate] {
    var rates: [SavingsRate] = []
    try scanner.openList()
    while try scanner.nextElement() { rates.append(try readRate(&scanner)) }
    return rates
  }

  private func readRate(_ scanner: inout JSONScanner) throws(Findings) -> SavingsRate {
    var rate = SavingsRate()
    try scanner.openObject()
    while let key = try scanner.nextKey() {
      if key == "discountedSku" {
        rate.sku = try scanner.scalar().map(SKU.init) ?? rate.sku
      } else if key == "discountedServiceCode" {
        rate.service = try scanner.scalar()?.string ?? ""
      } else if key == "discountedUsageType" {
        rate.usageType = try scanner.scalar()?.string ?? ""
      } else if key == "discountedOperation" {
        rate.operation = try scanner.scalar()?.string ?? ""
      } else if key == "discountedRegionCode" {
        rate.region = try scanner.scalar()?.string ?? ""
      } else if key == "unit" {
        rate.unit = try scanner.scalar()?.string ?? ""
      } else if key == "discountedRate" {
        rate.amount = try readAmount(&scanner)
      } else {
        try scanner.skipValue()
      }
    }
    return rate
  }

  private func readAmount(_ scanner: inout JSONScanner) throws(Findings) -> Decimal? {
    var price: Decimal?
    var isDollars = true
    try scanner.openObject()
    while let key = try scanner.nextKey() {
      if key == "price" {
        price = try scanner.scalar()?.decimal
      } else if key == "currency" {
        isDollars = try scanner.scalar().map { $0 == "USD" } ?? true
      } else {
        try scanner.skipValue()
      }
    }
    return isDollars ? price : nil
  }
}
