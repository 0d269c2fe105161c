import CloudCost
import Diagnostics
import Foundation
import Testing

/// Lists of savings plans say what an hour of a product comes to under a plan.
@Suite struct SavingsPlanListTests {
  let scratch: ScratchFiles

  init() throws { scratch = try ScratchFiles() }

  private static let header =
    "SKU,RateCode,Unit,EffectiveDate,DiscountedRate,Currency,DiscountedSKU,DiscountedServiceCode,"
    + "DiscountedUsageType,DiscountedOperation,PurchaseOption,LeaseContractLength,LeaseContractLengthUnit,ServiceCode,"
    + "UsageType,Operation,Description,Instance Family,Location,Location Type,Granularity,Product Family,"
    + "DiscountedRegionCode,DiscountedInstanceType\n"

  private static let head =
    "FormatVersion,v1.0\nPublication Date,2026-04-22T19:42:03Z\nVersion,20260422194203\n"

  /// Rates of Hyderabad, 2026-04-22: AWS, AWSDatabaseSavingsPlans, ap-south-2.
  static let databases = [
    ("1.824", "AmazonRDS", "APS5-Multi-AZUsage:db.r7i.2xl", "CreateDBInstance:0005"),
    ("3.0668800000", "AmazonRDS", "APS5-Multi-AZUsage:db.m7g.4xl", "CreateDBInstance:0002"),
    ("0.2105600000", "AmazonElastiCache", "APS5-NodeUsage:cache.m7g.xlarge", "CreateCacheCluster:Valkey"),
    ("1.0000000000", "AmazonRDS", "APS5-InstanceUsage:db.r7g.2xl", "CreateDBInstance:0021"),
  ]

  private static func csv(
    _ rates: [(String, String, String, String)], plan: String, usage: String, option: String, years: Int,
    region: String = "ap-south-2", skus: [String] = []
  ) -> String {
    let rows = rates.enumerated().map { index, rate in
      let sku = skus.isEmpty ? "DISCOUNTED00000\(index)" : skus[index]
      return
        "P,P.\(index),Hrs,2026-04-20T21:53:43Z,\(rate.0),USD,\(sku),\(rate.1),\(rate.2),\(rate.3),\(option),"
        + "\(years),year,\(plan),\(usage),,plan,,Any,AWS Region,hourly,\(plan),\(region),\n"
    }
    return head + "OfferCode,AWS\(plan)\n" + header + rows.joined()
  }

