internal import Quantities
internal import Resilience
internal import ServiceGraph
internal import ServiceModel
public import Simulation

/// One replication as a story: what failed, what it did to the service, and what brought it back.
public struct TraceReport: Sendable {
  let header: ResultHeader
  let trace: ReplicationTrace

  /// A report.
  public init(header: ResultHeader, trace: ReplicationTrace) {
    self.header = header
    self.trace = trace
  }

  var graph: CompiledGraph { trace.graph }

  // MARK: Document

  /// The story for people.
  public var document: Document {
    var document = Document(
      title: "\(graph.model.name) · replication \(trace.replication) of seed \(trace.seed) · "
        + yearsText)
    let quiet = isLong ? quietOutages : QuietOutages()
    let rows = rows(without: quiet.events)
    if rows.isEmpty {
      document.blocks.append(.note("Nothing happened."))
    } else {
      document.blocks.append(.table(Document.Table(columns: ["when", "what"], rows: rows)))
    }
    if quiet.count > 0 {
      document.blocks.append(
        .note(
          quiet.count == 1
            ? "One outage that did nothing to anybody is left out; --format json tells it too."
            : "\(grouped(quiet.count)) outages that did nothing to anybody are left out; --format json tells them too."
        ))
    }
    document.blocks += breakerNote
    document.blocks.append(.facts(downtimes()))
    document.blocks.append(.note("Time 0 is Monday 1 January, 00:00 UTC; a year has 365 days."))
    return document
  }

  /// Calls are not followed one by one, so that units that call the same have one breaker here.
  private var breakerNote: [Document.Block] {
    let told = Set(
      trace.events.compactMap { event -> Int? in
        guard case .dependency(let edge, .breakerOpens) = event.kind else { return nil }
        return edge
      })
    let shared = told.sorted().filter { graph.edges[$0].policies.callers > 1 }
    guard !shared.isEmpty else { return [] }
    let names = shared.map { "\(graph.edges[$0].name) (\(grouped(graph.edges[$0].policies.callers)) units)" }
    return [
      .note(
        "Every unit that calls has a breaker; they are played as one, that opens, tries and closes for all of them, and what is "
          + "said of calls is said of those of all: \(names.joined(separator: ", "))."
      )
    ]
  }

  private var yearsText: String {
    let years = trace.horizonHours / 8760
    return years == 1 ? "1 year" : "\(significant(years, digits: 4).trimmingZeros) years"
  }

  private func rows(without quiet: Set<Int>) -> [[String]] {
    var story = TraceStory(trace)
    return trace.events.enumerated().compactMap { place, event in
      story.sentence(event).flatMap {
        quiet.contains(place) ? nil : [SimulatedTime(hours: event.hours).text, $0]
      }
    }
  }

  private func downtimes() -> [Document.Fact] {
    graph.capabilities.enumerated().map { index, capability in
      let stretches = outages(ofCapability: index)
      let hours = stretches.reduce(0) { $0 + $1.end - $1.start }
      return Document.Fact(
        capability.name, "down \(TimeSpan(hours: hours)?.description ?? "")",
        ["\(grouped(stretches.count)) outage\(stretches.count == 1 ? "" : "s")"], number: .init(hours, "h"))
    }
  }

  /// When a capability was down, in hours.
  private func outages(ofCapability index: Int) -> [(start: Double, end: Double)] {
    var joined: [(start: Double, end: Double)] = []
    for level in levels(ofCapability: index) where level.isDown {
      if let last = joined.last, last.end == level.start {
        joined[joined.count - 1].end = level.end
      } else {
        joined.append((level.start, level.end))
      }
    }
    return joined
  }

  /// The stretches in which a capability did not serve all.
  func levels(ofCapability index: Int) -> [(start: Double, end: Double, isDown: Bool, served: Double)] {
    var stretches: [(start: Double, end: Double, isDown: Bool, served: Double)] = []
    var open: (start: Double, isDown: Bool, served: Double)?
    func close(at hours: Double) {
      if let open, hours > open.start { stretches.append((open.start, hours, open.isDown, open.served)) }
      open = nil
    }
    for event in trace.events {
      guard case .service(index, let isDown, let served) = event.kind else { continue }
      close(at: event.hours)
      if served < 1 { open = (event.hours, isDown, served) }
    }
    close(at: trace.horizonHours)
    return stretches
  }

  /// When each process that failed was down; one that was down at the end ends there.
  func failures() -> [(process: Int, start: Double, end: Double)] {
    var began: [Int: Double] = [:]
    var found: [(process: Int, start: Double, end: Double)] = []
    for event in trace.events {
      switch event.kind {
      case .failure(let process, _, _): began[process] = event.hours
      case .restoration(let process):
        if let start = began.removeValue(forKey: process) { found.append((process, start, event.hours)) }
      default: break
      }
    }
    found += began.map { ($0.key, $0.value, trace.horizonHours) }
    return found.sorted { ($0.start, $0.process) < ($1.start, $1.process) }
  }
}
