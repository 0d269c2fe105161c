import Quantities
import Resilience
import Stochastics
import Testing

/// Outages in which the attempts of a call fare differently: each call is followed forward from its arrival, attempt by
/// attempt, and held against what the state machine counts as time passes.
@Suite("Calls whose attempts fare differently")
struct MixedAttemptsTests {
  /// A callee that fails from a time on, in seconds; `nil`: it answers.
  typealias Change = (seconds: Double, failure: CalleeFailure?)

  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let timeout: Double
    let attempts: Int
    let wait: Double
    var factor = 1.0
    let changes: [Change]
    /// Failed time in seconds, worked out by hand.
    let failed: Double
  }

  static func errors(_ share: Double, after: Double = 0) throws -> CalleeFailure {
    .failsFast(share: try percent(share), after: try seconds(after))
  }

  static func policies(_ row: Row) throws -> EdgePolicies {
    try EdgePolicies(
      timeout: try seconds(row.timeout),
      retry: try Retry(attempts: row.attempts, wait: try seconds(row.wait), factor: row.factor),
      traffic: try traffic(20))
  }

  /// What an outage does whose callee changes.
  static func failedSeconds(_ policies: EdgePolicies, _ changes: [Change]) throws -> Double {
    var state = EdgeState()
    var timings: EdgeTimings?
    for (seconds, failure) in changes {
      let now = seconds / 3600
      switch (failure, timings) {
      case (nil, let old?): state.calleeCameBack(atHours: now, old)
      case (nil, nil): break
      case (let failure?, let old):
        let own = try EdgeTimings(policies, failure: failure)
        if let old, state.calleeIsDown {
          state.calleeChanges(atHours: now, from: old, to: own)
        } else {
          state.calleeWentDown(atHours: now, own)
        }
        timings = own
      }
    }
    let last = try #require(timings)
    while state.nextChangeHours < .infinity { state.advance(toHours: state.nextChangeHours, last) }
    return state.outcome.failedHours * 3600
  }

  /// ∫ Π qⱼ du over arrivals u, in steps of 10 ms: each attempt fails as the callee is when it begins.
  static func walkedSeconds(_ policies: EdgePolicies, _ changes: [Change]) throws -> Double {
    let manners = try changes.map { change in
      (change.seconds, try change.failure.map { try EdgeTimings(policies, failure: $0).result })
    }
    let waits = (policies.retry?.waits ?? []).map { $0.meanHours * 3600 }
    let (step, end) = (0.01, changes.last?.seconds ?? 0)
    return (0..<Int(end / step)).reduce(0.0) { sum, place in
      var (now, share) = ((Double(place) + 0.5) * step, 1.0)
      for wait in waits + [0] {
        guard let result = manners.last(where: { $0.0 <= now })?.1 else { return sum }
        share *= result.failedShare
        now += result.failureHours * 3600 + wait
      }
      return sum + step * share
    }
  }

  static func changing() throws -> [Row] {
    [
      Row(
        testDescription: "60 % of errors, then hanging", timeout: 60, attempts: 4, wait: 1,
        changes: [(0, try errors(60)), (600, .hangs), (1200, nil)],
        failed: 597 * 0.1296 + 0.216 + 0.36 + 0.6 + 417),
      Row(
        testDescription: "60 % of errors after 30 s, then refusing", timeout: 60, attempts: 4, wait: 1,
        changes: [(0, try errors(60, after: 30)), (600, try refuses()), (1200, nil)],
        failed: 507 * 0.1296 + 31 * (0.216 + 0.36 + 0.6) + 597),
      Row(
        testDescription: "hanging, then 60 % of errors", timeout: 60, attempts: 4, wait: 1,
        changes: [(0, .hangs), (360, try errors(60)), (1200, nil)],
        failed: 177 + 61 * (0.6 + 0.36 + 0.216) + 837 * 0.1296),
      Row(
        testDescription: "hanging, then half errors", timeout: 5, attempts: 3, wait: 10,
        changes: [(0, .hangs), (300, try errors(50)), (900, nil)],
        failed: 270 + 15 * (0.5 + 0.25) + 580 * 0.125),
    ]
  }

  @Test("Calls under way while the callee changes fail as each of their attempts does")
  func changes() throws {
    for row in try Self.changing() { try Self.check(row) }
  }

  static func crashLoop(_ count: Int, every period: Double, lasting down: Double) throws -> [Change] {
    var changes: [Change] = []
    for place in 0..<count {
      let from = period * Double(place)
      changes.append((from, try refuses()))
      changes.append((from + down, nil))
    }
    return changes
  }

  /// Down for 20 s of every 25 s, attempts 30 s apart fall 5 s later each time: 10 s of each period fail that three attempts
  /// are over in time for. Of the three outages, a call of each fails in another.
  static func close() throws -> [Row] {
    [
      Row(
        testDescription: "a crash loop", timeout: 5, attempts: 3, wait: 30,
        changes: try crashLoop(24, every: 25, lasting: 20),
        failed: 22 * 10),
      Row(
        testDescription: "three outages, two of which hang", timeout: 15, attempts: 3, wait: 5, factor: 2,
        changes: [(0, .hangs), (60, nil), (75, .hangs), (130, nil), (140, try refuses()), (200, nil)],
        failed: (15 + 10 + 5) + (10 + 15 + 10) + 45),
    ]
  }

  @Test("A call fails whose attempts all fall into outages, be it into several")
  func closeOutages() throws {
    for row in try Self.close() { try Self.check(row) }
  }

  @Test("Outages further apart than retries last have nothing to do with one another")
  func farOutages() throws {
    let row = try #require(try Self.close().last)
    let far: [Change] = [
      (0, .hangs), (60, nil), (1000, .hangs), (1055, nil), (2000, try refuses()), (2060, nil),
    ]
    let failed = try Self.failedSeconds(try Self.policies(row), far)
    #expect(abs(failed - (15 + 10 + 45)) < 1e-9)
  }

  @Test("More outages than are kept count as often as they are down")
  func manyOutages() throws {
    let policies = try EdgePolicies(
      retry: try Retry(attempts: 3, wait: try seconds(30.5)), traffic: try traffic(20))
    let changes = try Self.crashLoop(300, every: 3, lasting: 2)
    let failed = try Self.failedSeconds(policies, changes)
    // Each attempt fails in two of three cases; the first call that two others may follow arrives at 0, the last at 839 s.
    #expect(abs(failed / (839 * 8 / 27) - 1) < 0.02, "\(failed)")
  }

  /// A callee that tries failing attempts again for 5 s, changes within the outage and comes back after a time.
  struct Waiting: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let attempts: Int, wait: Double, errors: Double, errorsAfter: Double, changes: Double
    let lasts: Double
    /// When those that were left waiting are answered; `nil`: never.
    var answered: Double?
    let failed: Double
  }

  /// Calls fail that make their last attempt before the callee returns and are not answered within 5 s of it.
  static let waiting = [
    Waiting(
      testDescription: "one attempt", attempts: 1, wait: 0, errors: 100, errorsAfter: 30, changes: 0,
      lasts: 4,
      failed: 4),
    Waiting(
      testDescription: "one attempt, answered at once", attempts: 1, wait: 0, errors: 100, errorsAfter: 30,
      changes: 0, lasts: 4, answered: 4, failed: 0),
    Waiting(
      testDescription: "one attempt, answered later", attempts: 1, wait: 0, errors: 100, errorsAfter: 30,
      changes: 0,
      lasts: 4, answered: 7, failed: 7 - 5),
    Waiting(
      testDescription: "one attempt, refused from 2 s on", attempts: 1, wait: 0, errors: 100, errorsAfter: 0,
      changes: 2, lasts: 20, failed: 20),
    Waiting(
      testDescription: "three attempts", attempts: 3, wait: 1, errors: 100, errorsAfter: 2, changes: 10,
      lasts: 40,
      failed: 40 - 2 * (2 + 1)),
    Waiting(
      testDescription: "three attempts, answered later", attempts: 3, wait: 1, errors: 100, errorsAfter: 2,
      changes: 10, lasts: 40, answered: 43, failed: 43 - 5 - 2 * (2 + 1)),
    Waiting(
      testDescription: "two attempts, half of them answered from 2 s on", attempts: 2, wait: 3, errors: 50,
      errorsAfter: 0, changes: 2, lasts: 20, failed: (20 - 3) * 0.25),
  ]

  @Test(
    "Attempts that a callee tries again are seen to fail as late after it has changed", arguments: waiting)
  func waits(row: Waiting) throws {
    let policies = try EdgePolicies(
      timeout: try seconds(5.5),
      retry: row.attempts > 1 ? try Retry(attempts: row.attempts, wait: try seconds(row.wait)) : nil,
      traffic: try traffic(20))
    let old = try EdgeTimings(policies, failure: .hangs)
    let own = try EdgeTimings(policies, failure: try Self.errors(row.errors, after: row.errorsAfter))
    var state = EdgeState()
    state.calleeWentDown(atHours: 0, old, maskedHours: 5.0 / 3600)
    state.calleeChanges(atHours: row.changes / 3600, from: old, to: own)
    state.calleeCameBack(atHours: row.lasts / 3600, own, answersWaiting: false)
    if let answered = row.answered { state.waitingEnds(atHours: answered / 3600, own) }
    while state.nextChangeHours < .infinity { state.advance(toHours: state.nextChangeHours, own) }
    let failed = state.outcome.failedHours * 3600
    #expect(abs(failed - row.failed) < 1e-6, "\(row): \(failed)")
    #expect(state.isSettled)
  }

  static func check(_ row: Row) throws {
    let policies = try policies(row)
    let failed = try failedSeconds(policies, row.changes)
    #expect(abs(failed - row.failed) < 1e-6, "\(row): \(failed) for \(row.failed)")
    let walked = try walkedSeconds(policies, row.changes)
    #expect(abs(failed - walked) < 0.05, "\(row): \(failed) for \(walked)")
  }
}

