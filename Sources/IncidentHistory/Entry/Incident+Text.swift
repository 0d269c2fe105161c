import Foundation

extension Incident {
  /// The texts of a file that would be read as this incident; an outage that lasts has `open` for its end.
  package var texts: [(column: IncidentColumn, text: String)] {
    let end = outageEnd == nil ? "open" : resolved?.isoText
    let values: [(IncidentColumn, String?)] = [
      (.id, externalID), (.service, service), (.component, component), (.mode, mode), (.severity, severity),
      (.urgency, urgency), (.title, title), (.started, started.isoText), (.detected, detected?.isoText),
      (.acknowledged, acknowledged?.isoText), (.mitigated, mitigated?.isoText), (.resolved, end),
      (.impactStart, impactStart?.isoText), (.impactEnd, impactEnd?.isoText),
      (.planned, isPlanned ? "yes" : nil), (.impactFraction, impactFraction.map { "\($0)" }),
      (.users, users.map { "\($0)" }), (.cost, cost.map { "\($0)" }), (.parent, parent),
      (.duplicateOf, duplicateOf), (.source, source), (.note, note),
      (.otherComponents, otherComponents.isEmpty ? nil : otherComponents.joined(separator: "; ")),
    ]
    return values.compactMap { column, text in text.map { (column, $0) } }
  }
}

extension Date {
  /// ISO 8601 in UTC, with milliseconds where there are some.
  package var isoText: String {
    let hasFraction = milliseconds % 1_000 != 0
    return Date(milliseconds: milliseconds).formatted(
      Date.ISO8601FormatStyle(includingFractionalSeconds: hasFraction))
  }
}
