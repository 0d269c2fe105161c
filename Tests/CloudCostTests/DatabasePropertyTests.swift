import CloudCost
import Diagnostics
import Foundation
import Testing

/// What holds of every database, cache and broker, whatever it costs.
@Suite struct DatabasePropertyTests {
  static let resources: [(String, Stated)] = [
    (
      "aws-rds",
      [
        "class": "db.m5.large", "deployment": "multi-az", "replicas": "2", "storage": "500 GB",
        "iops": "15000", "backups": "3 TB", "version": "12", "performance-insights": "long-term",
      ]
    ),
    ("aws-rds", ["class": "db.t3.large", "engine": "mysql", "storage": "1 GB", "storage-type": "io1"]),
    (
      "aws-aurora",
      [
        "class": "db.r5.large", "instances": "3", "storage": "700 GB", "requests": "35 /s",
        "backups": "900 GB", "version": "11",
      ]
    ),
    ("aws-aurora", ["mode": "serverless-v2", "acu": "2.5", "storage": "1 GB", "requests": "0 /month"]),
    (
      "aws-elasticache",
      ["class": "cache.r5.large", "shards": "3", "replicas": "1", "snapshot": "7 GB", "snapshots": "4"]
    ),
    ("aws-elasticache", ["mode": "serverless", "engine": "valkey", "data": "0 GB", "ecpu": "1 /s"]),
    (
      "aws-opensearch",
      ["class": "r6g.large.search", "nodes": "3", "storage": "300 GB", "master-class": "m6g.large.search"]
    ),
    ("aws-mq", ["class": "mq.m5.large", "deployment": "cluster", "storage": "20 GB"]),
    ("aws-msk", ["class": "kafka.m5.large", "brokers": "3", "storage-per-broker": "100 GB"]),
  ]

  private func priced(_ row: (String, Stated), count: Decimal = 1) throws -> PricedResource {
    try DatabasePrices.priced(row.0, row.1, count: count)
  }

  /// Twice the count is twice every line; no line is negative, and every price says where it comes from.
  @Test(arguments: resources.indices) func linesGrowWithTheCount(_ index: Int) throws {
    let one = try priced(Self.resources[index])
    let two = try priced(Self.resources[index], count: 2)
    #expect(one.findings.isEmpty)
    #expect(one.lines.map(\.label) == two.lines.map(\.label))
    for (line, double) in zip(one.lines, two.lines) {
      #expect(line.monthly.map { $0 * 2 } == double.monthly)
      #expect(line.monthly.map { $0 >= 0 } ?? true)
      #expect(line.amount == double.amount || line.monthly != nil)
      if line.monthly != nil { #expect(line.origin?.source.isEmpty == false) }
    }
  }

  /// Half the hours are half the instance and all of the storage.
  @Test func storageIsKeptWhenInstancesStop() throws {
    let stated: Stated = ["class": "db.r5.2xlarge", "storage": "100 GB"]
    let half = try DatabasePrices.priced("aws-rds", stated, hours: 365)
    #expect(half.monthly("Database instance") == 365)
    #expect(half.monthly("Storage") == Decimal(string: "11.5"))
  }

  /// Backups up to what is provisioned are free; of a database with a replica up to both.
  @Test(arguments: [("500 GB", "0"), ("1000 GB", "0"), ("1001 GB", "0.095")])
  func backupsAreFreeUpToTheStorage(_ kept: String, _ cost: String) throws {
    let priced = try DatabasePrices.priced(
      "aws-rds", ["class": "db.r5.large", "storage": "500 GB", "replicas": "1", "backups": .text(kept)])
    #expect(priced.monthly("Backups") == Decimal(string: cost))
  }

  /// What recurs and what is paid upfront make the amortised hour of ec2instances.info (2025-04-24): cache.m6g.12xlarge.
  @Test(
    arguments: [
      (1, Purchase.Commitment.Upfront.none, "2.428"), (1, .partial, "2.3120502283"),
      (3, .all, "1.6048325723"), (3, .none, "1.844"), (3, .partial, "1.707652968"),
    ] as [(Int, Purchase.Commitment.Upfront, String)])
  func commitmentsAmortiseToTheFact(
    _ years: Int, _ upfront: Purchase.Commitment.Upfront, _ hourly: String
  ) throws {
    let priced = try DatabasePrices.priced(
      "aws-elasticache", ["class": "cache.m6g.12xlarge"],
      bought: .reserved(.init(years: years, upfront: upfront)))
    let monthly = try #require(priced.monthly("Nodes"))
    let expected = try #require(Decimal(string: hourly)) * 730
    #expect(abs(monthly - expected) < Decimal(string: "0.0001")!)
  }

  /// Every price of the six services cites a source that is listed, and is of an item and a unit.
  @Test(arguments: ["us-east-1", "eu-west-1", "eu-central-1"]) func pricesCiteTheirSources(_ region: String)
    throws
  {
    let book = try DatabasePrices.book(region)
    #expect(!book.loaded.isEmpty)
    for price in book.loaded.flatMap(\.prices) {
      #expect(price.origin.standing != .own, "\(price.key) cites no source of sources.csv")
      #expect(price.amount > 0 || price.upfront > 0, "\(price.key)")
    }
  }
}
