import CloudCost
import Diagnostics
import Foundation
import StructuredText
import Testing

/// Bills as FOCUS, and back.
@Suite struct FocusWriterTests {
  static let origin = PriceOrigin(standing: .published, source: "test", date: "2026-01-01")
  static let reserved = Purchase.reserved(.init(years: 1, upfront: .partial))
  static let plan = Purchase.savingsPlan(.compute, .init(years: 1, upfront: .none))

  static func price(_ item: String, _ amount: String, purchase: Purchase = .onDemand, upfront: Decimal = 0)
    -> Price
  {
    Price(
      key: PriceKey("ec2", item), region: "eu-west-1", purchase: purchase, unit: "hour",
      amount: Decimal(string: amount) ?? 0, upfront: upfront, origin: origin)
  }

  static let book = PriceBook(
    name: "test",
    tables: [
      PriceTable(
        service: "ec2", region: "eu-west-1",
        prices: [
          price("instance/m5.large", "0.107"),
          price("instance/m5.large", "0.03", purchase: reserved, upfront: 240),
          price("instance/m5.large", "0.07", purchase: plan),
          price("instance/m5.large", "0.04", purchase: .spot),
        ])
    ])

  static func lines(
    _ mix: [(purchase: Purchase, share: Decimal)], owner: String = "api",
    label: String = "Instance (m5.large)"
  ) -> [LineItem] {
    var pricer = LinePricer(book: book, conventions: CostConventions())
    let charge = Charge(
      label, .listed(PriceKey("ec2", "instance/m5.large")), .known(730), unit: "hour", isCommittable: true)
    return pricer.lines(
      of: charge, times: 2, mix: mix,
      for: LinePlace(resource: "\(owner)/servers", owner: owner, service: "Amazon EC2", region: "eu-west-1"))
  }

  static let month = TestMonth.december

  /// The records of what is written, by column.
  static func rows(_ lines: [LineItem], isFirstMonth: Bool = false) throws -> [[String: String]] {
    let text = FocusWriter(month: month, book: book, isFirstMonth: isFirstMonth).text(of: lines)
    var reader = CSVReader(cursor(text))
    let header = try #require(try reader.next()).fields.map(\.text)
    var rows: [[String: String]] = []
    while let record = try reader.next() {
      #expect(record.problems.isEmpty)
      #expect(record.fields.count == header.count)
      rows.append(Dictionary(uniqueKeysWithValues: zip(header, record.fields.map(\.text))))
    }
    return rows
  }

  static func cursor(_ text: String) -> ByteCursor {
    var rest: [UInt8]? = Array(text.utf8)
    return ByteCursor(name: "bill.csv") {
      defer { rest = nil }
      return rest ?? []
    }
  }

  /// FOCUS 1.2, Cost and Usage: columns of feature level Mandatory, and whether they may be null.
  static let mandatory: [(column: String, mayBeNull: Bool)] = [
    ("BilledCost", false), ("BillingAccountId", false), ("BillingAccountName", true),
    ("BillingCurrency", false),
    ("BillingPeriodEnd", false), ("BillingPeriodStart", false), ("ChargeCategory", false),
    ("ChargeClass", true),
    ("ChargeDescription", true), ("ChargePeriodEnd", false), ("ChargePeriodStart", false),
    ("ContractedCost", false),
    ("EffectiveCost", false), ("InvoiceIssuerName", false), ("ListCost", false), ("PricingQuantity", true),
    ("PricingUnit", true), ("ProviderName", false), ("PublisherName", false), ("ServiceCategory", false),
    ("ServiceName", false),
  ]

  /// FOCUS 1.2, allowed values.
  static let allowed: [String: Set<String>] = [
    "ChargeCategory": ["Usage", "Purchase", "Tax", "Credit", "Adjustment"],
    "ChargeClass": ["", "Correction"],
    "ChargeFrequency": ["One-Time", "Recurring", "Usage-Based"],
    "PricingCategory": ["Standard", "Dynamic", "Committed", "Other"],
    "CommitmentDiscountCategory": ["", "Spend", "Usage"], "CommitmentDiscountStatus": ["", "Used", "Unused"],
  ]

