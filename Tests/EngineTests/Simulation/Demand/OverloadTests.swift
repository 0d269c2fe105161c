import Diagnostics
import Foundation
import Reliability
import ServiceGraph
import Simulation
import Stochastics
import Testing

@Suite("Overload")
struct OverloadTests {
  static let overload = "overload: {when: {load: 105 %, for: 2 min}, recover: 3 min}"

  /// Two units that are asked for 2.2 units' worth for ever: 110 % for 2 min, then 3 min of outage, and again.
  @Test("too much for ever, in cycles", arguments: ["", "scope: unit, "])
  func cycles(_ scope: String) throws {
    let text = DemandText.service(
      "replicas: {count: 2, required: 1}, fails: {overload: {\(scope)when: {load: 105 %, for: 2 min}, recover: 3 min}}",
      demand: 2.2)
    let found = try Simulated.once(text, years: 2.0 / 8760)
    // Whole ticks of 3.4 ms, 24 times.
    #expect(abs(found["service"].downtimeHours(years: 2.0 / 8760) - 2 * 0.6) < 1e-4)
    #expect(found["service"].outagesPerYear.value == 24 * 8760 / 2)
    #expect(found["service"].contributions.map(\.cause) == ["api/overload"])
    #expect(found["service"].contributions.map(\.firstCauseShare) == [1])
    let load = try #require(found.capacities.first)
    let perYear = Double(scope.isEmpty ? 24 : 48) * 4380
    #expect(load.overloadsPerYear?.value.rounded() == perYear)
    #expect(abs(load.peakLoad - 1.1) < 1e-6)
  }

  /// Asked for 2.2 units' worth from 08:00 to 20:00 only: the last time begins at 19:57, and its outage ends in peace.
  @Test("hours of the day")
  func hours() throws {
    let text = DemandText.service(
      "replicas: {count: 2, required: 1}, fails: {\(Self.overload)}", demand: 2.2, profile: DemandText.day)
    let failures = try DemandText.trace(text, hours: 24).compactMap { event -> Double? in
      if case .failure = event.kind { event.hours } else { nil }
    }
    #expect(failures.count == 12 * 12)
    #expect(abs((failures.first ?? 0) - (8 + 2.0 / 60)) < 1e-5)
    #expect(abs((failures.last ?? 0) - (19 + 57.0 / 60)) < 1e-3)
  }

  /// 2.4 of three units' worth is 80 %. Two of them, while the zone of the third is lost from 10:00 to 11:00, would have
  /// 120 %: after 5 min they fall too, for 10 min, and again 5 min after they are back.
  @Test("survivors of a loss fall too")
  func cascade() throws {
    let text = DemandText.service(
      "replicas: {count: 3, required: 1, spread: zones}, fails: {overload: {when: {load: 115 %, for: 5 min}, recover: 10 min}}",
      demand: 2.4,
      domains:
        "domains: {a: {kind: zone, fails: {loss: {lifetime: {deterministic: 10 h}, lasts: 1 h}}}, b: {kind: zone}, c: {kind: zone}}"
    )
    let found = try Simulated.once(text, years: 12.0 / 8760)["service"]
    #expect(abs(found.downtimeHours(years: 12.0 / 8760) - 40.0 / 60) < 1e-4)
    #expect(found.outagesPerYear.value == 4 * 8760 / 12)
    #expect(found.contributions.first?.cause == "api/overload")
    // In the 20 min between its falls two units do 2 / 2.4.
    let between = 20.0 / 60 * (1 - 2 / 2.4)
    #expect(abs(found.unservedHours(years: 12.0 / 8760) - 40.0 / 60 - between) < 1e-4)
  }

  @Test("a loss that is over before the time is up takes nobody with it")
  func inTime() throws {
    let text = DemandText.service(
      "replicas: {count: 3, required: 1, spread: zones}, fails: {overload: {when: {load: 115 %, for: 5 min}, recover: 10 min}}",
      demand: 2.4,
      domains:
        "domains: {a: {kind: zone, fails: {loss: {lifetime: {deterministic: 10 h}, lasts: 5 min}}}, b: {kind: zone}, c: {kind: zone}}"
    )
    #expect(try Simulated.once(text, years: 12.0 / 8760)["service"].unavailability.value == 0)
  }

