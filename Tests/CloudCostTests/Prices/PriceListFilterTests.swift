import CloudCost
import Diagnostics
import Foundation
import Testing

/// What is known and not wanted is left out, and counted under its reason.
@Suite struct PriceListFilterTests {
  let scratch: ScratchFiles

  init() throws { scratch = try ScratchFiles() }

  private func imported(_ facts: [ListedFact], offer: String = "AmazonEC2", reader: PriceListReader = .init())
    throws
    -> ImportedPrices
  {
    let json = try scratch.write(ListText(offer: offer, facts: facts).json, to: "list.json")
    let csv = try scratch.write(ListText(offer: offer, facts: facts).csv(), to: "list.csv")
    let imported = try reader.read([json])
    #expect(try PriceBookText.of(reader.read([csv])) == PriceBookText.of(imported))
    return imported
  }

  struct Refused: CustomTestStringConvertible {
    let attribute: String
    let value: String
    let reason: String
    var testDescription: String { "\(attribute)=\(value)" }
  }

  static let refused = [
    Refused(attribute: "tenancy", value: "Host", reason: "on dedicated hosts"),
    Refused(attribute: "tenancy", value: "Dedicated", reason: "reservations of capacity"),
    Refused(
      attribute: "capacitystatus", value: "UnusedCapacityReservation", reason: "reservations of capacity"),
    Refused(
      attribute: "capacitystatus", value: "AllocatedCapacityReservation", reason: "reservations of capacity"),
    Refused(attribute: "usagetype", value: "UnusedBox:c4.large", reason: "reservations of capacity"),
    Refused(
      attribute: "marketoption", value: "CapacityBlock", reason: "blocks of capacity and spare capacity"),
    Refused(attribute: "preInstalledSw", value: "SQL Ent", reason: "with software installed by AWS"),
    Refused(attribute: "licenseModel", value: "Bring your own license", reason: "licences of one's own"),
    Refused(attribute: "operatingSystem", value: "Ubuntu Pro", reason: "other operating systems"),
    Refused(
      attribute: "locationType", value: "AWS Outposts", reason: "on Outposts, in Local Zones or at the edge"),
    Refused(
      attribute: "locationType", value: "AWS Local Zone", reason: "on Outposts, in Local Zones or at the edge"
    ),
    Refused(attribute: "location", value: "US East (Atlantis)", reason: "of no region"),
  ]

