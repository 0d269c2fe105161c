import Quantities
import Resilience
import Stochastics
import Testing

@Suite("Retries over an outage")
struct RetryOutageTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let attempts: Int, wait: Double, factor: Double, longest: Double?, jitter: Double?
    /// `nil`: fails at once; else hangs until this timeout.
    let timeout: Double?
    let outage: Double
    var testDescription: String { "\(attempts) attempts, \(outage) s" }
  }

  static let rows = [
    Row(attempts: 4, wait: 1, factor: 2, longest: 30, jitter: nil, timeout: nil, outage: 5),
    Row(attempts: 4, wait: 1, factor: 2, longest: 30, jitter: nil, timeout: nil, outage: 30),
    Row(attempts: 4, wait: 1, factor: 2, longest: 30, jitter: 50, timeout: nil, outage: 6),
    Row(attempts: 4, wait: 1, factor: 2, longest: 30, jitter: 50, timeout: nil, outage: 8),
    Row(attempts: 4, wait: 1, factor: 2, longest: 4, jitter: 100, timeout: nil, outage: 6),
    Row(attempts: 5, wait: 1, factor: 2, longest: 3, jitter: 50, timeout: nil, outage: 9),
    Row(attempts: 3, wait: 1, factor: 2, longest: nil, jitter: nil, timeout: 2, outage: 20),
    Row(attempts: 3, wait: 1, factor: 1, longest: nil, jitter: 100, timeout: 2, outage: 6.5),
    Row(attempts: 11, wait: 1, factor: 1, longest: nil, jitter: 100, timeout: nil, outage: 10),
  ]

  static func retry(_ row: Row) throws -> Retry {
    try Retry(
      attempts: row.attempts, wait: try seconds(row.wait), factor: row.factor,
      longest: try row.longest.map(seconds), jitter: try row.jitter.map(percent))
  }

  @Test("As many calls fail as the closed form says", arguments: rows)
  func failedCalls(row: Row) throws {
    let retry = try Self.retry(row)
    let policies = try EdgePolicies(
      timeout: try row.timeout.map(seconds), retry: retry, traffic: try traffic(20))
    let failure: CalleeFailure = row.timeout == nil ? try refuses() : .hangs
    let closed = try #require(
      retry.meanFailedTime(
        outage: try seconds(row.outage), attemptTakes: try seconds(row.timeout ?? 0)))
    let sample = Sample(
      (UInt32(0)..<200).map { run in
        var simulation = RequestSimulation(
          policies, failure, outage: row.outage, until: row.outage + 1, run: run, name: "retry")
        return Double(simulation.run().failed)
      })
    #expect(sample.agrees(with: 20 * closed.seconds), "\(sample) for \(20 * closed.seconds)")
  }

  @Test("Drawn timings have the mean of the closed form", arguments: rows)
  func drawnTimings(row: Row) throws {
    let retry = try Self.retry(row)
    let policies = try EdgePolicies(
      timeout: try row.timeout.map(seconds), retry: retry, traffic: try traffic(20))
    let failure: CalleeFailure = row.timeout == nil ? try refuses() : .hangs
    let closed = try #require(
      retry.meanFailedTime(
        outage: try seconds(row.outage), attemptTakes: try seconds(row.timeout ?? 0)))
    let timings = try EdgeTimings(policies, failure: failure)
    var stream = RandomStream(seed: 7, process: ProcessKey(name: "drawn"), replication: 0)
    let sample = Sample(
      (0..<2000).map { _ in
        timings.drawingWaits(of: policies, failure: failure, using: &stream)
          .outcome(outageHours: row.outage / 3600).failedHours * 3600
      })
    #expect(sample.agrees(with: closed.seconds), "\(sample) for \(closed.seconds)")
  }

  @Test("Worked numbers of the masked stretch")
  func worked() throws {
    let one = try Retry(attempts: 2, wait: try seconds(1), jitter: try percent(50))
    let second = try seconds(1)
    #expect(
      abs(try #require(one.meanFailedTime(outage: second, attemptTakes: .zero)).seconds - 0.125) < 1e-12)
    let documented = try Retry(
      attempts: 4, wait: try seconds(1), factor: 2, longest: try seconds(30))
    #expect(documented.waits.map { ($0.meanHours * 3600).rounded() } == [1, 2, 4])
    #expect(abs(documented.span(attemptTakes: .zero).mean.seconds - 7) < 1e-12)
    #expect(documented.meanFailedTime(outage: try seconds(7), attemptTakes: .zero) == .zero)
    let cut = try Retry(
      attempts: 8, wait: try seconds(1), factor: 2, longest: try seconds(30))
    #expect(cut.waits.map { ($0.meanHours * 3600).rounded() } == [1, 2, 4, 8, 16, 30, 30])
  }

  @Test("Too many random waits leave the mean unknown only between the shortest and the longest span")
  func unknown() throws {
    let many = try Retry(attempts: 20, wait: try seconds(1), jitter: try percent(50))
    #expect(many.meanFailedTime(outage: try seconds(19), attemptTakes: .zero) == nil)
    #expect(many.meanFailedTime(outage: try seconds(9), attemptTakes: .zero) == .zero)
    let long = try #require(many.meanFailedTime(outage: try seconds(60), attemptTakes: .zero))
    #expect(abs(long.seconds - 41) < 1e-9)
  }

  struct Shares: Sendable {
    let share: Double, retries: Int, succeeds: Double, attempts: Double
    let source = "worked with mpmath: 1 − fⁿ and (1 − fⁿ)/(1 − f)"
  }

  @Test(
    "A call succeeds unless all attempts fail",
    arguments: [
      Shares(share: 0.01, retries: 2, succeeds: 0.999999, attempts: 1.0101),
      Shares(share: 0.1, retries: 3, succeeds: 0.9999, attempts: 1.111),
      Shares(share: 0.5, retries: 3, succeeds: 0.9375, attempts: 1.875),
    ])
  func shares(row: Shares) throws {
    let retry = try Retry(attempts: row.retries + 1)
    let p = try percent(100 * row.share)
    #expect(abs(1 - retry.failedShare(attemptFails: p) - row.succeeds) < 1e-12, "\(row.source)")
    #expect(abs(retry.meanAttempts(attemptFails: p) - row.attempts) < 1e-12, "\(row.source)")
  }
}
