import Diagnostics
import Foundation
import Reliability
import ServiceGraph
import Simulation
import Stochastics
import Testing

/// Spares among units that come and go.
@Suite("Spares beside autoscaling")
struct AutoscaledSparesTests {
  /// By day, from 8:00 to 20:00, twice as many units are wanted as by night.
  static func text(
    _ standby: String, count: Int = 1, fails: String, scaling: String = "min: 1, max: 2", demand: Double = 1
  ) -> String {
    DemandText.service(
      "replicas: {count: \(count), required: 1}, standby: {\(standby)}, fails: {crash: {\(fails)}}, "
        + "autoscaling: {\(scaling), target: 50 %, down-delay: 0 s}", demand: demand,
      profile:
        "day: [{from: \"00:00\", load: 50 %}, {from: \"08:00\", load: 100 %}, {from: \"20:00\", load: 50 %}]")
  }

  struct Story: CustomTestStringConvertible {
    let testDescription: String
    let text: String
    /// Hours of full outage until some hours.
    let down: [(hours: Double, down: Double)]
  }

  static let stories = [
    // Unit 2 is there from 8:00 and takes over at 10:30. It leaves at 20:00, when unit 1 is back and takes over until 20:30;
    // that one fails at 6:30, and nobody is there before 8:00. Unit 2 takes the empty position at once and fails at 8:30, after
    // 9.5 h and 30 min of work; unit 1 is back at 10:30.
    Story(
      testDescription: "a spare by day",
      text: text(
        "running: 1, dormancy: cold, switch: {takes: 30 min}",
        fails: "lifetime: {deterministic: 10 h}, lasts: 4 h"),
      down: [(19, 0.5), (24, 0.5 + 0.5), (32.25, 0.5 + 0.5 + 1.5), (36, 0.5 + 0.5 + 1.5 + 2)]),
    // Without the spare's time to take over from the one that leaves, which everybody knows of.
    Story(
      testDescription: "nobody has to notice that one leaves",
      text: text(
        "running: 1, dormancy: cold, switch: {detect: 30 min}",
        fails: "lifetime: {deterministic: 10 h}, lasts: 4 h"),
      // Unit 1 works again from 20:00 and fails at 6:00.
      down: [(24, 0.5), (31.5, 0.5 + 1.5)]),
    // One works and is repaired by night as by day; the other stands by, hot, and fails at 18:00 when it is there.
    Story(
      testDescription: "one that is not there does not age",
      text: text(
        "running: 1, dormancy: hot", fails: "lifetime: {deterministic: 10 h}, lasts: 9 h"),
      // Unit 1 is down from 10:00 to 19:00, unit 2 works then, fails at 18:00 and is back at 3:00, when it is not wanted.
      down: [(24, 1)]),
  ]

  @Test("told hour by hour", arguments: stories)
  func told(_ story: Story) throws {
    for (hours, down) in story.down {
      let found = try Simulated.once(story.text, years: hours / 8760)["service"].downtimeHours(
        years: hours / 8760)
      #expect(abs(found - down) < 1e-4, "\(found) by \(hours) h")
    }
  }

  static func steady(_ autoscaling: String, count: Int, demand: String = "demand: {api: 2}") -> String {
    """
    components:
      api:
        replicas: {count: \(count), required: 2}
        standby: {running: 2, dormancy: 20 %, switch: {takes: 10 min, works: 90 %, manual: 1 h}}
        fails: {crash: {mtbf: 60 h, lasts: {exponential: 8 h}}}\(autoscaling)
    capabilities: {service: {depends-on: {api: hard}, \(demand)}}
    """
  }

  /// With a demand that never changes there are as many as are wanted, and the chain for so many is exact.
  @Test("four of at most nine, always: the chain of four", arguments: [SimulationPlan.Start.new, .steady])
  func asWithout(_ start: SimulationPlan.Start) throws {
    let exact = try #require(try SteadyState.results(of: ModelText.graph(Self.steady("", count: 4))).first)
    let found = try Simulated.result(
      Self.steady("\n    autoscaling: {min: 2, max: 9, target: 50 %}", count: 4),
      SimulationPlan(years: 2, replications: 400, start: start, confidence: Simulated.fourAndAHalf))[
        "service"]
    #expect(
      found.unavailability.holds(exact.unavailability), "\(found.unavailability) \(exact.unavailability)")
    #expect(found.unavailability.halfWidth < 0.2 * exact.unavailability)
  }

  /// Units beyond those that are wanted change nothing: history by history the same.
  @Test("those that are never wanted are never there")
  func neverWanted() throws {
    func found(_ most: Int) throws -> SimulationResult {
      try Simulated.result(
        Self.steady("\n    autoscaling: {min: 2, max: \(most), target: 50 %}", count: 4),
        SimulationPlan(replications: 30, start: .new))
    }
    let (four, nine) = (try found(4), try found(9))
    #expect(four.fingerprint == nine.fingerprint)
    #expect(four["service"].unavailability.value > 0)
  }

  @Test("the same bits with any number of threads")
  func threads() throws {
    let text = Self.text(
      "running: 2, dormancy: 30 %, switch: {takes: 10 min, works: 90 %}", count: 2,
      fails: "mtbf: 20 h, recover: {exponential: 3 h}, crew: ops", scaling: "min: 1, max: 6", demand: 2)
    let whole = "crews: {ops: {count: 1}}\n" + text
    var plan = SimulationPlan(years: 0.3, replications: 60, seed: 7)
    let one = try Simulated.result(whole, plan)
    #expect(one["service"].unavailability.value > 0.001)
    plan.threads = 3
    #expect(try Simulated.result(whole, plan).fingerprint == one.fingerprint)
  }

  /// A pool of two nodes, one of which may fail, that are all the nodes there are.
  static func onNodes(_ fails: String) -> String {
    DemandText.service(
      "replicas: {count: 2, required: 1, spread: pool}, requests: {cpu: 1, memory: 1 GB}, standby: {running: 1, dormancy: cold}, "
        + "fails: {crash: {mtbf: 1 d, lasts: 1 h}}, autoscaling: {min: 1, max: 4, target: 50 %}", demand: 1,
      domains: "domains: {pool: {kind: pool, \(fails), allocatable: {cpu: 9, memory: 9 GB}}}")
  }

  @Test("which of them a node takes down is not known")
  func ofNodes() throws {
    let text = Self.onNodes("nodes: {count: 2, fails: {loss: {mtbf: 1 y, lasts: 1 h}}}")
    let findings = #expect(throws: Findings.self) { try ModelText.graph(text) }
    #expect(findings?.diagnostics.map(\.slug) == ["standby-in-part"])
  }

  /// A place that holds all nodes takes down whoever is there, so that the crashes of its units alone make 25 h for each of
  /// its own outages.
  @Test("a place takes down all of them")
  func ofPlace() throws {
    let text = Self.onNodes(
      "nodes: {count: 2}, fails: {loss: {lifetime: {deterministic: 30.5 h}, lasts: 3 h}}")
    let quiet = text.replacing("mtbf: 1 d", with: "lifetime: {deterministic: 900 h}")
    let found = try Simulated.once(quiet, years: 100.0 / 8760)["service"]
    #expect(abs(found.downtimeHours(years: 100.0 / 8760) - 6 - 2.5) < 1e-4)
  }

}
