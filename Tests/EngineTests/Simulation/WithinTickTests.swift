import Reliability
import Reports
import ServiceGraph
import Simulation
import Stochastics
import Testing

/// Outages that end and begin in one tick, 2⁻²⁰ h: the process was up for less than that.
@Suite("Up for less than a tick")
struct WithinTickTests {
  private static let years = 1.0

  private static func alone(_ fails: String) -> String {
    """
    components: {part: {fails: {crash: \(fails)}}}
    capabilities: {service: {depends-on: {part: hard}}}
    """
  }

  /// No more downtime than there is time, told as causes and as months too.
  private static func expectPossible(_ found: CapabilityEstimate, _ note: Comment) {
    let hours = found.horizonHours * (1 + 1e-12)
    #expect(found.unavailability.value <= 1, note)
    #expect(found.unservedFraction.value <= 1, note)
    #expect(found.worst.map { $0.hours <= hours } ?? true, note)
    #expect(found.downtimes.allSatisfy { $0.lowHours <= hours }, note)
    #expect(found.outageLengths.map { $0.longestHours <= hours } ?? true, note)
    #expect(found.months.map { $0.worstHours <= 744 } ?? true, note)
    #expect(found.contributions.allSatisfy { $0.share <= 1 + 1e-12 }, note)
    if found.unavailability.value > 0 {
      #expect(abs(found.contributions.reduce(0) { $0 + $1.firstCauseShare } - 1) < 1e-12, note)
    }
  }

  /// A renewal process of up time U and outages D: the share U / (U + D) of time is up, and one outage begins every U + D.
  struct Row: Sendable, CustomTestStringConvertible {
    let up: String
    let upHours: Double
    let outage: String
    let outageHours: Double
    var testDescription: String { "\(up), \(outage)" }
    var fails: String { "{mtbf: \(up), lasts: \(outage)}" }
  }

  static let rows = [
    Row(up: "1 s", upHours: 1 / 3600.0, outage: "{exponential: 1000 h}", outageHours: 1000),
    Row(up: "1 s", upHours: 1 / 3600.0, outage: "1000 h", outageHours: 1000),
    Row(up: "20 ms", upHours: 0.02 / 3600, outage: "{exponential: 10 h}", outageHours: 10),
    Row(up: "1 ms", upHours: 0.001 / 3600, outage: "{exponential: 20 h}", outageHours: 20),
    Row(up: "1 ms", upHours: 0.001 / 3600, outage: "{lognormal: {mean: 50 h, sd: 60 h}}", outageHours: 50),
  ]

  @Test("time up and outages a year are those of the renewal process", arguments: rows)
  func renewal(row: Row) throws {
    let plan = SimulationPlan(
      years: Self.years, replications: 400, seed: 4, start: .steady, confidence: Simulated.fourAndAHalf)
    let found = try Simulated.result(Self.alone(row.fails), plan)["service"]
    let cycleHours = row.upHours + row.outageHours
    #expect(found.unavailability.holds(row.outageHours / cycleHours))
    #expect(found.outagesPerYear.holds(8760 / cycleHours), "\(found.outagesPerYear)")
    Self.expectPossible(found, "\(row)")
  }

  @Test("from new too, down from the first second to the end", arguments: rows)
  func fromNew(row: Row) throws {
    let plan = SimulationPlan(years: Self.years, replications: 100, seed: 4, start: .new)
    Self.expectPossible(try Simulated.result(Self.alone(row.fails), plan)["service"], "\(row)")
  }

  @Test("the cross-check of the exact answer finds no difference", arguments: rows)
  func crossCheck(row: Row) throws {
    let plan = SimulationPlan(replications: 500, seed: 6, confidence: CrossCheck.confidence)
    let exact = try SteadyState.results(of: ModelText.graph(Self.alone(row.fails)))[0]
    let check = CrossCheck(
      exact: exact, simulated: try Simulated.result(Self.alone(row.fails), plan)["service"])
    #expect(check.agrees)
  }

  @Test("one that waits for its crew is told as often")
  func live() throws {
    let text = """
      crews: {ops: 1}
      components: {part: {fails: {crash: {mtbf: 1 ms, lasts: {exponential: 20 h}, crew: ops}}}}
      capabilities: {service: {depends-on: {part: hard}}}
      """
    let plan = SimulationPlan(replications: 100, seed: 2, confidence: Simulated.fourAndAHalf)
    let found = try Simulated.result(text, plan)["service"]
    #expect(found.outagesPerYear.holds(8760 / (20 + 0.001 / 3600)), "\(found.outagesPerYear)")
    Self.expectPossible(found, "crew")
  }

