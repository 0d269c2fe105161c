import Quantities
import Resilience
import Stochastics
import Testing

@Suite("Breakers over an outage")
struct BreakerOutageTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let trip: CircuitBreaker.Trip
    var halfOpen = 1
    var closing = CircuitBreaker.Closing.all
    var open = 30.0
    var calls = 20.0
    var waits: Int? = nil
    var timeout: Double? = nil
    let outage: Double
    /// Where periods are random, the model's whole number of them is off by a half or so, and the last ends in its own.
    var halfAnOpening = 0.0
    var lastGap = 0.0
    var testDescription: String { name }
  }

  static let sap = CircuitBreaker.Threshold(minimum: 5, failures: Probability.half)

  static let rows = [
    Row(name: "five in a row, an outage in the first open period", trip: .consecutive(5), outage: 10),
    Row(name: "five in a row, several periods", trip: .consecutive(5), outage: 75),
    Row(name: "too short to open", trip: .consecutive(5), calls: 0.5, outage: 2),
    Row(
      name: "half of ten, five probes", trip: .countWindow(size: 10, sap), halfOpen: 5, open: 60, outage: 100),
    Row(
      name: "half of ten, by rate", trip: .countWindow(size: 10, sap), halfOpen: 5, closing: .rate, open: 60,
      outage: 100),
    Row(name: "half of the last 10 s", trip: .timeWindow(length: .tenSeconds, sap), outage: 20),
    Row(name: "with retries, short", trip: .consecutive(5), waits: 4, outage: 5),
    Row(name: "with retries, long", trip: .consecutive(5), waits: 4, outage: 75),
    Row(name: "with retries, eight periods", trip: .consecutive(5), waits: 4, outage: 240),
    Row(name: "hanging", trip: .consecutive(5), timeout: 3, outage: 75),
    Row(name: "hanging, with retries", trip: .consecutive(5), waits: 3, timeout: 3, outage: 50),
    Row(
      name: "few calls, with retries", trip: .consecutive(5), calls: 0.05, waits: 4, outage: 600,
      halfAnOpening: 0.6, lastGap: 15),
  ]

  static func policies(_ row: Row) throws -> EdgePolicies {
    try EdgePolicies(
      timeout: try row.timeout.map(seconds),
      retry: try row.waits.map { try Retry(attempts: $0, wait: try seconds(1), factor: 2) },
      breaker: try CircuitBreaker(
        trip: row.trip, open: try seconds(row.open), halfOpenCalls: row.halfOpen, closing: row.closing),
      traffic: try traffic(row.calls))
  }

  @Test("Failed calls, openings and the time of the first opening agree", arguments: rows)
  func outage(row: Row) throws {
    let policies = try Self.policies(row)
    let failure: CalleeFailure = row.timeout == nil ? try refuses() : .hangs
    let timings = try EdgeTimings(policies, failure: failure)
    let model = timings.outcome(outageHours: row.outage / 3600)
    let runs = (UInt32(0)..<200).map { run in
      var simulation = RequestSimulation(
        policies, failure, outage: row.outage, until: row.outage + 2 * row.open + 10, warmUp: 400 / row.calls,
        run: run, name: row.name)
      return simulation.run()
    }
    let failed = Sample(runs.map { Double($0.failed) / row.calls })
    let openings = Sample(runs.map { Double($0.openings.count) })
    let first = Sample(runs.compactMap { $0.openings.first })
    let expected = model.failedHours * 3600
    #expect(failed.agrees(with: expected), "\(failed) for \(expected)")
    #expect(openings.agrees(with: Double(model.openings), leftOut: row.halfAnOpening), "\(openings)")
    let opening = timings.opensAfterHours * 3600
    if opening < row.outage { #expect(first.agrees(with: opening), "\(first) for \(opening)") }
    let closing = Sample(runs.compactMap { $0.closings.last })
    let closed = settled(timings, outageSeconds: row.outage)
    if model.openings > 0 {
      #expect(closing.agrees(with: closed, leftOut: row.lastGap), "\(closing) for \(closed)")
    }
  }
}

