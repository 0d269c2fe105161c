import Quantities
import Resilience
import Stochastics
import Testing

@Suite("Callees that fail in part, or slowly")
struct PartialOutageTests {
  static func runs(
    _ policies: EdgePolicies, _ failure: CalleeFailure, outage: Double, tail: Double, name: String
  ) -> [RequestSimulation.Result] {
    (UInt32(0)..<200).map { run in
      var simulation = RequestSimulation(
        policies, failure, outage: outage, until: outage + tail, run: run, name: name)
      return simulation.run()
    }
  }

  static func failed(_ runs: [RequestSimulation.Result], calls: Double) -> Sample {
    Sample(runs.map { Double($0.failed) / calls })
  }

  @Test("A call fails when all its attempts do: 60 % of attempts, three attempts")
  func share() throws {
    let policies = try EdgePolicies(
      retry: try Retry(attempts: 3, wait: try seconds(1), factor: 2), traffic: try traffic(20))
    let failure = CalleeFailure.failsFast(share: try percent(60), after: .zero)
    let model = try EdgeTimings(policies, failure: failure).outcome(outageHours: 60.0 / 3600)
    #expect(abs(model.failedHours * 3600 - 0.216 * 57) < 1e-9)
    let runs = Self.runs(policies, failure, outage: 60, tail: 1, name: "share")
    #expect(Self.failed(runs, calls: 20).agrees(with: model.failedHours * 3600))
  }