  /// Units that autoscaling brings in the very instant at which the time is up relieve the others.
  @Test("relief at the last instant", arguments: [(delay: 2.0, falls: 0), (3, 1)])
  func relief(_ row: (delay: Double, falls: Int)) throws {
    let text = DemandText.service(
      "replicas: {count: 2, required: 1}, autoscaling: {min: 2, max: 4, target: 80 %, delay: \(row.delay) min}, fails: {\(Self.overload)}",
      demand: 2.2, profile: DemandText.day)
    let falls = try DemandText.trace(text, hours: 24).count { event in
      if case .failure = event.kind { true } else { false }
    }
    #expect(falls == row.falls)
  }

  /// A unit is left with half of its work 10 h after it was well again, for a time D that is exponential with mean d.
  /// Asked for 60 % it is overloaded then: it falls after a, for r, and again a later, while D lasts. The k-th fall comes
  /// if D > k a + (k − 1) r, so there are e^(−a/d) / (1 − e^(−(a + r)/d)) falls on average in each 10 h + d.
  @Test("a random spell of weakness", arguments: [(d: 2.0, a: 0.5, r: 0.25), (0.5, 1, 2)])
  func spells(_ row: (d: Double, a: Double, r: Double)) throws {
    let text = DemandText.service(
      """
      replicas: 1, fails: {weak: {lifetime: {deterministic: 10 h}, lasts: {exponential: \(row.d) h}, effect: {degraded-to: 50 %}}, \
      overload: {when: {load: 110 %, for: \(row.a) h}, recover: \(row.r) h}}
      """, demand: 0.6)
    let found = try Simulated.result(
      text, SimulationPlan(years: 3, replications: 20, confidence: Simulated.fourAndAHalf))["service"]
    let falls = exp(-row.a / row.d) / (1 - exp(-(row.a + row.r) / row.d))
    #expect(
      found.unavailability.holds(row.r * falls / (10 + row.d)), "\(found.unavailability) \(row.r * falls)")
  }

  @Test("the exact engine leaves it out, and says so")
  func exact() throws {
    let graph = try ModelText.graph(
      DemandText.service(
        "replicas: 2, fails: {crash: {mtbf: 99 h, lasts: 1 h}, \(Self.overload)}", demand: 2.2))
    let result = try #require(try SteadyState.results(of: graph).first)
    #expect(abs(result.unavailability - (1 - 0.99 * 0.99)) < 1e-15)
    #expect(
      result.approximations == [
        "api/overload is left out: it comes of load, which only simulate follows"
      ])
  }

  @Test("rare failures of what follows the demand are not forced")
  func rare() throws {
    let graph = try ModelText.graph(
      DemandText.service("fails: {crash: {mtbf: 99 h, lasts: 1 h}, \(Self.overload)}", demand: 2.2))
    #expect(throws: RareEventSimulator.Obstacle.demand) {
      try RareEventSimulator(graph, plan: SimulationPlan())
    }
  }

  static let mistakes: [(slug: String, mode: String)] = [
    ("overload-load", "when: {load: 0 %}, recover: 1 min"),
    ("outage-length", "when: {load: 130 %}"),
    ("overload-with-probability", "when: {load: 130 %}, probability: 50 %, recover: 1 min"),
    ("overload-with-rate-factor", "when: {load: 130 %}, rate-factor: 2, recover: 1 min"),
    ("overload-with-crew", "when: {load: 130 %}, crew: dba, recover: 1 min"),
    ("overload-scope", "scope: zone, when: {load: 130 %}, recover: 1 min"),
    (
      "season-needs-rate",
      "when: {load: 130 %}, recover: 1 min, season: {from: \"09:00\", to: \"17:00\", factor: 2}"
    ),
    ("either-or", "when: {load: 130 %}, mtbf: 3 d, recover: 1 min"),
  ]

  @Test("impossible overloads are findings", arguments: mistakes)
  func impossible(_ row: (slug: String, mode: String)) throws {
    let error = try #require(throws: Findings.self) {
      try ModelText.model(
        DemandText.service(
          "replicas: {count: 2, spread: zones}, fails: {overload: {\(row.mode)}}", demand: 2,
          domains: "crews: {dba: {count: 1}}\ndomains: {a: {kind: zone}}"))
    }
    #expect(error.diagnostics.map(\.slug) == [row.slug])
    #expect(error.diagnostics.allSatisfy { $0.location != nil })
  }

  @Test("nothing is asked of a domain")
  func ofDomain() throws {
    let error = try #require(throws: Findings.self) {
      try ModelText.model(
        DemandText.service(
          "in: a", demand: 2, domains: "domains: {a: {kind: zone, fails: {\(Self.overload)}}}"))
    }
    #expect(error.diagnostics.map(\.slug) == ["overload-of-domain"])
  }
}
