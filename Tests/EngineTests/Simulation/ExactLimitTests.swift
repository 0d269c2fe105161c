import Foundation
import Simulation
import Stochastics
import Testing

/// Promises that outages keep or miss by nothing, against closed forms.
@Suite("Outages that last just as long as a promise allows")
struct ExactLimitTests {
  static let replications = 20_000

  // MARK: Recovery times

  static func ended(_ component: String, _ objectives: String, within hours: Double) throws -> Estimate {
    let text = """
      components: {part: {\(component)}}
      capabilities: {service: {depends-on: {part: hard}, objectives: {\(objectives)}}}
      """
    let plan = SimulationPlan(replications: 2_000, seed: 7, confidence: Simulated.fourAndAHalf)
    return try #require(try Simulated.result(text, plan)["service"].outagesEnded(within: hours))
  }

  static let mixture =
    "fails: {crash: {mtbf: 500 h, lasts: {mixture: [{weight: 60 %, takes: 4 h}, {weight: 40 %, takes: 9 h}]}}}"

  @Test("six outages of ten take 4 h, which an RTO of 4 h allows", arguments: [4.0, 9, 3.99, 5])
  func mixture(hours: Double) throws {
    let ended = try Self.ended(
      Self.mixture, "tier-1: {rto: 4 h}, tier-2: {rto: 9 h}, tier-3: {rto: 3.99 h}", within: hours)
    switch hours {
    case 4, 5: #expect(ended.holds(0.6))
    case 9: #expect(ended.value == 1)
    default: #expect(ended.value == 0)
    }
  }

  @Test(
    "what takes just the time that is promised is in time, however it is made up",
    arguments: [
      ("fails: {crash: {mtbf: 200 h, lasts: 10 min}}", 1.0),
      ("fails: {crash: {mtbf: 200 h, detect: 1 min, respond: 2 min, recover: 7 min}}", 1),
      ("start: {takes: 7 min}, fails: {crash: {lifetime: {deterministic: 200 h}, lasts: 3 min}}", 1),
      ("fails: {crash: {mtbf: 200 h, lasts: 10.001 min}}", 0),
    ])
  func fixed(component: String, share: Double) throws {
    #expect(try Self.ended(component, "tier-1: {rto: 10 min}", within: 10.0 / 60).value == share)
  }

  /// P(T ≤ 4 h) = 1 − e⁻¹.
  @Test("an RTO of the mean is kept in 63 % of outages of an exponential law")
  func exponential() throws {
    let ended = try Self.ended(
      "fails: {crash: {mtbf: 200 h, lasts: {exponential: 4 h}}}", "tier-1: {rto: 4 h}", within: 4)
    #expect(ended.holds(1 - exp(-1)))
  }

  /// In hours 0.1 + 0.2 + 0.3 is more than 0.6 to a computer.
  @Test("a restore that takes just the RTO is in time")
  func restore() throws {
    let body = DataLossTests.model(
      "full: {every: 1 h, keep: 7 d, restore: 18 min}",
      fails: "gone: {mtbf: 4380 h, detect: 6 min, respond: 12 min, loses: volume}",
      objectives: "tier-1: {rto: 36 min}")
    let loss = try #require(try DataLossTests.result(body).dataLosses.first)
    #expect(try #require(loss.attainments.first?.inTime).value == 1)
  }

  // MARK: Windows

  /// One window of new parts that fail after 2,000 h on average, each time for as long.
  static func window(_ lasts: String, hours: Double, _ terms: String) throws -> CapabilityEstimate {
    let text = """
      components: {part: {fails: {crash: {mtbf: 2000 h, lasts: \(lasts)}}}}
      capabilities: {service: {depends-on: {part: hard}, \(terms)}}
      """
    let plan = SimulationPlan(
      years: hours / 8760, replications: replications, seed: 7, start: .new,
      confidence: Simulated.fourAndAHalf)
    return try Simulated.result(text, plan)["service"]
  }

  /// P(N ≥ count) of failures in so many hours of being up.
  static func probability(ofAtLeast count: Int, upHours: Double) -> Double {
    let mean = upHours / 2000
    var (term, sum) = (exp(-mean), 0.0)
    for number in 0..<count {
      sum += term
      term *= mean / Double(number + 1)
    }
    return 1 - sum
  }

  /// 99.9 % of 30 d allows 43.2 min: one outage of them, two of half as much. The window is missed once the next begins.
  @Test(
    "a window is missed by the first outage beyond the budget",
    arguments: [("43.2 min", 0.72, 2), ("21.6 min", 0.72, 3), ("14.4 min", 0.72, 4), ("43.3 min", 0, 1)])
  func objective(lasts: String, downHours: Double, outages: Int) throws {
    let found = try Self.window(
      lasts, hours: 720, "objectives: {promise: {availability: 99.9 %, per: 30 d}}")
    let missed = try #require(found.objectives.first?.missed)
    #expect(missed.holds(Self.probability(ofAtLeast: outages, upHours: 720 - downHours)))
  }

  @Test("no outage is too short for a promise of 100 %")
  func whole() throws {
    let found = try Self.window(
      "20 ms", hours: 720, "objectives: {promise: {availability: 100 %, per: 30 d}}")
    let missed = try #require(found.objectives.first?.missed)
    #expect(missed.holds(Self.probability(ofAtLeast: 1, upHours: 720)))
  }

  @Test("a penalty is due for the second outage of 30 days")
  func penalty() throws {
    let found = try Self.window(
      "43.2 min", hours: 720, "downtime: {penalties: [{below: 99.9 %, per: 30 d, pays: $100}]}")
    let perYear = 100 * 8760.0 / 720
    #expect(
      try #require(found.money?[.penalties]).holds(
        perYear * Self.probability(ofAtLeast: 2, upHours: 720 - 0.72)))
  }

  /// 99.9 % of the 744 h of January allows 0.744 h.
  @Test("a credit is paid for the second outage of a January")
  func credit() throws {
    let found = try Self.window(
      "0.744 h", hours: 744, "downtime: {credits: [{below: 99.9 %, pays: $100}]}")
    #expect(
      try #require(found.money?[.credits]).holds(
        1200 * Self.probability(ofAtLeast: 2, upHours: 744 - 0.744)))
  }
}