extension BreakerOutageTests {
  @Test(
    "Time-outs that come in after the callee's return open the breaker as well",
    arguments: [
      CircuitBreaker.Trip.countWindow(size: 10, CircuitBreaker.Threshold(minimum: 5, failures: .third)),
      .consecutive(3),
      .timeWindow(length: .tenSeconds, CircuitBreaker.Threshold(minimum: 5, failures: .fifth)),
    ])
  func lateOpening(trip: CircuitBreaker.Trip) throws {
    let policies = try EdgePolicies(
      timeout: try seconds(3), breaker: try CircuitBreaker(trip: trip, open: try seconds(30)),
      traffic: try traffic(20))
    let model = try EdgeTimings(policies, failure: .hangs).outcome(outageHours: 2.5 / 3600)
    let runs = (UInt32(0)..<400).map { run in
      var simulation = RequestSimulation(policies, .hangs, outage: 2.5, until: 60, run: run, name: "late")
      return simulation.run()
    }
    let failed = Sample(runs.map { Double($0.failed) / 20 })
    // Of short windows of time chance leaves a few below the threshold: 2 % of 30 s.
    #expect(
      failed.agrees(with: model.failedHours * 3600, leftOut: 0.6), "\(failed) for \(model.failedHours * 3600)"
    )
    #expect(model.openings == 1 && model.tailHours > model.calleeDownHours)
    let first = Sample(runs.compactMap { $0.openings.first })
    let late = settled(try EdgeTimings(policies, failure: .hangs), outageSeconds: 2.5)
    #expect(first.agrees(with: late - 30.1, leftOut: 0.05), "\(first) for \(late - 30.1)")
  }

  @Test("Drawn timings open as often in a short outage as requests do, and as late", arguments: [nil, 3])
  func drawn(attempts: Int?) throws {
    let policies = try EdgePolicies(
      retry: try attempts.map { try Retry(attempts: $0, wait: try seconds(1), factor: 2, jitter: .half) },
      breaker: try CircuitBreaker(trip: .consecutive(5), open: try seconds(30)), traffic: try traffic(0.5))
    let (outage, failure) = (attempts == nil ? 10.0 : 5, try refuses())
    var stream = RandomStream(seed: 5, process: ProcessKey(name: "opening"), replication: 0)
    let timings = try EdgeTimings(policies, failure: failure)
    let drawn = (0..<2000).map { _ in
      timings.drawingWaits(of: policies, failure: failure, using: &stream)
        .drawOpensAfterHours(using: &stream) * 3600
    }
    let runs = (UInt32(0)..<4000).map { run in
      var simulation = RequestSimulation(
        policies, failure, outage: outage, until: outage + 1, warmUp: 1, run: run, name: "opening")
      return simulation.run().openings.first
    }
    let shares = (
      drawn: Sample(drawn.map { $0 < outage ? 1 : 0 }), seen: Sample(runs.map { $0 == nil ? 0 : 1 })
    )
    let error = 4 * (shares.drawn.standardError + shares.seen.standardError)
    #expect(abs(shares.drawn.mean - shares.seen.mean) < error, "\(shares)")
    let times = (drawn: Sample(drawn.filter { $0 < outage }), seen: Sample(runs.compactMap { $0 }))
    #expect(
      abs(times.drawn.mean - times.seen.mean) < 4 * (times.drawn.standardError + times.seen.standardError),
      "\(times)")
  }
}

extension Probability {
  static let third = Probability(0.3) ?? .one
  static let fifth = Probability(0.2) ?? .one
  static let half = Probability(0.5) ?? .one
}

extension TimeSpan {
  static let tenSeconds = TimeSpan(hours: 10.0 / 3600) ?? .zero
}
