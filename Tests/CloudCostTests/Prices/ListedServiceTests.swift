import CloudCost
import Diagnostics
import Foundation
import Testing

/// What AWS calls its products leads to the items that resources ask for, at the prices of the shipped book.
@Suite struct ListedServiceTests {
  let scratch: ScratchFiles

  init() throws { scratch = try ScratchFiles() }

  struct Row: CustomTestStringConvertible {
    let code: String
    let family: String
    let usage: String
    var more: [(String, String)] = []
    let unit: String
    let tiers: [(String, String, String)]
    var testDescription: String { "\(family) \(usage)" }

    init(
      _ code: String, _ family: String, _ usage: String, _ more: [(String, String)] = [], per unit: String,
      _ price: String
    ) {
      (self.code, self.family, self.usage, self.more, self.unit) = (code, family, usage, more, unit)
      tiers = [("0", "Inf", price)]
    }

    init(
      _ code: String, _ family: String, _ usage: String, per unit: String, tiers: [(String, String, String)]
    ) {
      (self.code, self.family, self.usage, self.unit, self.tiers) = (code, family, usage, unit, tiers)
    }
  }

  private static let single = [("deploymentOption", "Single-AZ")]
  private static let double = [("deploymentOption", "Multi-AZ")]

  /// Ireland, 2023-02-23: cycloidio/terracost 23cf94d, mysql/testdata/2023-02-23-pricing.sql.gz, an ingested price list.
  static let rows = [
    Row("AmazonEC2", "Storage", "EU-EBS:VolumeUsage.piops", per: "GB-Mo", "0.138"),
    Row("AmazonEC2", "Storage", "EU-EBS:VolumeUsage.st1", per: "GB-Mo", "0.05"),
    Row("AmazonEC2", "Storage", "EU-EBS:VolumeUsage.sc1", per: "GB-Mo", "0.0168"),
    Row("AmazonEC2", "Storage", "EU-EBS:VolumeUsage", per: "GB-Mo", "0.055"),
    Row("AmazonEC2", "Storage", "EU-EBS:VolumeUsage.gp2", per: "GB-Mo", "0.11"),
    Row("AmazonEC2", "System Operation", "EU-EBS:VolumeP-IOPS.gp3", per: "IOPS-Mo", "0.0055"),
    Row("AmazonEC2", "System Operation", "EU-EBS:VolumeIOUsage", per: "IOs", "0.000000055"),
    Row("AmazonEC2", "Provisioned Throughput", "EU-EBS:VolumeP-Throughput.gp3", per: "GiBps-mo", "45.056"),
    Row("AmazonEC2", "NAT Gateway", "EU-NatGateway-Hours", per: "Hrs", "0.048"),
    Row("AmazonEC2", "NAT Gateway", "EU-NatGateway-Bytes", per: "GB", "0.048"),
    Row("AWSELB", "Load Balancer-Application", "EU-LoadBalancerUsage", per: "Hrs", "0.0252"),
    Row("AWSELB", "Load Balancer-Application", "EU-LCUUsage", per: "LCU-Hrs", "0.008"),
    Row("AWSELB", "Load Balancer-Network", "EU-LCUUsage", per: "LCU-Hrs", "0.006"),
    Row("AWSELB", "Load Balancer-Gateway", "EU-LoadBalancerUsage", per: "Hrs", "0.014"),
    Row("AWSELB", "Load Balancer", "EU-DataProcessing-Bytes", per: "GB", "0.008"),
    Row("AmazonRDS", "Provisioned IOPS", "EU-RDS:GP3-PIOPS", single, per: "IOPS-Mo", "0.022"),
    Row("AmazonRDS", "Provisioned IOPS", "EU-RDS:Multi-AZ-PIOPS", double, per: "IOPS-Mo", "0.22"),
    Row(
      "AmazonRDS", "Database Storage", "EU-RDS:Mirror-GP3-Storage",
      [("deploymentOption", "Multi-AZ (SQL Server Mirror)"), ("volumeType", "General Purpose-GP3")],
      per: "GB-Mo",
      "0.254"),
    Row("AmazonCloudWatch", "Alarm", "EU-CW:HighResAlarmMonitorUsage", per: "Alarms", "0.3"),
    Row("AmazonCloudWatch", "Data Payload", "EU-DataProcessing-Bytes", per: "GB", "0.57"),
    Row("AmazonCloudWatch", "Storage Snapshot", "EU-TimedStorage-ByteHrs", per: "GB-Mo", "0.03"),
    Row(
      "AmazonCloudWatch", "Metric", "EU-CW:MetricMonitorUsage", per: "Metrics",
      tiers: [
        ("0", "10000", "0.3"), ("10000", "250000", "0.1"), ("250000", "1000000", "0.05"),
        ("1000000", "Inf", "0.02"),
      ]),
  ]

  @Test(arguments: rows) func leadsToThePriceOfTheBook(_ row: Row) throws {
    let place = [
      ("servicecode", row.code), ("location", "EU (Ireland)"), ("locationType", "AWS Region"),
      ("usagetype", row.usage),
    ]
    let rates = row.tiers.map { ListedFact.Rate(unit: row.unit, price: $0.2, from: $0.0, upTo: $0.1) }
    let fact = ListedFact("SKU", row.family, place + row.more, offers: [.init(rates: rates)])
    let path = try scratch.write(ListText(offer: row.code, facts: [fact]).json, to: "list.json")
    let listed = try #require(try PriceListReader().read([path]).tables.first)
    let key = try #require(listed.prices.first?.key)
    let shipped = try ShippedBook.book([key.service], region: "eu-west-1")
    let prices = shipped.tiers(of: key, in: "eu-west-1", purchase: .onDemand)
    #expect(listed.prices.map(\.tier) == prices.map(\.tier))
    #expect(listed.prices.map(\.amount) == prices.map(\.amount))
    #expect(listed.prices.map(\.unit) == prices.map(\.unit))
  }

