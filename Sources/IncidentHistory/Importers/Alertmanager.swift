extension IncidentFormat {
  /// Alertmanager's `GET /api/v2/alerts` and the bodies of its webhooks.
  ///
  /// - An alert is known by its fingerprint and start: the same fingerprint fires again and again.
  /// - While an alert fires, `endsAt` is when Alertmanager would give it up, after `updatedAt`: it has not ended.
  ///   Webhooks have the year 1 there.
  /// - The component is the label `service`, else `job`, else the alert's name; silenced alerts count.
  static let alertmanager: IncidentFormat = {
    var format = IncidentFormat(
      name: "alertmanager", title: "Alertmanager v2 alerts or webhook (JSON)", source: "alertmanager",
      container: .json(paths: ["alerts", ""]), signature: ["labels", "startsAt", "endsAt", "fingerprint"],
      columns: [
        (.service, ["labels.service", "labels.job", "labels.alertname"]), (.started, ["startsAt"]),
        (.title, ["annotations.summary", "labels.alertname"]), (.severity, ["labels.severity"]),
        (.note, ["annotations.description"]),
      ])
    format.finish = { record, raw in
      raw.set(.id, "\(record.text("fingerprint") ?? "")@\(record.text("startsAt") ?? "")")
      if record.text("status") != "firing", hasEnded(record) { raw[.resolved] = record.field("endsAt") }
    }
    return format
  }()

  private static func hasEnded(_ record: any SourceRecord) -> Bool {
    guard let end = record.text("endsAt"), !end.hasPrefix("0001-") else { return false }
    guard let updated = record.text("updatedAt"), let seen = try? TimeText.date(updated, zone: nil),
      let time = try? TimeText.date(end, zone: nil)
    else { return true }
    return time <= seen
  }
}
