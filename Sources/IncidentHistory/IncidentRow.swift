import Diagnostics
import Foundation
internal import StructuredText

/// How strictly a file's rows are read, and what its times look like.
struct RowRules: Sendable {
  /// Whether a missing end, an outage without length or a time in a clock change makes a row bad, as in files
  /// written by hand; in exports they are told and treated by rule.
  var isStrict = true
  /// The zone of times written without one.
  var zone: TimeZone?
  /// The forms of times; ISO 8601 is always read.
  var patterns: [TimePattern] = []
  /// The source of rows that name none.
  var source = "csv"
}

/// Reads one record of a file into an incident and notes what is wrong.
struct IncidentRow {
  /// Where the record begins.
  let location: SourceLocation
  /// What is wrong so far.
  private(set) var problems: [Diagnostic]
  /// What is odd so far.
  private(set) var warnings: [Diagnostic] = []
  /// What is odd in a way that many rows share.
  private(set) var remarks: [ImportRemark]
  private var startIsKnown = true
  private let raw: RawIncident
  private let rules: RowRules

  init(_ raw: RawIncident, rules: RowRules) {
    self.raw = raw
    self.rules = rules
    location = raw.location
    problems = raw.problems
    remarks = raw.remarks
  }

  /// The incident, unless something is wrong with the record.
  mutating func incident() -> Incident? {
    let component = required(.component)
    let started = time(.started)?.date
    if started == nil { _ = required(.started) }
    guard let component, let started else {
      startIsKnown = started != nil
      checkOtherFields(after: started ?? Date(milliseconds: 0))
      return nil
    }
    let id = name(.id)
    var incident = Incident(
      source: name(.source) ?? rules.source, externalID: id ?? "", component: component, started: started)
    readEnds(into: &incident)
    readTexts(into: &incident)
    readTicketTimes(into: &incident)
    readNumbers(into: &incident)
    guard problems.isEmpty else { return nil }
    if id == nil { incident.identifyByContent(names: raw.namesInFile) }
    return incident
  }

  // MARK: Groups of fields

  /// Notes what else is wrong with a row that lacks its component or start.
  private mutating func checkOtherFields(after started: Date) {
    var scratch = Incident(source: "", externalID: "", component: "", started: started)
    readEnds(into: &scratch)
    readNumbers(into: &scratch)
  }

  private mutating func readEnds(into incident: inout Incident) {
    let start = incident.started
    incident.impactStart = time(.impactStart, since: start)?.date
    let outageStart = incident.outageStart
    incident.resolved = time(.resolved, since: start, notBefore: outageStart)?.date
    incident.impactEnd = impactEnd(from: outageStart)
    if startIsKnown { checkEnds(of: incident) }
    noteMissingEnd(of: incident)
  }

  /// The impact's end as written, or its start plus the duration; `nil` when only `resolved` is given.
  private mutating func impactEnd(from start: Date) -> Date? {
    let written = time(.impactEnd, since: start, notBefore: start)?.date
    guard let length = value(.duration, DurationText.milliseconds) else { return written }
    if length == 0, rules.isStrict {
      note("zero-duration", "the outage has no length; expected more than 0 s", at: .duration)
    }
    let end = Date(milliseconds: start.milliseconds + length)
    if startIsKnown, let written, written.milliseconds != end.milliseconds {
      note(
        "contradicting-duration", "the duration and impact_end disagree; expected one of them", at: .duration)
    }
    return end
  }

  private mutating func checkEnds(of incident: Incident) {
    let start = incident.outageStart
    for (column, end) in [(IncidentColumn.resolved, incident.resolved), (.impactEnd, incident.impactEnd)] {
      guard let end, raw[column] != nil, end.milliseconds <= start.milliseconds else { continue }
      if end.milliseconds < start.milliseconds {
        note("end-before-start", "the outage ends before it starts", at: column)
      } else if rules.isStrict {
        note("zero-duration", "the outage ends when it starts; expected a length above 0 s", at: column)
      }
    }
    if !rules.isStrict, incident.outageEnd?.milliseconds == start.milliseconds { remarks.append(.zeroLength) }
  }