  /// An item and a unit that a resource asks for, by the words of a list; the numbers are not the point.
  static let names: [(row: Row, item: String, unit: String)] = [
    (
      Row("AmazonEKS", "Compute", "EU-AmazonEKS-Hours:perCluster", per: "Hours", "1"),
      "eks/cluster/standard-support", "hour"
    ),
    (
      Row("AmazonEKS", "Compute", "EU-AmazonEKS-Hours:extendedSupport", per: "Hours", "1"),
      "eks/cluster/extended-support", "hour"
    ),
    (
      Row("AmazonECS", "Compute", "EU-Fargate-vCPU-Hours:perCPU", per: "hours", "1"), "fargate/vcpu/x86",
      "vCPU-hour"
    ),
    (
      Row("AmazonECS", "Compute", "EU-Fargate-ARM-GB-Hours", per: "hours", "1"), "fargate/memory/arm",
      "GB-hour"
    ),
    (Row("AmazonVPC", "", "EU-PublicIPv4:InUseAddress", per: "Hrs", "1"), "vpc/public-ipv4", "hour"),
    (
      Row("AmazonVPC", "VpcEndpoint", "EU-VpcEndpoint-Hours", per: "Hrs", "1"), "vpc/endpoint/interface",
      "hour"
    ),
    (
      Row("AmazonMSK", "Managed Streaming for Apache Kafka (MSK)", "EU-Kafka.m5.large", per: "Hrs", "1"),
      "msk/broker/kafka.m5.large", "hour"
    ),
    (
      Row("awskms", "Encryption Key", "eu-west-1-KMS-Requests", per: "Requests", "1"), "kms/requests",
      "10k requests"
    ),
    (
      Row(
        "AmazonES", "Amazon OpenSearch Service Instance", "EU-ESInstance:r5.large",
        [("instanceType", "r5.large.search")], per: "Hrs", "1"), "opensearch/instance/r5.large.search", "hour"
    ),
    (
      Row(
        "AmazonElastiCache", "Cache Instance", "EU-NodeUsage:cache.r5.large",
        [("instanceType", "cache.r5.large"), ("cacheEngine", "Redis")], per: "Hrs", "1"),
      "elasticache/node/cache.r5.large/redis", "hour"
    ),
    (
      Row("AmazonS3", "", "EU-Requests-Tier3", [("operation", "S3-GlacierTransition")], per: "Requests", "1"),
      "s3/glacier/requests/transition", "1k requests"
    ),
    (
      Row("AmazonS3", "", "EU-Requests-Tier3", [("operation", "RestoreObject")], per: "Requests", "1"),
      "s3/glacier/retrieval/standard/requests", "1k requests"
    ),
    (
      Row("AmazonS3", "Storage", "EU-TimedStorage-SIA-ByteHrs", per: "GB-Mo", "1"), "s3/standard-ia/storage",
      "GB-month"
    ),
    (
      Row("AmazonS3", "Fee", "EU-Monitoring-Automation-INT", per: "Objects", "1"),
      "s3/intelligent-tiering/monitoring", "1k objects"
    ),
    (
      Row(
        "AWSDataTransfer", "Data Transfer", "EU-DataTransfer-Out-Bytes",
        [
          ("transferType", "AWS Outbound"), ("fromLocation", "EU (Ireland)"), ("toLocation", "External"),
          ("toLocationType", "Other"),
        ], per: "GB", "1"), "transfer/internet-out", "GB"
    ),
    (
      Row(
        "AWSDataTransfer", "Data Transfer", "EU-USE2-AWS-Out-Bytes",
        [
          ("transferType", "InterRegion Outbound"), ("fromLocation", "EU (Ireland)"),
          ("toLocation", "US East (Ohio)"),
        ], per: "GB", "1"), "transfer/inter-region/us-east-2", "GB"
    ),
  ]

  @Test(arguments: names.indices) func leadsToTheNameOfTheResource(_ index: Int) throws {
    let (row, item, unit) = Self.names[index]
    let place = [
      ("servicecode", row.code), ("location", "EU (Ireland)"), ("locationType", "AWS Region"),
      ("usagetype", row.usage),
    ]
    let fact = ListedFact("SKU", row.family, place + row.more, per: row.unit, "1")
    let path = try scratch.write(ListText(offer: row.code, facts: [fact]).json, to: "list.json")
    let prices = try PriceListReader().read([path]).tables.flatMap(\.prices)
    #expect(prices.map { "\($0.key) \($0.region) \($0.unit)" } == ["\(item) eu-west-1 \(unit)"])
  }

  /// What ends like the usage type of storage is not storage.
  @Test(arguments: [
    "EU-Tables-TimedStorage-ByteHrs", "EU-Vectors-TimedStorage-ByteHrs", "EU-TimedStorage-RRS-ByteHrs",
  ])
  func likenessIsNotEnough(_ usage: String) throws {
    let fact = ListedFact(
      "SKU", "Storage",
      [("servicecode", "AmazonS3"), ("location", "EU (Ireland)"), ("usagetype", usage)], per: "GB-Mo", "9")
    let path = try scratch.write(ListText(offer: "AmazonS3", facts: [fact]).json, to: "list.json")
    #expect(try PriceListReader().read([path]).tables.isEmpty)
  }
}
