import CloudCost
import Diagnostics
import Foundation
import Testing

/// Data transfer: infracost's data_transfer_test (2024-09-25), and what one resource shares with the next.
@Suite struct TransferPriceTests {
  struct Region: Sendable, CustomTestStringConvertible {
    let name: String
    /// First 10 TB, next 40 TB, next 100 TB, and 3,400 GB above 150 TB.
    let internet: [String]
    /// 750 GB.
    let elsewhere: String

    var testDescription: String { name }
  }

  static let usual = ["921.6", "3481.6", "7168.0", "170.0"]
  static let regions: [Region] = [
    Region(name: "sa-east-1", internet: ["1536.0", "5652.48", "12902.4", "387.6"], elsewhere: "103.5"),
    Region(name: "ap-northeast-2", internet: ["1290.24", "4997.12", "11980.8", "367.2"], elsewhere: "60.0"),
    Region(name: "us-gov-east-1", internet: ["1587.2", "4710.4", "9216.0", "221.0"], elsewhere: "22.5"),
    Region(name: "ap-northeast-1", internet: ["1167.36", "3645.44", "8806.4", "285.6"], elsewhere: "67.5"),
    Region(name: "ap-northeast-3", internet: ["1167.36", "3645.44", "8806.4", "285.6"], elsewhere: "67.5"),
    Region(name: "ap-east-1", internet: ["1228.8", "3481.6", "8396.8", "272.0"], elsewhere: "67.5"),
    Region(name: "ap-south-2", internet: ["1119.23", "3481.6", "8396.8", "272.0"], elsewhere: "64.5"),
    Region(name: "ap-southeast-5", internet: ["1105.92", "3133.44", "7557.12", "244.8"], elsewhere: "60.0"),
    Region(name: "us-east-2", internet: usual, elsewhere: "15.0"),
    Region(name: "ca-central-1", internet: usual, elsewhere: "15.0"),
    Region(name: "ca-west-1", internet: usual, elsewhere: "15.0"),
    Region(name: "eu-south-1", internet: usual, elsewhere: "15.0"),
    Region(name: "eu-west-1", internet: usual, elsewhere: "15.0"),
    Region(name: "us-west-2-lax-1", internet: usual, elsewhere: "15.0"),
    Region(name: "eu-central-1", internet: usual, elsewhere: "15.0"),
    Region(name: "eu-west-2", internet: usual, elsewhere: "15.0"),
    Region(name: "us-west-1", internet: usual, elsewhere: "15.0"),
    Region(name: "us-west-2", internet: usual, elsewhere: "15.0"),
    Region(name: "ap-southeast-2", internet: ["1167.36", "4014.08", "9625.6", "312.8"], elsewhere: "73.5"),
  ]

  static let use: Stated = [
    "internet": "157000 GB/month", "cross-az": "1000 GB/month", "other-regions": "750 GB/month",
  ]

  @Test(arguments: regions) func equalsWhatWasPrinted(_ region: Region) throws {
    let priced = try billed(DataTransfer.self, Self.use, region: region.name)
    #expect(priced.findings.isEmpty)
    let tiers = priced.lines("To the internet")
    #expect(tiers.map(\.quantity) == [10_240, 40_960, 102_400, 3_400])
    for (line, printed) in zip(tiers, region.internet) {
      #expect(equalToTheCent(line.monthly, try #require(Decimal(string: printed))))
    }
    let zones = priced.lines("Between zones")
    #expect(zones.map(\.quantity) == [2000])
    #expect(zones.first?.monthly == 20)
    #expect(equalToTheCent(priced.monthly("To other"), try #require(Decimal(string: region.elsewhere))))
    #expect(priced.monthly("") == priced.lines.compactMap(\.monthly).reduce(0, +))
  }

  /// us-east-1 of the same example: 57,000 GB to the internet, 500 GB to us-east-2, 750 GB elsewhere.
  @Test func theFirstRegionEqualsWhatWasPrinted() throws {
    let priced = try billed(
      DataTransfer.self,
      [
        "internet": "57000 GB/month", "other-regions": "750 GB/month",
        "to": [["region": "us-east-2", "data": "500 GB/month"]],
      ])
    let printed = ["921.6", "3481.6", "406", "15", "5"]
    #expect(priced.lines.map(\.monthly) == printed.map { Decimal(string: $0) })
  }

