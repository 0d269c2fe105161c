import Reliability
import ServiceGraph
import Simulation
import Stochastics
import Testing

/// Unavailabilities that no plain run would see, against the exact engine. Intervals are 4.5 standard errors either way;
/// seeds are fixed.
@Suite("Rare events")
struct RareEventTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    /// The exact value where it can be written down; else the exact engine's.
    var expected: Double?

    var testDescription: String { name }
  }

  /// U of one crash process of mean up time m and mean outage d is d / (m + d).
  static let rows = [
    Row(
      name: "three copies, one needed",
      text: """
        components: {a: {replicas: {count: 3, required: 1}, fails: {crash: {mtbf: 999 h, lasts: {exponential: 1 h}}}}}
        capabilities: {service: {depends-on: {a: hard}}}
        """, expected: 1e-9),
    Row(
      name: "other laws: ageing units, long repairs",
      text: """
        components:
          a: {replicas: {count: 4, required: 2}, fails: {crash: {lifetime: {weibull: {shape: 2, mean: 2000 h}}, lasts: 2 h}}}
          b: {replicas: {count: 2, required: 1}, fails: {crash: {mtbf: 90000 h, lasts: {lognormal: {median: 1 h, p90: 4 h}}}}}
        capabilities: {service: {depends-on: {a: hard, b: hard}}}
        """),
    Row(
      name: "two rare failures against five common ones",
      text: """
        components:
          rare: {replicas: {count: 2, required: 1}, fails: {crash: {mtbf: 999999 h, lasts: {exponential: 1 h}}}}
          common: {replicas: {count: 5, required: 1}, fails: {crash: {mtbf: 99 h, lasts: {exponential: 1 h}}}}
        capabilities: {service: {depends-on: {rare: hard, common: hard}}}
        """, expected: 1e-12 + 1e-10),
    Row(
      name: "zones beside crashes",
      text: """
        domains:
          za: {kind: zone, fails: {outage: {mtbf: 8760 h, lasts: {exponential: 2 h}}}}
          zb: {kind: zone, like: za}
          zc: {kind: zone, like: za}
        components:
          a: {replicas: {count: 3, required: 1, spread: zones}, fails: {crash: {mtbf: 700 h, lasts: {exponential: 20 min}}}}
        capabilities: {service: {depends-on: {a: hard}}}
        """),
    Row(name: "forty ways to fail", text: RareEventTests.manyWays),
  ]

  static let manyWays: String = {
    let names = (0..<40).map { "c\($0)" }
    let components = names.enumerated().map {
      "  \($1): {replicas: {count: 3, required: 1}, fails: {crash: {mtbf: \(1000 + 50 * $0) h, lasts: {exponential: 1 h}}}}"
    }
    return "components:\n" + components.joined(separator: "\n")
      + "\ncapabilities: {service: {depends-on: {" + names.map { "\($0): hard" }.joined(separator: ", ")
      + "}}}"
  }()

  static func plan(_ seed: UInt64) -> SimulationPlan {
    SimulationPlan(
      replications: 400_000, seed: seed, threads: 2, relativeError: 0.1, confidence: Simulated.fourAndAHalf)
  }

  @Test("the exact value lies in the interval, which is as narrow as was asked for", arguments: rows)
  func exact(_ row: Row) throws {
    let graph = try ModelText.graph(row.text)
    let exact = try SteadyState.results(of: graph)
    if let expected = row.expected {
      #expect(abs(exact[0].unavailability / expected - 1) < 1e-5)
    }
    let result = try RareEventSimulator(graph, plan: Self.plan(7)).run()
    let estimate = result.capabilities[0]
    let unavailability = try #require(estimate.unavailability)
    #expect(unavailability.holds(exact[0].unavailability))
    #expect(estimate.relativeError <= 0.1)
    #expect(estimate.effectiveHits >= 100)
    #expect(result.reaches(relativeError: 0.1) && !result.reaches(relativeError: 0.001))
    let perYear = try #require(exact[0].frequencyPerHour) * 8760
    #expect(try #require(estimate.outagesPerYear).holds(perYear))
  }

  /// One interval may be right by luck: of twenty at 90 %, all but a few hold the exact value.
  @Test("intervals are as sure as they say")
  func coverage() throws {
    let graph = try ModelText.graph(Self.rows[0].text)
    var held = 0
    for seed in 100..<120 {
      let plan = SimulationPlan(replications: 40_000, seed: UInt64(seed), relativeError: 0.5, confidence: 0.9)
      let estimate = try RareEventSimulator(graph, plan: plan).run().capabilities[0]
      if try #require(estimate.unavailability).holds(1e-9) { held += 1 }
    }
    // P(fewer than 14 of 20) is 0.2 % at 90 %.
    #expect(held >= 14)
  }

  /// The failing service is down only while the role moves: the chain of the exact engine knows, and so do windows that
  /// let roles settle first.
  @Test("roles that move")
  func failover() throws {
    let graph = try ModelText.graph(
      """
      components:
        db:
          roles: {writer: {count: 1}, standby: {count: 1, required: 0}}
          failover: {writer: {from: [standby], detect: {exponential: 1 min}, takes: {exponential: 1 min}, works: 99 %}}
          fails: {crash: {mtbf: 20000 h, lasts: {exponential: 1 h}}}
        other: {replicas: {count: 2, required: 1}, fails: {crash: {mtbf: 500 h, lasts: {exponential: 1 h}}}}
      capabilities: {service: {depends-on: {both: {any-of: [db/writer, other]}}}}
      """)
    let exact = try SteadyState.results(of: graph)[0].unavailability
    let estimate = try RareEventSimulator(graph, plan: Self.plan(3)).run().capabilities[0]
    #expect(try #require(estimate.unavailability).holds(exact))
  }

  /// At 95 %, 1.5 of 30 intervals are expected to miss; 5 or more would be seen in 2 % of cases.
  @Test("few hits have an interval that holds the exact value, none of it below 0")
  func fewHits() throws {
    let graph = try ModelText.graph(Self.rows[0].text)
    let estimates = try (1...30).compactMap { (seed: UInt64) in
      let plan = SimulationPlan(replications: 30, seed: seed, threads: 2, confidence: 0.95)
      return try RareEventSimulator(graph, plan: plan).run().capabilities.first
    }
    let few = estimates.filter { $0.effectiveHits < 100 }.compactMap(\.unavailability)
    #expect(few.count > 20)
    #expect(few.allSatisfy { $0.low >= 0 && $0.low < $0.value && $0.value < $0.high })
    #expect(few.count { !$0.holds(1e-9) } < 5)
  }

  @Test("the same bits with any number of threads")
  func threads() throws {
    let graph = try ModelText.graph(Self.rows[3].text)
    var plan = Self.plan(5)
    plan.threads = 1
    let one = try RareEventSimulator(graph, plan: plan).run().capabilities
    plan.threads = 3
    #expect(try RareEventSimulator(graph, plan: plan).run().capabilities == one)
  }

  @Test("crews are refused with the reason")
  func refused() throws {
    let graph = try ModelText.graph(
      """
      crews: {dba: {count: 1}}
      components: {a: {replicas: 2, fails: {crash: {mtbf: 999 h, lasts: {exponential: 1 h}, crew: dba}}}}
      capabilities: {service: {depends-on: {a: hard}}}
      """)
    #expect(throws: RareEventSimulator.Obstacle.dependentUnits) {
      try RareEventSimulator(graph, plan: Self.plan(1))
    }
  }
}
