import Economics
import Foundation
import Simulation
import Stochastics
import Testing

@Suite("What a year of downtime costs")
struct YearlyLossTests {
  private static func ledger(_ body: String, years: Double = 1, replications: Int) throws -> DowntimeLedger {
    let plan = SimulationPlan(years: years, replications: replications, seed: 11)
    let comparison = PairedSimulator([try ModelText.graph(body)], plan: plan, keepingMonthsOf: ["s"]).run()
    return try #require(comparison.ledger)
  }

  /// Outages of 10 h, 0.08 a year: no year in ten costs anything, P(none) = e^−0.08 = 0.923; one in a hundred costs one
  /// outage, P(at most one) = 0.9969.
  @Test("is the compound Poisson law's")
  func poisson() throws {
    let ledger = try Self.ledger(
      """
      components: {a: {fails: {x: {rate: 0.08 /y, lasts: 10 h}}}}
      capabilities: {s: {depends-on: {a: hard}, downtime: {costs: "$1000/h"}}}
      """, replications: 6_000)
    let loss = try #require(YearlyLoss(design: 0, in: ledger, confidence: 0.999_99))
    #expect(loss.percentile(0.9).value == 0)
    #expect(abs(loss.percentile(0.99).value - 10_000) < 1)
    #expect(loss.mean.low < 800 && 800 < loss.mean.high)
    let none = Double(loss.years.count { $0 == 0 }) / 6_000
    #expect(abs(none - exp(-0.08)) < 4.5 * (exp(-0.08) * (1 - exp(-0.08)) / 6_000).squareRoot())
  }

  @Test("takes each year of a longer horizon by itself, and loses none")
  func longHorizon() throws {
    let body = """
      components: {a: {fails: {x: {rate: 5 /y, lasts: {exponential: 6 h}}}}}
      capabilities: {s: {depends-on: {a: hard}, downtime: {costs: "$100/h"}}}
      """
    let ledger = try Self.ledger(body, years: 3, replications: 200)
    let loss = try #require(YearlyLoss(design: 0, in: ledger, confidence: 0.95))
    #expect(loss.years.count == 600)
    let total = (0..<36).reduce(0.0) { $0 + ledger.mean(design: 0, month: $1).total }
    #expect(abs(loss.mean.value - total / 3) < 1e-6 * total)
    #expect(abs(loss.years.reduce(0, +) / 600 - loss.mean.value) < 1e-9 * loss.mean.value)
    let median = loss.percentile(0.5)
    #expect(median.low <= median.value && median.value <= median.high)
    #expect(median.value == loss.years[299])
  }

  @Test("is not told without a whole year or of one replication")
  func tooLittle() throws {
    let body = """
      components: {a: {fails: {x: {rate: 5 /y, lasts: 6 h}}}}
      capabilities: {s: {depends-on: {a: hard}, downtime: {costs: "$100/h"}}}
      """
    #expect(
      YearlyLoss(design: 0, in: try Self.ledger(body, years: 0.5, replications: 9), confidence: 0.95) == nil)
    #expect(YearlyLoss(design: 0, in: .empty, confidence: 0.95) == nil)
  }
}
