import Quantities
import Resilience
import Stochastics
import Testing

@Suite("Policies that can not exist")
struct PolicyValidationTests {
  static func keys(_ make: () throws -> Any) -> [String] {
    do {
      _ = try make()
      return []
    } catch { return (error as? InvalidPolicy)?.findings.map(\.key) ?? ["\(error)"] }
  }

  @Test("Each is refused at its key, all mistakes at once")
  func refused() throws {
    let (second, long) = (try seconds(1), try seconds(60))
    let (zero, half) = (try percent(0), try percent(50))
    typealias Threshold = CircuitBreaker.Threshold
    let rows: [(keys: [String], make: () throws -> Any)] = [
      (["retry/attempts"], { try Retry(attempts: 0) }), (["retry/attempts"], { try Retry(attempts: 1) }),
      (["retry/attempts"], { try Retry(attempts: 101) }),
      (
        ["retry/attempts", "retry/factor", "retry/longest"],
        { try Retry(attempts: -1, wait: long, factor: 0.5, longest: second) }
      ),
      (["retry/factor"], { try Retry(attempts: 2, factor: .nan) }),
      (["retry/jitter"], { try Retry(attempts: 2, jitter: half) }),
      (["breaker/consecutive"], { try CircuitBreaker(trip: .consecutive(0), open: second) }),
      (["breaker/open"], { try CircuitBreaker(trip: .consecutive(5), open: .zero) }),
      (
        ["breaker/half-open/calls", "breaker/half-open/closes"],
        { try CircuitBreaker(trip: .consecutive(5), open: second, halfOpenCalls: 0, closing: .rate) }
      ),
      (
        ["breaker/minimum"],
        {
          try CircuitBreaker(
            trip: .countWindow(size: 10, Threshold(minimum: 11, failures: half)), open: second)
        }
      ),
      (
        ["breaker/window", "breaker/minimum", "breaker/minimum", "breaker/failures"],
        {
          try CircuitBreaker(
            trip: .countWindow(size: -1, Threshold(minimum: 0, failures: zero)), open: second)
        }
      ),
      (
        ["breaker/slow/share", "breaker/slow/longer-than"],
        {
          try CircuitBreaker(
            trip: .timeWindow(
              length: long,
              Threshold(
                minimum: 1, failures: half,
                slow: CircuitBreaker.SlowCalls(longerThan: .zero, share: zero))), open: second)
        }
      ),
      (["size"], { try Pool(kind: .threads, size: 0, overflow: .reject) }),
      (["core"], { try Pool(kind: .threads, size: 10, core: 11, overflow: .reject) }),
      (["used"], { try Pool(kind: .connections, size: 10, used: 10, overflow: .reject) }),
      (["kind", "overflow"], { try Pool(kind: .connections, size: 10, queue: 5, overflow: .callerRuns) }),
      (["wait"], { try Pool(kind: .connections, size: 10, overflow: .wait(.zero)) }),
      (["rate-limit/calls", "rate-limit/calls"], { try RateLimit(calls: 0, period: .zero) }),
      (["fallback/serves"], { try Fallback(serves: zero) }),
      (["traffic"], { try EdgePolicies(rateLimit: try RateLimit(calls: 100, period: long)) }),
      (
        ["breaker/slow/longer-than", "bulkhead"],
        {
          try EdgePolicies(
            timeout: second,
            breaker: try CircuitBreaker(
              trip: .countWindow(
                size: 10,
                Threshold(
                  minimum: 5, failures: half, slow: CircuitBreaker.SlowCalls(longerThan: long, share: half))),
              open: long),
            bulkhead: try Pool(kind: .connections, size: 5, overflow: .wait(long)), traffic: try traffic(1))
        }
      ),
      (["redelivery/after", "redelivery/times"], { try MessageQueue.Redelivery(after: .zero, times: 0) }),
      (
        ["consumers", "dead-letters"],
        {
          let rate = try #require(Rate(perHour: 10))
          return try MessageQueue(
            arrivals: rate, drains: rate, deadLetters: MessageQueue.DeadLetters(handler: nil))
        }
      ),
      (["traffic/latency/p99"], { try Traffic.latency(mean: second, percentile: .p99, long) }),
    ]
    for row in rows { #expect(Self.keys(row.make) == row.keys) }
  }

  @Test("Messages say what was found, what was expected, and a remedy")
  func messages() {
    let found = #expect(throws: InvalidPolicy.self) { try Retry(attempts: 0) }
    #expect(
      found?.findings.first?.message == "0 attempts; the first try counts as one, so expected 2 or more")
    #expect(found?.findings.first?.help == "attempts: 3")
    #expect(found?.description.hasPrefix("retry/attempts: 0 attempts") == true)
  }

  @Test("Calls that hang need a timeout before anything can be said")
  func hanging() throws {
    let policies = try EdgePolicies(retry: try Retry(attempts: 3))
    #expect(throws: InvalidPolicy.self) { try EdgeTimings(policies, failure: .hangs) }
    #expect(throws: Never.self) { try EdgeTimings(policies, failure: try refuses()) }
  }

  @Test("Attempts multiply along a path, and a storm names it")
  func storm() throws {
    #expect(RetryStorm(levels: [4, 4, 4]).attempts == 64)
    #expect(RetryStorm(levels: [4, 4, 4]).finding(along: ["a", "b", "c", "d"]) == nil)
    let storm = try #require(RetryStorm(levels: [4, 4, 1, 4, 4]).finding(along: ["web", "api", "db"]))
    #expect(storm.message.hasPrefix("one call becomes 256 attempts along web → api → db"))
  }
}
