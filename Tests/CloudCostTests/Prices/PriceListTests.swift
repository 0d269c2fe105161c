import CloudCost
import Diagnostics
import Foundation
import Testing

/// Price lists of AWS become tables of a book.
@Suite struct PriceListTests {
  let scratch: ScratchFiles

  init() throws { scratch = try ScratchFiles() }

  private static let all = ListText(
    facts: [ListedFacts.c4Large] + ListedFacts.volumes + [ListedFacts.bucket, ListedFacts.requests])

  struct Expected: CustomTestStringConvertible {
    let key: PriceKey
    let region: String
    var purchase = Purchase.onDemand
    let unit: String
    let amounts: [String]
    var upfront = "0"
    var testDescription: String { "\(key) \(purchase.text)" }
  }

  private static func commitment(
    _ years: Int, _ upfront: Purchase.Commitment.Upfront, convertible: Bool = false
  )
    -> Purchase
  {
    .reserved(.init(years: years, upfront: upfront, isConvertible: convertible))
  }

  /// What the lists say, in our items and units.
  static let expected = [
    Expected(key: PriceKey("ec2", "instance/c4.large"), region: "us-east-1", unit: "hour", amounts: ["0.1"]),
    Expected(
      key: PriceKey("ec2", "instance/c4.large"), region: "us-east-1", purchase: commitment(1, .partial),
      unit: "hour", amounts: ["0.03"], upfront: "263"),
    Expected(
      key: PriceKey("ec2", "instance/c4.large"), region: "us-east-1", purchase: commitment(3, .partial),
      unit: "hour", amounts: ["0.021"], upfront: "539"),
    Expected(
      key: PriceKey("ec2", "instance/c4.large"), region: "us-east-1",
      purchase: commitment(3, .partial, convertible: true), unit: "hour", amounts: ["0.027"], upfront: "710"),
    Expected(
      key: PriceKey("ec2", "instance/c4.large"), region: "us-east-1", purchase: commitment(1, .none),
      unit: "hour", amounts: ["0.063"]),
    Expected(key: PriceKey("ebs", "gp3"), region: "eu-west-1", unit: "GB-month", amounts: ["0.088"]),
    // $45.056 for a GiB/s is 1/1024 of it for a MiB/s.
    Expected(
      key: PriceKey("ebs", "gp3/throughput"), region: "eu-west-1", unit: "MBps-month", amounts: ["0.044"]),
    Expected(
      key: PriceKey("ebs", "standard/requests"), region: "eu-west-1", unit: "1M requests", amounts: ["0.055"]),
    Expected(
      key: PriceKey("ebs", "io2/iops/tier-2"), region: "eu-west-1", unit: "IOPS-month", amounts: ["0.0504"]),
    Expected(key: PriceKey("ebs", "snapshot"), region: "eu-west-1", unit: "GB-month", amounts: ["0.05"]),
    Expected(
      key: PriceKey("s3", "standard/storage"), region: "us-east-1", unit: "GB-month",
      amounts: ["0.023", "0.022", "0.021"]),
    Expected(
      key: PriceKey("s3", "standard/requests/put"), region: "us-east-1", unit: "1k requests",
      amounts: ["0.005"]),
  ]

  private func check(_ expected: Expected, in imported: ImportedPrices) throws {
    let table = try #require(
      imported.tables.first { $0.service == expected.key.service && $0.region == expected.region })
    let tiers = table.tiers(of: expected.key.item, purchase: expected.purchase)
    #expect(tiers.map { "\($0.amount)" } == expected.amounts)
    #expect(tiers.allSatisfy { $0.unit == expected.unit && "\($0.upfront)" == expected.upfront })
    #expect(tiers.first?.origin.date == "2026-04-16")
    #expect(tiers.first?.origin.standing == .published)
  }

  @Test(arguments: expected) func jsonIsTaken(_ expected: Expected) throws {
    try check(expected, in: PriceListReader().read([scratch.write(Self.all.json, to: "list.json")]))
  }

  @Test(arguments: expected) func csvIsTaken(_ expected: Expected) throws {
    try check(expected, in: PriceListReader().read([scratch.write(Self.all.csv(), to: "list.csv")]))
  }

  /// Facts about instance classes come with the prices.
  @Test func classesHaveFacts() throws {
    let imported = try PriceListReader().read([scratch.write(Self.all.json, to: "list.json")])
    let table = try #require(imported.tables.first { $0.service == "ec2" })
    #expect(table.facts(of: "c4.large") == InstanceFacts(vcpu: 2, memoryGiB: Decimal(string: "3.75") ?? 0))
  }

  /// Every prefix of a JSON list is cut off and says so; none is taken for whole.
  @Test func everyCutIsFound() throws {
    let bytes = Data(Self.all.json.utf8)
    for end in stride(from: 1, to: bytes.count - 2, by: 41) {
      let path = try scratch.write(bytes.prefix(end), to: "cut.json")
      let findings = #expect(throws: Findings.self) { try PriceListReader().read([path]) }
      #expect(findings?.diagnostics.allSatisfy { $0.location != nil && $0.help != nil } == true, "\(end)")
    }
  }

  /// Whatever stands on the border of two chunks of the file is read as elsewhere.
  @Test func bordersOfChunksDoNotShow() throws {
    let whole = try PriceListReader().read([scratch.write(Self.all.json, to: "list.json")])
    let text = PriceBookText.of(whole)
    let table = try PriceListReader().read([scratch.write(Self.all.csv(), to: "list.csv")])
    #expect(PriceBookText.of(table) == text)
    let chunk = 1 << 20
    for inside in stride(from: 1, to: Self.all.json.utf8.count, by: 1201) {
      let padded = String(repeating: " ", count: chunk - inside) + Self.all.json
      let imported = try PriceListReader().read([scratch.write(padded, to: "padded.json")])
      #expect(PriceBookText.of(imported) == text, "\(inside)")
    }
    for inside in stride(from: 1, to: Self.all.csv().utf8.count, by: 2503) {
      let padded = String(repeating: "\n", count: chunk - inside) + Self.all.csv()
      let imported = try PriceListReader().read([scratch.write(padded, to: "padded.csv")])
      #expect(PriceBookText.of(imported) == text, "\(inside)")
    }
  }

  /// Tools that write lists again may turn products and terms around.
  @Test func termsMayComeFirst() throws {
    let first = try PriceListReader().read([scratch.write(Self.all.jsonTermsFirst, to: "a.json")])
    let last = try PriceListReader().read([scratch.write(Self.all.json, to: "b.json")])
    #expect(first.taken == last.taken)
    #expect(first.tables.map(\.prices.count) == last.tables.map(\.prices.count))
  }

  @Test func everyPriceIsCounted() throws {
    let imported = try PriceListReader().read([scratch.write(Self.all.json, to: "list.json")])
    #expect(imported.taken == 8 + 5 + 3 + 1)
    #expect(imported.listed == imported.taken)
    #expect(imported.ambiguous.isEmpty)
  }
}

/// The text of a book.
enum PriceBookText {
  static func of(_ imported: ImportedPrices) -> [String] {
    let files = try? PriceBookFiles(imported.tables, over: "/nowhere/\(UUID().uuidString)").files
    return files?.map { "\($0.path)\n\($0.text)" } ?? []
  }
}
