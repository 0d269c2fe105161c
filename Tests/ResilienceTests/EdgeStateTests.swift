import Quantities
import Resilience
import Stochastics
import Testing

@Suite("The state machine of a dependency")
struct EdgeStateTests {
  static func documented(fallback: Fallback? = nil, breaker: Bool = true, calls: Double? = 20) throws
    -> EdgePolicies
  {
    try EdgePolicies(
      retry: try Retry(attempts: 4, wait: try seconds(1), factor: 2, longest: try seconds(30)),
      breaker: breaker ? try CircuitBreaker(trip: .consecutive(5), open: try seconds(30)) : nil,
      fallback: fallback, traffic: try calls.map { try traffic($0) })
  }

  struct Row: Sendable { let outage: Double, withoutBreaker: Double, withBreaker: Double }

  /// Retry 1-2-4 s and a breaker of 30 s: alone, the retry masks 7 s; the breaker opens after 0.27 s, so that even an outage of
  /// 5 s fails every call until the first probe after 30 s, less the 7 s that retries bridge.
  @Test(
    "What fails in an outage of 5 s, 30 s and 4 min",
    arguments: [
      Row(outage: 5, withoutBreaker: 0, withBreaker: 23.33),
      Row(outage: 30, withoutBreaker: 23, withBreaker: 23.33),
      Row(outage: 240, withoutBreaker: 233, withBreaker: 233.42),
    ])
  func documentedOutages(row: Row) throws {
    let retryOnly = try EdgeTimings(try Self.documented(breaker: false), failure: try refuses())
      .outcome(outageHours: row.outage / 3600)
    #expect(abs(retryOnly.failedHours * 3600 - row.withoutBreaker) < 1e-6)
    #expect(retryOnly.isMasked == (row.outage < 7) && retryOnly.tailHours == 0)
    let both = try EdgeTimings(try Self.documented(), failure: try refuses())
    let outcome = both.outcome(outageHours: row.outage / 3600)
    #expect(abs(outcome.failedHours * 3600 - row.withBreaker) < 0.05, "\(outcome.failedHours * 3600)")
    #expect(!outcome.isMasked)
    #expect(abs(try #require(both.failedCalls(outcome)) - 20 * outcome.failedHours * 3600) < 1e-6)
  }

  @Test("A fallback serves its share for its time, and then no more")
  func fallback() throws {
    let fallback = try Fallback(serves: try percent(80), lasts: try seconds(60))
    let policies = try EdgePolicies(fallback: fallback, traffic: try traffic(20))
    let timings = try EdgeTimings(policies, failure: try refuses())
    let outcome = timings.outcome(outageHours: 100.0 / 3600)
    #expect(abs(outcome.fallbackHours * 3600 - 48) < 1e-9)
    #expect(abs(outcome.failedHours * 3600 - 52) < 1e-9)
    #expect(abs(try #require(timings.callsServedByFallback(outcome)) - 960) < 1e-6)
    var state = EdgeState()
    state.calleeWentDown(atHours: 1, timings)
    state.advance(toHours: 1 + 30.0 / 3600, timings)
    #expect(state.failedShare(timings) == 1 && abs(state.lostShare(timings) - 0.2) < 1e-12)
    state.advance(toHours: 1 + 61.0 / 3600, timings)
    #expect(state.lostShare(timings) == 1)
  }

  @Test("A fallback's time begins when hardly any calls are answered: some answers keep it fresh")
  func fallbackOfAilingCallee() throws {
    let policies = try EdgePolicies(
      fallback: try Fallback(serves: try percent(80), lasts: try seconds(60)), traffic: try traffic(20))
    func timings(failing share: Double) throws -> EdgeTimings {
      try EdgeTimings(policies, failure: .failsFast(share: try percent(share), after: .zero))
    }
    let (few, most, all) = (
      try timings(failing: 1), try timings(failing: 99.5), try timings(failing: 100)
    )
    func lost(_ state: EdgeState, _ timings: EdgeTimings) -> Double {
      state.lostShare(timings) / state.failedShare(timings)
    }
    var state = EdgeState()
    state.calleeWentDown(atHours: 0, few)
    state.advance(toHours: 100.0 / 3600, few)
    #expect(abs(lost(state, few) - 0.2) < 1e-12)
    // A crash that comes during errors has the whole time, and one in the time of another has what is left of it.
    state.calleeChanges(atHours: 100.0 / 3600, from: few, to: most)
    state.advance(toHours: 130.0 / 3600, most)
    #expect(abs(lost(state, most) - 0.2) < 1e-12)
    state.calleeChanges(atHours: 130.0 / 3600, from: most, to: all)
    state.advance(toHours: 159.0 / 3600, all)
    #expect(abs(lost(state, all) - 0.2) < 1e-12)
    state.advance(toHours: 161.0 / 3600, all)
    #expect(lost(state, all) == 1)
    // Errors that are left of it refresh it.
    state.calleeChanges(atHours: 200.0 / 3600, from: all, to: few)
    state.advance(toHours: 400.0 / 3600, few)
    #expect(abs(lost(state, few) - 0.2) < 1e-12)
    state.calleeChanges(atHours: 400.0 / 3600, from: few, to: all)
    state.advance(toHours: 459.0 / 3600, all)
    #expect(abs(lost(state, all) - 0.2) < 1e-12)
    state.advance(toHours: 461.0 / 3600, all)
    #expect(lost(state, all) == 1)
  }

