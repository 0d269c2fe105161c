import CloudCost
import Diagnostics
import Foundation
import StructuredText
import Testing

/// Bills of others.
@Suite struct FocusReaderTests {
  /// Rows as the exports of three versions write them, with sums by hand.
  struct Sample: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    let sums: [String]
  }

  static let samples = [
    // FOCUS 1.0 as FinOps's sample data: quotes, NULL, dates with a space, many digits, charges of two resources.
    Sample(
      testDescription: "1.0",
      text: """
        "AvailabilityZone","BilledCost","BillingCurrency","BillingPeriodStart","EffectiveCost","ListCost","RegionId","ResourceId","ServiceName","Tags"
        NULL,0.00000080000,"USD","2024-09-01 00:00:00",0.00000000000,0.00000080000,"us-west-2","arn:a","Amazon Simple Queue Service",NULL
        NULL,0.00132222220,"USD","2024-09-01 00:00:00",0.00100000000,0.00132222220,"eu-central-1",NULL,"Amazon Elastic Compute Cloud","{""component"": ""api""}"
        NULL,0.00007777780,"USD","2024-09-01 00:00:00",0.00000000000,0.00007777780,"eu-central-1",NULL,"Amazon Elastic Compute Cloud","{""component"": ""api""}"

        """,
      sums: [
        "Amazon Elastic Compute Cloud eu-central-1 0.0014 0.001",
        "Amazon Simple Queue Service us-west-2 0.0000008 0",
      ]),
    // FOCUS 1.2 and 1.3: empty is null, a tax without a region, a credit, an exponent.
    Sample(
      testDescription: "1.2",
      text: """
        ProviderName,BillingPeriodStart,BilledCost,EffectiveCost,ListCost,BillingCurrency,ServiceName,RegionId,ResourceId,ChargeCategory,Tags
        AWS,2026-05-01T00:00:00Z,32.016000,0,32.016000,USD,AmazonEC2,us-west-2,arn:r,Purchase,"{""a"":""b""}"
        AWS,2026-05-01T00:00:00Z,0,11.3669414304,17.0418912,USD,AmazonEC2,us-west-2,arn:r,Usage,
        AWS,2026-05-01T00:00:00Z,2.04904836600,2.04904836600,2.27672040667,USD,AWSLambda,,,Tax,
        AWS,2026-05-01T00:00:00Z,-1E-2,-1e-02,-0.01,USD,AWSLambda,,,Credit,
        """,
      sums: ["AWSLambda  2.039048366 2.039048366", "AmazonEC2 us-west-2 32.016 11.3669414304"]),
    // Lines of an exporter before the header, other letters' case, CR LF.
    Sample(
      testDescription: "a header further down",
      text:
        "exported 2026-06-02\r\n\r\nbilledcost,effectivecost,billingcurrency,billingperiodstart,servicename\r\n1,2,EUR,2026-05-01,X\r\n",
      sums: ["X  1 2"]),
  ]

  @Test(arguments: samples) func sumsByServiceAndRegion(_ sample: Sample) throws {
    let bill = try FocusReader().bill(FocusWriterTests.cursor(sample.text))
    let sums = bill.sums { "\($0.service) \($0.region)" }.map {
      "\($0.key) \($0.amounts.billed) \($0.amounts.effective)"
    }
    #expect(sums == sample.sums)
  }

  @Test func tagsTellPartsApart() throws {
    let bill = try FocusReader().bill(FocusWriterTests.cursor(Self.samples[0].text))
    #expect(bill.charges.map(\.key.tag) == ["api", ""])
    #expect(bill.charges.map(\.amounts.rows) == [2, 1])
  }

  /// A bill that can not be read, and the rule that says so.
  struct Wrong: Sendable {
    let text: String
    let slug: String
    var line = 2
  }

  static let header = "BilledCost,EffectiveCost,BillingCurrency,BillingPeriodStart,ServiceName\n"
  static let wrong = [
    Wrong(text: "", slug: "not-focus", line: 1),
    Wrong(text: "line_item_usage_type,line_item_unblended_cost\na,1\n", slug: "not-focus", line: 1),
    Wrong(text: "ContractCommitmentId,ContractCommitmentCost\na,1\n", slug: "not-focus", line: 1),
    Wrong(text: "BilledCost,ServiceName\n1,x\n", slug: "missing-column", line: 1),
    Wrong(text: header + "NaN,1,USD,2026-05-01,x\n", slug: "bad-amount"),
    Wrong(text: header + "1,\"1,000\",USD,2026-05-01,x\n", slug: "bad-amount"),
    Wrong(text: header + "$1,1,USD,2026-05-01,x\n", slug: "bad-amount"),
    Wrong(text: header + ",1,USD,2026-05-01,x\n", slug: "bad-amount"),
    Wrong(text: header + "1e999999,1,USD,2026-05-01,x\n", slug: "bad-amount"),
    Wrong(text: header + "1,1,USD,May 2026,x\n", slug: "bad-date"),
    Wrong(text: header + "1,1,,2026-05-01,x\n", slug: "incomplete-row"),
    Wrong(text: header + "1,1,USD,2026-05-01\n", slug: "bad-record"),
    Wrong(text: header + "1,1,USD,2026-05-01,\"x\n", slug: "csv-unclosed-quote"),
  ]

  @Test(arguments: wrong) func whatCanNotBeReadIsLocated(_ wrong: Wrong) throws {
    let findings = try #require(throws: Findings.self) {
      try FocusReader().bill(FocusWriterTests.cursor(wrong.text))
    }
    let finding = try #require(findings.diagnostics.first)
    #expect(finding.slug == wrong.slug)
    #expect(finding.location?.line == wrong.line)
  }

  /// Two months and two currencies are never added.
  @Test func monthsAndCurrenciesStayApart() throws {
    let bill = try FocusReader().bill(
      FocusWriterTests.cursor(
        Self.header
          + "1,1,USD,2026-05-01,x\n2,2,EUR,2026-05-01,x\n4,4,USD,2026-06-01,x\n8,8,USD,2026-05-01,x\n"))
    #expect(
      bill.charges.map { "\($0.key.month) \($0.key.currency) \($0.amounts.billed)" } == [
        "2026-05 EUR 2", "2026-05 USD 9", "2026-06 USD 4",
      ])
  }
}

