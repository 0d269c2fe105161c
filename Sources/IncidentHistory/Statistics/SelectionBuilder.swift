import Diagnostics
import Foundation

/// Sorts incidents into those that count and those that do not.
struct SelectionBuilder {
  private let question: HistoryQuestion
  private let windows: [ObservationWindow]
  private let maintenance: [MaintenanceWindow]
  private var ofComponent: [String: (watched: TimeStretches?, work: TimeStretches)] = [:]
  private var events: [HistoryEvent] = []
  private var reachingIn: [HistoryEvent] = []
  private var leftOut = HistorySelection.LeftOut()

  init(question: HistoryQuestion, windows: [ObservationWindow], maintenance: [MaintenanceWindow]) {
    let component = question.filter.component
    func concerns(_ other: String?) -> Bool { component == nil || other == nil || other == component }
    self.question = question
    self.windows = windows.filter { concerns($0.component) }
    self.maintenance = maintenance.filter { concerns($0.component) }
  }

  /// Refuses a window that has no length.
  func checkWindow() throws(Findings) {
    switch question.window {
    case .length(let hours):
      guard hours > 0, hours.isFinite else { throw badWindow("\(hours) h") }
    case .interval(let start, let end):
      guard start < end else { throw badWindow("one that ends before it starts") }
    case .recorded(let from, let to):
      if let from, let to, from >= to { throw badWindow("one that ends before it starts") }
      guard let watched = stretches(windows), watched.isEmpty else { return }
      throw Findings([
        Diagnostic(
          slug: "nothing-watched", "no recorded window lies between the times asked for", at: nil,
          help: "relmodel incidents window list")
      ])
    }
  }

  private func badWindow(_ found: String) -> Findings {
    Findings([Diagnostic(slug: "bad-window", "expected a window longer than 0 h; found \(found)", at: nil)])
  }

  mutating func add(_ incident: Incident) {
    if incident.isPlanned { return leftOut.planned += 1 }
    if incident.duplicateOf != nil { return leftOut.repeated += 1 }
    let event = seen(HistoryEvent(incident, reading: question.impact))
    let (watched, work) = times(of: event.component)
    if work.contains(event.start) { return leftOut.inMaintenance += 1 }
    if isInside(event.start, watched) { return events.append(event) }
    leftOut.outside += 1
    if watched != nil, event.end != nil { reachingIn.append(event) }
  }

  /// An incident that hit several components, from the one asked about, else from the first that was watched then.
  private mutating func seen(_ event: HistoryEvent) -> HistoryEvent {
    guard !event.otherComponents.isEmpty else { return event }
    if let asked = question.filter.component { return event.seen(from: asked) }
    let watched = event.components.first { isInside(event.start, times(of: $0).watched) }
    return watched.map { event.seen(from: $0) } ?? event
  }

  private func isInside(_ start: Int, _ watched: TimeStretches?) -> Bool {
    if let watched { return watched.contains(start) }
    guard case .recorded(let from, let to) = question.window else { return true }
    return start >= from?.milliseconds ?? .min && start < to?.milliseconds ?? .max
  }

  private mutating func times(of component: String) -> (watched: TimeStretches?, work: TimeStretches) {
    if let known = ofComponent[component] { return known }
    func concerns(_ other: String?) -> Bool { other == nil || other == component }
    let work = TimeStretches(maintenance.filter { concerns($0.component) }.map { $0.start.range(to: $0.end) })
    let own = windows.isEmpty ? nil : windows.filter { concerns($0.component) }
    let watched = stretches(own)?.removing(work)
    ofComponent[component] = (watched, work)
    return (watched, work)
  }

  /// What some windows say was watched; `nil` when that is not known. Without windows at all `nil` is given.
  private func stretches(_ windows: [ObservationWindow]?) -> TimeStretches? {
    switch question.window {
    case .length: return nil
    case .interval(let start, let end): return TimeStretches([start.range(to: end)])
    case .recorded(let from, let to):
      guard let windows, !self.windows.isEmpty else {
        guard let from, let to else { return nil }
        return TimeStretches([from.range(to: to)])
      }
      let bounds = (from?.milliseconds ?? .min)..<(to?.milliseconds ?? .max)
      return TimeStretches(windows.map { $0.start.range(to: $0.end) }).clamped(to: bounds)
    }
  }

  /// What was found; incidents are sorted by their start in the reading asked for.
  var selection: HistorySelection {
    let work = maintenance.filter { $0.component == nil || $0.component == question.filter.component }
    let watched = stretches(windows.isEmpty ? nil : windows)?
      .removing(TimeStretches(work.map { $0.start.range(to: $0.end) }))
    var hours = watched?.hours
    if case .length(let stated) = question.window { hours = stated }
    return HistorySelection(
      question: question, events: events.sorted { $0.start < $1.start },
      reachingIn: reachingIn.sorted { $0.start < $1.start }, watched: watched, windowHours: hours,
      leftOut: leftOut, windowsDiffer: watched != nil && windowsDiffer,
      watchedOfComponent: ofComponent.compactMapValues(\.watched), unitsOfComponent: unitsOfComponent)
  }

  private var unitsOfComponent: [String: WatchedUnits] {
    guard case .recorded = question.window else { return [:] }
    let names = Array(ofComponent.keys) + (question.filter.component.map { [$0] } ?? [])
    return Dictionary(
      names.map { name in
        (name, WatchedUnits(windows.filter { $0.component == nil || $0.component == name }))
      }
    ) { first, _ in first }
  }

  private var windowsDiffer: Bool {
    guard case .recorded = question.window, question.filter.component == nil else { return false }
    return Set(windows.map(\.component)).count > 1
  }
}

extension Date {
  /// The milliseconds from this time to another; empty when that is earlier.
  fileprivate func range(to end: Date) -> Range<Int> { milliseconds..<max(milliseconds, end.milliseconds) }
}