  @Test("Three of five failures open half of ten after 9 results")
  func shareAndBreaker() throws {
    let threshold = CircuitBreaker.Threshold(minimum: 5, failures: .half)
    let policies = try EdgePolicies(
      breaker: try CircuitBreaker(
        trip: .countWindow(size: 10, threshold), open: try seconds(60), halfOpenCalls: 5),
      traffic: try traffic(20))
    let failure = CalleeFailure.failsFast(share: try percent(60), after: .zero)
    let timings = try EdgeTimings(policies, failure: failure)
    #expect(abs(timings.opensAfterHours * 3600 - 9.0 / 20) < 0.06)
    let runs = Self.runs(policies, failure, outage: 100, tail: 60, name: "share and breaker")
    let first = Sample(runs.compactMap { $0.openings.first })
    // Chance opens it a call or two sooner or later than the average rate does.
    #expect(first.agrees(with: timings.opensAfterHours * 3600, leftOut: 2.0 / 20), "\(first)")
    let model = timings.outcome(outageHours: 100.0 / 3600).failedHours * 3600
    // One in a hundred half-open periods ends with five lucky probes; then a second passes before it is open again.
    #expect(
      Self.failed(runs, calls: 20).agrees(with: model, leftOut: 0.5),
      "\(Self.failed(runs, calls: 20)) for \(model)")
  }

  @Test("Slow answers fill the pool as M/G/∞ fills up, and beyond its slots calls are refused")
  func slow() throws {
    let law = try Exponential(mean: 10.0 / 3600)
    let policies = try EdgePolicies(
      timeout: try seconds(30), callerPool: try Pool(kind: .connections, size: 100, overflow: .reject),
      traffic: try traffic(20))
    let timings = try EdgeTimings(policies, failure: .slow(law))
    // 200 (1 − e^(−u/10)) = 100 at u = 10 log 2.
    #expect(abs(timings.callerFullAfterHours * 3600 - 6.931471805599453) < 1e-6)
    #expect(abs(timings.result.failedShare - 0.049787068367863944) < 1e-12)
    let model = timings.outcome(outageHours: 120.0 / 3600)
    let runs = Self.runs(policies, .slow(law), outage: 120, tail: 1, name: "slow")
    let full = Sample(runs.compactMap(\.callerFull))
    // The first of the random paths to reach the slots is refused once they are full, and chance takes it there sooner.
    #expect(abs(full.mean - timings.callerFullAfterHours * 3600) < 0.7, "\(full)")
    let refused = Sample(runs.map { Double($0.refusedByCaller) / 20 })
    // Erlang's loss for 190 erlang on 100 slots is 47.9 %.
    #expect(refused.agrees(with: model.callerDownHours * 3600, leftOut: 0.7), "\(refused)")
    let failed = Self.failed(runs, calls: 20)
    #expect(failed.agrees(with: model.failedHours * 3600, leftOut: 0.7), "\(failed) \(model)")
    #expect(model.cascade == .caused)
  }

  @Test("Errors make room in the pool that slow answers fill: 150 (1 − e^(−u/10)) = 100 at u = 10 log 3")
  func slowWithErrors() throws {
    let policies = try EdgePolicies(
      timeout: try seconds(30), callerPool: try Pool(kind: .connections, size: 100, overflow: .reject),
      traffic: try traffic(20))
    let failure = CalleeFailure.slow(
      try Exponential(mean: 10.0 / 3600), errors: AttemptErrors(share: 0.25, afterHours: 0))
    let timings = try EdgeTimings(policies, failure: failure)
    #expect(abs(timings.callerFullAfterHours * 3600 - 10.986122886681098) < 1e-6)
    // 1 − 0.75 (1 − e⁻³).
    #expect(abs(timings.result.failedShare - 0.28734030127589796) < 1e-12)
    let model = timings.outcome(outageHours: 120.0 / 3600)
    let runs = Self.runs(policies, failure, outage: 120, tail: 1, name: "slow with errors")
    let failed = Self.failed(runs, calls: 20)
    #expect(failed.agrees(with: model.failedHours * 3600, leftOut: 0.01 * 120), "\(failed) \(model)")
  }

  @Test("A breaker for slow calls opens though every call is answered")
  func slowBreaker() throws {
    let threshold = CircuitBreaker.Threshold(
      minimum: 5, failures: .half,
      slow: CircuitBreaker.SlowCalls(longerThan: try seconds(1), share: .half))
    let policies = try EdgePolicies(
      breaker: try CircuitBreaker(trip: .countWindow(size: 10, threshold), open: try seconds(30)),
      traffic: try traffic(20))
    let failure = CalleeFailure.slow(try Deterministic(value: 2.0 / 3600))
    let timings = try EdgeTimings(policies, failure: failure)
    #expect(abs(timings.opensAfterHours * 3600 - 2.25) < 1e-6)
    let runs = Self.runs(policies, failure, outage: 20, tail: 60, name: "slow breaker")
    #expect(Sample(runs.compactMap { $0.openings.first }).agrees(with: 2.25))
    let model = timings.outcome(outageHours: 20.0 / 3600).failedHours * 3600
    #expect(Self.failed(runs, calls: 20).agrees(with: model), "\(Self.failed(runs, calls: 20)) for \(model)")
  }

  @Test(
    "A bulkhead refuses of slow calls what finds no slot free: Erlang's loss, whatever their law",
    arguments: [
      // Offered 160, 60 and, with a second attempt for what is refused, more than 80 erlang.
      (slots: 80, calls: 20.0, attempts: 1), (slots: 60, calls: 7.5, attempts: 1),
      (slots: 80, calls: 12.0, attempts: 2), (slots: 4, calls: 1.0, attempts: 1),
    ])
  func slowBulkhead(slots: Int, calls: Double, attempts: Int) throws {
    let policies = try EdgePolicies(
      timeout: try seconds(30),
      retry: attempts > 1 ? try Retry(attempts: attempts, wait: try seconds(1)) : nil,
      bulkhead: try Pool(kind: .connections, size: slots, overflow: .reject), traffic: try traffic(calls))
    let failure = CalleeFailure.slow(try Deterministic(value: 8.0 / 3600))
    let timings = try EdgeTimings(policies, failure: failure)
    let model = timings.outcome(outageHours: 300.0 / 3600).failedHours * 3600
    if attempts == 1 {
      let lost = erlangB(offered: 8 * calls, servers: slots)
      let full = min(8, Double(slots) / calls)
      // How long calls last, up to the timeout, is summed in steps of 0.06 s.
      #expect(abs(model - lost * (300 - full + 8 / Double(slots + 1))) < 0.3)
    }
    let runs = Self.runs(policies, failure, outage: 300, tail: 20, name: "slow bulkhead \(slots)")
    let failed = Self.failed(runs, calls: calls)
    // Filling up is on average: chance refuses some calls sooner, and retries come in the rhythm of what was refused.
    #expect(failed.agrees(with: model, leftOut: attempts == 1 ? 1 : 6), "\(failed) for \(model)")
  }
}