/// Breakers that close and open again in one outage.
extension MixedAttemptsTests {
  struct Cycle: Sendable {
    let attempts: Int, wait: Double
  }

  static func slowBreaker(_ row: Cycle) throws -> EdgePolicies {
    let threshold = CircuitBreaker.Threshold(
      minimum: 50, failures: .half,
      slow: CircuitBreaker.SlowCalls(longerThan: try seconds(5), share: .half))
    return try EdgePolicies(
      timeout: try seconds(10), retry: try Retry(attempts: row.attempts, wait: try seconds(row.wait)),
      breaker: try CircuitBreaker(
        trip: .countWindow(size: 50, threshold), open: try seconds(60), halfOpenCalls: 3),
      traffic: try traffic(20))
  }

  /// Answers take 8 s. The breaker closes each time, since no call fails, and opens again, since all are slow. A call fails
  /// when it arrives neither while the breaker is closed nor a wait, or as many as it has retries, before.
  @Test(
    "A breaker that closes between openings serves calls that retry into that time",
    arguments: [
      Cycle(attempts: 2, wait: 5), Cycle(attempts: 3, wait: 20), Cycle(attempts: 4, wait: 30),
      Cycle(attempts: 3, wait: 40),
    ])
  func cycles(row: Cycle) throws {
    let timings = try EdgeTimings(
      try Self.slowBreaker(row), failure: .slow(try Deterministic(value: 8.0 / 3600)))
    var (state, closed, breaker) = (EdgeState(), [(from: Double, until: Double)](), EdgeState.Breaker.closed)
    state.calleeWentDown(atHours: 0, timings)
    closed.append((-1000, 0))
    while state.nextChangeHours < 0.5 {
      let now = state.nextChangeHours
      state.advance(toHours: now, timings)
      if state.breaker == .open, breaker == .closed { closed[closed.count - 1].until = now * 3600 }
      if state.breaker == .closed, breaker != .closed { closed.append((now * 3600, now * 3600)) }
      breaker = state.breaker
    }
    state.advance(toHours: 0.5, timings)
    #expect(closed.count > 20)
    let step = 0.01
    let isServed = { (now: Double) in closed.contains { $0.from <= now && now < $0.until } }
    let failing = (0..<180_000).reduce(0.0) { sum, place in
      let last = (Double(place) + 0.5) * step
      return sum + ((0..<row.attempts).contains { isServed(last - Double($0) * row.wait) } ? 0 : step)
    }
    // Fifty results open it again (8 s are summed in steps of 20 ms), of so many attempts for each call until the first wait is over.
    let reopens = 8 + max(50.0 / 20 / Double(row.attempts), 50.0 / 20 - Double(row.attempts - 1) * row.wait)
    #expect(closed.dropFirst().dropLast().allSatisfy { abs($0.until - $0.from - reopens) < 0.02 })
    // Three probes of each cycle are answered as well, 37 ms to 50 ms of attempts.
    let probed = 0.15 * Double(closed.count)
    let failed = state.outcome.failedHours * 3600
    #expect(failed < failing + 0.1 && failed > failing - probed - 0.1, "\(row): \(failed) for \(failing)")
  }
  @Test("Breakers that close between openings fail as many calls as single requests see")
  func requestCycles() throws {
    let failure = CalleeFailure.slow(try Deterministic(value: 8.0 / 3600))
    for row in [Cycle(attempts: 3, wait: 20), Cycle(attempts: 4, wait: 30)] {
      let policies = try Self.slowBreaker(row)
      let model = try EdgeTimings(policies, failure: failure).outcome(outageHours: 0.5)
      let runs = (UInt32(0)..<10).map { run in
        var simulation = RequestSimulation(
          policies, failure, outage: 1800, until: 1900, run: run, name: "cycles \(row.attempts)")
        return simulation.run()
      }
      let failed = PartialOutageTests.failed(runs, calls: 20)
      #expect(abs(model.failedHours * 3600 / failed.mean - 1) < 0.01, "\(failed) for \(model)")
      #expect(runs.allSatisfy { $0.openings.count == model.openings })
    }
  }
}
