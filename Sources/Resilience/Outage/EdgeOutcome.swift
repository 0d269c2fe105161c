public import Stochastics

/// What an outage of a callee did to the calls of one dependency.
public struct EdgeOutcome: Hashable, Sendable {
  /// What became of the slots that the caller's calls share.
  public enum Cascade: Hashable, Sendable {
    /// They were not in danger.
    case none
    /// They ran out: the caller was down for everything.
    case caused
    /// They would have run out, but the breaker was open by then.
    case preventedByBreaker
    /// They would have run out, but for the bulkhead.
    case preventedByBulkhead
  }

  /// How long the callee was down.
  public internal(set) var calleeDownHours = 0.0
  /// The stretch of time whose calls failed, a part of them counted in proportion; without those the fallback served.
  public internal(set) var failedHours = 0.0
  /// The same for the calls that the fallback served.
  public internal(set) var fallbackHours = 0.0
  /// How long some calls went on failing after the callee's return, be it a share of them: the breaker's and the pool's
  /// tail.
  public internal(set) var tailHours = 0.0
  /// How long the caller itself was down for want of slots, a share of its calls counted in proportion.
  public internal(set) var callerDownHours = 0.0
  /// How often the breaker opened.
  public internal(set) var openings = 0
  /// What became of the caller's slots.
  public internal(set) var cascade = Cascade.none

  /// Nothing has happened.
  public init() {}

  /// Whether no call failed, nor had to be served by the fallback: retries bridged it.
  public var isMasked: Bool { failedHours <= 0 && fallbackHours <= 0 && callerDownHours <= 0 }
}

extension EdgeTimings {
  /// The calls that failed in an outage; `nil` without traffic.
  public func failedCalls(_ outcome: EdgeOutcome) -> Double? { callsPerHour.map { $0 * outcome.failedHours } }

  /// The calls that the fallback served; `nil` without traffic.
  public func callsServedByFallback(_ outcome: EdgeOutcome) -> Double? {
    callsPerHour.map { $0 * outcome.fallbackHours }
  }

  /// What a single outage of this length does, with everything well before it.
  ///
  /// - Parameters:
  ///   - outageHours: at least 0.
  ///   - opensAfterHours: what the breaker takes to open; `nil`: as long as on average.
  public func outcome(outageHours: Double, opensAfterHours: Double? = nil) -> EdgeOutcome {
    var state = EdgeState()
    state.calleeWentDown(atHours: 0, self, opensAfterHours: opensAfterHours)
    state.calleeCameBack(atHours: outageHours, self)
    while state.nextChangeHours < .infinity { state.advance(toHours: state.nextChangeHours, self) }
    return state.outcome
  }

  /// One draw of what such an outage does: chance decides when the breaker opens, each time, and how its probes fare.
  public func drawOutcome(outageHours: Double, using stream: inout RandomStream) -> EdgeOutcome {
    var state = EdgeState()
    let opens = drawOpensAfterHours(using: &stream)
    state.calleeWentDown(atHours: 0, self, opensAfterHours: opens)
    state.advance(toHours: outageHours, self, using: &stream)
    state.calleeCameBack(atHours: outageHours, self, using: &stream)
    while state.nextChangeHours < .infinity { state.advance(toHours: state.nextChangeHours, self) }
    return state.outcome
  }
}
