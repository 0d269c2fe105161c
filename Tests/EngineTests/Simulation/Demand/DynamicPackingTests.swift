import Foundation
import ServiceGraph
import Simulation
import Stochastics
import Testing

/// Units that come look for a node with room as things are then, and nodes come for those that find none.
@Suite("Packing as units come and go")
struct DynamicPackingTests {
  struct Story: CustomTestStringConvertible {
    let testDescription: String
    var nodes = "pool: {kind: pool, nodes: {count: 2}, allocatable: {cpu: 8, memory: 64 GB}}"
    var spread = "pool"
    var rules = "autoscaling: {min: 1, max: 2, target: 100 %, down-delay: 0 s}"
    var count = 1
    var demand = 2.0
    var profile = DemandText.day
    let hours: Double
    /// What is not served, as hours of full outage.
    let unserved: Double

    var text: String {
      DemandText.service(
        "replicas: {count: \(count), required: 1, spread: \(spread)}, requests: {cpu: 1, memory: 1 GB}, \(rules)",
        demand: demand, profile: profile, domains: "domains:\n  \(nodes)\n")
    }
  }

  private static func failing(_ more: String) -> String {
    "pool: {kind: pool, nodes: {count: 1, fails: {loss: {lifetime: {deterministic: 100 h}, lasts: 50 h}}}, \(room), \(more)}"
  }

  private static let always = "day: [{from: \"00:00\", load: 100 %}]"
  private static let room = "allocatable: {cpu: 1, memory: 9 GB}"
  private static let one = "autoscaling: {min: 1, max: 1, target: 100 %}, reschedule: 5 h"
  private static let oneToANode =
    "anti-affinity: {nodes: required}, autoscaling: {min: 1, max: 3, target: 100 %, down-delay: 0 s}"

  static let stories = [
    // The second node is down from 100 to 150, which is 4:00 of Friday to 6:00 of Sunday; the second unit of the day comes to
    // the first one, which has fewer places but is up.
    Story(
      testDescription: "no unit comes to a node that is down",
      nodes: """
        n1: {kind: node, allocatable: {cpu: 8, memory: 64 GB}}
          n2: {kind: node, allocatable: {cpu: 8, memory: 64 GB}, fails: {loss: {lifetime: {deterministic: 100 h}, lasts: 50 h}}}
        """, spread: "nodes", hours: 160, unserved: 0),
    // Its node is lost at 100; at 105 a node is ordered, which is there at 107. That node is new and fails at 207, when the
    // first has left: 7 h again.
    Story(
      testDescription: "a node is added for a unit that has lost its own",
      nodes: failing("autoscaling: {min: 1, max: 2, delay: 2 h}"), rules: one, demand: 1, profile: always,
      hours: 260, unserved: 14),
    // Without another node it waits from 100 to 150, and from 250 on.
    Story(
      testDescription: "and none where there may be no more",
      nodes: failing("autoscaling: {min: 1, max: 1, delay: 2 h}"),
      rules: "autoscaling: {min: 1, max: 1, target: 100 %}", demand: 1, profile: always, hours: 260,
      unserved: 60),
    // The third is wanted from 8:00 to 20:00 and finds a unit on both nodes.
    Story(
      testDescription: "a rule keeps a unit pending", rules: oneToANode, demand: 3, hours: 24, unserved: 4),
    Story(
      testDescription: "and asks for a node where one may be added",
      nodes:
        "pool: {kind: pool, nodes: {count: 2}, allocatable: {cpu: 8, memory: 64 GB}, autoscaling: {min: 2, max: 3, delay: 1 h}}",
      rules: oneToANode, demand: 3, hours: 24, unserved: 1.0 / 3),
    // One unit to a node, and both nodes are full: a third is added at 102, and the first unit leaves for it before the work
    // begins; the second goes where the first was.
    Story(
      testDescription: "a node comes for what work on another one drives away",
      nodes:
        "pool: {kind: pool, nodes: {count: 2}, \(room), autoscaling: {min: 2, max: 3, delay: 2 h}, planned: {patch: {every: 100 h, takes: 1 h}}}",
      rules: "autoscaling: {min: 2, max: 2, target: 100 %}", count: 2, profile: always, hours: 150,
      unserved: 0),
  ]

  @Test("told hour by hour", arguments: stories)
  func told(_ story: Story) throws {
    let years = story.hours / 8760
    let found = try Simulated.once(story.text, years: years)
    #expect(abs(found["service"].unservedHours(years: years) - story.unserved) < 1e-4)
    #expect(found.planned.allSatisfy { $0.waves.value * years > 1.5 })
  }

