extension IncidentFormat {
  /// Opsgenie's `GET /v2/alerts` and `GET /v1/incidents`: `report` holds milliseconds from the creation.
  ///
  /// A closed alert without a report ended when it was last updated.
  static let opsgenie: IncidentFormat = {
    var format = IncidentFormat(
      name: "opsgenie", title: "Opsgenie, alerts or incidents (JSON)", source: "opsgenie",
      container: .json(paths: ["data", ""]), signature: ["message", "createdAt", "tinyId", "status"],
      columns: [
        (.id, ["id"]), (.service, ["entity", "impactedServices.0", "integration.name", "source"]),
        (.title, ["message"]), (.started, ["createdAt"]), (.severity, ["priority"]), (.note, ["description"]),
        (.impactStart, ["impactStartDate"]), (.impactEnd, ["impactEndDate"]),
      ])
    format.finish = { record, raw in
      raw.setOthers(record.further(of: "impactedServices"))
      raw.setMilliseconds(.acknowledged, record.field("report.ackTime"))
      raw.setMilliseconds(.resolved, record.field("report.closeTime"))
      if raw[.resolved] == nil, ["closed", "resolved"].contains(record.text("status")) {
        raw[.resolved] = record.field("updatedAt")
      }
    }
    return format
  }()
}
