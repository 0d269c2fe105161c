extension IncidentFormat {
  /// ServiceNow's table `incident` or its audit log as CSV: a row for each change of an incident.
  ///
  /// - The row of the highest `sys_mod_count` counts, of equal ones the last.
  /// - `?` and `NULL` mean nothing. Times are `dd-MM-yyyy HH:mm` or `yyyy-MM-dd HH:mm:ss`, without a zone.
  /// - An incident without `resolved_at` ended when it was closed.
  static let serviceNow: IncidentFormat = {
    var format = IncidentFormat(
      name: "servicenow", title: "ServiceNow, table incident (CSV)", source: "servicenow", container: .csv,
      signature: ["number", "opened_at", "resolved_at"],
      columns: [
        (.id, ["number"]), (.service, ["cmdb_ci", "business_service", "service_offering", "category"]),
        (.title, ["short_description", "u_symptom"]), (.started, ["opened_at"]),
        (.resolved, ["resolved_at", "closed_at"]), (.severity, ["priority", "severity"]),
        (.urgency, ["urgency"]),
        (.parent, ["parent_incident", "parent", "problem_id"]),
      ])
    format.nulls = ["?", "NULL", "null"]
    format.patterns = ["dd-MM-yyyy HH:mm", "dd-MM-yyyy HH:mm:ss"].compactMap(TimePattern.init)
    format.hasRevisions = true
    format.finish = { record, raw in raw.revision = record.text("sys_mod_count").flatMap { Int($0) } }
    return format
  }()
}
