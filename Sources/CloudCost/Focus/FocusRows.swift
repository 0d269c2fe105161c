internal import FoundationEssentials

/// A row of FOCUS: the cells that are not null.
typealias FocusRow = [FocusColumn: FocusCell]

/// A cell: text, or a number.
enum FocusCell: Hashable {
  case text(String)
  case number(Decimal)
}

/// Turns line items of a month into rows.
///
/// What is used is a row of category Usage. What is bought by commitment is billed in rows of category Purchase, with no
/// effective cost, and its use costs nothing when billed and in effect what the commitment comes to: so both columns sum
/// to the month, once as cash and once amortised.
struct FocusRows {
  let month: BillingMonth
  let book: PriceBook
  let account: FocusWriter.Account
  /// Whether what is paid at the start of commitments falls into this month.
  let isFirstMonth: Bool

  /// The rows of a line; none when what it comes to is not known.
  func rows(of line: LineItem) -> [FocusRow] {
    guard case .known(let amount) = line.amount else { return [] }
    guard line.purchase.commitment != nil else { return [usage(of: line, amount)] }
    return [usage(of: line, amount)] + purchases(of: line, amount)
  }

  // MARK: Use

  private func usage(of line: LineItem, _ amount: MonthlyAmount) -> FocusRow {
    var row = shared(line)
    let isCommitted = line.purchase.commitment != nil
    row[.chargeCategory] = .text("Usage")
    row[.chargeFrequency] = .text("Usage-Based")
    row[.pricingCategory] = .text(pricingCategory(of: line.purchase))
    row[.billedCost] = .number(isCommitted ? 0 : amount.recurring)
    row[.effectiveCost] = .number(amount.amortised)
    let quantity = line.quantity ?? 0
    row[.pricingQuantity] = .number(quantity)
    row[.consumedQuantity] = .number(quantity)
    row[.consumedUnit] = .text(FocusUnit.name(of: line.unit))
    price(line, quantity, amount, into: &row)
    if isCommitted {
      describe(line.purchase, of: line, into: &row)
      row[.commitmentDiscountStatus] = .text("Used")
      row[.commitmentDiscountQuantity] = .number(isSpend(line.purchase) ? amount.amortised : quantity)
    }
    return row
  }

  /// List and contracted prices; where no list says one, the cost stands for both and the unit prices are null.
  private func price(
    _ line: LineItem, _ quantity: Decimal, _ amount: MonthlyAmount, into row: inout FocusRow
  ) {
    guard let list = listPrice(of: line) else {
      row[.listCost] = .number(amount.amortised)
      row[.contractedCost] = .number(amount.amortised)
      return
    }
    let contracted = line.purchase == .onDemand ? line.unitPrice ?? list.amount : book.discounted(list).amount
    row[.listUnitPrice] = .number(list.amount)
    row[.listCost] = .number(list.amount * quantity)
    row[.contractedUnitPrice] = .number(contracted)
    row[.contractedCost] = .number(contracted * quantity)
  }

  /// The price on demand before any discount, of the same part of the month's quantity.
  private func listPrice(of line: LineItem) -> Price? {
    guard let key = line.key else { return line.unitPrice.map { own(line, $0) } }
    let tiers = book.table(of: key.service, in: line.region)?.tiers(of: key.item, purchase: .onDemand) ?? []
    return tiers.first { $0.tier == line.tier } ?? (tiers.count == 1 ? tiers.first : nil)
  }

  private func own(_ line: LineItem, _ amount: Decimal) -> Price {
    Price(
      key: PriceKey("", line.label), region: line.region, unit: line.unit, amount: amount,
      origin: line.origin ?? PriceOrigin(standing: .own, source: "", date: ""))
  }

  private func pricingCategory(of purchase: Purchase) -> String {
    switch purchase {
    case .onDemand: "Standard"
    case .spot: "Dynamic"
    case .reserved, .savingsPlan: "Committed"
    }
  }

  // MARK: Commitments

  private func purchases(of line: LineItem, _ amount: MonthlyAmount) -> [FocusRow] {
    var rows: [FocusRow] = []
    if amount.recurring != 0 { rows.append(purchase(of: line, amount.recurring, "Recurring")) }
    if isFirstMonth, amount.upfront != 0 { rows.append(purchase(of: line, amount.upfront, "One-Time")) }
    return rows
  }