  @Test func databasesAreTaken() throws {
    let text = Self.csv(
      Self.databases, plan: "DatabaseSavingsPlans", usage: "DatabaseSP:1yrNoUpfront", option: "No Upfront",
      years: 1)
    let imported = try PriceListReader().read([scratch.write(text, to: "plans.csv")])
    let rows = imported.tables.flatMap { table in
      table.prices.map { "\($0.region) \($0.key) \($0.purchase.text) \($0.amount)" }
    }
    #expect(
      rows.sorted() == [
        "ap-south-2 aurora/instance/db.r7g.2xlarge/postgres/standard database-savings-1y-no-upfront 1",
        "ap-south-2 elasticache/node/cache.m7g.xlarge/valkey database-savings-1y-no-upfront 0.21056",
        "ap-south-2 rds/instance/db.m7g.4xlarge/mysql/multi-az database-savings-1y-no-upfront 3.06688",
      ])
    #expect(imported.leftOut == [ImportedPrices.Count(name: "other database engines", prices: 1)])
  }

  /// However it is paid, an hour comes to the rate of the list: what recurs, and the hour's share of what is paid at the start.
  @Test(arguments: [1, 3], Purchase.Commitment.Upfront.allCases)
  func optionsComeToTheRate(_ years: Int, _ upfront: Purchase.Commitment.Upfront) throws {
    let words: [Purchase.Commitment.Upfront: String] = [
      .none: "No Upfront", .partial: "Partial Upfront", .all: "All Upfront",
    ]
    let text = Self.csv(
      [("0.0730000000", "AmazonEC2", "EUC1-BoxUsage:m5.large", "RunInstances")], plan: "ComputeSavingsPlans",
      usage: "ComputeSP:\(years)yr", option: words[upfront] ?? "", years: years, region: "eu-central-1")
    let imported = try PriceListReader().read([scratch.write(text, to: "plans.csv")])
    let purchase = Purchase.savingsPlan(.compute, .init(years: years, upfront: upfront))
    let price = try #require(imported.tables.first?.tiers(of: "instance/m5.large", purchase: purchase).first)
    #expect(price.amount + price.upfront / Decimal(8760 * years) == Decimal(string: "0.073"))
    #expect((price.upfront == 0) == (upfront == .none))
    #expect((price.amount == 0) == (upfront == .all))
    #expect(price.origin.standing == (upfront == .none ? .published : .derived))
  }

  /// A product that only its own list describes is known when both lists are given, in any order.
  @Test func productsAreKnownByNumber() throws {
    let oracle = ListedFact(
      "ORACLE0000000001", "Database Instance",
      [
        ("servicecode", "AmazonRDS"), ("location", "Asia Pacific (Hyderabad)"),
        ("locationType", "AWS Region"),
        ("instanceType", "db.r7i.2xlarge"), ("databaseEngine", "Oracle"), ("databaseEdition", "Enterprise"),
        ("licenseModel", "Bring your own license"), ("deploymentOption", "Multi-AZ"),
        ("usagetype", "APS5-Multi-AZUsage:db.r7i.2xl"),
      ], per: "Hrs", "2.4")
    let bulk = try scratch.write(ListText(offer: "AmazonRDS", facts: [oracle]).json, to: "rds.json")
    let plans = try scratch.write(
      Self.csv(
        Array(Self.databases.prefix(1)), plan: "DatabaseSavingsPlans", usage: "DatabaseSP:1yrNoUpfront",
        option: "No Upfront", years: 1, skus: ["ORACLE0000000001"]), to: "plans.csv")
    for paths in [[plans, bulk], [bulk, plans]] {
      let prices = try PriceListReader().read(paths).tables.flatMap(\.prices)
      #expect(
        prices.map { "\($0.key) \($0.purchase.text) \($0.amount)" } == [
          "rds/instance/db.r7i.2xlarge/oracle-byol/multi-az on-demand 2.4",
          "rds/instance/db.r7i.2xlarge/oracle-byol/multi-az database-savings-1y-no-upfront 1.824",
        ])
    }
  }

  /// The JSON of the same list (AWS, “Reading the service price list file for a Savings Plan”), members in any order.
  @Test(arguments: [true, false]) func jsonIsTaken(_ skuLast: Bool) throws {
    let rate = """
      {"discountedSku": "D1", "discountedUsageType": "EUC1-BoxUsage:m5.large", "discountedOperation": "RunInstances",
       "discountedServiceCode": "AmazonEC2", "rateCode": "P1.D1", "unit": "Hrs",
       "discountedRate": {"price": "0.0730000000", "currency": "USD"}, "discountedRegionCode": "eu-central-1",
       "discountedInstanceType": "m5.large"}
      """
    let rates = "\"rates\": [\(rate)]"
    let sku = "\"sku\": \"P1\""
    let lease = "\"leaseContractLength\": {\"duration\": 3, \"unit\": \"year\"}"
    let members = skuLast ? [lease, rates, sku] : [sku, lease, rates]
    let text = """
      {"version": "20260422", "publicationDate": "2026-04-22T19:42:03Z", "regionCode": "eu-central-1",
       "products": [{"sku": "P1", "productFamily": "EC2InstanceSavingsPlans", "serviceCode": "ComputeSavingsPlans",
         "usageType": "EUC1-EC2SP:m5.3yrNoUpfront", "operation": "", "attributes": {"purchaseOption": "No Upfront",
         "granularity": "hourly", "instanceType": "m5", "purchaseTerm": "3yr"}}],
       "terms": {"savingsPlan": [{\(members.joined(separator: ", "))}]}}
      """
    let prices = try PriceListReader().read([scratch.write(text, to: "plans.json")]).tables.flatMap(\.prices)
    #expect(
      prices.map { "\($0.region) \($0.key) \($0.purchase.text) \($0.amount)" }
        == ["eu-central-1 ec2/instance/m5.large instance-savings-3y-no-upfront 0.073"])
  }
}
