import ServiceGraph
import Simulation
import Stochastics
import Testing

/// Planned work on units that stand by or share their load.
@Suite("Planned work and spares")
struct PlannedSparesTests {
  struct Story: CustomTestStringConvertible {
    let testDescription: String
    var standby = "{running: 1, dormancy: cold, switch: {detect: 5 min, takes: 30 min}}"
    /// Up times and outages of each unit, the same for all.
    var fails = "{crash: {lifetime: {deterministic: 100000 h}, lasts: 1 h}}"
    var planned = "{patch: {every: 100 h, takes: 2 h}}"
    var more = ""
    let hours: Double
    let down: Double
  }

  static let stories = [
    // At 100 h the first is patched: the second takes over in 30 min, and nobody has to notice. At 102 h the first stands by
    // and the second is patched: 30 min more.
    Story(testDescription: "each move is down for its time, without detection", hours: 150, down: 1),
    Story(
      testDescription: "a patch that is shorter than the move ends it",
      planned: "{patch: {every: 100 h, takes: 6 min}}", hours: 150, down: 0.1),
    Story(
      testDescription: "spares that take no time are never missed",
      standby: "{running: 1, dormancy: cold}", hours: 150, down: 0),
    // Both at once.
    Story(
      testDescription: "all at once", planned: "{patch: {every: 100 h, takes: 2 h, at-once: all}}",
      hours: 150, down: 2),
    // The first fails at 99 h for 10 h; the second takes over at 99:35. It is the only one, so the patch of it would take the
    // service down: that of the first, which is down, is let, and the second's waits until the first is back at 109 h.
    Story(
      testDescription: "a budget counts spares as healthy, and keeps the last",
      fails: "{crash: {lifetime: {deterministic: 99 h}, lasts: 10 h}}",
      more: ", disruption-budget: {keep: 1}",
      hours: 150, down: 35.0 / 60 + 0.5),
    // Work begins at 100 h and ends at 102 h; the spare stands by.
    Story(
      testDescription: "a switch that never works waits for the unit that comes back",
      standby: "{running: 1, dormancy: cold, switch: {works: 0 %, takes: 30 min}}", hours: 101, down: 1),
  ]

  @Test("told hour by hour", arguments: stories)
  func told(_ story: Story) throws {
    let years = story.hours / 8760
    let found = try Simulated.once(
      """
      components:
        db: {replicas: 2, standby: \(story.standby), fails: \(story.fails), planned: \(story.planned)\(story.more)}
      capabilities: {service: {depends-on: {db: hard}}}
      """, years: years)["service"]
    #expect(
      abs(found.downtimeHours(years: years) - story.down) < 1e-4, "\(found.downtimeHours(years: years))")
  }

  /// Work on a host takes the spares on it too; what is down while all that is planned is not, is not planned.
  @Test("work on hosts, and what of it is planned")
  func hosts() throws {
    let found = try Simulated.once(
      """
      domains:
        a: {kind: node, planned: {patch: {every: 100 h, takes: 2 h}}}
        b: {kind: node}
      components:
        db: {replicas: {count: 2, members: [a, b]}, standby: {running: 1, dormancy: cold, switch: {takes: 30 min}}, \
      fails: {crash: {lifetime: {deterministic: 110 h}, lasts: 10 h}}}
      capabilities: {service: {depends-on: {db: hard}}}
      """, years: 150.0 / 8760)["service"]
    // The second takes over at 100.5 and stays until it has worked for 110 h, after the end.
    #expect(abs(found.downtimeHours(years: 150.0 / 8760) - 0.5) < 1e-4)
    #expect(abs((found.planned?.planned.value ?? 0) * 150 - 0.5) < 1e-4)
    #expect(found.planned?.unplanned.value == 0)
  }

  /// Spares that are as likely to fail as units at work and take over at once are replicas of which one has to be up; so too
  /// with work on them. Times are exponential and patches as long as they are rare, so 1.5 h in 100 h of no failure bear on
  /// both by less than the error.
  @Test("hot spares without a move are replicas")
  func hot() throws {
    func found(_ own: String) throws -> Estimate {
      try Simulated.result(
        """
        components:
          db: {\(own), fails: {crash: {mtbf: 40 h, lasts: {exponential: 8 h}}}, planned: {patch: {every: 400 h, takes: {exponential: 30 min}}}}
        capabilities: {service: {depends-on: {db: hard}}}
        """, SimulationPlan(replications: 150, confidence: Simulated.fourAndAHalf))["service"].unavailability
    }
    let spares = try found("replicas: 2, standby: {running: 1, dormancy: hot}")
    let replicas = try found("replicas: {count: 2, required: 1}")
    #expect(abs(spares.value - replicas.value) < spares.halfWidth + replicas.halfWidth)
    #expect(spares.halfWidth < 0.1 * spares.value)
  }

  // MARK: At the beginning

  /// Each of three patches a week takes a unit that works, for longer than the spare needs to take over: 3 · 8 h of 168 h.
  @Test("spares have taken over from units under work before the beginning")
  func takeovers() throws {
    let found = try Simulated.result(
      """
      components:
        web:
          replicas: {count: 3, required: 2}
          standby: {running: 2, dormancy: cold, switch: {takes: 8 h}}
          fails: {crash: {mtbf: 10000000 h, lasts: {exponential: 1 h}}}
          planned: {patch: {every: 1 w, takes: 10 h}}
      capabilities: {service: {depends-on: {web: hard}}}
      """, SimulationPlan(years: 9.0 / 8760, replications: 20_000, confidence: Simulated.fourAndAHalf))[
        "service"]
    #expect(found.unavailability.holds(24.0 / 168), "\(found.unavailability)")
    #expect(found.outagesPerYear.holds(3 * 8760.0 / 168), "\(found.outagesPerYear)")
    #expect(found.unavailability.halfWidth < 0.1 * 24 / 168)
  }

  /// What waits for a detector that is being worked on at time 0 has waited since before.
  @Test("detectors were blind under work before the beginning: the first hours are as any others")
  func blind() throws {
    func found(_ hours: Double, _ replications: Int) throws -> Estimate {
      try Simulated.result(
        """
        detectors: {alert: {after: 10 min, needs: [mon], otherwise: 6 h}}
        components:
          mon: {fails: {crash: {mtbf: 100 h, lasts: {exponential: 1 h}}}, planned: {patch: {every: 20 h, takes: 8 h}}}
          api: {fails: {crash: {mtbf: 20 h, detect: alert, recover: 1 h}}}
        capabilities: {service: {depends-on: {api: hard}}}
        """,
        SimulationPlan(
          years: hours / 8760, replications: replications, confidence: Simulated.fourAndAHalf))["service"]
        .unavailability
    }
    let (first, whole) = (try found(9, 40_000), try found(87600, 20))
    #expect(first.low < whole.high && whole.low < first.high, "\(first) \(whole)")
    #expect(first.halfWidth < 0.05 * first.value && whole.halfWidth < 0.05 * whole.value)
  }
}
