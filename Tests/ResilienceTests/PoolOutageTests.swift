import Quantities
import Resilience
import Stochastics
import Testing

@Suite("Pools over an outage")
struct PoolOutageTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let slots: Int
    var timeout = 10.0
    var attempts: Int? = nil
    var wait = 0.0
    var breaker: Int? = nil
    var bulkhead: Int? = nil
    let outage: Double
    let cascade: EdgeOutcome.Cascade
    /// The pool is full for so short a time that chance adds to it, in seconds.
    var leftOut = 0.0
    /// The model bounds the failed time only.
    var isBound = false
    var testDescription: String { name }
  }

  static let rows = [
    Row(name: "hanging calls fill the pool", slots: 50, outage: 34, cascade: .caused),
    Row(name: "too few calls to fill it", slots: 300, outage: 34, cascade: .none),
    Row(name: "the callee returns before it is full", slots: 150, outage: 5, cascade: .none),
    Row(
      name: "a breaker that opens too late", slots: 50, timeout: 3, breaker: 5, outage: 20, cascade: .caused,
      leftOut: 0.1),
    Row(
      name: "a breaker that opens in time", slots: 50, timeout: 1, attempts: 4, breaker: 5, outage: 20,
      cascade: .preventedByBreaker),
    Row(
      name: "waits between attempts fill it, breaker or not", slots: 50, timeout: 1, attempts: 4, wait: 2,
      breaker: 5,
      outage: 20, cascade: .caused, isBound: true),
    Row(name: "a bulkhead confines it", slots: 50, bulkhead: 20, outage: 34, cascade: .preventedByBulkhead),
  ]

  static func policies(_ row: Row) throws -> EdgePolicies {
    try EdgePolicies(
      timeout: try seconds(row.timeout),
      retry: try row.attempts.map { try Retry(attempts: $0, wait: try seconds(row.wait)) },
      breaker: try row.breaker.map { try CircuitBreaker(trip: .consecutive($0), open: try seconds(30)) },
      bulkhead: try row.bulkhead.map { try Pool(kind: .connections, size: $0, overflow: .reject) },
      callerPool: try Pool(kind: .connections, size: row.slots, overflow: .reject), traffic: try traffic(20))
  }

  @Test("The pool is full when Little's law says, or never", arguments: rows)
  func exhaustion(row: Row) throws {
    let policies = try Self.policies(row)
    let timings = try EdgeTimings(policies, failure: .hangs)
    let model = timings.outcome(outageHours: row.outage / 3600)
    #expect(model.cascade == row.cascade)
    let runs = (UInt32(0)..<200).map { run in
      var simulation = RequestSimulation(
        policies, .hangs, outage: row.outage, until: row.outage + 60, run: run, name: row.name)
      return simulation.run()
    }
    let failed = Sample(runs.map { Double($0.failed) / 20 })
    let refused = Sample(runs.map { Double($0.refusedByCaller) / 20 })
    let expected = (failed: model.failedHours * 3600, refused: model.callerDownHours * 3600)
    if row.isBound {
      #expect(failed.mean < expected.failed)
    } else {
      #expect(failed.agrees(with: expected.failed), "\(failed) for \(expected.failed)")
      #expect(
        refused.agrees(with: expected.refused, leftOut: row.leftOut), "\(refused) for \(expected.refused)")
    }
    let full = runs.compactMap(\.callerFull)
    guard full.count == runs.count else { return }
    // The first call that is refused comes after the last that found a slot.
    #expect(Sample(full).agrees(with: timings.callerFullAfterHours * 3600 + 1.0 / 20), "\(Sample(full))")
  }

  @Test("Threads, queue, and what overflows")
  func threads() throws {
    // 2 calls/s that hang 60 s: core 20, queue 100, then threads up to 50: full with the 150th call, 75 s on.
    let hanging = try EdgePolicies(
      timeout: try seconds(100),
      bulkhead: try Pool(kind: .threads, size: 50, core: 20, queue: 100, overflow: .callerRuns),
      callerPool: try Pool(kind: .threads, size: 200, overflow: .reject), traffic: try traffic(2))
    let timings = try EdgeTimings(hanging, failure: .hangs)
    // From then on 2 − 50/100 calls a second take a thread of the caller's for 100 s; 150 of them do not fill 200.
    #expect(timings.callerFullAfterHours == .infinity)
    let small = try EdgePolicies(
      timeout: try seconds(100),
      bulkhead: try Pool(kind: .threads, size: 50, core: 20, queue: 100, overflow: .callerRuns),
      callerPool: try Pool(kind: .threads, size: 75, overflow: .reject), traffic: try traffic(2))
    let cascade = try EdgeTimings(small, failure: .hangs)
    #expect(abs(cascade.callerFullAfterHours * 3600 - (75 + 75 / 1.5)) < 1e-6)
    // Where they wait for a thread of the pool instead, each takes one of the caller's for 10 s: 20 of them do not fill 75.
    let waiting = try EdgePolicies(
      timeout: try seconds(100),
      bulkhead: try Pool(
        kind: .threads, size: 50, core: 20, queue: 100, overflow: .wait(try seconds(10))),
      callerPool: try Pool(kind: .threads, size: 75, overflow: .reject), traffic: try traffic(2))
    #expect(try EdgeTimings(waiting, failure: .hangs).callerFullAfterHours == .infinity)
    let rejecting = try EdgePolicies(
      timeout: try seconds(100),
      bulkhead: try Pool(kind: .threads, size: 10, core: 5, queue: 20, overflow: .reject),
      callerPool: try Pool(kind: .threads, size: 75, overflow: .reject), traffic: try traffic(2))
    let confined = try EdgeTimings(rejecting, failure: .hangs)
    #expect(confined.callerFullAfterHours == .infinity)
    #expect(abs(confined.bulkheadFullAfterHours * 3600 - 15) < 1e-9)
    #expect(confined.outcome(outageHours: 0.1).cascade == .preventedByBulkhead)
  }
}