  private func purchase(of line: LineItem, _ cost: Decimal, _ frequency: String) -> FocusRow {
    var row = shared(line)
    row[.chargeCategory] = .text("Purchase")
    row[.chargeFrequency] = .text(frequency)
    row[.chargeDescription] = .text("\(line.purchase.text): \(line.label)")
    row[.pricingCategory] = .text("Standard")
    for column in [FocusColumn.billedCost, .listCost, .contractedCost] { row[column] = .number(cost) }
    row[.effectiveCost] = .number(0)
    let isSpend = isSpend(line.purchase)
    row[.pricingQuantity] = .number(isSpend ? cost : line.quantity ?? 0)
    if isSpend { row[.pricingUnit] = .text(book.currency) }
    describe(line.purchase, of: line, into: &row)
    row[.commitmentDiscountQuantity] = row[.pricingQuantity]
    return row
  }

  private func describe(_ purchase: Purchase, of line: LineItem, into row: inout FocusRow) {
    let isSpend = isSpend(purchase)
    row[.commitmentDiscountId] = .text(
      "\(purchase.text):\(line.key?.description ?? line.label):\(line.region)")
    row[.commitmentDiscountName] = .text(purchase.text)
    row[.commitmentDiscountCategory] = .text(isSpend ? "Spend" : "Usage")
    row[.commitmentDiscountType] = .text(isSpend ? "Savings Plan" : "Reserved Instance")
    row[.commitmentDiscountUnit] = .text(isSpend ? book.currency : FocusUnit.name(of: line.unit))
  }

  private func isSpend(_ purchase: Purchase) -> Bool {
    if case .savingsPlan = purchase { true } else { false }
  }

  // MARK: What every row says

  private func shared(_ line: LineItem) -> FocusRow {
    let service = FocusService.service(line.key?.service)
    var row: FocusRow = [
      .providerName: .text(account.provider), .publisherName: .text(account.provider),
      .invoiceIssuerName: .text(account.provider), .billingAccountId: .text(account.id),
      .billingAccountType: .text("Account"), .billingPeriodStart: .text(month.start),
      .billingPeriodEnd: .text(month.end), .chargePeriodStart: .text(month.start),
      .chargePeriodEnd: .text(month.end), .chargeDescription: .text(line.label),
      .pricingUnit: .text(FocusUnit.name(of: line.unit)), .billingCurrency: .text(book.currency),
      .serviceName: .text(line.service), .serviceCategory: .text(service.category),
      .serviceSubcategory: .text(service.subcategory), .resourceId: .text(line.resource),
      .resourceName: .text(line.resource), .resourceType: .text(line.service),
      .tags: .text(FocusTags.text(["component": line.owner, "resource": line.resource])),
    ]
    if let name = account.name { row[.billingAccountName] = .text(name) }
    if !line.region.isEmpty {
      row[.regionId] = .text(line.region)
      row[.regionName] = .text(line.region)
    }
    if let key = line.key {
      let tier = line.tier.map { "@\($0.from)" } ?? ""
      row[.skuId] = .text(key.description)
      row[.skuMeter] = .text(String(key.item.prefix { $0 != "/" }))
      row[.skuPriceId] = .text("\(key.description):\(line.purchase.text):\(line.region)\(tier)")
    }
    origin(of: line, into: &row)
    return row
  }

  private func origin(of line: LineItem, into row: inout FocusRow) {
    guard let origin = line.origin else { return }
    row[.priceSource] = .text(origin.source)
    row[.priceStanding] = .text(origin.standing.rawValue)
    if !origin.date.isEmpty { row[.priceDate] = .text(origin.date) }
  }
}

/// Units as FOCUS writes them: `Hours`, `GB-Months`.
enum FocusUnit {
  /// The unit of a line as FOCUS asks for it: capital letters, counted things in the plural.
  ///
  /// - Source: FOCUS 1.2, attribute Unit Format.
  static func name(of unit: String) -> String {
    known[unit] ?? unit
  }

  private static let known = [
    "hour": "Hours", "GB-month": "GB-Months", "IOPS-month": "IOPS-Months", "MBps-month": "MBps-Months",
    "vCPU-hour": "vCPU-Hours", "ACU-hour": "ACU-Hours", "LCU-hour": "LCU-Hours", "GB-hour": "GB-Hours",
    "1k requests": "1000 Requests", "1M requests": "1000000 Requests", "month": "Months",
    "metric-month": "Metric-Months",
  ]
}

/// The tags of a row as JSON, keys in order.
enum FocusTags {
  /// `{"component":"ledger"}`.
  static func text(_ tags: [String: String]) -> String {
    let members = tags.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(quoted($0.value))" }
    return "{" + members.joined(separator: ",") + "}"
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\" + String(scalar)
      case _ where scalar.value < 0x20: quoted += " "
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
