extension IncidentFormat {
  /// Google Cloud's status page, `incidents.json`.
  ///
  /// `status_impact` tells an outage from a disruption and from information; it is kept as the note.
  static let googleCloud: IncidentFormat = {
    var format = IncidentFormat(
      name: "google-cloud", title: "Google Cloud status page (JSON)", source: "google-cloud",
      container: .json(paths: [""]), signature: ["begin", "external_desc", "status_impact"],
      columns: [
        (.id, ["id", "number"]), (.service, ["affected_products.0.title", "service_name"]),
        (.title, ["external_desc"]), (.started, ["begin"]), (.resolved, ["end"]), (.severity, ["severity"]),
        (.note, ["status_impact"]),
      ])
    format.finish = { record, raw in
      raw.setOthers(record.further(of: "affected_products", item: "title"))
    }
    return format
  }()
}
