extension IncidentFormat {
  /// Jira Service Management's export as CSV.
  ///
  /// - Issues whose type does not name an incident are left out.
  /// - Times are in the zone of whoever exported them: `2024-03-01 10:00` or `01/Mar/24 10:00 AM`.
  /// - Columns of service levels ("Time to resolution") are not read: they show time spent or time left, depending
  ///   on the goal.
  static let jiraServiceManagement: IncidentFormat = {
    var format = IncidentFormat(
      name: "jira", title: "Jira Service Management (CSV)", source: "jira", container: .csv,
      signature: ["Issue key", "Issue Type", "Summary", "Created", "Resolved"],
      columns: [
        (.id, ["Issue key"]), (.title, ["Summary"]), (.started, ["Created"]), (.resolved, ["Resolved"]),
        (.service, services),
        (.severity, ["Severity", "Custom field (Severity)", "Priority"]),
        (.urgency, ["Urgency", "Custom field (Urgency)"]), (.parent, ["Parent", "Parent id", "Parent key"]),
        (.impactStart, ["Custom field (Impact start)", "Impact start"]),
        (.impactEnd, ["Custom field (Impact end)", "Impact end"]),
      ])
    format.patterns = [
      "dd/MMM/yy h:mm a", "d/MMM/yy h:mm a", "dd/MMM/yyyy h:mm a", "dd/MMM/yy HH:mm", "dd/MMM/yyyy HH:mm",
    ].compactMap(TimePattern.init)
    format.finish = { record, raw in
      let hit =
        services.lazy.compactMap { (record as? CSVNamedRecord)?.texts($0) }.first { !$0.isEmpty } ?? []
      raw.setOthers(Array(hit.dropFirst()))
      if record.text("Issue Type")?.lowercased().contains("incident") == false { raw.ignored = .noIncident }
    }
    return format
  }()

  /// Columns that may hold services; an issue of several repeats the column.
  private static let services = [
    "Affected services", "Custom field (Affected services)", "Affected service", "Component/s", "Components",
  ]
}
