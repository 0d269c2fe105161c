internal import FoundationEssentials
internal import IncidentHistory
internal import Quantities
internal import Stochastics

/// Words that the reports about a history share.
enum HistoryText {
  /// A length of time as people say it.
  static func span(_ hours: Double) -> String {
    if hours >= 8_760_000 { return hours.isFinite ? "over 1,000 y" : "unbounded" }
    return (TimeSpan(hours: max(0, hours))?.description ?? "unknown")
  }

  /// The limits of an interval of times.
  static func interval(_ estimate: Estimate) -> String {
    let level = confidence(estimate.confidence)
    guard estimate.high.isFinite else {
      return estimate.low > 0 ? "\(level) CI from \(span(estimate.low))" : "\(level) CI: too few to tell"
    }
    return "\(level) CI \(span(estimate.low)) – \(span(estimate.high))"
  }

  /// A confidence, such as `95 %`.
  static func confidence(_ value: Double) -> String {
    "\(significant(value * 100, digits: 3).trimmingZeros) %"
  }

  /// An availability with four digits of what is missing.
  static func availability(_ value: Double, digits: Int = 4) -> String {
    Availability(unavailability: min(1, max(0, 1 - value)))?.text(digits: digits) ?? ""
  }

  /// A probability that a test gives.
  static func pValue(_ value: Double) -> String {
    value < 0.0001 ? "p < 0.0001" : "p = \(significant(value, digits: 2))"
  }

  /// `1 incident`, `12 incidents`.
  static func count(_ count: Int, _ name: String, plural: String? = nil) -> String {
    count == 1 ? "1 \(name)" : "\(grouped(count)) \(plural ?? name + "s")"
  }

  /// What counts as downtime.
  static func name(of impact: ImpactReading) -> String {
    switch impact {
    case .impact: "impact times, where they are known, else ticket times"
    case .ticket: "ticket times, from start to resolved, else to the end of the impact"
    case .fraction: "impact times by the share that was hit"
    case .users(let total): "impact times by the users hit, of \(grouped(total))"
    }
  }

  /// A day, such as `2024-12-03`, in UTC.
  static func day(_ date: Date) -> String { date.formatted(Date.ISO8601FormatStyle().year().month().day()) }

  /// What failed, and how where that is known.
  static func cause(of incident: Incident) -> String {
    incident.mode.map { "\(incident.component)/\($0)" } ?? incident.component
  }
}