  private mutating func noteMissingEnd(of incident: Incident) {
    let columns = [IncidentColumn.impactEnd, .resolved, .duration]
    guard incident.outageEnd == nil, columns.allSatisfy({ raw[$0] == nil || isOpen($0) }) else { return }
    if !rules.isStrict || columns.contains(where: isOpen) { return remarks.append(.notEnded) }
    problems.append(
      Diagnostic(
        slug: "missing-end", "the outage has no end", at: location,
        help: "fill one of the columns resolved, impact_end or duration; write `open` while it lasts"))
  }

  private func readTexts(into incident: inout Incident) {
    incident.service = name(.service)
    incident.mode = name(.mode)
    incident.severity = name(.severity)
    incident.urgency = name(.urgency)
    incident.title = raw[.title]?.text
    incident.note = raw[.note]?.text
    incident.parent = name(.parent)
    incident.duplicateOf = name(.duplicateOf)
    incident.otherComponents = raw.otherComponents.filter { $0 != incident.component }
  }

  private mutating func readTicketTimes(into incident: inout Incident) {
    let started = incident.started
    incident.detected = time(.detected, since: started)?.date
    incident.acknowledged = time(.acknowledged, since: started)?.date
    incident.mitigated = time(.mitigated, since: started)?.date
    let start = min(started, incident.outageStart)
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

  // MARK: Single fields

  /// A field's text without white space around it.
  private func name(_ column: IncidentColumn) -> String? { raw[column]?.text.trimmed }

  /// Whether a field says that the outage lasts.
  private func isOpen(_ column: IncidentColumn) -> Bool {
    guard let text = raw[column]?.text, text.utf8.first.map({ $0 < 0x30 || $0 > 0x39 }) ?? false else {
      return false
    }
    return text.trimmed.lowercased() == "open"
  }

  private mutating func required(_ column: IncidentColumn) -> String? {
    if let name = name(column) { return name }
    let message = "the field \(column.name) is empty; every incident needs it"
    problems.append(Diagnostic(slug: "missing-field", message, at: raw.place(of: column)))
    return nil
  }

  /// A time; `+95 s` is so long after `start`.
  ///
  /// Of two instants at which clocks showed the same, the first that is not before `earliest` is taken.
  private mutating func time(
    _ column: IncidentColumn, since start: Date? = nil, notBefore earliest: Date? = nil
  ) -> TimeReading? {
    guard raw[column] != nil, !isOpen(column) else { return nil }
    let rules = rules
    let reading = value(column) { (text) throws(TextFault) -> TimeReading in
      if let start, text.first == "+" {
        let length = try DurationText.milliseconds(String(text.dropFirst()))
        return TimeReading(date: Date(milliseconds: start.milliseconds + length))
      }
      if rules.isStrict { return TimeReading(date: try TimeText.date(text, zone: rules.zone)) }
      return try TimeText.reading(text, patterns: rules.patterns, zone: rules.zone)
    }
    guard let reading, let change = reading.change else { return reading }
    remarks.append(change)
    guard let earliest, reading.date < earliest, let later = reading.later else { return reading }
    return TimeReading(date: later)
  }

  /// A field read by `parse`; what is wrong with it is noted at its place.
  private mutating func value<Value>(
    _ column: IncidentColumn, _ parse: (String) throws(TextFault) -> Value
  ) -> Value? {
    guard let field = raw[column], !(column == .duration && isOpen(column)) else { return nil }
    do {
      return try parse(field.text.trimmed)
    } catch {
      problems.append(error.diagnostic(at: field.location))
      return nil
    }
  }

  private mutating func note(_ slug: String, _ message: String, at column: IncidentColumn) {
    problems.append(Diagnostic(slug: slug, message, at: raw[column]?.location ?? location))
  }

  private mutating func warnEarly(_ column: IncidentColumn) {
    guard rules.isStrict else { return remarks.append(.earlyTime) }
    let message = "\(column.name) lies before the start of the outage"
    warnings.append(
      Diagnostic(.warning, slug: "early-time", message, at: raw[column]?.location ?? location))
  }
}
