extension IncidentFormat {
  /// Grafana OnCall's `GET /api/v1/alert_groups`. The service is the integration that the alerts came through.
  static let grafanaOnCall = IncidentFormat(
    name: "grafana-oncall", title: "Grafana OnCall, alert groups (JSON)", source: "grafana-oncall",
    container: .json(paths: ["results", ""]), signature: ["integration_id", "alerts_count", "created_at"],
    columns: [
      (.id, ["id"]), (.service, ["labels.service_name", "integration", "integration_id"]),
      (.title, ["title"]),
      (.started, ["created_at"]), (.acknowledged, ["acknowledged_at"]), (.resolved, ["resolved_at"]),
    ])
}
