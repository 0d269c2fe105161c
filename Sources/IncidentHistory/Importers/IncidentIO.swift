internal import StructuredText

extension IncidentFormat {
  /// incident.io's `GET /v2/incidents`: timestamps are named by whoever set up the account.
  ///
  /// - Started: the impact's start, else when it was declared, reported or made. Test and tutorial incidents are
  ///   left out; declined, merged and cancelled ones too.
  /// - The service is taken from the first custom field whose name holds "service" or "component", with all its values.
  static let incidentIO: IncidentFormat = {
    var format = IncidentFormat(
      name: "incident-io", title: "incident.io, v2 (JSON)", source: "incident.io",
      container: .json(paths: ["incidents", ""]),
      signature: ["reference", "name", "incident_status", "created_at"],
      columns: [
        (.id, ["reference", "id"]), (.title, ["name"]), (.started, ["created_at"]),
        (.severity, ["severity.name"]),
        (.note, ["summary"]),
      ])
    format.finish = { record, raw in
      guard let incident = record as? LocatedJSON else { return }
      readTimes(incident, into: &raw)
      let services = services(of: incident)
      raw[.service] = services.first
      raw.setOthers(services.dropFirst().map(\.text))
      let isReal = ["standard", "retrospective", nil].contains(incident.text("mode"))
      let status = incident.text("incident_status.category") ?? ""
      if !isReal || ["declined", "merged", "canceled"].contains(status) { raw.ignored = .noIncident }
    }
    return format
  }()

  private static let moments: [(column: IncidentColumn, names: [String])] = [
    (.impactStart, ["impact started at"]), (.detected, ["detected at", "identified at"]),
    (.acknowledged, ["acknowledged at", "accepted at"]), (.mitigated, ["mitigated at", "fixed at"]),
    (.resolved, ["resolved at", "closed at"]), (.impactEnd, ["impact ended at"]),
    (.started, ["declared at", "reported at"]),
  ]

  private static func readTimes(_ incident: LocatedJSON, into raw: inout RawIncident) {
    var times: [String: CSVRecord.Field] = [:]
    for entry in incident["incident_timestamp_values"]?.elements ?? [] {
      guard let name = entry.text("incident_timestamp.name"), let value = entry.field("value.value") else {
        continue
      }
      times[name.lowercased()] = value
    }
    for (column, names) in moments {
      if let time = names.lazy.compactMap({ times[$0] }).first { raw[column] = time }
    }
  }

  private static func services(of incident: LocatedJSON) -> [CSVRecord.Field] {
    for entry in incident["custom_field_entries"]?.elements ?? [] {
      let name = entry.text("custom_field.name")?.lowercased() ?? ""
      guard name.contains("service") || name.contains("component") else { continue }
      let paths = ["value_catalog_entry.name", "value_option.value", "value_text"]
      let fields = (entry["values"]?.elements ?? []).compactMap { value in
        paths.lazy.compactMap { value.field($0) }.first
      }
      if !fields.isEmpty { return fields }
    }
    return []
  }
}