  /// A product that is wrong in one attribute stands beside one that is right, at another price.
  @Test(arguments: refused) func isLeftOut(_ refused: Refused) throws {
    let other = ListedFact("OTHER00000000001", "Compute Instance", ListedFacts.linux, per: "Hrs", "9.9")
      .with("OTHER00000000001", refused.attribute, refused.value)
    let imported = try imported([other, ListedFacts.c4Large])
    #expect(imported.leftOut == [ImportedPrices.Count(name: refused.reason, prices: 1)])
    let table = try #require(imported.tables.first)
    #expect(
      table.tiers(of: "instance/c4.large", purchase: .onDemand).map(\.amount) == [Decimal(string: "0.1") ?? 0]
    )
  }

  @Test func systemsAreToldApart() throws {
    let facts = ["Windows", "RHEL", "SUSE"].enumerated().map { index, system in
      ListedFact("S\(index)", "Compute Instance", ListedFacts.linux, per: "Hrs", "0.\(index + 2)")
        .with("S\(index)", "operatingSystem", system)
    }
    let table = try #require(try imported(facts).tables.first)
    #expect(
      table.prices.map(\.key.item).sorted()
        == ["instance/c4.large/rhel", "instance/c4.large/suse", "instance/c4.large/windows"])
  }

  /// Hardware of one's own has its own price and name.
  @Test func dedicatedIsToldApart() throws {
    let dedicated = ListedFact("D", "Compute Instance", ListedFacts.linux, per: "Hrs", "0.11")
      .with("D", "tenancy", "Dedicated").with("D", "usagetype", "DedicatedUsage:c4.large")
    let table = try #require(try imported([ListedFacts.c4Large, dedicated]).tables.first)
    #expect(
      table.tiers(of: "instance/c4.large/dedicated", purchase: .onDemand).map { "\($0.amount)" } == ["0.11"])
    #expect(table.tiers(of: "instance/c4.large", purchase: .onDemand).map { "\($0.amount)" } == ["0.1"])
  }

  /// Aurora's two ways to pay for input and output have their own prices.
  @Test func auroraOptimizedIsToldApart() throws {
    let imported = try imported(
      [
        ListedFacts.database("A1", engine: "Aurora PostgreSQL", deployment: "Single-AZ", "0.29"),
        ListedFacts.database(
          "A2", engine: "Aurora PostgreSQL", deployment: "Single-AZ", storage: "Aurora IO Optimization Mode",
          "0.377"),
        ListedFacts.database("A3", engine: "PostgreSQL", deployment: "Multi-AZ", "0.6"),
        ListedFacts.database("A4", engine: "PostgreSQL", deployment: "Multi-AZ (readable standbys)", "0.9"),
        ListedFacts.database("A5", engine: "Db2", deployment: "Single-AZ", "1"),
        ListedFacts.database("A6", engine: "PostgreSQL", deployment: "Multi-AZ", "5")
          .with("A6", "deploymentModel", "Custom"),
      ], offer: "AmazonRDS")
    let items = imported.tables.flatMap { table in table.prices.map { "\($0.key) \($0.amount)" } }
    #expect(
      items.sorted() == [
        "aurora/instance/db.r5.large/postgres/io-optimized 0.377",
        "aurora/instance/db.r5.large/postgres/standard 0.29",
        "rds/instance/db.r5.large/postgres/multi-az 0.6",
        "rds/instance/db.r5.large/postgres/multi-az-cluster 0.9",
      ])
    #expect(
      imported.leftOut.map(\.name) == [
        "databases on machines of one's own (RDS Custom)", "other database engines",
      ])
  }

  /// Two products of one name and two prices: neither is guessed.
  @Test func ambiguousIsLeftOut() throws {
    let twin = ListedFact("TWIN", "Compute Instance", ListedFacts.linux, per: "Hrs", "0.2")
    let imported = try imported([ListedFacts.c4Large, twin])
    #expect(imported.ambiguous == ["ec2/instance/c4.large on-demand in us-east-1"])
    #expect(imported.tables.first?.tiers(of: "instance/c4.large", purchase: .onDemand).isEmpty == true)
    #expect(imported.tables.first?.prices.count == 4)
  }

  /// Two products of one name and one price are one price.
  @Test func sharedPricesAreOne() throws {
    let twin = ListedFact("TWIN", "Compute Instance", ListedFacts.linux, per: "Hrs", "0.10")
    #expect(try imported([ListedFacts.c4Large, twin]).tables.first?.prices.count == 5)
  }

  /// Of prices that follow each other, the one counts that has begun when the list appeared.
  @Test func laterPricesDoNotCountYet() throws {
    var fact = ListedFacts.c4Large
    fact.offers = [("2026-01-01", "0.11"), ("2026-04-10", "0.12"), ("2026-05-01", "0.13")].enumerated().map {
      .init(code: "C\($0)", effective: $1.0, rates: [.init(unit: "Hrs", price: $1.1)])
    }
    let table = try #require(try imported([fact]).tables.first)
    #expect(table.prices.map { "\($0.amount)" } == ["0.12"])
  }

  static let unusable: [(rates: [ListedFact.Rate], reason: String)] = [
    ([.init(unit: "Hrs", price: "0")], "prices of 0 for what is not free"),
    ([.init(unit: "Hrs", price: "-1")], "in another currency, or no number of 0 or more"),
    ([.init(unit: "Hrs", price: "NaN")], "in another currency, or no number of 0 or more"),
    ([.init(unit: "Hrs", price: "1e999")], "in another currency, or no number of 0 or more"),
    ([.init(unit: "Hrs", price: "0.1", currency: "CNY")], "in another currency, or no number of 0 or more"),
    ([.init(unit: "GB-Mo", price: "0.1")], "counted in GB-Mo, and not in hour"),
    ([.init(unit: "Hrs", price: "0.1", from: "10")], "tiers that leave gaps"),
    ([.init(unit: "Hrs", price: "0.1", upTo: "10")], "tiers that leave gaps"),
    (
      [.init(unit: "Hrs", price: "0.1", upTo: "10"), .init(unit: "Hrs", price: "0.2", from: "11")],
      "tiers that leave gaps"
    ),
  ]

  @Test(arguments: unusable.indices) func unusablePricesAreNamed(_ row: Int) throws {
    var fact = ListedFacts.c4Large
    fact.offers[0].rates = Self.unusable[row].rates
    let imported = try imported([fact])
    #expect(imported.leftOut.map(\.name) == [Self.unusable[row].reason])
    #expect(imported.tables.first?.tiers(of: "instance/c4.large", purchase: .onDemand).isEmpty == true)
  }

  @Test func regionsAndServicesAreChosen() throws {
    let facts = [ListedFacts.c4Large] + ListedFacts.volumes
    #expect(
      try imported(facts, reader: PriceListReader(region: "eu-west-1")).tables.map(\.service) == ["ebs"])
    let ec2 = try imported(facts, reader: PriceListReader(service: "ec2"))
    #expect(ec2.tables.map(\.region) == ["us-east-1"])
    #expect(ec2.leftOut == [ImportedPrices.Count(name: "other services", prices: 5)])
  }

  @Test func strangersAreCounted() throws {
    let stranger = ListedFact(
      "X", "Entity Detection", [("servicecode", "comprehend"), ("location", "EU (Ireland)")], per: "Unit", "1"
    )
    #expect(
      try imported([stranger, ListedFacts.c4Large]).unknown
        == [ImportedPrices.Count(name: "Entity Detection", prices: 1)])
  }
}
