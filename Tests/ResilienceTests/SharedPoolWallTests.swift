import Quantities
import Resilience
import Stochastics
import Testing

/// The calls of one callee that hangs behind a bulkhead, beside those of another, on one request pool.
@Suite("Bulkheads before a request pool that callees share")
struct SharedPoolWallTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let slots: Int
    let calls: Double
    let bulkhead: Int
    let wait: Double?
    /// The share of the requests that find no slot.
    let refused: Double
    var slow: Double? = nil
  }

  /// The other callee's calls hold a slot for 50 ms each.
  static let rows = [
    Row(
      testDescription: "those that wait hold 20 slots, beside 20 of the bulkhead", slots: 200, calls: 200,
      bulkhead: 20, wait: 0.1, refused: 0),
    Row(testDescription: "10 beside 10", slots: 50, calls: 100, bulkhead: 10, wait: 0.1, refused: 0),
    Row(
      testDescription: "50 beside 20 are too many", slots: 50, calls: 100, bulkhead: 20, wait: 0.5,
      refused: erlangB(offered: 55, servers: 30)),
    Row(
      testDescription: "50 beside 20 of a slow callee", slots: 50, calls: 100, bulkhead: 20, wait: 0.5,
      refused: erlangB(offered: 55, servers: 30), slow: 0.6),
    Row(
      testDescription: "a bulkhead that leaves the others no more than they hold", slots: 50, calls: 100,
      bulkhead: 45, wait: nil, refused: erlangB(offered: 5, servers: 5)),
    Row(
      testDescription: "a bulkhead as large as the pool confines nothing", slots: 50, calls: 100,
      bulkhead: 50, wait: nil, refused: erlangB(offered: 205, servers: 50)),
  ]

  @Test("a full bulkhead keeps its own slots, and the others are Erlang's for the rest", arguments: rows)
  func refused(row: Row) throws {
    let pool = try Pool(kind: .threads, size: row.slots, overflow: .reject)
    let usual = row.calls * 0.05
    let policies = try EdgePolicies(
      timeout: try seconds(2),
      bulkhead: try Pool(
        kind: .connections, size: row.bulkhead,
        overflow: try row.wait.map { .wait(try seconds($0)) } ?? .reject),
      callerPool: pool, traffic: try traffic(row.calls)
    ).besideCalls(holding: usual)
    let failure: CalleeFailure =
      try row.slow.map { .slow(try Exponential(mean: $0 / 3600)) } ?? .hangs
    let timings = try EdgeTimings(policies, failure: failure)
    var shared = SharedPool(pool, usualSlots: [usual, usual], callsPerHour: row.calls * 7200)
    shared.fail(0, try #require(timings.poolDemand).confined, atHours: 0)
    shared.advance(toHours: 0.1)
    #expect(abs(shared.refusedShare - row.refused) < 1e-9)
    if row.refused > 0 {
      #expect(abs(timings.callerRefusedShare - row.refused) < 1e-9 || timings.callerRefusedShare == 1)
    } else {
      #expect(shared.refusedHours == 0 && timings.callerFullAfterHours == .infinity)
    }
    shared.relieve(0, afterHours: 0, slots: usual, atHours: 0.1)
    #expect(shared.isSettled)
  }

  /// Calls that a breaker refuses wait 1 s between their attempts: 100 of 100 a second, beside 5 of another callee. Single requests
  /// with 50 slots: 0.53 ± 0.003 of them find none.
  @Test(
    "calls that wait between refused attempts fill slots by Erlang, and not all of them",
    arguments: [50, 99, 120])
  func refusedAttempts(slots: Int) throws {
    var shared = SharedPool(
      try Pool(kind: .threads, size: slots, overflow: .reject), usualSlots: [5, 5], callsPerHour: 720_000)
    shared.relieve(0, afterHours: 0, slots: 100, atHours: 0)
    shared.advance(toHours: 0.1)
    #expect(abs(shared.refusedShare - erlangB(offered: 105, servers: slots)) < 1e-9)
    shared.relieve(0, afterHours: 0, slots: 5, atHours: 0.1)
    #expect(shared.isSettled)
  }
}
