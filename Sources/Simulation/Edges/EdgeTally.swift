internal import Resilience

/// What the outages of one edge add up to in a replication.
struct EdgeCounts: Sendable {
  /// Outages of the callee.
  var outages = 0
  /// Stretches from a loss of the callee until all is well again; a breaker may join outages to one.
  private(set) var episodes = 0
  /// Those in which no call failed.
  private(set) var masked = 0
  private(set) var openings = 0
  private(set) var caused = 0
  private(set) var preventedByBreaker = 0
  private(set) var preventedByBulkhead = 0
  private(set) var hours = EdgeHours()

  mutating func addCascade(_ cascade: EdgeOutcome.Cascade) {
    switch cascade {
    case .none: break
    case .caused: caused += 1
    case .preventedByBreaker: preventedByBreaker += 1
    case .preventedByBulkhead: preventedByBulkhead += 1
    }
  }

  mutating func addCallerDown(hours: Double) { self.hours.callerDown += hours }

  mutating func add(_ outcome: EdgeOutcome) {
    episodes += 1
    if outcome.isMasked { masked += 1 }
    openings += outcome.openings
    addCascade(outcome.cascade)
    hours.calleeDown += outcome.calleeDownHours
    hours.failed += outcome.failedHours
    hours.fallback += outcome.fallbackHours
    hours.tail += outcome.tailHours
    hours.callerDown += outcome.callerDownHours
  }
}

/// Lengths of time.
struct EdgeHours: Sendable {
  var calleeDown = 0.0
  var failed = 0.0
  var fallback = 0.0
  var tail = 0.0
  var callerDown = 0.0
}

/// What replications of one edge add up to; lengths of time are rounded to ticks once a replication.
typealias EdgeTally = FigureTotals<EdgeFigure>

/// What is added up of an edge, in the order in which files hold it.
enum EdgeFigure: Int, CaseIterable {
  case outages, episodes, masked, openings
  case caused, preventedByBreaker, preventedByBulkhead
  case calleeDown, failed, fallback, tail, callerDown
}

extension EdgeTally {
  mutating func add(_ counts: EdgeCounts) {
    add(Int64(counts.outages), to: .outages)
    add(Int64(counts.episodes), to: .episodes)
    add(Int64(counts.masked), to: .masked)
    add(Int64(counts.openings), to: .openings)
    add(Int64(counts.caused), to: .caused)
    add(Int64(counts.preventedByBreaker), to: .preventedByBreaker)
    add(Int64(counts.preventedByBulkhead), to: .preventedByBulkhead)
    add(Ticks.from(hours: counts.hours.calleeDown), to: .calleeDown)
    add(Ticks.from(hours: counts.hours.failed), to: .failed)
    add(Ticks.from(hours: counts.hours.fallback), to: .fallback)
    add(Ticks.from(hours: counts.hours.tail), to: .tail)
    add(Ticks.from(hours: counts.hours.callerDown), to: .callerDown)
  }
}
