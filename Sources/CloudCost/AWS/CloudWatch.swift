package import Diagnostics
internal import FoundationEssentials

/// Monitoring: logs, metrics, alarms, dashboards, requests. The free allowance of an account is not taken off.
package struct CloudWatch: CostResource {
  package static let kind = "aws-cloudwatch"
  package static let title = "Amazon CloudWatch"
  package static let summary = "Logs, metrics, alarms, dashboards, requests."
  package static let services = ["cloudwatch"]
  package static let fields: [ResourceField] = [
    ResourceField(
      "logs",
      .record([
        ResourceField("standard", .dataRate, "Written to log groups.", example: "100 GB/month"),
        ResourceField("infrequent", .dataRate, "Written to groups of the class infrequent access."),
        ResourceField("vended", .dataRate, "Delivered by AWS services, such as flow logs."),
        ResourceField("kept", .size, "Kept, after compression.", example: "50 GB"),
        ResourceField("kept-infrequent", .size, "Kept in groups of the class infrequent access."),
        ResourceField("scanned", .dataRate, "Scanned by queries of Logs Insights.", example: "250 GB/month"),
        ResourceField("live-tail", .rate, "Minutes of Live Tail.", example: "600 /month"),
      ]), "Logs."),
    ResourceField("metrics", .count(minimum: 0), "Custom metrics and those of detailed monitoring."),
    ResourceField("metric-stream", .rate, "Updates sent on by metric streams."),
    ResourceField(
      "alarms",
      .record([
        ResourceField("standard", .count(minimum: 0), "Metrics watched once a minute.", example: "10"),
        ResourceField("high-resolution", .count(minimum: 0), "Metrics watched every 10 or 30 s."),
        ResourceField("anomaly", .count(minimum: 0), "Alarms on anomalies; each watches 3 metrics."),
        ResourceField("anomaly-high-resolution", .count(minimum: 0), "The same, every 10 or 30 s."),
        ResourceField("composite", .count(minimum: 0), "Alarms on alarms."),
      ]), "Alarms."),
    ResourceField("dashboards", .count(minimum: 0), "Dashboards.", example: "3"),
    ResourceField("requests", .rate, "API requests.", example: "1,000,000 /month"),
    ResourceField("canaries", .rate, "Runs of canaries.", example: "8,760 /month"),
  ]

  /// An anomaly alarm watches the metric and the two borders of what is expected (AWS, CloudWatch pricing).
  static let metricsOfAnomaly: Decimal = 3

  private let charges: [Charge]

  package init(_ stated: StatedResource, findings: inout [Diagnostic]) {
    charges = Self.logs(stated.part("logs")) + Self.alarms(stated.part("alarms")) + Self.rest(stated)
  }

  package var agreement: String? { "cloudwatch/api" }

  package func charges(in context: ChargeContext) -> [Charge] { charges }

  private static func charge(_ label: String, _ item: String, _ quantity: Decimal?, _ unit: String)
    -> [Charge]
  {
    quantity.map {
      [Charge(label, .listed(PriceKey("cloudwatch", item)), .known($0), unit: unit)]
    } ?? []
  }

  private static func waiting(_ label: String, _ item: String, _ unit: String, _ otherwise: String) -> Charge
  {
    Charge(
      label, .listed(PriceKey("cloudwatch", item)), .unstated("logs: {\(otherwise)}"), unit: unit)
  }

  private static func logs(_ stated: StatedResource?) -> [Charge] {
    guard let stated else { return [] }
    var charges: [Charge] = []
    for (key, label) in [("standard", "standard"), ("infrequent", "infrequent access"), ("vended", "vended")]
    {
      charges += charge("Logs ingested, \(label)", "logs/ingest/\(key)", stated.gigabytesPerMonth(key), "GB")
    }
    if charges.isEmpty {
      charges = [waiting("Logs ingested, standard", "logs/ingest/standard", "GB", "standard: 100 GB/month")]
    }
    return charges + kept(stated)
      + charge("Logs Insights, data scanned", "logs/insights", stated.gigabytesPerMonth("scanned"), "GB")
      + charge("Live Tail", "logs/live-tail", stated.perMonth("live-tail"), "minute")
  }

  /// What is kept costs, so where logs come in and nobody says how much stays, the line waits.
  private static func kept(_ stated: StatedResource) -> [Charge] {
    let standard = charge("Logs kept", "logs/storage/standard", stated.gigabytes("kept"), "GB-month")
    let infrequent = charge(
      "Logs kept, infrequent access", "logs/storage/infrequent", stated.gigabytes("kept-infrequent"),
      "GB-month")
    let writesInfrequent = stated.has("infrequent")
    let writesOthers = stated.has("standard") || stated.has("vended") || !writesInfrequent
    var charges = standard + infrequent
    if standard.isEmpty, writesOthers {
      charges.append(waiting("Logs kept", "logs/storage/standard", "GB-month", "kept: 50 GB"))
    }
    if infrequent.isEmpty, writesInfrequent {
      charges.append(
        waiting(
          "Logs kept, infrequent access", "logs/storage/infrequent", "GB-month", "kept-infrequent: 50 GB"))
    }
    return charges
  }

  private static func alarms(_ stated: StatedResource?) -> [Charge] {
    guard let stated else { return [] }
    let unit = "alarm-month"
    return charge("Alarms, standard resolution", "alarm/standard", stated.number("standard"), unit)
      + charge(
        "Alarms, high resolution", "alarm/high-resolution", stated.number("high-resolution"), unit)
      + charge(
        "Anomaly alarms, standard resolution", "alarm/standard",
        stated.number("anomaly").map { $0 * metricsOfAnomaly }, unit)
      + charge(
        "Anomaly alarms, high resolution", "alarm/high-resolution",
        stated.number("anomaly-high-resolution").map { $0 * metricsOfAnomaly }, unit)
      + charge("Composite alarms", "alarm/composite", stated.number("composite"), unit)
  }

  private static func rest(_ stated: StatedResource) -> [Charge] {
    charge("Custom metrics", "metric", stated.number("metrics"), "metric-month")
      + charge(
        "Metric streams", "metric-stream", stated.perMonth("metric-stream").map { $0 / 1000 }, "1k updates")
      + charge("Dashboards", "dashboard", stated.number("dashboards"), "dashboard-month")
      + charge("API requests", "requests", stated.perMonth("requests").map { $0 / 1000 }, "1k requests")
      + charge("Canary runs", "canary", stated.perMonth("canaries"), "run")
  }
}
