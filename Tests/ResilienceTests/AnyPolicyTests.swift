import Quantities
import Resilience
import Stochastics
import Testing

/// Policies drawn at random: what has to hold of every outage, whatever they are.
@Suite("Any policies")
struct AnyPolicyTests {
  @Test("Times add up, nothing is negative, and every outage comes to an end", arguments: 0..<8)
  func invariants(block: Int) throws {
    for number in 0..<250 {
      var stream = RandomStream(
        seed: 11, process: ProcessKey(name: "any policies"), replication: UInt32(block * 250 + number))
      let policies = try Self.policies(&stream)
      let failure = try Self.failure(&stream)
      let outageHours = portableExp(8 * stream.uniform() - 8)
      let mean = try EdgeTimings(policies, failure: failure)
      let timings =
        stream.uniform() < 0.5
        ? mean : mean.drawingWaits(of: policies, failure: failure, using: &stream)
      let opens = stream.uniform() < 0.5 ? timings.drawOpensAfterHours(using: &stream) : nil
      let outcome = timings.outcome(outageHours: outageHours, opensAfterHours: opens)
      let end = settled(timings, outageSeconds: outageHours * 3600, opensAfterHours: opens) / 3600
      #expect(abs(outcome.calleeDownHours - outageHours) <= 1e-9 * outageHours)
      #expect(outcome.failedHours >= -1e-12 && outcome.fallbackHours >= -1e-12 && outcome.tailHours >= 0)
      #expect(
        outcome.failedHours + outcome.fallbackHours <= end + 1e-9, "\(policies) \(failure) \(outageHours)")
      #expect(outcome.callerDownHours <= end + 1e-12)
      #expect(outcome.isMasked || outcome.failedHours + outcome.fallbackHours + outcome.callerDownHours > 0)
      #expect(timings.amplification >= 0 && timings.amplification <= Double(policies.attempts))
    }
  }

  @Test(
    "Who asks only when losses may change learns of every change, and of the same outcome", arguments: 0..<4)
  func losses(block: Int) throws {
    var skipped = 0
    for number in 0..<250 {
      var stream = RandomStream(
        seed: 12, process: ProcessKey(name: "any losses"), replication: UInt32(block * 250 + number))
      let timings = try EdgeTimings(try Self.policies(&stream), failure: try Self.failure(&stream))
      let outageHours = portableExp(8 * stream.uniform() - 8)
      var (every, lazy) = (EdgeState(), EdgeState())
      every.calleeWentDown(atHours: 0, timings)
      lazy.calleeWentDown(atHours: 0, timings)
      while every.nextChangeHours < outageHours {
        let now = every.nextChangeHours
        let before = (every.lostShare(timings), every.callerIsDown)
        every.advance(toHours: now, timings)
        if lazy.nextLossChangeHours > now {
          #expect((every.lostShare(timings), every.callerIsDown) == before)
          skipped += 1
        } else {
          lazy.advance(toHours: now, timings)
          #expect(lazy.lostShare(timings) == every.lostShare(timings))
        }
      }
      for state in [every, lazy] {
        var state = state
        state.calleeCameBack(atHours: outageHours, timings)
        while state.nextChangeHours < .infinity { state.advance(toHours: state.nextChangeHours, timings) }
        let whole = timings.outcome(outageHours: outageHours)
        #expect(abs(state.outcome.failedHours - whole.failedHours) <= 1e-9 * outageHours)
        #expect(state.outcome.openings == whole.openings)
      }
    }
    #expect(skipped > 100)
  }

  static func policies(_ stream: inout RandomStream) throws -> EdgePolicies {
    func chance() -> Bool { stream.uniform() < 0.5 }
    func whole(_ most: Double) -> Int { 1 + Int(stream.uniform() * most) }
    func time(_ longest: Double) throws -> TimeSpan { try seconds(longest * stream.uniform()) }
    let retry =
      chance()
      ? try Retry(
        attempts: 1 + whole(5), wait: try time(5), factor: 1 + stream.uniform(),
        longest: chance() ? try seconds(20) : nil,
        jitter: chance() ? .half : nil) : nil
    let calls = portableExp(8 * stream.uniform() - 4)
    let hasTraffic = stream.uniform() < 0.8
    return try EdgePolicies(
      timeout: try seconds(5 + 20 * stream.uniform()), retry: retry,
      breaker: chance() ? try breaker(&stream) : nil,
      bulkhead: chance() && hasTraffic
        ? try Pool(kind: .connections, size: whole(40), overflow: .reject) : nil,
      callerPool: chance() && hasTraffic
        ? try Pool(kind: .threads, size: whole(100), queue: whole(50), overflow: .reject) : nil,
      fallback: chance() ? try Fallback(serves: .half, lasts: chance() ? try seconds(600) : nil) : nil,
      traffic: hasTraffic ? try traffic(calls, errorPercent: 2) : nil, callers: whole(4))
  }

  static func breaker(_ stream: inout RandomStream) throws -> CircuitBreaker {
    let slow = CircuitBreaker.SlowCalls(longerThan: try seconds(2), share: .half)
    let threshold = CircuitBreaker.Threshold(minimum: 5, failures: .half, slow: slow)
    let kind = Int(stream.uniform() * 3)
    let trip: CircuitBreaker.Trip =
      kind == 0
      ? .consecutive(5)
      : kind == 1 ? .countWindow(size: 10, threshold) : .timeWindow(length: .tenSeconds, threshold)
    return try CircuitBreaker(
      trip: trip, open: try seconds(1 + 60 * stream.uniform()), halfOpenCalls: 1 + Int(stream.uniform() * 8),
      closing: kind == 0 || stream.uniform() < 0.5 ? .all : .rate)
  }

  static func failure(_ stream: inout RandomStream) throws -> CalleeFailure {
    switch Int(stream.uniform() * 4) {
    case 0: .hangs
    case 1: try refuses()
    case 2: .failsFast(share: try percent(100 * stream.uniform()), after: try seconds(stream.uniform()))
    default: .slow(try Exponential(mean: (1 + 20 * stream.uniform()) / 3600))
    }
  }
}
