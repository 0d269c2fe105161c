import Foundation
import Reports
import ServiceModel
import Simulation
import Stochastics
import Testing

@Suite("What is due for a missed promise")
struct PenaltyTests {
  static let daysOfMonths = [31.0, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

  static func text(_ penalties: String, objectives: String = "") -> String {
    """
    components: {web: {fails: {crash: {mtbf: 400 h, lasts: {exponential: 6 h}}}}}
    capabilities: {site: {depends-on: {web: hard}, \(objectives) downtime: {penalties: [\(penalties)]}}}
    """
  }

  static func penalties(
    _ penalties: String, objectives: String = "", years: Double = 1, replications: Int = 2_000
  ) throws -> Estimate {
    let plan = SimulationPlan(
      years: years, replications: replications, seed: 7, confidence: Simulated.fourAndAHalf)
    let result = try Simulated.result(text(penalties, objectives: objectives), plan)
    let money = try #require(result.money(of: "site"))
    return try #require(money[.penalties])
  }

  /// A period of T hours has no downtime with probability A e^(−λT): it begins up, and stays so.
  static func missed(_ hours: Double) -> Double { 1 - 400 / 406 * exp(-hours / 400) }

  @Test("any downtime at all in a month, and in each tumbling period")
  func closedForm() throws {
    let months = Self.daysOfMonths.reduce(0) { $0 + 100 * Self.missed($1 * 24) }
    #expect(try Self.penalties("{below: 100 %, per: calendar month, pays: $100}").holds(months))
    // 146 h go into 8,760 h sixty times.
    #expect(
      try Self.penalties("{below: 100 %, per: 146 h, pays: $100}").holds(60 * 100 * Self.missed(146)))
  }

  @Test("a horizon that ends within a period pays for the rest what its complete ones pay")
  func incomplete() throws {
    let missed = try Self.penalties("{below: 100 %, per: 2000 h, pays: $100}")
    #expect(missed.holds(100 * Self.missed(2000) * 8760 / 2000))
    let long = try Self.penalties("{below: 100 %, per: 2000 h, pays: $100}", years: 1.5)
    #expect(long.holds(100 * Self.missed(2000) * 8760 / 2000))
  }

  @Test("several penalties add up, and each counts once in its period")
  func sum() throws {
    let both = try Self.penalties(
      "{below: 99 %, per: calendar month, pays: $100}, {below: 98 %, per: calendar month, pays: $500}, "
        + "{below: 99.5 %, per: year, pays: $7}"
    ).value
    let one = try Self.penalties("{below: 99 %, per: calendar month, pays: $100}").value
    let two = try Self.penalties("{below: 98 %, per: month, pays: $500}").value
    let three = try Self.penalties("{below: 99.5 %, per: year, pays: $7}").value
    #expect(abs(both - one - two - three) < 1e-6)
    #expect(one > 0)
    #expect(two > 0)
    #expect(three > 0)
    #expect(three <= 7)
  }

  @Test("an objective that is missed is the same as the promise said again")
  func objective() throws {
    let named = try Self.penalties(
      "{objective: stated, pays: $100}",
      objectives: "objectives: {stated: {availability: 98.5 %, per: calendar month}}, ")
    #expect(try named == Self.penalties("{below: 98.5 %, per: calendar month, pays: $100}"))
    #expect(named.value > 0)
  }

  /// Up for 97 h, down for 37 h: every month is missed.
  static let regular = """
    components: {web: {fails: {crash: {lifetime: {deterministic: 97 h}, lasts: 37 h}}}}
    capabilities: {site: {depends-on: {web: hard}, downtime: {penalties: [PENALTY]}}}
    """

  @Test(
    "a limit is for each calendar year, whatever the horizon",
    arguments: [
      ("at-most: $250", 1.0, 250.0), ("at-most: $250", 3, 250), ("at-most: $250", 1.5, 250),
      ("at-most: $1,150", 2, 1150), ("at-most: $1,200", 2, 1200), ("at-most: $5,000", 2, 1200),
    ])
  func limit(_ limit: String, years: Double, perYear: Double) throws {
    let penalty =
      "{below: 99 %, per: calendar month, pays: $100, \(limit.replacingOccurrences(of: ",", with: ""))}"
    let text = Self.regular.replacingOccurrences(of: "PENALTY", with: penalty)
    let money = try #require(try Simulated.once(text, years: years).money(of: "site"))
    #expect(abs(money.total.value - perYear) < 1e-9)
  }

  @Test("without a complete period, or a complete year under a limit, the cost is not known")
  func unknown() throws {
    let month = "{below: 99 %, per: calendar month, pays: $100}"
    let year = "{below: 99 %, per: calendar month, pays: $100, at-most: $250}"
    func money(_ penalty: String, _ years: Double) throws -> DowntimeMoney? {
      try Simulated.once(Self.regular.replacingOccurrences(of: "PENALTY", with: penalty), years: years)
        .money(of: "site")
    }
    #expect(try money(month, 0.05) == nil)
    #expect(try money(month, 0.25) != nil)
    #expect(try money(year, 0.75) == nil)
  }

  @Test("merged parts print what the one big run prints")
  func shards() throws {
    let terms =
      "costs: \"$50/h\", hours: {day: {from: \"08:00\", to: \"20:00\", costs: \"$90/h\"}}, per-incident: $70, "
      + "productivity: {people: 4, costs: \"$30/h\", refocus: 10 min}, credits: [{below: 99.5 %, pays: $100}], "
      + "penalties: [{below: 99 %, per: calendar month, pays: $900, at-most: $4000}]"
    let run = PartRun(DowntimeMoneyTests.text(terms), SimulationPlan(replications: 45, seed: 5))
    let whole = try run.whole()
    let outcome = try PartRun.merged(try run.parts(4).reversed())
    let printed = PartRun.printed(outcome.header, outcome.result)
    #expect(printed.json == whole.json)
    #expect(printed.text == whole.text)
    for part in DowntimeCostPart.allCases { #expect(whole.json.contains("\"\(part.key)\"")) }
  }

  @Test("downtime that planned work alone brings is no breach where the contract says so")
  func planned() throws {
    func due(_ excludes: String) throws -> Double {
      let text = """
        components: {web: {planned: {patch: {every: 200 h, takes: 20 h}}}}
        capabilities:
          site:
            depends-on: {web: hard}
            downtime: {penalties: [{below: 99 %, per: calendar month, pays: $100\(excludes)}]}
        """
      let result = try Simulated.result(text, SimulationPlan(replications: 20, seed: 3))
      return try #require(result.money(of: "site")).total.value
    }
    #expect(try due("") > 0)
    #expect(try due(", excludes: planned") == 0)
  }
}