  @Test(
    "Without traffic the caller is busy: the breaker opens with the first result, and numbers of calls are unknown"
  )
  func withoutTraffic() throws {
    let timings = try EdgeTimings(try Self.documented(calls: nil), failure: try refuses())
    #expect(timings.opensAfterHours == 0)
    let outcome = timings.outcome(outageHours: 10.0 / 3600)
    #expect(abs(outcome.failedHours * 3600 - 23) < 1e-9)
    #expect(timings.failedCalls(outcome) == nil && timings.surge(capacityPerHour: 1, outageHours: 1) == nil)
  }

  @Test("A second outage in the tail of the first prolongs it; the outcome is of both")
  func secondOutage() throws {
    let timings = try EdgeTimings(try Self.documented(), failure: try refuses())
    var state = EdgeState()
    state.calleeWentDown(atHours: 0, timings)
    state.calleeCameBack(atHours: 10.0 / 3600, timings)
    #expect(!state.isSettled && state.breaker == .open)
    state.calleeWentDown(atHours: 20.0 / 3600, timings)
    state.calleeCameBack(atHours: 50.0 / 3600, timings)
    while state.nextChangeHours < .infinity { state.advance(toHours: state.nextChangeHours, timings) }
    #expect(state.isSettled && state.outcome.openings == 2)
    #expect(abs(state.outcome.calleeDownHours * 3600 - 40) < 1e-9)
    #expect(abs(state.outcome.failedHours * 3600 - 53.4) < 0.1)
    state.reset()
    #expect(state.outcome == EdgeOutcome())
  }

  @Test("However time is cut into steps, the outcome is the same", arguments: [5.0, 31, 75, 240])
  func steps(outage: Double) throws {
    let policies = try EdgePolicies(
      timeout: try seconds(3), retry: try Retry(attempts: 3, wait: try seconds(1)),
      breaker: try CircuitBreaker(trip: .consecutive(5), open: try seconds(30)),
      callerPool: try Pool(kind: .connections, size: 50, overflow: .reject),
      fallback: try Fallback(serves: .half, lasts: try seconds(40)), traffic: try traffic(20))
    let timings = try EdgeTimings(policies, failure: .hangs)
    let whole = timings.outcome(outageHours: outage / 3600)
    var state = EdgeState()
    state.calleeWentDown(atHours: 0, timings)
    for step in 1...4000 {
      let now = Double(step) / 10 / 3600
      if now >= outage / 3600, state.calleeIsDown { state.calleeCameBack(atHours: outage / 3600, timings) }
      state.advance(toHours: now, timings)
    }
    #expect(abs(state.outcome.failedHours - whole.failedHours) < 1e-12)
    #expect(abs(state.outcome.fallbackHours - whole.fallbackHours) < 1e-12)
    #expect(state.outcome.openings == whole.openings && state.outcome.cascade == whole.cascade)
  }

  @Test("An outage that lasts longer never fails fewer calls, but for a breaker's period")
  func monotone() throws {
    let timings = try EdgeTimings(try Self.documented(breaker: false), failure: try refuses())
    var last = 0.0
    for outage in 0..<600 {
      let failed = timings.outcome(outageHours: Double(outage) / 3600).failedHours
      #expect(failed >= last)
      last = failed
    }
  }

  @Test("Several callers share the calls, and each has its own breaker")
  func callers() throws {
    let breaker = try CircuitBreaker(trip: .consecutive(5), open: try seconds(30))
    let one = try EdgePolicies(breaker: breaker, traffic: try traffic(2, milliseconds: 0))
    let ten = try EdgePolicies(breaker: breaker, traffic: try traffic(20, milliseconds: 0), callers: 10)
    let (single, shared) = (
      try EdgeTimings(one, failure: try refuses()), try EdgeTimings(ten, failure: try refuses())
    )
    #expect(single.opensAfterHours == shared.opensAfterHours)
    #expect(abs(single.opensAfterHours * 3600 - 2.5) < 1e-9)
  }

  @Test("Retries that wait come on top of the calls when the callee returns")
  func surge() throws {
    let policies = try Self.documented(breaker: false)
    let timings = try EdgeTimings(policies, failure: try refuses())
    #expect(timings.amplification == 4)
    // Up to 80 attempts a second; at 50 /s the callee has caught up when 20 x + 20 (1 + 2 + 4) = 50 x.
    let surge = try #require(timings.surge(capacityPerHour: 50 * 3600, outageHours: 1))
    #expect(surge.peakAttemptsPerHour == 80 * 3600)
    #expect(abs(surge.overloadHours * 3600 - 140.0 / 30) < 1e-9)
    #expect(try #require(timings.surge(capacityPerHour: 80 * 3600, outageHours: 1)).overloadHours == 0)
    #expect(
      try #require(timings.surge(capacityPerHour: 10 * 3600, outageHours: 1)).overloadHours == .infinity)
    let limited = try EdgePolicies(
      retry: policies.retry, rateLimit: try RateLimit(calls: 1800, period: try seconds(60)),
      traffic: try traffic(20))
    #expect(abs(try EdgeTimings(limited, failure: try refuses()).amplification - 1.5) < 1e-12)
  }
}
