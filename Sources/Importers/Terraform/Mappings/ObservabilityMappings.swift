/// Logs, alarms and dashboards.
extension ResourceMappings {
  static let observability: [ResourceMapping] = [
    ResourceMapping(["aws_cloudwatch_log_group"], attributes: ["retention_in_days", "log_group_class"]) {
      resource, _ in
      var draft = CostDraft("aws-cloudwatch", part: "logs", at: resource.location)
      draft.state("logs", map: [])
      draft.note("unknown: logs, how much is written and kept")
      return .cost(draft)
    },
    ResourceMapping(
      ["aws_cloudwatch_metric_alarm"], attributes: ["period", "metric_query", "threshold_metric_id"],
      part: alarm),
    ResourceMapping(["aws_cloudwatch_composite_alarm"], attributes: ["alarm_name"]) { resource, _ in
      var draft = CostDraft("aws-cloudwatch", part: "alarm", at: resource.location)
      draft.state("alarms", map: [("composite", "1")])
      return .cost(draft)
    },
    ResourceMapping(["aws_cloudwatch_dashboard"], attributes: ["dashboard_name"]) { resource, _ in
      var draft = CostDraft("aws-cloudwatch", part: "dashboard", at: resource.location)
      draft.state("dashboards", 1)
      return .cost(draft)
    },
  ]

  /// An alarm watches one metric, those of its query, or a band around one; every 10 or 30 s costs more.
  @Sendable private static func alarm(_ resource: PlannedResource, _ context: PlanContext) -> PlannedPart? {
    let queries = resource["metric_query"].blocks
    let periods = ([resource["period"]] + queries.map { $0["metric.period"] }).compactMap(\.count)
    let isFast = periods.contains { $0 < 60 }
    let watched = queries.filter { !$0["metric"].blocks.isEmpty }.count
    let isAnomaly = resource["threshold_metric_id"].text != nil
    var draft = CostDraft("aws-cloudwatch", part: "alarm", at: resource.location)
    let kind =
      isAnomaly ? (isFast ? "anomaly-high-resolution" : "anomaly") : (isFast ? "high-resolution" : "standard")
    draft.state("alarms", map: [(kind, String(isAnomaly ? 1 : max(watched, 1)))])
    return .cost(draft)
  }
}