  /// Singapore by the price list (APS1-DataTransfer-Out-Bytes): 0.12, 0.085, 0.082, 0.08.
  @Test func singaporeIsByThePriceList() throws {
    let priced = try billed(DataTransfer.self, ["internet": "157000 GB/month"], region: "ap-southeast-1")
    let tiers = ["1228.8", "3481.6", "8396.8", "272"]
    #expect(priced.lines.map(\.monthly) == tiers.map { Decimal(string: $0) })
    #expect(priced.lines.allSatisfy { $0.origin?.standing == .published })
  }

  /// The pair of the eastern regions of the United States has its own price; another pair is as any.
  @Test func pairsHaveTheirPrice() throws {
    let stated: Stated = [
      "to": [
        ["region": "us-east-1", "data": "200 GB/month"], ["region": "eu-west-1", "data": "750 GB/month"],
      ]
    ]
    let priced = try billed(DataTransfer.self, stated, region: "us-east-2")
    #expect(priced.lines.compactMap(\.monthly) == [2, 15])
    #expect(priced.lines.map { $0.key?.item } == ["inter-region/us-east-1", "inter-region"])
    let other = try billed(
      DataTransfer.self, ["to": [["region": "us-east-2", "data": "500 GB/month"]]])
    #expect(other.monthly("To us-east-2") == 5)
  }

  /// A name that is no region is found, and not priced as any other; a Local Zone is one.
  @Test func namesOfRegionsAreChecked() throws {
    func found(_ region: String) throws -> [Diagnostic] {
      try billed(DataTransfer.self, ["to": [["region": .text(region), "data": "1 GB/month"]]]).findings
    }
    #expect(try found("us-esat-2").map(\.slug) == ["unknown-region"])
    #expect(try found("us-esat-2").first?.help?.contains("us-east-2") == true)
    #expect(try found("us-west-2-lax-1").isEmpty)
    #expect(try found("us-west-2-lax").map(\.slug) == ["unknown-region"])
  }

  @Test func nothingLeavesToItsOwnRegion() throws {
    let priced = try billed(
      DataTransfer.self, ["to": [["region": "eu-west-1", "data": "1 GB/month"]]], region: "eu-west-1")
    #expect(
      priced.lines.first?.amount
        == .unknown("aws 2026-11-22 has no price of inter-region/eu-west-1 in eu-west-1"))
  }

  /// 100 GB a month are free, and the tiers begin behind them.
  @Test func someIsFree() throws {
    let stated: Stated = ["internet": "10440 GB/month", "free": "100 GB"]
    let lines = try billed(DataTransfer.self, stated).lines
    #expect(lines.map(\.quantity) == [10_240, 100, 100])
    #expect(lines.map(\.monthly) == [Decimal(string: "921.6"), Decimal(string: "8.5"), 0])
    let little = try billed(DataTransfer.self, ["internet": "80 GB/month", "free": "100 GB"])
    #expect(little.lines.map(\.quantity) == [0, 80])
    #expect(little.monthly("") == 0)
    for wrong: Stated in [["free": "100 GB"], ["internet": "1 TB/month", "free": "101 GB"]] {
      #expect(try billed(DataTransfer.self, wrong).slugs == ["free-transfer"])
    }
  }

  @Test func useMustBeStated() throws {
    let priced = try billed(DataTransfer.self, [:])
    #expect(priced.lines.map(\.amount) == [.perUse("internet: 2 TB/month")])
  }

  /// Twice the data is twice the money as long as it stays in its tier, and never less than once.
  @Test(arguments: [1, 50, 5000, 30_000, 100_000]) func moreNeverCostsLess(_ gigabytes: Int) throws {
    func monthly(_ amount: Int) throws -> Decimal {
      let stated = Stated.map([("internet", .text("\(amount) GB/month"))])
      return try #require(try billed(DataTransfer.self, stated, region: "sa-east-1").monthly(""))
    }
    let (once, twice) = (try monthly(gigabytes), try monthly(2 * gigabytes))
    #expect(once >= 0 && twice >= once)
    #expect(2 * gigabytes > 10_240 ? twice < 2 * once : twice == 2 * once)
  }
}
