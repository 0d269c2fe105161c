import Quantities
import Resilience
import Stochastics
import Testing

/// What a caller's pool refuses that hardly holds the calls of a failing callee, with and without a bulkhead.
@Suite("What a request pool refuses")
struct PoolLossTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var slots = 50
    var timeout = 5.0
    /// Answers take so long; `nil`: they never come.
    var slow: Double? = nil
    var isExponential = true
    var bulkhead: Int? = nil
    var wait: Double? = nil
    var attempts = 1
    /// The share of calls that find no slot.
    let refused: Double
    /// Failed time that the model leaves out, in seconds.
    var leftOut = 0.5
  }

  /// 100 calls a second: 100 times as many erlang as they take seconds.
  static let rows = [
    Row(testDescription: "45 erlang", slow: 0.45, refused: erlangB(offered: 45, servers: 50)),
    Row(testDescription: "50 erlang", slow: 0.5, refused: erlangB(offered: 50, servers: 50)),
    Row(testDescription: "60 erlang", slow: 0.6, refused: erlangB(offered: 60, servers: 50)),
    Row(
      testDescription: "50 erlang of equal answers", slow: 0.5, isExponential: false,
      refused: erlangB(offered: 50, servers: 50)),
    Row(testDescription: "25 erlang", slow: 0.25, refused: 0),
    Row(testDescription: "45 erlang that hang", timeout: 0.45, refused: erlangB(offered: 45, servers: 50)),
    Row(testDescription: "60 erlang that hang", timeout: 0.6, refused: erlangB(offered: 60, servers: 50)),
    Row(
      testDescription: "200 slots", slots: 200, slow: 1.9,
      refused: erlangB(offered: 190 * 0.928035, servers: 200)),
    Row(testDescription: "a bulkhead", timeout: 2, bulkhead: 20, refused: 0),
    Row(testDescription: "a bulkhead that calls wait for", timeout: 2, bulkhead: 10, wait: 0.1, refused: 0),
    Row(
      testDescription: "a bulkhead that calls wait for too long", timeout: 2, bulkhead: 20, wait: 0.5,
      refused: erlangB(offered: 50, servers: 30), leftOut: 1),
    Row(
      testDescription: "a bulkhead that attempts wait for", slots: 60, timeout: 2, bulkhead: 10, wait: 0.2,
      attempts: 2, refused: erlangB(offered: 50, servers: 50), leftOut: 2),
    Row(
      testDescription: "a bulkhead that calls wait for, and some get through", slots: 200, timeout: 2,
      slow: 0.5,
      bulkhead: 20, wait: 0.5, refused: 0),
    // Those that get a slot have waited less long than they may.
    Row(
      testDescription: "a bulkhead that calls wait for too long, and some get through", timeout: 2, slow: 0.5,
      bulkhead: 20, wait: 0.5, refused: erlangB(offered: 50, servers: 30), leftOut: 4.5),
  ]

  static let outage = 120.0

  static func policies(_ row: Row) throws -> EdgePolicies {
    try EdgePolicies(
      timeout: try seconds(row.timeout),
      retry: row.attempts > 1 ? try Retry(attempts: row.attempts, wait: try seconds(0.1)) : nil,
      bulkhead: try row.bulkhead.map {
        try Pool(
          kind: .connections, size: $0, overflow: try row.wait.map { .wait(try seconds($0)) } ?? .reject)
      },
      callerPool: try Pool(kind: .threads, size: row.slots, overflow: .reject),
      traffic: try traffic(100))
  }

  static func failure(_ row: Row) throws -> CalleeFailure {
    guard let takes = row.slow else { return .hangs }
    return .slow(
      row.isExponential ? try Exponential(mean: takes / 3600) : try Deterministic(value: takes / 3600))
  }

  @Test("Erlang's loss of what a full bulkhead leaves, and single requests see the same", arguments: rows)
  func requests(row: Row) throws {
    let (policies, failure) = (try Self.policies(row), try Self.failure(row))
    let timings = try EdgeTimings(policies, failure: failure)
    if row.refused > 0 {
      // What a timeout leaves of the mean is summed in steps of 10 ms.
      #expect(abs(timings.callerRefusedShare - row.refused) < (row.isExponential ? 3e-4 : 0.006))
    } else {
      #expect(timings.callerFullAfterHours == .infinity)
    }
    let model = timings.outcome(outageHours: Self.outage / 3600)
    let runs = (UInt32(0)..<16).map { run in
      var simulation = RequestSimulation(
        policies, failure, outage: Self.outage, until: Self.outage + 10, warmUp: 5, run: run,
        name: row.testDescription)
      return simulation.run()
    }
    let refused = Sample(runs.map { Double($0.refusedByCaller) / 100 })
    #expect(
      refused.agrees(with: model.callerDownHours * 3600, leftOut: row.leftOut),
      "\(refused) for \(model.callerDownHours * 3600)")
    let failed = Sample(runs.map { Double($0.failed) / 100 })
    #expect(
      failed.agrees(with: model.failedHours * 3600, leftOut: row.leftOut),
      "\(failed) for \(model.failedHours * 3600)")
  }
}
