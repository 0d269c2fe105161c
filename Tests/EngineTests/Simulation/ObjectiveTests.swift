import Simulation
import Stochastics
import Testing

/// Windows and percentiles of cases in which nothing is random, and what is said when nothing was seen.
@Suite("Objectives")
struct ObjectiveTests {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    /// When the part fails first, and again after each repair, in hours.
    let life: Double
    let lasts: Double
    let objective: String
    let hours: Double
    let windows: Int
    let missed: Double?

    func text() -> String {
      """
      components: {part: {fails: {crash: {lifetime: {deterministic: \(life) h}, lasts: \(lasts) h}}}}
      capabilities: {service: {depends-on: {part: hard}, objectives: {promise: {\(objective)}}}}
      """
    }
  }

  /// January has 744 h, February 672 h, until 1,416 h.
  static let cases = [
    Case(
      testDescription: "an outage in February; March is not complete", life: 800, lasts: 10,
      objective: "availability: 99.9 %, per: calendar month", hours: 1700, windows: 2, missed: 0.5),
    // 800 + 810 k: February to October but for none, and December; neither January nor November.
    Case(
      testDescription: "twelve months, two without an outage", life: 800, lasts: 10,
      objective: "availability: 99.9 %, per: calendar month", hours: 8760, windows: 12, missed: 10.0 / 12),
    // 740–750 h: January 4 h of the 5.2 h that 99.3 % allows, February 6 h of 4.7 h.
    Case(
      testDescription: "an outage across the turn of the month is split", life: 740, lasts: 10,
      objective: "availability: 99.3 %, per: month", hours: 1416, windows: 2, missed: 0.5),
    Case(
      testDescription: "an outage of three months misses all of them", life: 700, lasts: 2000,
      objective: "availability: 99 %, per: calendar month", hours: 2160, windows: 3, missed: 1),
    Case(
      testDescription: "tumbling windows; the eleventh is not complete", life: 100, lasts: 1,
      objective: "availability: 99.5 %, per: 100 h", hours: 1050, windows: 10, missed: 0.9),
    Case(
      testDescription: "exactly what is allowed is no miss", life: 100, lasts: 1,
      objective: "availability: 99 %, per: 100 h", hours: 200, windows: 2, missed: 0),
    Case(
      testDescription: "two years, the second bad", life: 10_000, lasts: 100,
      objective: "availability: 99 %, per: year", hours: 17_520, windows: 2, missed: 0.5),
    Case(
      testDescription: "a horizon without a complete window says nothing", life: 100, lasts: 1,
      objective: "availability: 99 %, per: year", hours: 8000, windows: 0, missed: nil),
  ]

  @Test("windows missed", arguments: cases)
  func missed(_ row: Case) throws {
    let plan = SimulationPlan(years: row.hours / 8760, replications: 3, start: .new)
    let outcome = try #require(try Simulated.result(row.text(), plan)["service"].objectives.first)
    #expect(outcome.windows == row.windows)
    #expect((outcome.missed == nil) == (row.missed == nil))
    if let missed = row.missed { #expect(abs((outcome.missed?.value ?? -1) - missed) < 1e-12) }
  }

  @Test("met on average compares the mean with the promise", arguments: [("99 %", true), ("99.5 %", false)])
  func average(_ row: (promise: String, isMet: Bool)) throws {
    let text = """
      components: {part: {fails: {crash: {lifetime: {deterministic: 100 h}, lasts: 1 h}}}}
      capabilities: {service: {depends-on: {part: hard}, objectives: {promise: {availability: \(row.promise), per: year}}}}
      """
    let outcome = try #require(try Simulated.once(text)["service"].objectives.first)
    #expect(outcome.isMetOnAverage == row.isMet)
  }

  /// 100–101 h, 201–202 h, …: 86 outages of 1 h.
  @Test("percentiles of a year that is always the same")
  func percentiles() throws {
    let text = """
      components: {part: {fails: {crash: {lifetime: {deterministic: 100 h}, lasts: 1 h}}}}
      capabilities: {service: {depends-on: {part: hard}}}
      """
    let found = try Simulated.result(text, SimulationPlan(replications: 20, start: .new))["service"]
    let quantiles = found.downtimeHoursQuantiles
    for value in [quantiles.p50, quantiles.p90, quantiles.p99] { #expect(abs(value - 86) < 1e-4) }
    #expect(found.outageQuantiles == (86, 86))
    #expect(found.shareOfReplicationsDown == 1)
    #expect(found.outagesPerYear.low == 86)
    #expect(found.outagesPerYear.high == 86)
    #expect(found.contributions.map(\.share) == [1])
    #expect(found.contributions.map(\.firstCauseShare) == [1])
  }

  /// −ln 0.05 = 2.995732273553991 replications of 400, and the outage of each may last its whole year.
  @Test("nothing seen: low 0 and high by the rule of three")
  func nothingSeen() throws {
    let text = """
      components: {part: {fails: {crash: {mtbf: 900000000 y, lasts: 1 h}}}}
      capabilities: {service: {depends-on: {part: hard}, objectives: {promise: {availability: 99 %, per: year}}}}
      """
    let plan = SimulationPlan(years: 2, replications: 400)
    let found = try Simulated.result(text, plan)["service"]
    let high = 2.995732273553991 / 400
    #expect(found.unavailability.value == 0)
    #expect(found.unavailability.low == 0)
    #expect(abs(found.unavailability.high - high) < 1e-15)
    #expect(found.unservedFraction.high == found.unavailability.high)
    #expect(found.outagesPerYear.value == 0)
    #expect(abs(found.outagesPerYear.high - high / 2) < 1e-15)
    #expect(found.contributions.isEmpty)
    #expect(found.shareOfReplicationsDown == 0)
    #expect(found.downtimeHoursQuantiles == (0, 0, 0))
    let missed = try #require(found.objectives.first?.missed)
    #expect(missed.value == 0)
    #expect(missed.low == 0)
    #expect(missed.high > 0)
  }

  /// The part that is needed softly takes 1 h of each 100 h from 1/10 of the service: 86 h a year, the same in all years.
  /// What is seen has no error, and the service may have been down in 2.995732273553991 replications of 400.
  @Test("what is not served may hold as much downtime as was not seen")
  func degradedOnly() throws {
    let text = """
      components:
        part: {fails: {crash: {mtbf: 900000000 y, lasts: 1 h}}}
        extra: {fails: {crash: {lifetime: {deterministic: 100 h}, lasts: 1 h}}}
      capabilities: {service: {depends-on: {part: hard, extra: {soft: 10 %}}}}
      """
    let found = try Simulated.result(text, SimulationPlan(replications: 400, start: .new))["service"]
    let (degraded, unseen) = (8.6 / 8760, 2.995732273553991 / 400)
    #expect(found.unavailability.value == 0)
    #expect(abs(found.unservedFraction.value - degraded) < 1e-8)
    #expect(abs(found.unservedFraction.low - degraded) < 1e-8)
    #expect(abs(found.unservedFraction.high - degraded - unseen) < 1e-8)
  }
}
