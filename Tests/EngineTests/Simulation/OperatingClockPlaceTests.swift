import Foundation
import ServiceGraph
import Simulation
import Stochastics
import Testing

/// Clocks of failures in one node or zone, where units come and go.
@Suite("Operating clocks of places")
struct OperatingClockPlaceTests {
  struct Story: CustomTestStringConvertible {
    let testDescription: String
    let text: String
    /// What is not served until some hours, as hours of full outage.
    let unserved: [(hours: Double, unserved: Double)]
  }

  static func wear(_ scope: String, life: Double, lasts: Double = 1) -> String {
    "fails: {wear: {scope: \(scope), lifetime: {deterministic: \(life) h}, lasts: \(lasts) h, clock: operating}}"
  }

  static func node(_ name: String, up: Double, down: Double, zone: String = "za") -> String {
    "  \(name): {kind: node, in: \(zone), fails: {loss: {lifetime: {deterministic: \(up) h}, lasts: \(down) h}}}\n"
  }

  static func leaving(_ nodes: String, _ scope: String, life: Double) -> String {
    ReschedulingTests.service(
      "  za: {kind: zone}\n  zb: {kind: zone}\n" + nodes,
      "  api: {replicas: {count: 1, spread: nodes}, reschedule: 5 h, \(wear(scope, life: life))}")
  }

  /// One unit by night, and a second one from 8:00 to 20:00.
  static func scaled(_ api: String, domains: String = "") -> String {
    DemandText.service(
      "\(api), autoscaling: {min: 1, max: 2, target: 100 %, down-delay: 0 s}", demand: 2,
      profile:
        "day: [{from: \"00:00\", load: 50 %}, {from: \"08:00\", load: 100 %}, {from: \"20:00\", load: 50 %}]",
      domains: domains)
  }

  static let stories = [
    // On n1 it fails at 60; from 105 on the unit is on n2, where it fails after 60 h of it, at 165.
    Story(
      testDescription: "a place ages while a unit is there",
      text: leaving(node("n1", up: 100, down: 50) + "  n2: {kind: node}\n", "node", life: 60),
      unserved: [(160, 1 + 5), (170, 1 + 5 + 1)]),
    // n1 is down from 100 to 150, n2 from 130 to 220: from 105 on n2, from 150 on n1 again, where 20 h are left.
    Story(
      testDescription: "and goes on where it stood when the unit comes back",
      text: leaving(node("n1", up: 100, down: 50) + node("n2", up: 130, down: 90), "node", life: 120),
      unserved: [(165, 5 + 20), (200, 5 + 20 + 1)]),
    // From n1 to n2 in the same zone: its clock stands still from 100 to 105.
    Story(
      testDescription: "a zone ages while a unit is on any of its nodes",
      text: leaving(
        node("n1", up: 100, down: 400) + "  n2: {kind: node, in: za}\n  n3: {kind: node, in: zb}\n", "zone",
        life: 120
      ), unserved: [(123, 5), (130, 5 + 1)]),
    // Unit 1 is down from 20 to 23, when it is alone. Unit 2 works 12 h on Monday and 8 h on Tuesday: down at 40.
    Story(
      testDescription: "a unit that nobody wants does not age",
      text: scaled("replicas: {count: 1, required: 1}, \(wear("unit", life: 20, lasts: 3))"),
      unserved: [(39, 3), (43, 3 + 1.5)]),
    Story(
      testDescription: "a zone whose only unit comes and goes",
      text: scaled(
        "replicas: {count: 1, required: 1, spread: zones}, \(wear("zone", life: 20, lasts: 3))",
        domains: "domains: {za: {kind: zone}, zb: {kind: zone}}"),
      unserved: [(39, 3), (43, 3 + 1.5)]),
    // Unit 2 runs from 9:00, an hour after it is wanted, and its node is there until 22:00. The first node fails at 21, the
    // second after 11 h on Monday and 10 h on Tuesday: at 43.
    Story(
      testDescription: "a node that comes and goes ages while a unit is on it",
      text: scaled(
        "replicas: {count: 1, required: 1, spread: pool}, requests: {cpu: 1, memory: 1 GB}, "
          + wear("node", life: 21, lasts: 3),
        domains:
          "domains: {pool: {kind: pool, nodes: {count: 1}, allocatable: {cpu: 1, memory: 9 GB}, autoscaling: {min: 1, max: 2, delay: 1 h, down-delay: 2 h}}}"
      ), unserved: [(42.5, 0.5 + 3 + 0.5), (44, 0.5 + 3 + 0.5 + 0.5)]),
    // Down for work from 10 to 15, 20 to 25, 30 to 35 and 40 to 45: 28 h of operation end at 48.
    Story(
      testDescription: "work on purpose stops a clock",
      text: OperatingClockTests.service(
        "  api: {planned: {patch: {every: 10 h, takes: 5 h}}, \(wear("unit", life: 28))}"),
      unserved: [(47, 20), (49.5, 21)]),
  ]