  /// One unit that leaves a lost node after r = 30 min for one that takes d = 10 min to come. Its outage is min(L, r + d),
  /// with L the outage of its node: if that ends sooner, the unit stays. Nodes are lost as often as the one that it is on, for
  /// those that are not there do not age. So U = m / (mtbf + m) with m = 1 h · (1 − e^(−40/60)).
  @Test("a unit on nodes that are replaced: its unavailability in closed form", arguments: [true, false])
  func replaced(isNew: Bool) throws {
    let text = DemandText.service(
      "replicas: {count: 1, required: 1, spread: pool}, requests: {cpu: 1, memory: 1 GB}, reschedule: 30 min, "
        + "autoscaling: {min: 1, max: 1, target: 100 %}", demand: 1, profile: Self.always,
      domains:
        "domains: {pool: {kind: pool, nodes: {count: 1, fails: {loss: {mtbf: 60 h, lasts: {exponential: 1 h}}}}, \(Self.room), "
        + "autoscaling: {min: 1, max: 20, delay: 10 min, down-delay: 0 s}}}")
    let found = try Simulated.result(
      text,
      SimulationPlan(
        replications: 60, start: isNew ? .new : .steady, confidence: Simulated.fourAndAHalf))["service"]
    let mean = 1 - exp(-40.0 / 60)
    #expect(found.unavailability.holds(mean / (60 + mean)), "\(found.unavailability)")
    #expect(found.unavailability.halfWidth < 0.15 * mean / 60)
  }

  /// Where one unit fits on a node, and where one may be, histories are the same, outage by outage, though units and nodes
  /// come and go.
  @Test("one to a node is room for one", arguments: ["", ", reschedule: 20 min"])
  func rules(_ reschedule: String) throws {
    func found(_ cpu: Int, _ rule: String) throws -> SimulationResult {
      try Simulated.result(
        DemandText.service(
          "replicas: {count: 2, required: 1, spread: pool}, requests: {cpu: 1, memory: 1 GB}\(rule)\(reschedule), "
            + "autoscaling: {min: 2, max: 6, target: 100 %}", demand: 5, profile: DemandText.day,
          domains:
            "domains: {pool: {kind: pool, nodes: {count: 2, fails: {loss: {mtbf: 90 h, lasts: {exponential: 5 h}}}}, "
            + "allocatable: {cpu: \(cpu), memory: 64 GB}, autoscaling: {min: 2, max: 7, delay: 5 min}}}"),
        SimulationPlan(replications: 12))
    }
    let (room, rule) = (try found(1, ""), try found(9, ", anti-affinity: {nodes: required}"))
    #expect(room.fingerprint == rule.fingerprint)
    #expect(room.nodePools == rule.nodePools)
    #expect(room["service"].unservedFraction.value > 0)
  }

  /// Crews of those that are not there are not taken: nobody ever asks for more than two.
  @Test("units and nodes that are never wanted take no crew from others")
  func crews() throws {
    func found(_ units: String, _ nodes: String) throws -> SimulationResult {
      try Simulated.result(
        DemandText.service(
          "replicas: {count: 2, required: 1, spread: pool}, requests: {cpu: 1, memory: 1 GB}, \(units), "
            + "fails: {crash: {mtbf: 40 h, recover: {exponential: 5 h}, crew: ops}}", demand: 2,
          profile: Self.always,
          domains:
            "crews: {ops: {count: 1}}\ndomains: {pool: {kind: pool, nodes: {count: 2, fails: {loss: {mtbf: 60 h, recover: {exponential: 3 h}, crew: ops}}}, "
            + "\(Self.room)\(nodes)}}"), SimulationPlan(replications: 20, start: .new))
    }
    let plain = try found("autoscaling: {min: 2, max: 2, target: 100 %}", "")
    let scaled = try found(
      "autoscaling: {min: 2, max: 9, target: 100 %}", ", autoscaling: {min: 2, max: 9, delay: 5 min}")
    #expect(plain["service"].unservedFraction.value > 0.1)
    #expect(plain.fingerprint == scaled.fingerprint)
  }

  @Test("nor do units that stand in their places", arguments: [SimulationPlan.Start.new, .steady])
  func crewsInPlaces(_ start: SimulationPlan.Start) throws {
    func found(_ most: Int) throws -> SimulationResult {
      try Simulated.result(
        DemandText.service(
          "replicas: {count: 2, required: 1}, autoscaling: {min: 2, max: \(most), target: 100 %}, "
            + "fails: {crash: {mtbf: 40 h, recover: {exponential: 5 h}, crew: ops}}", demand: 2,
          profile: Self.always, domains: "crews: {ops: {count: 1}}"),
        SimulationPlan(years: 2, replications: 40, start: start, confidence: Simulated.fourAndAHalf))
    }
    let (two, nine) = (try found(2)["service"], try found(9)["service"])
    // Of two machines and one hand: p₁ = 2ρ p₀, p₂ = 2ρ² p₀ with ρ = 5/40.
    let empty = 1 / (1 + 2 * 0.125 + 2 * 0.125 * 0.125)
    #expect(nine.unavailability.holds(2 * 0.125 * 0.125 * empty), "\(nine.unavailability)")
    #expect(nine.unservedFraction.holds((0.125 + 2 * 0.125 * 0.125) * empty), "\(nine.unservedFraction)")
    if start == .new { #expect(two.unavailability == nine.unavailability) }
  }
}