/// A plan held against a bill.
@Suite struct PlanAgainstBillTests {
  static let month = TestMonth.may

  static func line(
    _ resource: String, _ owner: String, _ service: String, _ region: String, _ amount: Decimal?
  ) -> LineItem {
    let place = LinePlace(resource: resource, owner: owner, service: service, region: region)
    let quantity: Charge.Quantity = amount.map { .known($0) } ?? .unstated("use")
    var pricer = LinePricer(book: PriceBook(name: "t", tables: []), conventions: CostConventions())
    return pricer.lines(
      of: Charge("x", .stated(1), quantity, unit: "month"), times: 1, mix: [(.onDemand, 1)], for: place)[0]
  }

  static func charge(
    _ service: String, _ region: String, resource: String = "", tag: String = "", _ amount: String
  ) -> String {
    "\(amount),\(amount),USD,2026-05-01,\(service),\(region),\(resource),\"{\"\"component\"\":\"\"\(tag)\"\"}\"\n"
  }

  static func bill(_ rows: String...) throws -> FocusBill {
    try FocusReader().bill(
      FocusWriterTests.cursor(
        "BilledCost,EffectiveCost,BillingCurrency,BillingPeriodStart,ServiceName,RegionId,ResourceId,Tags\n"
          + rows.joined()))
  }

  @Test func everyJoin() throws {
    let lines = [
      Self.line("api/servers", "api", "Amazon EC2", "us-east-1", 100),
      Self.line("api/disk", "api", "Amazon EBS", "us-east-1", 10),
      Self.line("db/servers", "db", "Amazon RDS", "us-east-1", 50),
      Self.line("cache/nodes", "cache", "Amazon ElastiCache", "us-east-1", 30),
      Self.line("cache/use", "cache", "Amazon ElastiCache", "us-east-1", nil),
      Self.line("site/bucket", "site", "Amazon S3", "us-east-1", 5),
    ]
    let bill = try Self.bill(
      Self.charge("AmazonEC2", "us-east-1", resource: "api/servers", "90"),
      Self.charge("AmazonEC2", "us-east-1", tag: "other", "12"),
      Self.charge("AmazonRDS", "us-east-1", tag: "db", "55"),
      Self.charge("Amazon ElastiCache", "us-east-1", "33"), Self.charge("AWSLambda", "us-east-1", "7"))
    let against = PlanAgainstBill(lines, against: bill, month: Self.month, currency: "USD")
    func text(_ amount: Decimal?) -> String { amount.map { "\($0)" } ?? "-" }
    #expect(
      against.rows.map { "\($0.join) \($0.name) \(text($0.planned)) \(text($0.billed)) \($0.openLines)" } == [
        "resource api/servers 100 90 0", "component db 50 55 0", "service AWSLambda - 7 0",
        "service Amazon ElastiCache 30 33 1", "service Amazon S3 5 - 0", "service AmazonEC2 10 12 0",
      ])
    #expect(against.unplanned.map(\.name) == ["AWSLambda"])
    #expect(against.notBilled.map(\.name) == ["Amazon S3"])
    #expect(against.planned == 195)
    #expect(against.billed == 197)
  }

  /// Every line and every charge counts once, however names and tags fall.
  @Test(arguments: 0..<40) func nothingIsLostOrCountedTwice(_ seed: Int) throws {
    var state = UInt64(seed) &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    func pick(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    let services = ["Amazon EC2", "Amazon RDS", "Amazon S3", "AWS Lambda"]
    let names = ["a", "b", "c"]
    let lines = (0..<12).map { _ in
      let owner = names[pick(3)]
      return Self.line("\(owner)/\(pick(2))", owner, services[pick(4)], "us-east-1", Decimal(pick(50)))
    }
    let rows = (0..<15).map { _ in
      Self.charge(
        services[pick(4)], "us-east-1", resource: ["", "a/0", "b/1"][pick(3)],
        tag: ["", "b", "c/0", "x"][pick(4)],
        "\(pick(90)).25")
    }
    let bill = try Self.bill(rows.joined())
    let against = PlanAgainstBill(lines, against: bill, month: Self.month, currency: "USD")
    #expect(against.planned == lines.compactMap(\.monthly).reduce(0, +))
    #expect(against.billed == bill.charges.map(\.amounts.effective).reduce(0, +))
  }
}
