import Quantities
import Resilience
import Stochastics
import Testing

@Suite("Breakers that open by chance")
struct FalseTripTests {
  struct Run: Sendable { let length: Int, probability: Double, trials: Double }

  @Test(
    "The mean number of trials until a run",
    arguments: [
      Run(length: 3, probability: 0.5, trials: 14), Run(length: 1, probability: 0.25, trials: 4),
      Run(length: 5, probability: 0.01, trials: 1.01010101e10), Run(length: 4, probability: 1, trials: 4),
      Run(length: 2, probability: 0, trials: .infinity),
    ])
  func run(row: Run) {
    let found = meanTrialsUntilRun(length: row.length, probability: row.probability)
    #expect(found == row.trials || abs(found - row.trials) <= 1e-12 * row.trials, "Feller 1968, XIII.7")
  }

  struct Window: Sendable { let size: Int, failures: Int, probability: Double, trials: Double }

  static let chain = "the exact Markov chain on the last m trials, Python"

  @Test(
    "The mean number of trials until a window fills, within 0.3 % of the exact chain",
    arguments: [
      Window(size: 10, failures: 5, probability: 0.1, trials: 1674.2189729366937),
      Window(size: 10, failures: 5, probability: 0.3, trials: 34.6026774687573),
      Window(size: 10, failures: 2, probability: 0.05, trials: 74.09051919000402),
      Window(size: 10, failures: 3, probability: 0.2, trials: 20.330226560728253),
      Window(size: 8, failures: 7, probability: 0.5, trials: 80.8863696461573),
      Window(size: 10, failures: 9, probability: 0.5, trials: 251.90612813567893),
      Window(size: 12, failures: 6, probability: 0.05, trials: 209383.6658586757),
    ])
  func window(row: Window) {
    let trips = WindowTrips(window: row.size, failures: row.failures, probability: row.probability)
    #expect(!trips.isLowerBound)
    #expect(abs(trips.meanTrials / row.trials - 1) < 0.003, "\(trips.meanTrials), \(Self.chain)")
  }

  @Test("Where the window is the run, or one failure is enough, the run's formula holds")
  func extremes() {
    for probability in [0.01, 0.3, 0.9] {
      #expect(
        WindowTrips(window: 4, failures: 4, probability: probability).meanTrials
          == meanTrialsUntilRun(length: 4, probability: probability))
      #expect(
        abs(WindowTrips(window: 4, failures: 1, probability: probability).meanTrials - 1 / probability) < 1e-9
      )
    }
    #expect(WindowTrips(window: 10, failures: 5, probability: 0).meanTrials == .infinity)
    #expect(WindowTrips(window: 10, failures: 5, probability: 1).meanTrials == 5)
  }

  @Test("Very rare trips are bounded from below, and the bound meets the exact number")
  func rare() {
    let bound = WindowTrips(window: 10, failures: 5, probability: 0.001)
    #expect(bound.isLowerBound)
    // 1 / (C(9, 4) p⁵ q⁶)
    #expect(abs(bound.meanTrials * 126e-15 * portablePower(0.999, 6) - 1) < 1e-12)
    let near = WindowTrips(window: 10, failures: 5, probability: 0.0037)
    let rarer = WindowTrips(window: 10, failures: 5, probability: 0.0036)
    #expect(!near.isLowerBound || rarer.isLowerBound)
    #expect(rarer.meanTrials > near.meanTrials)
  }

  @Test("Attempts one by one trip as often as the formula says")
  func attemptByAttempt() throws {
    let threshold = CircuitBreaker.Threshold(minimum: 10, failures: .half)
    let breaker = try CircuitBreaker(trip: .countWindow(size: 10, threshold), open: try seconds(30))
    let policies = try EdgePolicies(breaker: breaker, traffic: try traffic(20, errorPercent: 20))
    let expected = try #require(policies.falseTrips)
    var random = RandomStream(seed: 1, process: ProcessKey(name: "false trips"), replication: 0)
    let sample = Sample(
      (0..<2000).map { _ in
        var own = RequestBreaker(breaker)
        var attempts = 0.0
        while own.openings.isEmpty {
          attempts += 1
          own.record(failed: random.uniform() < 0.2, took: 0, at: attempts, epoch: own.epoch)
        }
        return attempts
      })
    #expect(sample.agrees(with: expected.meanAttempts, leftOut: 0.003 * expected.meanAttempts), "\(sample)")
    #expect(expected.perHour == 72_000 / expected.meanAttempts && !expected.isBound)
  }

  @Test("Five errors in a row at 1 % of 20 calls a second: once in 16 years; at 10 %, once in 1.5 h")
  func consecutive() throws {
    let breaker = try CircuitBreaker(trip: .consecutive(5), open: try seconds(30))
    let calm = try EdgePolicies(breaker: breaker, traffic: try traffic(20, errorPercent: 1)).falseTrips
    let calmPerYear = try #require(calm?.perHour) * 8760
    #expect(abs(calmPerYear * 16.016 - 1) < 1e-3)
    let rough = try EdgePolicies(breaker: breaker, traffic: try traffic(20, errorPercent: 10)).falseTrips
    let perHour = 72_000 * 1e-5 * 0.9 / (1 - 1e-5)
    #expect(abs(try #require(rough?.perHour) - perHour) < 1e-6)
  }
}
