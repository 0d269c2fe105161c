extension IncidentFormat {
  /// The incidents report of PagerDuty's web pages: times with an offset, response times in seconds.
  ///
  /// An open incident has an empty `resolved_on`; the seconds to its first acknowledgement make that time.
  static let pagerDutyCSV: IncidentFormat = {
    var format = IncidentFormat(
      name: "pagerduty-csv", title: "PagerDuty, incidents report (CSV)", source: "pagerduty", container: .csv,
      signature: ["incident_number", "service_name", "created_on", "resolved_on"],
      columns: [
        (.id, ["id", "incident_number"]), (.service, ["service_name", "service_id"]),
        (.title, ["description"]),
        (.started, ["created_on"]), (.resolved, ["resolved_on"]), (.urgency, ["urgency"]),
        (.severity, ["priority_name", "priority"]),
      ])
    format.finish = { record, raw in raw.setSeconds(.acknowledged, record.field("seconds_to_first_ack")) }
    return format
  }()
}
