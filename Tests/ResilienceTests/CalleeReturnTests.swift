import Resilience
import Stochastics
import Testing

@Suite("A callee that comes back while calls still wait")
struct CalleeReturnTests {
  /// The probability that a coin falls so often in a row on one side within some throws, of which some have begun the run.
  static func runProbability(length: Int, begun: Int, throwsLeft: Int) -> Double {
    var byRun = (0..<length).map { $0 == begun ? 1.0 : 0 }
    var reached = 0.0
    for _ in 0..<throwsLeft {
      reached += byRun[length - 1] / 2
      byRun = [byRun.reduce(0, +) / 2] + byRun.dropLast().map { $0 / 2 }
    }
    return reached
  }

  struct Row: Sendable { let lasts: Double, begun: Int, results: Int }

  /// 5 calls a second hang for 4 s, 5 open the breaker: in the last 4 s of time-outs 5 a second fail and 5 are answered.
  @Test(
    "late time-outs open a breaker as a coin has a run: P(5 in 15), (5 in 39), and with those before the return",
    arguments: [
      Row(lasts: 1.5, begun: 0, results: 15), Row(lasts: 3.9, begun: 0, results: 39),
      Row(lasts: 4.5, begun: 2, results: 40), Row(lasts: 4.9, begun: 4, results: 40),
    ])
  func lateOpening(row: Row) throws {
    let policies = try EdgePolicies(
      timeout: try seconds(4), breaker: try CircuitBreaker(trip: .consecutive(5), open: try seconds(45)),
      traffic: try traffic(5))
    let timings = try EdgeTimings(policies, failure: .hangs)
    let runs = (0..<4000).map { replication in
      var stream = RandomStream(
        seed: 7, process: ProcessKey(name: "late"), replication: UInt32(replication))
      var state = EdgeState()
      state.calleeWentDown(atHours: 0, timings, opensAfterHours: 1)
      state.calleeCameBack(atHours: row.lasts / 3600, timings, using: &stream)
      while state.nextChangeHours < .infinity { state.advance(toHours: state.nextChangeHours, timings) }
      return Double(state.outcome.openings)
    }
    let probability = Self.runProbability(length: 5, begun: row.begun, throwsLeft: row.results)
    #expect(Sample(runs).agrees(with: probability), "\(Sample(runs)) for \(probability)")
  }

  /// The breaker opens after 8 s and lets a probe pass after 53.2 s; the callee itself tries again for 3.3 s.
  @Test(
    "a probe that its callee still tries again is answered, and closes the breaker",
    arguments: [(lasts: 54.8, openings: 1), (lasts: 56.4, openings: 1), (lasts: 56.8, openings: 2)])
  func probe(lasts: Double, openings: Int) throws {
    let policies = try EdgePolicies(
      timeout: try seconds(4), breaker: try CircuitBreaker(trip: .consecutive(20), open: try seconds(45)),
      traffic: try traffic(5))
    let timings = try EdgeTimings(policies, failure: .slow(try Deterministic(value: 8.9 / 3600)))
    var state = EdgeState()
    state.calleeWentDown(atHours: 0, timings, opensAfterHours: 8.0 / 3600, maskedHours: 3.3 / 3600)
    state.calleeCameBack(atHours: lasts / 3600, timings)
    while state.nextChangeHours < .infinity { state.advance(toHours: state.nextChangeHours, timings) }
    #expect(state.outcome.openings == openings)
    #expect(abs(state.outcome.failedHours * 3600 - (openings == 1 ? lasts : 102.2)) < 6)
  }
}
