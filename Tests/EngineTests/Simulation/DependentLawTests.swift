import ServiceGraph
import Simulation
import Stochastics
import Testing

/// Closed forms for laws that are not exponential, which only the simulation answers exactly.
@Suite("Dependent units with any law")
struct DependentLawTests {
  /// Two units and one repair at a time, by renewal and reward over a busy period (Gaver, *Time to failure and
  /// availability of paralleled systems with repair*, 1963). Up times are exponential with rate λ; a repair R has mean
  /// r and Laplace transform g = E e^(−λR). A busy period has 1 / g repairs on average; during each, both units are down
  /// for E max(0, R − T) = r − (1 − g) / λ; the idle period before has mean w.
  ///
  ///     U = (r − (1 − g) / λ) / (g w + r)
  static func bothDown(rate: Double, repair: Double, transform: Double, idle: Double) -> Double {
    (repair - (1 - transform) / rate) / (transform * idle + repair)
  }

  struct Repair: CustomTestStringConvertible {
    let law: String
    let mean: Double
    /// E e^(−λR) for λ = 1 / 50 h.
    let transform: Double
    var testDescription: String { law }
  }

  static let repairs = [
    Repair(law: "10 h", mean: 10, transform: portableExp(-0.2)),
    Repair(law: "{exponential: 10 h}", mean: 10, transform: 1 / 1.2),
    Repair(law: "{gamma: {shape: 2, mean: 30 h}}", mean: 30, transform: 1 / (1.3 * 1.3)),
    Repair(
      law: "{uniform: {min: 0 h, max: 60 h}}", mean: 30, transform: (1 - portableExp(-1.2)) / 1.2),
  ]

  @Test("two units, one crew, any repair", arguments: repairs)
  func sharedCrew(_ repair: Repair) throws {
    for (redundancy, idle) in [("", 25.0), ("standby: {running: 1, dormancy: cold},", 50)] {
      let result = try Simulated.result(
        """
        crews: {ops: 1}
        components:
          api: {
            replicas: {count: 2, required: 1}, \(redundancy)
            fails: {crash: {mtbf: 50 h, lasts: \(repair.law), crew: ops}}}
        capabilities: {service: {depends-on: {api: hard}}}
        """,
        SimulationPlan(years: 10, replications: 120, seed: 5, confidence: Simulated.fourAndAHalf))
      let expected = Self.bothDown(rate: 0.02, repair: repair.mean, transform: repair.transform, idle: idle)
      let found = result["service"].unavailability
      #expect(found.holds(expected), "\(redundancy) \(found), \(expected)")
    }
  }

  /// A cold spare, units that live X and repairs that are exponential with rate μ and wait for one crew. A cycle begins
  /// when a unit begins to work and the other's repair begins; with probability f = E e^(−μX) the repair lasts longer,
  /// and the service is down for 1 / μ: U = f / μ / (E X + f / μ).
  @Test(
    "a cold spare whose units age",
    arguments: [
      ("{deterministic: 100 h}", portableExp(-2)),
      ("{gamma: {shape: 4, mean: 100 h}}", 1 / (1.5 * 1.5 * 1.5 * 1.5)),
      ("{gamma: {shape: 0.5, mean: 100 h}}", 1 / 5.0.squareRoot()),
    ])
  func coldSpare(_ row: (lifetime: String, transform: Double)) throws {
    let result = try Simulated.result(
      """
      crews: {ops: 1}
      components:
        api:
          replicas: {count: 2, required: 1}
          standby: {running: 1, dormancy: cold}
          fails: {wear: {lifetime: \(row.lifetime), lasts: {exponential: 50 h}, crew: ops}}
      capabilities: {service: {depends-on: {api: hard}}}
      """,
      SimulationPlan(years: 2, replications: 2000, seed: 5, confidence: Simulated.fourAndAHalf))
    let down = row.transform * 50
    let found = result["service"]
    #expect(found.unavailability.holds(down / (100 + down)), "\(found.unavailability)")
    #expect(found.outagesPerYear.holds(8760 * row.transform / (100 + down)), "\(found.outagesPerYear)")
  }

  // MARK: Nothing random

  static func downtime(_ body: String, hours: Double, _ capability: String = "service") throws -> (
    hours: Double, outages: Double
  ) {
    let found = try Simulated.once(body, years: hours / 8760)[capability]
    return (found.downtimeHours(years: hours / 8760), found.outagesPerYear.value * hours / 8760)
  }

  @Test("one crew mends one after the other")
  func inTurn() throws {
    // Both fail at 100 h; the repairs end at 110 h and 120 h, the units fail again at 210 h and 220 h.
    let body = """
      crews: {ops: 1}
      components:
        api:
          replicas: {count: 2, required: 1}
          fails: {crash: {lifetime: {deterministic: 100 h}, lasts: 10 h, crew: ops}}
      capabilities: {service: {depends-on: {api: hard}}}
      """
    let found = try Self.downtime(body, hours: 300)
    #expect(abs(found.hours - 10) < 1e-5)
    #expect(abs(found.outages - 1) < 1e-9)
  }

