import Diagnostics
import Foundation

/// One record of an incident CSV file on its way to an incident: reads fields and notes what is wrong.
struct IncidentRow {
  /// Where the record begins.
  package let location: SourceLocation
  /// What is wrong so far.
  private(set) var problems: [Diagnostic]
  /// What is odd so far.
  private(set) var warnings: [Diagnostic] = []
  private let fields: [CSVRecord.Field]
  private let header: IncidentHeader
  private let zone: TimeZone?

  init(_ record: CSVRecord, header: IncidentHeader, zone: TimeZone?) {
    self.location = record.location
    self.fields = record.fields
    self.header = header
    self.zone = zone
    self.problems = record.problems
    if record.problems.isEmpty, record.fields.count != header.width { noteFieldCount(record) }
  }

  /// The incident, unless something is wrong with the record.
  mutating func incident(source fallbackSource: String) -> Incident? {
    let component = required(.component)
    let started = time(.started)
    if started == nil { _ = required(.started) }
    let impactStart = time(.impactStart)
    let resolved = time(.resolved)
    let impactEnd = impactEnd(from: impactStart ?? started, resolved: resolved)
    checkOrder(start: impactStart ?? started, ends: [(.resolved, resolved), (.impactEnd, impactEnd)])
    guard let component, let started else { return nil }
    var incident = Incident(
      source: name(.source) ?? fallbackSource, externalID: name(.id) ?? "", component: component,
      started: started)
    (incident.impactStart, incident.resolved, incident.impactEnd) = (impactStart, resolved, impactEnd)
    readTexts(into: &incident)
    readTicketTimes(into: &incident)
    readNumbers(into: &incident)
    guard problems.isEmpty else { return nil }
    return name(.id) == nil ? incident.identifiedByContent() : incident
  }

  private mutating func noteFieldCount(_ record: CSVRecord) {
    problems.append(
      Diagnostic(
        slug: "field-count", "the record has \(record.fields.count) fields; the header has \(header.width)",
        at: record.location, help: "put a field that holds a comma in quotes"))
  }

  // MARK: Groups of fields

  private func readTexts(into incident: inout Incident) {
    incident.service = name(.service)
    incident.mode = name(.mode)
    incident.severity = name(.severity)
    incident.urgency = name(.urgency)
    incident.title = field(.title)?.text
    incident.note = field(.note)?.text
    incident.parent = name(.parent)
  }

  private mutating func readTicketTimes(into incident: inout Incident) {
    incident.detected = time(.detected)
    incident.acknowledged = time(.acknowledged)
    incident.mitigated = time(.mitigated)
    let start = min(incident.started, incident.outageStart)
    let times: [(IncidentColumn, Date?)] = [
      (.detected, incident.detected), (.acknowledged, incident.acknowledged),
      (.mitigated, incident.mitigated),
    ]
    for case (let column, let time?) in times where time < start { warnEarly(column) }
  }

  private mutating func readNumbers(into incident: inout Incident) {
    incident.isPlanned = value(.planned, FieldText.yesOrNo) ?? false
    incident.impactFraction = value(.impactFraction, FieldText.fraction)
    incident.users = value(.users, FieldText.count)
    incident.cost = value(.cost, FieldText.money)
  }

  /// The impact's end as written, or its start plus the duration; `nil` when only `resolved` is given.
  private mutating func impactEnd(from start: Date?, resolved: Date?) -> Date? {
    let written = time(.impactEnd)
    guard let length = value(.duration, DurationText.milliseconds) else {
      if [.impactEnd, .resolved, .duration].allSatisfy({ field($0) == nil }) { noteMissingEnd() }
      return written
    }
    guard let start else { return nil }
    if length == 0 {
      note("zero-duration", "the outage has no length; expected more than 0 s", at: .duration)
    }
    let end = Date(milliseconds: start.milliseconds + length)
    if let written, written.milliseconds != end.milliseconds {
      note(
        "contradicting-duration", "the duration and impact_end disagree; expected one of them", at: .duration)
    }
    return end
  }

  private mutating func noteMissingEnd() {
    problems.append(
      Diagnostic(
        slug: "missing-end", "the outage has no end", at: location,
        help: "fill one of the columns resolved, impact_end or duration"))
  }

  private mutating func checkOrder(start: Date?, ends: [(IncidentColumn, Date?)]) {
    guard let start else { return }
    for case (let column, let end?) in ends where field(column) != nil {
      if end < start {
        note("end-before-start", "the outage ends before it starts", at: column)
      } else if end.milliseconds == start.milliseconds {
        note("zero-duration", "the outage ends when it starts; expected a length above 0 s", at: column)
      }
    }
  }

  // MARK: Single fields

  /// The field under a column, unless it is blank.
  private func field(_ column: IncidentColumn) -> CSVRecord.Field? {
    guard let index = header.fields[column], fields.indices.contains(index) else { return nil }
    let field = fields[index]
    return field.text.isBlank ? nil : field
  }

  /// A field's text without white space around it.
  private func name(_ column: IncidentColumn) -> String? {
    field(column)?.text.trimmed
  }

  private mutating func required(_ column: IncidentColumn) -> String? {
    if let name = name(column) { return name }
    let message = "the field \(column.rawValue) is empty; every incident needs it"
    let place = header.fields[column].flatMap { fields.indices.contains($0) ? fields[$0].location : nil }
    problems.append(Diagnostic(slug: "missing-field", message, at: place ?? location))
    return nil
  }

  private mutating func time(_ column: IncidentColumn) -> Date? {
    let zone = zone
    return value(column) { (text) throws(TextFault) in try TimeText.date(text, zone: zone) }
  }

  /// A field read by `parse`; what is wrong with it is noted at its place.
  private mutating func value<Value>(
    _ column: IncidentColumn, _ parse: (String) throws(TextFault) -> Value
  ) -> Value? {
    guard let field = field(column) else { return nil }
    do {
      return try parse(field.text.trimmed)
    } catch {
      problems.append(error.diagnostic(at: field.location))
      return nil
    }
  }

  private mutating func note(_ slug: String, _ message: String, at column: IncidentColumn) {
    problems.append(Diagnostic(slug: slug, message, at: field(column)?.location ?? location))
  }

  private mutating func warnEarly(_ column: IncidentColumn) {
    let message = "\(column.rawValue) lies before the start of the outage"
    warnings.append(
      Diagnostic(.warning, slug: "early-time", message, at: field(column)?.location ?? location))
  }
}
