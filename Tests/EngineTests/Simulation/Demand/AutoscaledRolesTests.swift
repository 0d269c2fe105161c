import Diagnostics
import Foundation
import Reliability
import ServiceGraph
import Simulation
import Stochastics
import Testing

/// Roles of which one has units that come and go.
@Suite("Roles beside autoscaling")
struct AutoscaledRolesTests {
  static func zone(_ name: String, up: Double, down: Double) -> String {
    "\(name): {kind: zone, fails: {loss: {lifetime: {deterministic: \(up) h}, lasts: \(down) h}}}"
  }

  /// A writer in zone c, a reader in zone a, and by day, from 8:00 to 20:00, a second one in zone b.
  static func text(_ zones: [String], hours day: (from: String, to: String) = ("08:00", "20:00")) -> String {
    """
    domains: {\(zones.joined(separator: ", "))}
    components:
      db:
        roles: {writer: {count: 1, in: c}, reader: {count: 1, required: 1, spread: zones}}
        failover: {writer: {from: [reader], takes: 30 min}}
        autoscaling: {role: reader, min: 1, max: 2, target: 100 %, down-delay: 0 s}
    capabilities:
      writing: {depends-on: {db/writer: hard}}
      reading:
        depends-on: {db/reader: hard}
        demand: {db/reader: 2}
        profile: {day: [{from: "00:00", load: 50 %}, {from: "\(day.from)", load: 100 %}, {from: "\(day.to)", load: 50 %}]}
    """
  }

  struct Story: CustomTestStringConvertible {
    let testDescription: String
    let text: String
    let hours: Double
    /// Hours without a writer, and of full outage of what readers are to do.
    let writing: Double
    let reading: Double
  }

  static let stories = [
    // The writer is lost at 10:00, when only the second reader is up: it writes from 10:30 on, and at 20:00 nobody leaves but
    // the old writer, which is down. Of two readers one is up from 9:00 to 10:30, and none from then on until 29:00.
    Story(
      testDescription: "one that came takes over, and stays when it is not wanted as what it was",
      text: text([zone("a", up: 9, down: 20), "b: {kind: zone}", zone("c", up: 10, down: 30)]),
      hours: 30, writing: 0.5, reading: 0.5 + 0.25 + 9.5 + 9),
    // The writer is lost at 6:00, the first reader at 5:00. The second comes at 8:00 and writes from 8:30 on.
    Story(
      testDescription: "one that is not there takes nothing over, and may when it comes",
      text: text([zone("a", up: 5, down: 20), "b: {kind: zone}", zone("c", up: 6, down: 30)]),
      hours: 24, writing: 2.5, reading: 3 + 0.25 + 11.5 + 4),
    // The first reader takes over at 10:30. The old writer is a reader from 14:00 on.
    Story(
      testDescription: "the old holder is a reader among those that come and go",
      text: text(["a: {kind: zone}", "b: {kind: zone}", zone("c", up: 10, down: 4)]), hours: 24, writing: 0.5,
      reading: 0.5 * 3.5),
  ]

  @Test("told hour by hour", arguments: stories)
  func told(_ story: Story) throws {
    let years = story.hours / 8760
    let found = try Simulated.once(story.text, years: years)
    let (writing, reading) = (
      found["writing"].downtimeHours(years: years), found["reading"].unservedHours(years: years)
    )
    #expect(abs(writing - story.writing) < 1e-4, "\(writing)")
    #expect(abs(reading - story.reading) < 1e-4, "\(reading)")
  }

  static func database(_ autoscaling: String, fails: String = "mtbf: 100 h, lasts: {exponential: 4 h}")
    -> String
  {
    """
    components:
      db:
        roles: {writer: {count: 1}, reader: {count: 3, required: 1}}
        failover: {writer: {from: [reader], detect: {exponential: 1 min}, takes: {exponential: 20 min}, works: 90 %, manual: {exponential: 2 h}}}
        fails: {crash: {\(fails)}}\(autoscaling)
    capabilities:
      writing: {depends-on: {db/writer: hard}}
      reading: {depends-on: {db/reader: hard}, demand: {db/reader: 2.5}}
    """
  }

  /// With a demand that never changes there are always as many as are wanted: the chain of the roles is exact for them.
  @Test("three readers of at most six, always: the chain of a writer and three")
  func asWithout() throws {
    let exact = try SteadyState.results(of: ModelText.graph(Self.database("")))
    let found = try Simulated.result(
      Self.database("\n    autoscaling: {role: reader, min: 2, max: 6, target: 100 %}"),
      SimulationPlan(years: 2, replications: 300, confidence: Simulated.fourAndAHalf))
    for (own, other) in zip(exact, found.capabilities) {
      #expect(other.unavailability.holds(own.unavailability), "\(other.unavailability) \(own.unavailability)")
    }
    let moves = try #require(found.failovers.first)
    #expect(moves.perYear.value > 50)
    #expect(found.capacities.first?.name == "db/reader")
    #expect(found.capacities.first?.running.value == 3)
  }

  @Test("readers that are never wanted are never there")
  func neverWanted() throws {
    func found(_ most: Int) throws -> SimulationResult {
      try Simulated.result(
        Self.database("\n    autoscaling: {role: reader, min: 2, max: \(most), target: 100 %}"),
        SimulationPlan(replications: 30, start: .new))
    }
    let (three, six) = (try found(3), try found(6))
    #expect(three.fingerprint == six.fingerprint)
    #expect(three.capacities.map(\.healthy) == six.capacities.map(\.healthy))
  }

