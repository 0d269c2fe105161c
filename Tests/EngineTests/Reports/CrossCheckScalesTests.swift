import Reliability
import Reports
import Simulation
import Stochastics
import Testing

/// Outages of two scales of which the long ones are so seldom that a run may see none: with k expected, in e^−k of runs.
@Suite("Cross-check of outages of two scales")
struct CrossCheckScalesTests {
  /// Some 1,000 outages of `minutes` a year, and one of a month in 200 years.
  static func causes(minutes: Double = 1) -> String {
    """
    components:
      part:
        fails:
          blip: {mtbf: 8.76 h, lasts: \(minutes) min}
          loss: {mtbf: 1752000 h, lasts: 730 h}
    capabilities: {service: {depends-on: {part: hard}}}
    """
  }

  /// One law: 1 min in 99.9 % of cases, a month in the others.
  static let law = """
    components:
      part:
        fails:
          crash: {mtbf: 876 h, lasts: {mixture: [{weight: 99.9 %, takes: 1 min}, {weight: 0.1 %, takes: 730 h}]}}
    capabilities: {service: {depends-on: {part: hard}}}
    """

  static func check(_ exact: String, _ simulated: String, seed: UInt64) throws -> CrossCheck {
    let plan = SimulationPlan(replications: 100, seed: seed, confidence: CrossCheck.confidence)
    let result = try SteadyState.results(of: ModelText.graph(exact))[0]
    return CrossCheck(exact: result, simulated: try Simulated.result(simulated, plan)["service"])
  }

  /// E[D²] / E[D] of the law: (0.999 / 60² + 0.001 × 730²) / (0.999 / 60 + 0.001 × 730) h.
  @Test("how long a cause lasts is seen from an instant of it")
  func covering() throws {
    let own = try SteadyState.results(of: ModelText.graph(Self.law))[0].contributions[0]
    #expect(abs(own.coveringHours / 713.7216600816982 - 1) < 1e-9)
    let causes = try SteadyState.results(of: ModelText.graph(Self.causes()))[0].contributions
    #expect(causes.map(\.cause) == ["part/blip", "part/loss"])
    #expect(abs(causes[0].coveringHours * 60 - 1) < 1e-9 && abs(causes[1].coveringHours - 730) < 1e-9)
    let exponential = try SteadyState.results(of: ModelText.graph(CrossCheckTests.exponential))[0]
    #expect(abs(exponential.contributions[0].coveringHours - 8) < 1e-9)
  }

  /// 0.5 losses and 1 long crash are expected in 100 years, so 61 % and 37 % of runs have none.
  @Test("long outages that were not seen contradict nothing that is right", arguments: [causes(), law])
  func unseen(_ model: String) throws {
    let checks = try (1...40).map { try Self.check(model, model, seed: $0) }
    #expect(checks.count { $0.verdict == .outside } == 0)
    let few = checks.filter { $0.verdictText.contains("too few long outages") }
    #expect(few.count >= 5)
    #expect(few.allSatisfy { $0.simulated.value < $0.exact })
  }

  /// Where one was seen, 730 h beside 1,666 h tell nothing; in 61 % of runs none was.
  @Test("short ones of twice the length are not explained by long ones that were not seen")
  func contradicted() throws {
    let checks = try (1...20).map { try Self.check(Self.causes(minutes: 2), Self.causes(), seed: $0) }
    #expect(checks.count { $0.verdict == .outside } >= 6)
    #expect(checks.count { $0.verdict == .inside } == 0)
  }
}
