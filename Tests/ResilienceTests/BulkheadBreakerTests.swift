import Quantities
import Resilience
import Stochastics
import Testing

/// A breaker around a bulkhead: what the bulkhead refuses is a failure to it, as in resilience4j.
@Suite("Breakers that count what a bulkhead refuses")
struct BulkheadBreakerTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var slots = 20
    var wait: Double? = nil
    var consecutive: Int? = nil
    /// How long answers take; `nil`: they never come.
    var slow: Slow? = .fixed(0.5)
    var attempts = 1
    /// Whether half of them slower than 1 s open the breaker as well.
    var countsSlow = false
    /// The probes of a half-open breaker; where each takes its own time, the model takes the mean for the last.
    var probes = 5
    /// Failed time that the model leaves out, in seconds.
    var leftOut = 1.0
  }

  enum Slow: Sendable { case fixed(Double), exponential(Double), lognormal(Double, p90: Double) }

  static let rows = [
    Row(testDescription: "half of a window of 20"),
    // All are refused until the first answers come, which all took as long.
    Row(testDescription: "5 in a row", consecutive: 5, leftOut: 5),
    Row(testDescription: "exponential answers", slow: .exponential(0.5), probes: 1),
    Row(testDescription: "lognormal answers", slow: .lognormal(0.4, p90: 1.5), probes: 1),
    Row(testDescription: "three attempts", slots: 50, slow: .fixed(1), attempts: 3),
    Row(testDescription: "slow calls count, too", slow: .fixed(1.2), countsSlow: true),
    Row(testDescription: "hanging", slow: nil),
    Row(testDescription: "hanging, three attempts", slow: nil, attempts: 3),
    // Calls that wait when the breaker opens count as those after them.
    Row(testDescription: "calls that wait for a slot", wait: 0.2, leftOut: 3),
    Row(testDescription: "hanging calls that wait for a slot", wait: 0.2, slow: nil),
  ]

  static let outage = 600.0
  static let calls = 100.0

  static func policies(_ row: Row) throws -> EdgePolicies {
    let threshold = CircuitBreaker.Threshold(
      minimum: 10, failures: .half,
      slow: row.countsSlow
        ? CircuitBreaker.SlowCalls(longerThan: try seconds(1), share: .half) : nil)
    let breaker =
      try row.consecutive.map { try CircuitBreaker(trip: .consecutive($0), open: try seconds(30)) }
      ?? CircuitBreaker(
        trip: .countWindow(size: 20, threshold), open: try seconds(30), halfOpenCalls: row.probes,
        closing: .rate)
    return try EdgePolicies(
      timeout: try seconds(2),
      retry: row.attempts > 1 ? try Retry(attempts: row.attempts, wait: try seconds(0.5)) : nil,
      breaker: breaker,
      bulkhead: try Pool(
        kind: .connections, size: row.slots,
        overflow: try row.wait.map { .wait(try seconds($0)) } ?? .reject),
      traffic: try traffic(calls))
  }

  static func failure(_ row: Row) throws -> CalleeFailure {
    switch row.slow {
    case .fixed(let takes): .slow(try Deterministic(value: takes / 3600))
    case .exponential(let mean): .slow(try Exponential(mean: mean / 3600))
    case .lognormal(let median, let p90):
      .slow(try Lognormal(median: median / 3600, p90: p90 / 3600))
    case nil: .hangs
    }
  }

  @Test("single requests see it open as often, and fail for as long", arguments: rows)
  func requests(row: Row) throws {
    let (policies, failure) = (try Self.policies(row), try Self.failure(row))
    let timings = try EdgeTimings(policies, failure: failure)
    let drawn = (UInt32(0)..<24).map { run in
      var stream = RandomStream(seed: 8, process: ProcessKey(name: row.testDescription), replication: run)
      return timings.drawOutcome(outageHours: Self.outage / 3600, using: &stream)
    }
    let runs = (UInt32(0)..<8).map { run in
      var simulation = RequestSimulation(
        policies, failure, outage: Self.outage, until: Self.outage + 60, warmUp: 5, run: run,
        name: row.testDescription)
      return simulation.run()
    }
    let failed = Sample(runs.map { Double($0.failed) / Self.calls })
    let model = Sample(drawn.map { $0.failedHours * 3600 })
    #expect(
      failed.agrees(with: model, leavingOut: row.leftOut / failed.mean), "\(failed) for \(model)")
    let (openings, opened) = (
      Sample(runs.map { Double($0.openings.count) }), Sample(drawn.map { Double($0.openings) })
    )
    #expect(abs(openings.mean - opened.mean) < 0.5, "\(openings) for \(opened)")
    let mean = timings.outcome(outageHours: Self.outage / 3600)
    #expect(abs(mean.failedHours * 3600 - model.mean) < 2, "\(mean.failedHours * 3600) for \(model)")
  }

  /// 100 calls a second fill 20 slots after 0.2 s; of 50 erlang 61.2 % are then refused, and 10 of the last 20 results are
  /// failures after 17.
  @Test("a window opens once so many are refused")
  func window() throws {
    let timings = try EdgeTimings(try Self.policies(Self.rows[0]), failure: try Self.failure(Self.rows[0]))
    let lost = erlangB(offered: 50, servers: 20)
    #expect(abs(lost - 0.612) < 0.001)
    #expect(abs(timings.opensAfterHours * 3600 - (0.2 + (10 / lost).rounded(.up) / 100)) < 1e-4)
  }

  @Test("a bulkhead with slots enough leaves the breaker as it was")
  func spare() throws {
    let row = Row(testDescription: "spare", slots: 100)
    let timings = try EdgeTimings(try Self.policies(row), failure: try Self.failure(row))
    #expect(timings.opensAfterHours == .infinity)
  }
}
