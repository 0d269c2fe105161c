extension IncidentFormat {
  /// PagerDuty's REST interface, `GET /incidents`.
  ///
  /// A resolved incident without `resolved_at`, as older answers have it, ended when its status last changed.
  static let pagerDutyREST: IncidentFormat = {
    var format = IncidentFormat(
      name: "pagerduty-rest", title: "PagerDuty, REST interface (JSON)", source: "pagerduty",
      container: .json(paths: ["incidents", ""]),
      signature: ["incident_number", "service", "created_at", "status"],
      columns: [
        (.id, ["id"]), (.service, ["service.summary", "service.name", "service.id"]),
        (.title, ["title", "summary", "description"]), (.started, ["created_at"]),
        (.resolved, ["resolved_at"]),
        (.acknowledged, ["acknowledgements.0.at"]), (.urgency, ["urgency"]),
        (.severity, ["priority.summary", "priority.name"]),
      ])
    format.finish = { record, raw in
      if raw[.resolved] == nil, record.text("status") == "resolved" {
        raw[.resolved] = record.field("last_status_change_at")
      }
    }
    return format
  }()
}