  /// Roles that do not move: readers of the one component are those of a component of their own.
  @Test("a role without failover is a component of its own")
  func apart() throws {
    let fails = "fails: {crash: {lifetime: {deterministic: 37 h}, lasts: 3 h}}"
    let scaling = "min: 1, max: 5, target: 80 %, delay: 10 min}"
    func found(_ text: String, _ name: String) throws -> CapabilityEstimate {
      try Simulated.once(
        "components:\n" + text
          + "\ncapabilities: {service: {depends-on: {\(name): hard}, demand: {\(name): 3}, profile: {\(DemandText.day)}}}\n"
      )["service"]
    }
    let role = try found(
      "  db: {roles: {writer: {count: 2}, reader: {count: 2, required: 1}}, \(fails), autoscaling: {role: reader, \(scaling)}",
      "db/reader")
    let own = try found(
      "  reader: {replicas: {count: 2, required: 1}, \(fails), autoscaling: {\(scaling)}", "reader")
    #expect(role.unservedFraction == own.unservedFraction)
    #expect(role.unavailability == own.unavailability)
    #expect(role.unservedFraction.value > 0.01)
  }

  /// Every 10 h somebody works on the writer's node for 1 h. It leaves for the readers' node at 10:00, and stays there.
  @Test("a writer beside readers that look for nodes leaves its own for work on that")
  func leaves() throws {
    let years = 24.0 / 8760
    let found = try Simulated.once(
      """
      domains:
        a: {kind: node, planned: {patch: {every: 10 h, takes: 1 h}}}
        pool: {kind: pool, nodes: {count: 1}, allocatable: {cpu: 9, memory: 9 GB}}
      components:
        db:
          roles: {writer: {count: 1, in: a}, reader: {count: 1, required: 1, spread: pool}}
          requests: {cpu: 1, memory: 1 GB}
          failover: {writer: {from: [reader], takes: 30 min}}
          autoscaling: {role: reader, min: 1, max: 2, target: 100 %}
      capabilities:
        writing: {depends-on: {db/writer: hard}}
        reading: {depends-on: {db/reader: hard}, demand: {db/reader: 2}}
      """, years: years)
    #expect(abs((found.planned.first?.waves.value ?? 0) * years - 2) < 1e-9)
    #expect(found["writing"].downtimeHours(years: years) < 1e-9)
  }

  /// Readers look for nodes that come for them; the writer's node fails too, and whoever holds the role is on some node.
  static let busy = """
    domains:
      pool: {kind: pool, nodes: {count: 3, fails: {loss: {mtbf: 40 h, lasts: {exponential: 3 h}}}}, \
    allocatable: {cpu: 1, memory: 9 GB}, autoscaling: {min: 2, max: 7, delay: 10 min, down-delay: 20 min}}
    components:
      db:
        roles: {writer: {count: 1, spread: pool}, reader: {count: 2, required: 1, spread: pool}}
        requests: {cpu: 0.5, memory: 1 GB}
        reschedule: 30 min
        start: {takes: 5 min}
        failover: {writer: {from: [reader], detect: 1 min, takes: 10 min, works: 90 %, manual: 1 h}}
        fails: {crash: {mtbf: 60 h, lasts: {exponential: 2 h}}}
        autoscaling: {role: reader, min: 1, max: 8, target: 90 %, delay: 5 min}
        planned: {patch: {every: 4 d, takes: 10 min}}
    capabilities:
      writing: {depends-on: {db/writer: hard}}
      reading: {depends-on: {db/reader: hard}, demand: {db/reader: 5}, profile: {\(DemandText.day)}}
    """

  @Test("the same bits with any number of threads")
  func threads() throws {
    var plan = SimulationPlan(years: 0.3, replications: 60, seed: 7)
    let one = try Simulated.result(Self.busy, plan)
    #expect(one.failovers.first?.perYear.value ?? 0 > 50)
    #expect(one["writing"].unavailability.value < 0.2)
    plan.threads = 3
    #expect(try Simulated.result(Self.busy, plan).fingerprint == one.fingerprint)
  }

  struct Mistake: CustomTestStringConvertible {
    let slug: String
    var failover = "writer: {from: [reader], takes: 1 min}"
    var scaling = "role: reader, min: 1, max: 4, target: 70 %"
    var demand = "db/reader"
    var testDescription: String { "\(slug): \(scaling)" }
  }

  @Test(
    "impossible scaling of roles is a finding",
    arguments: [
      Mistake(slug: "autoscaling-units", scaling: "min: 1, max: 4, target: 70 %"),
      Mistake(slug: "unknown-name", scaling: "role: readers, min: 1, max: 4, target: 70 %"),
      Mistake(slug: "autoscaling-units", failover: "reader: {from: [writer], takes: 1 min}"),
      Mistake(slug: "demand-missing", demand: "db/writer"),
      Mistake(slug: "autoscaling-range", scaling: "role: reader, min: 3, max: 4, target: 70 %"),
    ])
  func impossible(_ row: Mistake) throws {
    let text = """
      components:
        db:
          roles: {writer: {count: 1}, reader: {count: 2, required: 1}}
          failover: {\(row.failover)}
          fails: {crash: {mtbf: 1 d, lasts: 1 h}}
          autoscaling: {\(row.scaling)}
      capabilities: {service: {depends-on: {db: hard}, demand: {\(row.demand): 2}}}
      """
    let findings = #expect(throws: Findings.self) { try ModelText.model(text) }
    #expect(findings?.diagnostics.map(\.slug) == [row.slug])
    #expect(findings?.diagnostics.allSatisfy { $0.location != nil && $0.help != nil } == true)
  }
}
