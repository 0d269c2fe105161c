import Foundation
internal import StructuredText

extension IncidentFormat {
  /// Statuspage, version 2: `incidents.json` and `scheduled-maintenances.json`.
  ///
  /// - An incident written down afterwards is dated back in `created_at`, while `started_at` is when it was written
  ///   down; it began at the earlier of the two.
  /// - An end after `updated_at` can hardly be right (a wrong year, say); it is kept and told.
  /// - `monitoring_at` is when users were served again: mitigated.
  /// - Maintenance is planned; it runs from `scheduled_for` until it was resolved, or else, once completed, until
  ///   `scheduled_until`.
  static let statuspage: IncidentFormat = {
    var format = IncidentFormat(
      name: "statuspage", title: "Statuspage v2 (JSON)", source: "statuspage",
      container: .json(paths: ["incidents", "scheduled_maintenances", ""]),
      signature: ["impact", "incident_updates", "shortlink"],
      columns: [
        (.id, ["id"]), (.service, ["components.0.name"]), (.title, ["name"]),
        (.started, ["scheduled_for", "started_at", "created_at"]), (.mitigated, ["monitoring_at"]),
        (.resolved, ["resolved_at"]), (.severity, ["impact"]),
      ])
    format.finish = { record, raw in
      dateBack(record, &raw)
      if endsAfterUpdate(record) { raw.remarks.append(.lateEnd) }
      raw.setOthers(record.further(of: "components", item: "name"))
      guard record.text("impact") == "maintenance" || record.has("scheduled_for") else { return }
      raw.set(.planned, "yes")
      if raw[.resolved] == nil, record.text("status") == "completed" {
        raw[.resolved] = record.field("scheduled_until")
      }
    }
    return format
  }()

  private static func dateBack(_ record: any SourceRecord, _ raw: inout RawIncident) {
    guard let started = record.text("started_at"), let created = record.field("created_at"),
      !record.has("scheduled_for"), let first = try? TimeText.date(created.text, zone: nil),
      let second = try? TimeText.date(started, zone: nil), first.milliseconds < second.milliseconds
    else { return }
    raw[.started] = created
    if second.timeIntervalSince(first) > 1 { raw.remarks.append(.backdated) }
  }

  private static func endsAfterUpdate(_ record: any SourceRecord) -> Bool {
    guard let resolved = record.text("resolved_at"), let updated = record.text("updated_at"),
      let end = try? TimeText.date(resolved, zone: nil), let change = try? TimeText.date(updated, zone: nil)
    else { return false }
    return end.timeIntervalSince(change) > 60
  }
}
