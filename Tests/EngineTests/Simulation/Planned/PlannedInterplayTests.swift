import Diagnostics
import ServiceGraph
import ServiceModel
import Simulation
import Stochastics
import Testing

/// Planned work beside detectors, policies, and what it is refused with.
@Suite("Planned work and the rest")
struct PlannedInterplayTests {
  /// The api crashes at 1,000 h; Prometheus is patched from 999 h to 1,003 h, and 6 min later it is seen.
  @Test("a detector sees nothing while what it needs is worked on")
  func detector() throws {
    let found = try Simulated.once(
      """
      detectors: {alert: {after: 6 min, needs: [prometheus]}}
      components:
        prometheus: {planned: {patch: {every: 999 h, takes: 4 h}}}
        api: {fails: {crash: {lifetime: {deterministic: 1000 h}, detect: alert, recover: 1 h}}}
      capabilities: {service: {depends-on: {api: hard}}}
      """, years: 1500.0 / 8760)["service"]
    #expect(abs(found.downtimeHours(years: 1500.0 / 8760) - 4.1) < 1e-4)
    #expect(found.planned?.planned.value == 0)
  }

  /// The callee is worked on for 90 s; the breaker opens after five calls and tries again after 60 s, so the tail ends at
  /// 120 s (as in PolicyClosedFormTests, for an outage of 90 s).
  @Test("the tail of a breaker after planned work is planned too")
  func breaker() throws {
    let result = try Simulated.once(
      """
      components:
        db: {planned: {patch: {every: 100 h, takes: 90 s}}}
        api: {depends-on: {db: {breaker: {consecutive: 5, open: 60 s}}}}
      capabilities: {service: {depends-on: {api: hard}}}
      """, years: 150.0 / 8760)
    let planned = try #require(result["service"].planned)
    #expect(abs(result["service"].downtimeHours(years: 150.0 / 8760) - 120.0 / 3600) < 1e-4)
    #expect(abs(planned.planned.value * 150 - 120.0 / 3600) < 1e-4)
    #expect(planned.unplanned.value == 0)
    #expect(result["service"].contributions.map(\.cause) == ["db/planned/patch"])
    #expect(result.edges[0].outages.value > 0)
  }

  /// Two of four units run. One of the two may be down, so the deploy at 100 h takes them one after the other, an hour
  /// each, and passes over the two that do not run.
  @Test("a budget is of the units that autoscaling runs, and work passes over the others")
  func autoscaling() throws {
    let result = try Simulated.once(
      """
      components:
        api:
          replicas: {count: 2, required: 1}
          autoscaling: {min: 2, max: 4, target: 100 %, delay: 1 min}
          disruption-budget: {disrupt: 1}
          planned: {deploy: {every: 100 h, takes: 1 h}}
      capabilities:
        service: {depends-on: {api: hard}, demand: {api: 2}, profile: {day: [{from: "00:00", load: 100 %}]}}
      """, years: 150.0 / 8760)
    let work = result.planned[0]
    #expect(abs(work.waves.value * 150 / 8760 - 2) < 1e-9)
    #expect(work.waits.value == 0)
    #expect(abs(result["service"].unservedFraction.value - 2 * 0.5 / 150) < 1e-6)
  }

  @Test("a share of a budget rounds up, kept or disrupted, as Kubernetes rounds")
  func rounding() throws {
    func kept(_ budget: String, of units: Int) throws -> Int? {
      try ModelText.graph(
        PlannedTimeTests.service("components: {api: {replicas: \(units), disruption-budget: {\(budget)}}}")
      ).planned.budgets.first?.kept
    }
    // Kubernetes, "Specifying a Disruption Budget for your Application": 7 pods and 50 % mean 4.
    #expect(try kept("keep: 50 %", of: 7) == 4)
    #expect(try kept("disrupt: 50 %", of: 7) == 3)
    #expect(try kept("keep: 6", of: 9) == 6)
    #expect(try kept("disrupt: 1", of: 9) == 8)
    #expect(try kept("keep: 7 %", of: 100) == 7)
    #expect(try kept("keep: 100 %", of: 3) == 3)
    #expect(try kept("disrupt: 0 %", of: 3) == 3)
    #expect(try kept("keep: 0", of: 3) == 0)
  }

  struct Mistake: CustomTestStringConvertible {
    let slug: String
    let components: String
    var testDescription: String { "\(slug): \(components)" }
  }

  static let mistakes = [
    Mistake(
      slug: "planned-window",
      components:
        "components: {api: {planned: {patch: {every: 1 w, takes: 1 h, window: {from: \"02:00\", to: \"02:00\"}}}}}"
    ),
    Mistake(
      slug: "bad-value", components: "components: {api: {planned: {patch: {every: 0 h, takes: 1 h}}}}"),
    Mistake(
      slug: "either-or", components: "components: {api: {disruption-budget: {keep: 1, disrupt: 1}}}"),
    Mistake(slug: "missing-key", components: "components: {api: {planned: {patch: {every: 1 w}}}}"),
    Mistake(
      slug: "bad-value",
      components: "components: {api: {planned: {patch: {every: 1 w, takes: 1 h, at-once: 0}}}}"),
  ]

  @Test("impossible work is a finding", arguments: mistakes)
  func impossible(_ row: Mistake) throws {
    let error = try #require(throws: Findings.self) {
      try ModelText.model(PlannedTimeTests.service(row.components))
    }
    #expect(error.diagnostics.map(\.slug) == [row.slug])
    #expect(error.diagnostics.allSatisfy { $0.location != nil })
  }

  static let warnings = [
    Mistake(
      slug: "budget-never-kept", components: "components: {api: {replicas: 3, disruption-budget: {keep: 3}}}"),
    Mistake(slug: "budget-never-kept", components: "components: {api: {disruption-budget: {disrupt: 0}}}"),
    Mistake(
      slug: "planned-above-budget",
      components:
        "components: {api: {replicas: 3, disruption-budget: {keep: 2}, planned: {patch: {every: 1 w, takes: 1 h, at-once: all}}}}"
    ),
    Mistake(
      slug: "planned-not-done",
      components: "components: {api: {replicas: 3, planned: {patch: {every: 3 h, takes: 1 h}}}}"),
    Mistake(slug: "planned-above-budget", components: drainedHost),
  ]

  static let drainedHost = """
    domains: {host: {kind: node, planned: {patch: {every: 10 h, takes: 1 h}}}}
    components: {api: {in: host, replicas: 3, disruption-budget: {keep: 1}}}
    """

  @Test("what is possible and not meant is a warning", arguments: warnings)
  func unlikely(_ row: Mistake) throws {
    let found = try ModelText.model(PlannedTimeTests.service(row.components)).warnings
    #expect(found.map(\.slug) == [row.slug])
    #expect(found.allSatisfy { $0.severity == .warning && $0.location != nil })
    #expect(
      try ModelText.model(PlannedTimeTests.service("components: {api: {replicas: 2}}")).warnings.isEmpty)
  }

  @Test("a drain of a node that breaks a budget alone waits, and the others follow it")
  func domainAboveBudget() throws {
    let result = try Simulated.once(
      PlannedTimeTests.service(Self.drainedHost), years: 25.0 / 8760)
    #expect(result["service"].unavailability.value == 0)
    #expect(abs(result.planned[0].waits.value * 25 / 8760 - 2) < 1e-9)
  }
}
