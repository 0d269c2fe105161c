extension IncidentFormat {
  /// PagerDuty's analytics, raw incidents: times carry no zone, they are in the one that was asked for.
  static let pagerDutyAnalytics: IncidentFormat = {
    var format = IncidentFormat(
      name: "pagerduty-analytics", title: "PagerDuty, analytics raw incidents (JSON)", source: "pagerduty",
      container: .json(paths: ["data", ""]),
      signature: ["incident_number", "service_name", "seconds_to_resolve"],
      columns: [
        (.id, ["id"]), (.service, ["service_name", "service_id"]), (.title, ["description"]),
        (.started, ["created_at"]), (.resolved, ["resolved_at"]), (.urgency, ["urgency"]),
        (.severity, ["priority_name"]),
      ])
    format.finish = { record, raw in raw.setSeconds(.acknowledged, record.field("seconds_to_first_ack")) }
    return format
  }()
}
