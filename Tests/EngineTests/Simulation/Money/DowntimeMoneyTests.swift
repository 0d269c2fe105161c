import Foundation
import Reports
import ServiceModel
import Simulation
import Stochastics
import Testing

@Suite("What being down costs")
struct DowntimeMoneyTests {
  static func text(_ downtime: String) -> String {
    """
    components: {web: {fails: {crash: {mtbf: 400 h, lasts: {exponential: 6 h}}}}}
    capabilities: {site: {depends-on: {web: hard}, downtime: {\(downtime)}}}
    """
  }

  static let plan = SimulationPlan(replications: 2_000, seed: 7, confidence: Simulated.fourAndAHalf)

  static func money(_ downtime: String, _ plan: SimulationPlan = plan) throws -> DowntimeMoney {
    try #require(try Simulated.result(text(downtime), plan)["site"].money)
  }

  /// A month of T hours has no downtime with probability A e^(−λT): it begins up, and stays so.
  static let daysOfMonths = [31.0, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

  @Test("a credit for any downtime is paid in 1 − A e^(−λT) of the months")
  func anyDowntime() throws {
    let money = try Self.money("credits: [{below: 100 %, pays: $100}]")
    let up = 400.0 / 406
    let expected = Self.daysOfMonths.reduce(0) { $0 + 100 * (1 - up * exp(-$1 * 24 / 400)) }
    let credits = try #require(money[.credits])
    #expect(credits.holds(expected), "\(credits) \(expected)")
    #expect(money.total == credits)
    #expect(money.months == 12)
  }

  @Test("only the highest step of a month counts, and a share is one of the fee")
  func steps() throws {
    let both = try Self.money(
      "monthly-fee: $1000, credits: [{below: 99 %, pays: 30 %}, {below: 100 %, pays: $100}]")
    let high = try Self.money("credits: [{below: 100 %, pays: $100}]")
    let low = try Self.money("credits: [{below: 99 %, pays: $200}]")
    let sum = try #require(both[.credits]).value
    #expect(
      abs(sum - (try #require(high[.credits]).value + (try #require(low[.credits]).value))) < 1e-9 * sum)
    #expect(try #require(low[.credits]).value > 0)
  }

  @Test("outages cost their number, and hours their length")
  func parts() throws {
    let plan = Self.plan
    let result = try Simulated.result(Self.text("costs: \"$50/h\", per-incident: $70"), plan)["site"]
    let money = try #require(result.money)
    let incidents = try #require(money[.incidents]).value
    #expect(abs(incidents - 70 * result.outagesPerYear.value) < 1e-9 * incidents)
    let hours = try #require(money[.hours]).value
    #expect(abs(hours - 50 * 8760 * result.unavailability.value) < 1e-9 * hours)
    #expect(abs(money.total.value - hours - incidents) < 1e-4)
    #expect(try #require(money[.hours]).holds(50 * 8760 * 6 / 406))
    #expect(try #require(money[.incidents]).holds(70 * 8760 / 406))
    #expect(money[.credits] == nil)
  }

  @Test("a horizon that ends within a month pays for the rest of it what its complete months pay")
  func partOfMonth() throws {
    let plan = SimulationPlan(years: 0.25, replications: 2_000, seed: 7, confidence: Simulated.fourAndAHalf)
    let money = try Self.money("credits: [{below: 100 %, pays: $100}]", plan)
    // Of 2,190 h January to March are 2,160.
    #expect(money.months == 3)
    let up = 400.0 / 406
    let paid = Self.daysOfMonths.prefix(3).reduce(0) { $0 + 100 * (1 - up * exp(-$1 * 24 / 400)) }
    #expect(try #require(money[.credits]).holds(paid * 4))
    let short = SimulationPlan(years: 0.05, replications: 10, seed: 7)
    #expect(try Simulated.result(Self.text("credits: [{below: 99 %, pays: $1}]"), short)["site"].money == nil)
  }

  @Test("merged parts print what the one big run prints")
  func shards() throws {
    let run = PartRun(
      Self.text("costs: \"$50/h\", per-incident: $70, credits: [{below: 99.5 %, pays: $100}]"),
      SimulationPlan(replications: 45, seed: 5))
    let whole = try run.whole()
    let outcome = try PartRun.merged(try run.parts(4).reversed())
    let printed = PartRun.printed(outcome.header, outcome.result)
    #expect(printed.json == whole.json)
    #expect(printed.text == whole.text)
    #expect(whole.json.contains("downtimeCostParts"))
  }

  @Test("a comparison's difference is that of both totals")
  func difference() throws {
    let terms = "costs: \"$50/h\", per-incident: $70, credits: [{below: 99.5 %, pays: $100}]"
    let graphs = try [Self.text(terms), Self.text("costs: \"$40/h\"")].map(ModelText.graph)
    let comparison = PairedSimulator(graphs, plan: Self.plan).run()
    let base = try #require(comparison.designs[0]["site"].money).total.value
    let other = comparison.designs[1]["site"].unavailability.value * 40 * 8760
    let found = try #require(comparison.differences[0].downtimeCostPerYear)
    #expect(abs(found.value - (other - base)) < 1e-3)
  }
}