  @Test(arguments: [true, false]) func rowsKeepTheSpecification(isFirstMonth: Bool) throws {
    let lines = Self.lines([(.onDemand, 0.25), (.spot, 0.25), (Self.reserved, 0.25), (Self.plan, 0.25)])
    let rows = try Self.rows(lines, isFirstMonth: isFirstMonth)
    #expect(rows.count == (isFirstMonth ? 7 : 6))
    for row in rows {
      for (column, mayBeNull) in Self.mandatory {
        let value = try #require(row[column], "no column \(column)")
        #expect(mayBeNull || !value.isEmpty, "\(column)")
      }
      for (column, values) in Self.allowed { #expect(values.contains(row[column] ?? "?"), "\(column)") }
      #expect(row["BillingPeriodStart"] == "2026-12-01T00:00:00Z")
      #expect(row["ChargePeriodEnd"] == "2027-01-01T00:00:00Z")
      checkProducts(row)
      checkCommitments(row)
    }
  }

  /// Where a unit price is there, its product with the quantity is the cost, exactly.
  private func checkProducts(_ row: [String: String]) {
    func number(_ column: String) -> Decimal? {
      row[column].flatMap { $0.isEmpty ? nil : Decimal(string: $0) }
    }
    for (unit, cost) in [("ListUnitPrice", "ListCost"), ("ContractedUnitPrice", "ContractedCost")] {
      guard let price = number(unit), let quantity = number("PricingQuantity") else { continue }
      #expect(price * quantity == number(cost))
    }
  }

  /// A commitment's columns are there together; a purchase has no status.
  private func checkCommitments(_ row: [String: String]) {
    let isCommitment = row["CommitmentDiscountId"] != ""
    for column in ["CommitmentDiscountCategory", "CommitmentDiscountType", "CommitmentDiscountQuantity"] {
      #expect((row[column] != "") == isCommitment, "\(column)")
    }
    #expect((row["CommitmentDiscountStatus"] != "") == (row["PricingCategory"] == "Committed"))
    #expect(row["ChargeCategory"] != "Purchase" || row["EffectiveCost"] == "0")
  }

  /// 1,460 h: on demand 0.107; reserved 0.03 and 240 for each of two machines, spread over twelve months.
  @Test func amountsByHand() throws {
    let onDemand = try #require(try Self.rows(Self.lines([(.onDemand, 1)])).first)
    #expect(onDemand["BilledCost"] == "156.22")
    #expect(onDemand["EffectiveCost"] == "156.22")
    #expect(onDemand["PricingUnit"] == "Hours")
    let rows = try Self.rows(Self.lines([(Self.reserved, 1)]), isFirstMonth: true)
    #expect(rows.map { $0["BilledCost"] } == ["0", "43.8", "480"])
    #expect(rows.map { $0["EffectiveCost"] } == ["83.8", "0", "0"])
    #expect(rows.map { $0["ListCost"] } == ["156.22", "43.8", "480"])
    #expect(rows.map { $0["ChargeFrequency"] } == ["Usage-Based", "Recurring", "One-Time"])
  }

  /// What is written is read back as the same sums, billed and effective.
  @Test func whatIsWrittenReadsBack() throws {
    let lines =
      Self.lines([(.onDemand, 0.5), (Self.reserved, 0.5)]) + Self.lines([(Self.plan, 1)], owner: "web")
    let text = FocusWriter(month: Self.month, book: Self.book).text(of: lines)
    let bill = try FocusReader().bill(Self.cursor(text))
    #expect(bill.months == [Self.month])
    #expect(bill.currencies == ["USD"])
    let amounts = lines.compactMap { line -> MonthlyAmount? in
      if case .known(let amount) = line.amount { amount } else { nil }
    }
    #expect(bill.charges.map(\.amounts.billed).reduce(0, +) == amounts.map(\.recurring).reduce(0, +))
    #expect(bill.charges.map(\.amounts.effective).reduce(0, +) == amounts.map(\.amortised).reduce(0, +))
    let against = PlanAgainstBill(lines, against: bill, month: Self.month, currency: "USD")
    #expect(against.rows.map(\.name) == ["api/servers", "web/servers"])
    #expect(against.rows.allSatisfy { $0.difference == 0 && $0.join == .resource })
  }

  /// A cell can not be taken for a formula, and a quote or line end can not leave its cell.
  @Test(arguments: ["=1+1", "+1", "-1", "@x", "a\"b,c", "a\r\nb"]) func textsStayText(_ label: String) throws
  {
    let row = try #require(try Self.rows(Self.lines([(.onDemand, 1)], label: label)).first)
    let written = row["ChargeDescription"] ?? ""
    #expect(
      !written.hasPrefix("=") && !written.hasPrefix("+") && !written.hasPrefix("-") && !written.hasPrefix("@")
    )
    #expect(!written.contains("\n") && !written.contains("\r"))
    #expect(label.hasPrefix("a") || written == "'" + label)
  }

  /// Lines without a known cost are named and have no row; never 0.
  @Test func linesWithoutACostAreNamed() throws {
    var pricer = LinePricer(book: Self.book, conventions: CostConventions())
    let place = LinePlace(resource: "a/b", owner: "a", service: "Amazon EC2", region: "eu-west-1")
    let open = pricer.lines(
      of: Charge("Use", .listed(PriceKey("ec2", "instance/m5.large")), .unstated("hours"), unit: "hour"),
      times: 1,
      mix: [(.onDemand, 1)], for: place)
    let unknown = pricer.lines(
      of: Charge("None", .listed(PriceKey("ec2", "nothing")), .known(1), unit: "hour"), times: 1,
      mix: [(.onDemand, 1)], for: place)
    #expect(try Self.rows(open + unknown).isEmpty)
    #expect(FocusWriter(month: Self.month, book: Self.book).omitted(of: open + unknown).count == 2)
  }
}

/// Months that tests use.
enum TestMonth {
  static let december = month(12)
  static let may = month(5)

  private static func month(_ month: Int) -> BillingMonth {
    guard let month = BillingMonth(year: 2026, month: month) else {
      preconditionFailure("2026 has 12 months")
    }
    return month
  }
}

/// Months of bills.
@Suite struct BillingMonthTests {
  @Test(arguments: [
    ("2026-05", "2026-05-01T00:00:00Z", "2026-06-01T00:00:00Z"),
    ("2024-12-01 00:00:00", "2024-12-01T00:00:00Z", "2025-01-01T00:00:00Z"),
    ("2026-05-31T23:00:00Z", "2026-05-01T00:00:00Z", "2026-06-01T00:00:00Z"),
  ]) func readsAndEnds(_ text: String, start: String, end: String) throws {
    let month = try #require(BillingMonth(text: text))
    #expect(month.start == start)
    #expect(month.end == end)
  }

  @Test(arguments: [
    "", "2026", "2026-13", "2026-00", "2026/05", "26-05-01", "2026-055", "0000-01", "x026-05",
  ])
  func refuses(_ text: String) { #expect(BillingMonth(text: text) == nil) }
}