  @Test("told hour by hour", arguments: stories)
  func told(_ story: Story) throws {
    for (hours, unserved) in story.unserved {
      let found = try Simulated.once(story.text, years: hours / 8760)["service"]
      let told = found.unservedHours(years: hours / 8760)
      #expect(abs(told - unserved) < 1e-4, "\(told) by \(hours) h")
    }
  }

  /// Nodes are lost every M = 100 h of the unit's time there, and it is elsewhere m = 1 h later: L = m / (M + m). Of the hours
  /// that it is up it spends some on each node, and each fails once every W = 30 h of them, whatever the law (the elementary
  /// renewal theorem). Such an outage lasts D exponentially, mean 6 h, unless the node is lost first: d = 1 / (1/6 + 1/100).
  /// So A = 1 − L − (A / W) d.
  @Test(
    "the long run of one unit on nodes that wear",
    arguments: ["weibull: {shape: 3, mean: 30 h}", "deterministic: 30 h"])
  func longRun(_ law: String) throws {
    let text = ReschedulingTests.service(
      "  pool: {kind: pool, nodes: {count: 12, fails: {loss: {mtbf: 100 h, lasts: 10 h}}}}\n",
      "  api: {replicas: {count: 1, spread: pool}, reschedule: 1 h, fails: {wear: {scope: node, lifetime: {\(law)}, lasts: {exponential: 6 h}, clock: operating}}}"
    )
    let available = (100.0 / 101) / (1 + 1 / (1.0 / 6 + 1.0 / 100) / 30)
    let found = try Simulated.result(
      text, SimulationPlan(years: 0.5, replications: 600, confidence: Simulated.fourAndAHalf))["service"]
    #expect(found.unavailability.holds(1 - available), "\(found.unavailability) \(1 - available)")
    #expect(found.unavailability.halfWidth < 0.02 * (1 - available))
  }

  static let busy = DemandText.service(
    "replicas: {count: 2, required: 1, spread: pool}, requests: {cpu: 1, memory: 1 GB}, reschedule: 30 min, start: {takes: 5 min}, "
      + "autoscaling: {min: 2, max: 6, target: 80 %, delay: 2 min}, fails: {wear: {scope: node, lifetime: {weibull: {shape: 2, mean: 40 h}}, "
      + "lasts: {exponential: 2 h}, clock: operating}, crash: {mtbf: 30 h, recover: 1 h, crew: ops, clock: operating}}",
    demand: 4,
    profile: DemandText.day,
    domains:
      "crews: {ops: {count: 1}}\ndomains: {pool: {kind: pool, nodes: {count: 3, fails: {loss: {mtbf: 90 h, lasts: {exponential: 5 h}}}}, "
      + "allocatable: {cpu: 2, memory: 64 GB}, autoscaling: {min: 2, max: 5, delay: 5 min}, planned: {patch: {every: 3 d, takes: 1 h}}}}"
  )

  @Test("the same bits with any number of threads")
  func threads() throws {
    var plan = SimulationPlan(years: 0.3, replications: 60, seed: 7)
    let one = try Simulated.result(Self.busy, plan)
    #expect(one["service"].contributions.count > 2)
    plan.threads = 3
    #expect(try Simulated.result(Self.busy, plan).fingerprint == one.fingerprint)
  }
}