  /// Parts of 1 h to 40 h that are down for 1 h each: in hour n (from 1) all those are whose n is a multiple of 2, 3, …, 41.
  /// Outages of different parts that touch are one.
  @Test("different parts that end and begin in one tick leave no gap, and count once")
  func relay() throws {
    let hours = 438
    let parts = (1...40).map {
      "  p\($0): {fails: {crash: {lifetime: {deterministic: \($0) h}, lasts: 1 h}}}"
    }
    let needs = (1...40).map { "p\($0): hard" }.joined(separator: ", ")
    let text = """
      components:
      \(parts.joined(separator: "\n"))
      capabilities: {service: {depends-on: {\(needs)}}}
      """
    let isDown = (1...hours).map { hour in (2...41).contains { hour.isMultiple(of: $0) } }
    let begun = zip(isDown, isDown.dropFirst()).filter { !$0 && $1 }.count
    let found = try Simulated.once(text, years: Double(hours) / 8760)["service"]
    #expect(abs(found.downtimeHours(years: Double(hours) / 8760) - Double(isDown.filter { $0 }.count)) < 1e-9)
    #expect(abs(found.outagesPerYear.value * Double(hours) / 8760 - Double(begun)) < 1e-9)
  }

  // MARK: Random models

  /// Parts that are hardly ever up, and parts whose up times are long or next to nothing, under outages of any length.
  private static func random(_ number: Int, beside other: String = "") -> String {
    var stream = RandomStream(
      seed: 9, process: ProcessKey(name: "within a tick"), replication: UInt32(number))
    func chosen(_ options: [String]) -> String { options[Int(stream.uniform() * Double(options.count))] }
    func fails() -> String {
      let life = chosen([
        "mtbf: 1 ms", "mtbf: 5 ms", "mtbf: 1 s", "lifetime: {weibull: {shape: 0.1, mean: 300 h}}",
        "lifetime: {weibull: {shape: 0.15, mean: 90 h}}", "lifetime: {weibull: {shape: 0.1, mean: 2000 h}}",
      ])
      let lasts = chosen([
        "{exponential: 1000 h}", "{exponential: 5 h}", "3 h", "700 h",
        "{lognormal: {median: 2 h, p90: 40 h}}",
        "{weibull: {shape: 0.3, mean: 4 h}}",
      ])
      return "{\(life), lasts: \(lasts)}"
    }
    let count = 1 + Int(stream.uniform() * 5)
    var parts: [String] = []
    var needs: [String] = []
    for part in 0..<count {
      let replicas = chosen([
        "", "replicas: {count: 2, required: 1}, ", "replicas: {count: 3, required: 2}, ",
      ])
      let second = chosen(["", ", stall: \(fails())"])
      parts.append("  p\(part): {\(replicas)fails: {crash: \(fails())\(second)}}")
      needs.append("p\(part): \(chosen(["hard", "hard", "{soft: 30 %}"]))")
    }
    return """
      components:
      \(parts.joined(separator: "\n"))
      \(other)
      capabilities:
        service: {depends-on: {\(needs.joined(separator: ", "))}}
        first: {depends-on: {p0: hard}}
      """
  }

  /// A unit that has to start after an outage, and that nobody needs, sends everything through the event heap.
  @Test("outages passed at once are those of the event heap and of traces", arguments: 0..<60)
  func allWays(number: Int) throws {
    let years = 0.1
    let start: SimulationPlan.Start = number.isMultiple(of: 2) ? .steady : .new
    let plan = SimulationPlan(years: years, replications: 6, seed: UInt64(number), start: start)
    let alone = "  alone: {fails: {crash: {mtbf: 9000 h, lasts: 1 h}}, start: {takes: 30 s}}"
    let simulator = Simulator(try ModelText.graph(Self.random(number)), plan: plan)
    let (result, heap) = (simulator.run(), try Simulated.result(Self.random(number, beside: alone), plan))
    for (capability, (own, its)) in zip(result.capabilities, heap.capabilities).enumerated() {
      Self.expectPossible(own, "\(Self.random(number))")
      #expect(own.unavailability == its.unavailability)
      #expect(own.unservedFraction == its.unservedFraction)
      #expect(own.outagesPerYear == its.outagesPerYear)
      #expect(own.outageLengths == its.outageLengths)
      #expect(own.contributions.filter { $0.share > 0 } == its.contributions.filter { $0.share > 0 })
      let told = (0..<6).map { TraceTests.downtime(simulator.trace(replication: $0), capability: capability) }
      let whole = own.unavailability.value * 8760 * years * 6
      #expect(abs(told.reduce(0, +) - whole) <= 1e-9 * whole)
    }
  }

  @Test("of two outages that begin at the same instant each capability is down for its own")
  func sameInstant() throws {
    let result = try Simulated.once(
      """
      components:
        a: {fails: {x: {lifetime: {deterministic: 10 h}, lasts: 10 min}}}
        b: {fails: {x: {lifetime: {deterministic: 10 h}, lasts: 30 min}}}
      capabilities: {one: {depends-on: {a: hard}}, other: {depends-on: {b: hard}}}
      """, years: 20.0 / 8760)
    for (name, cause) in [("one", "a/x"), ("other", "b/x")] {
      let first = result[name].contributions.filter { $0.firstCauseShare > 0 }
      #expect(first.map(\.cause) == [cause], "\(first)")
    }
  }
}
