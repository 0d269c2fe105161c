public import Diagnostics
internal import StructuredText
import Foundation

extension IncidentDatabase {
  /// What the history says about `component/mode`.
  ///
  /// Planned incidents and repetitions of others are left out. An incident that has not ended is a failure whose length is
  /// not known: it counts, its downtime does not, and a warning tells of it. Incidents that begin in a maintenance window count as planned, and maintenance is taken out of
  /// the time watched, unless the window's length is stated. A mode without incidents has a count of 0, which is unknown, not never.
  ///
  /// - Throws: `no-window` when the recorded windows are wanted and there are none; `bad-window` for a
  ///   length or an interval that is not above 0; `database-…` when the database can not be read.
  public func observation(component: String, mode: String, window: WindowReading) throws(Findings)
    -> Observation
  {
    let recorded = try windows(covering: component)
    let maintenance = union(try maintenance(of: component))
    let stretches = try stretches(window, recorded: recorded, component: component).map {
      without(maintenance, $0)
    }
    let unplanned = try incidents(component: component, mode: mode).filter {
      !$0.isPlanned && $0.duplicateOf == nil
    }
    let all = unplanned.filter { incident in !maintenance.contains { $0.contains(incident.outageStart) } }
    let inside = all.filter { incident in stretches?.contains { $0.contains(incident.outageStart) } ?? true }
    let ended = inside.filter { $0.outageEnd != nil }
    var hours = (stretches ?? []).map { $0.upperBound.timeIntervalSince($0.lowerBound) / 3_600 }.reduce(0, +)
    if case .length(let stated) = window { hours = stated }
    let units = Set(recorded.map(\.units))
    let unitHours = window == .recorded ? WatchedUnits(recorded).unitHours(in: stretches ?? []) : nil
    return Observation(
      component: component, mode: mode, count: inside.count,
      durationsHours: ended.compactMap(\.outageHours), windowHours: hours,
      units: units.count == 1 ? units.first ?? nil : nil, unitHours: unitHours,
      warnings: ObservationWarnings(name: "\(component)/\(mode)").all(
        outside: all.count - inside.count, open: inside.count - ended.count, overlaps: overlaps(ended),
        unitsDiffer: units.count > 1 && unitHours == nil, inMaintenance: unplanned.count - all.count))
  }

  /// The stretches of time in which incidents count, without overlaps; `nil` when all count.
  private func stretches(
    _ reading: WindowReading, recorded: [ObservationWindow], component: String
  ) throws(Findings) -> [Range<Date>]? {
    switch reading {
    case .recorded:
      guard !recorded.isEmpty else { throw Self.noWindow(component) }
      return union(recorded.map { $0.start..<$0.end })
    case .length(let hours):
      guard hours > 0, hours.isFinite else { throw Self.badWindow("\(hours) h") }
      return nil
    case .interval(let start, let end):
      guard start < end else { throw Self.badWindow("one that ends before it starts") }
      return [start..<end]
    }
  }

  /// The maintenance windows of a component, by their start.
  private func maintenance(of component: String) throws(Findings) -> [Range<Date>] {
    try recordedMaintenance().map(\.value).filter { $0.component == nil || $0.component == component }
      .map { $0.start..<$0.end }
  }

  private static func noWindow(_ component: String) -> Findings {
    Findings([
      Diagnostic(
        slug: "no-window", "the history does not say when \(quoted(component)) was watched", at: nil,
        help: "relmodel incidents import incidents.csv --window START/END")
    ])
  }

  private static func badWindow(_ found: String) -> Findings {
    Findings([Diagnostic(slug: "bad-window", "expected a window longer than 0 h; found \(found)", at: nil)])
  }
}

extension WatchedUnits {
  fileprivate func unitHours(in stretches: [Range<Date>]) -> Double? {
    unitHours(
      in: TimeStretches(stretches.map { $0.lowerBound.milliseconds..<$0.upperBound.milliseconds }))
  }
}

/// The same instants as the ranges, which are sorted by their start, without overlaps.
private func union(_ sorted: [Range<Date>]) -> [Range<Date>] {
  sorted.reduce(into: []) { union, next in
    guard let last = union.last, next.lowerBound <= last.upperBound else { return union.append(next) }
    union[union.count - 1] = last.lowerBound..<max(last.upperBound, next.upperBound)
  }
}

/// What is left of stretches without holes; both sorted and without overlaps.
private func without(_ holes: [Range<Date>], _ stretches: [Range<Date>]) -> [Range<Date>] {
  holes.reduce(stretches) { left, hole in
    left.flatMap { stretch -> [Range<Date>] in
      guard stretch.overlaps(hole) else { return [stretch] }
      return [(stretch.lowerBound, hole.lowerBound), (hole.upperBound, stretch.upperBound)]
        .filter { $0.0 < $0.1 }.map { $0.0..<$0.1 }
    }
  }
}

/// How many incidents, sorted by their start, begin before an earlier one has ended.
private func overlaps(_ sorted: [Incident]) -> Int {
  var latestEnd = Date.distantPast
  var count = 0
  for incident in sorted {
    if incident.outageStart < latestEnd { count += 1 }
    latestEnd = max(latestEnd, incident.outageEnd ?? latestEnd)
  }
  return count
}

/// What a reader of an observation should know.
private struct ObservationWarnings {
  let name: String

  func all(outside: Int, open: Int, overlaps: Int, unitsDiffer: Bool, inMaintenance: Int) -> [Diagnostic] {
    var warnings: [Diagnostic] = []
    if outside > 0 { warnings.append(warning("outside-window", "\(outside) began outside the window")) }
    if inMaintenance > 0 {
      warnings.append(
        warning("in-maintenance", "\(inMaintenance) began in a maintenance window and count as planned"))
    }
    if open > 0 {
      warnings.append(
        warning("not-ended", "\(open) have no end yet: failures whose downtime is not known and left out"))
    }
    if overlaps > 0 {
      warnings.append(warning("overlapping-incidents", "\(overlaps) began while another lasted; each counts"))
    }
    if unitsDiffer {
      warnings.append(
        warning("units-differ", "the windows state different numbers of units, or not all state one"))
    }
    return warnings
  }

  private func warning(_ slug: String, _ what: String) -> Diagnostic {
    Diagnostic(.warning, slug: slug, "in the history of \(name), \(what)", at: nil)
  }
}