  @Test(
    "a crew that preempts goes on where it stopped; detection and response need no crew",
    arguments: [("yes", 10.0, 75.0), ("no", 50.0, 65.0)])
  func preemption(_ row: (preempts: String, high: Double, low: Double)) throws {
    // `low` fails at 100 h, is noticed at 103 h, answered at 105 h and needs 60 h of work; `high` fails at 125 h for
    // 10 h. It is mended at once, and `low` is back at 175 h; or it waits until 165 h.
    let body = """
      crews: {ops: {count: 1, preempts: \(row.preempts)}}
      components:
        low: {
          fails: {wear: {lifetime: {deterministic: 100 h}, detect: 3 h, respond: 2 h, recover: 60 h, crew: ops, priority: 2}}}
        high: {fails: {wear: {lifetime: {deterministic: 125 h}, lasts: 10 h, crew: ops, priority: 1}}}
      capabilities: {low: {depends-on: {low: hard}}, high: {depends-on: {high: hard}}}
      """
    #expect(abs(try Self.downtime(body, hours: 190, "high").hours - row.high) < 1e-5)
    #expect(abs(try Self.downtime(body, hours: 190, "low").hours - row.low) < 1e-5)
  }

  /// Unit 1 dies at 100 h and is back at 110 h. Unit 2 has aged 50 h as a spare, and dies at 150 h; unit 1 has aged 20 h
  /// as a spare and dies at 230 h. Unit 2 is back at 160 h, has aged 35 h and dies at 295 h. Each move takes 1 h, in
  /// which the unit that is waited for is still a spare: half an hour of age each time.
  @Test("a warm spare ages at the rate of its dormancy")
  func dormancy() throws {
    func body(_ move: String) -> String {
      """
      components:
        api:
          replicas: {count: 2, required: 1}
          standby: {running: 1, dormancy: 50 %\(move)}
          fails: {wear: {lifetime: {deterministic: 100 h}, lasts: 10 h}}
      capabilities: {service: {depends-on: {api: hard}}}
      """
    }
    #expect(try Self.downtime(body(""), hours: 300).outages == 0)
    // Fails at 100, works from 101 with 50.5 h of age until 150.5, …
    let found = try Self.downtime(body(", switch: {takes: 1 h}"), hours: 160)
    #expect(abs(found.hours - 2) < 1e-5)
    #expect(abs(found.outages - 2) < 1e-9)
    let later = try Self.downtime(body(", switch: {takes: 1 h}"), hours: 240)
    // Unit 1 is back at 110, has aged 20.25 h by 150.5, 20.75 h by 151.5, and dies at 230.75.
    #expect(abs(later.hours - 3) < 1e-5)
    #expect(try Self.downtime(body(", switch: {takes: 1 h}"), hours: 230.5).outages < 2.5)
  }

  @Test("a switch that does not work leaves the place empty until the repair, or until it is filled by hand")
  func switching() throws {
    func body(_ manual: String) -> String {
      """
      components:
        api:
          replicas: {count: 2, required: 1}
          standby: {running: 1, dormancy: cold, switch: {takes: 1 h, works: 0 %\(manual)}}
          fails: {wear: {lifetime: {deterministic: 100 h}, lasts: 10 h}}
      capabilities: {service: {depends-on: {api: hard}}}
      """
    }
    #expect(abs(try Self.downtime(body(""), hours: 205).hours - 10) < 1e-5)
    #expect(abs(try Self.downtime(body(", manual: 3 h"), hours: 202).hours - 3) < 1e-5)
    // A hand slower than the repair is not waited for.
    #expect(abs(try Self.downtime(body(", manual: 40 h"), hours: 205).hours - 10) < 1e-5)
  }

  /// The first hour of a failure nobody knows of takes its share of requests; a spare that has taken over takes them
  /// back, and a spare's failure takes none.
  @Test("requests go astray until a failure is noticed or a spare has the work")
  func unnoticed() throws {
    func unserved(_ standby: String) throws -> Double {
      let body = """
        components:
          api:
            replicas: {count: 3, required: 1}
            standby: {running: 2, dormancy: cold\(standby)}
            fails: {wear: {lifetime: {deterministic: 100 h}, detect: 4 h, recover: 16 h}}
        capabilities: {service: {depends-on: {api: hard}}}
        """
      return try Simulated.once(body, years: 190.0 / 8760)["service"].unservedHours(years: 190.0 / 8760)
    }
    // Both fail at 100 h; one spare: at once it serves alone beside one that is not noticed for 4 h: half is lost.
    #expect(abs(try unserved("") - 2) < 1e-5)
    // The switch takes an hour in which all is down, then the same for 3 h.
    #expect(abs(try unserved(", switch: {takes: 1 h}") - (1 + 1.5)) < 1e-5)
  }

  @Test("more asked for than the working units can do is missing even while nothing has failed")
  func shortByDesign() throws {
    let found = try Simulated.once(
      """
      components:
        api:
          replicas: {count: 3, required: 1}
          standby: {running: 1, dormancy: cold}
          fails: {wear: {lifetime: {deterministic: 100 h}, lasts: 10 h}}
      capabilities: {service: {depends-on: {api: hard}, demand: {api: 2}}}
      """)["service"]
    #expect(found.unavailability.value == 0)
    #expect(abs(found.unservedFraction.value - 0.5) < 1e-9)
  }
}
