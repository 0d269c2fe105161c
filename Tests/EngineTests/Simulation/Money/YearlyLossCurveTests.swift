import Economics
import Foundation
import Simulation
import Stochastics
import Testing

/// Compound Poisson losses of a year: λ outages, each of which costs the same, or an exponential amount.
@Suite("Chances of yearly losses")
struct YearlyLossCurveTests {
  private static func losses(_ lasts: String, _ downtime: String, years: Double = 2) throws -> LossExceedance
  {
    let graph = try ModelText.graph(
      """
      components: {web: {fails: {crash: {mtbf: 5840 h, lasts: {\(lasts)}}}}}
      capabilities: {site: {depends-on: {web: hard}, downtime: {\(downtime)}}}
      """)
    let plan = SimulationPlan(years: years, replications: 4_000, seed: 3, threads: 1)
    let ledger = try #require(PairedSimulator([graph], plan: plan, keepingMonthsOf: ["site"]).run().ledger)
    return LossExceedance(design: 0, in: ledger)
  }

  private static let rate = 1.5

  private static func poisson(_ count: Int) -> Double {
    exp(-rate) * (0..<count).reduce(1.0) { $0 * rate / Double($1 + 1) }
  }

  @Test("outages that cost the same: P(N ≥ k) of a Poisson law")
  func deterministic() throws {
    let found = try Self.losses("deterministic: 1 s", "per-incident: $100")
    for count in 1...5 {
      let expected = 1 - (0..<count).reduce(0.0) { $0 + Self.poisson($1) }
      let chance = try #require(
        found.years.share(atLeast: 100 * Double(count), confidence: Simulated.fourAndAHalf))
      #expect(chance.holds(expected), "\(count): \(chance) \(expected)")
    }
  }

  @Test("outages of exponential length: Σ P(N = n) Q(n, x / θ)")
  func exponential() throws {
    let found = try Self.losses("exponential: 2 h", "costs: \"$50/h\"")
    for loss in [20.0, 100, 300, 600] {
      let expected = (1...40).reduce(0.0) { $0 + Self.poisson($1) * Self.beyond(loss / 100, of: $1) }
      let chance = try #require(found.years.share(atLeast: loss, confidence: Simulated.fourAndAHalf))
      #expect(chance.holds(expected), "\(loss): \(chance) \(expected)")
    }
    let mean = try #require(found.mean)
    #expect(abs(mean.value - 150) < 4.5 / 1.96 * (mean.high - mean.value))
  }

  /// Q(n, y): the chance that fewer than n events of a Poisson process have come by y.
  private static func beyond(_ y: Double, of count: Int) -> Double {
    var (term, sum) = (exp(-y), 0.0)
    for number in 0..<count {
      sum += term
      term *= y / Double(number + 1)
    }
    return sum
  }
}
