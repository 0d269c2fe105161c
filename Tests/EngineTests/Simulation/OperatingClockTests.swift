import Diagnostics
import Foundation
import Reliability
import ServiceGraph
import Simulation
import Stochastics
import Testing

@Suite("Operating clocks")
struct OperatingClockTests {
  static func service(_ components: String, domains: String = "") -> String {
    domains + "components:\n" + components + "\ncapabilities: {service: {depends-on: {api: hard}}}\n"
  }

  struct Series: CustomTestStringConvertible {
    let name: String
    /// Each mode's law of up times, its mean, its outage, and that mean.
    let modes: [(uptime: String, mean: Double, outage: String, down: Double)]
    var testDescription: String { name }

    var load: Double { modes.reduce(0) { $0 + $1.down / $1.mean } }
    var perYear: Double { modes.reduce(0) { $0 + 8760 / $1.mean } / (1 + load) }

    func text(_ scope: String = "unit") -> String {
      let written = modes.enumerated().map { place, mode in
        "      m\(place): {scope: \(scope), \(mode.uptime), lasts: \(mode.outage), clock: operating}"
      }
      return service("  api:\n    fails:\n" + written.joined(separator: "\n"))
    }
  }

  static let series = [
    Series(
      name: "exponential",
      modes: [
        ("mtbf: 20 h", 20, "{exponential: 6 h}", 6), ("mtbf: 40 h", 40, "20 h", 20),
        ("mtbf: 100 h", 100, "{uniform: {min: 1 h, max: 9 h}}", 5),
      ]),
    Series(
      name: "ageing",
      modes: [
        ("lifetime: {weibull: {shape: 3, mean: 50 h}}", 50, "15 h", 15),
        ("lifetime: {weibull: {shape: 0.7, mean: 30 h}}", 30, "{exponential: 12 h}", 12),
      ]),
    Series(
      name: "fixed and gamma",
      modes: [
        ("lifetime: {deterministic: 25 h}", 25, "{exponential: 10 h}", 10),
        ("lifetime: {gamma: {shape: 2, mean: 60 h}}", 60, "{gamma: {shape: 0.5, mean: 30 h}}", 30),
      ]),
  ]

  /// Barlow and Proschan, *Statistical theory of reliability and life testing*, 1975, chapter 7: a series system with
  /// suspended animation has A = 1 / (1 + Σ ν / μ) with mean repair ν and mean life μ, whatever the laws, and 1 / μ
  /// failures of each part per hour of A.
  @Test("a series with suspended animation: A = 1 / (1 + Σρ)", arguments: series)
  func suspendedAnimation(_ row: Series) throws {
    let graph = try ModelText.graph(row.text())
    let exact = try #require(try SteadyState.results(of: graph).first)
    #expect(abs(exact.unavailability - row.load / (1 + row.load)) < 1e-14)
    #expect(abs((exact.frequencyPerHour ?? 0) * 8760 - row.perYear) < 1e-10)
    #expect(exact.approximations.isEmpty)
    let plan = SimulationPlan(years: 0.5, replications: 500, confidence: Simulated.fourAndAHalf)
    let found = Simulator(graph, plan: plan).run()["service"]
    #expect(found.unavailability.holds(row.load / (1 + row.load)), "\(found.unavailability)")
    #expect(found.outagesPerYear.holds(row.perYear), "\(found.outagesPerYear)")
  }

  /// Without a cause the others keep theirs: 1 − (Σρ without it / (1 + Σρ without it)) / U.
  @Test("what the repair of one cause alone would bring")
  func contributions() throws {
    let row = Self.series[0]
    let exact = try #require(try SteadyState.results(of: ModelText.graph(row.text())).first)
    for (place, mode) in row.modes.enumerated() {
      let rest = row.load - mode.down / mode.mean
      let share = 1 - rest / (1 + rest) / (row.load / (1 + row.load))
      let found = exact.contributions.first { $0.cause == "api/m\(place)" }
      #expect(abs((found?.share ?? 0) - share) < 1e-12)
    }
    let table = try #require(try ImportanceTable.tables(of: ModelText.graph(row.text())).first)
    #expect(abs(table.probability - row.load / (1 + row.load)) < 1e-14)
  }

  @Test("from the first hour on the long run holds")
  func firstHour() throws {
    let row = Self.series[1]
    let found = try Simulated.result(
      row.text(),
      SimulationPlan(years: 1.0 / 8760, replications: 3_000, confidence: Simulated.fourAndAHalf))["service"]
    #expect(found.unavailability.holds(row.load / (1 + row.load)), "\(found.unavailability)")
  }

  struct Story: CustomTestStringConvertible {
    let testDescription: String
    let text: String
    let hours: Double
    let down: Double
  }

  static let stories = [
    // The other is down from 6 to 9: 10 h of operation end at 13. The other has 4 h behind it then, is down from 16 to 19
    // and from 25 to 28.
    Story(
      testDescription: "two lives of one unit",
      text: service(
        """
          api:
            fails:
              wear: {lifetime: {deterministic: 10 h}, lasts: 1 h, clock: operating}
              other: {lifetime: {deterministic: 6 h}, lasts: 3 h, clock: operating}
        """), hours: 28, down: 3 + 1 + 3 + 3),
    // The node is down from 5 to 7, and 12 to 14. 8 h of operation end at 10.
    Story(
      testDescription: "an outage of the node",
      text: service(
        """
          api: {in: n1, fails: {wear: {lifetime: {deterministic: 8 h}, lasts: 1 h, clock: operating}}}
        """,
        domains: "domains: {n1: {kind: node, fails: {loss: {lifetime: {deterministic: 5 h}, lasts: 2 h}}}}\n"),
      hours: 13, down: 2 + 1 + 1),
    // Both units are down from 8 to 9 only, so the shared clock stands still for 1 h: the deploy fails at 21.
    Story(
      testDescription: "a component works while one of its units does",
      text: service(
        """
          api:
            replicas: {count: 2, required: 1, members: [n1, n2]}
            fails: {deploy: {scope: component, lifetime: {deterministic: 20 h}, lasts: 2 h, clock: operating}}
        """,
        domains:
          "domains: {n1: {kind: node, fails: {loss: {lifetime: {deterministic: 5 h}, lasts: 4 h}}}, n2: {kind: node, fails: {loss: {lifetime: {deterministic: 8 h}, lasts: 30 h}}}}\n"
      ), hours: 24, down: 1 + 1 + 4),
    // Crash at 6, repaired at 7, started at 9; wear has 6 of its 8 h behind it, and fails at 11.
    Story(
      testDescription: "a unit that starts does not work yet",
      text: service(
        """
          api:
            start: {takes: 2 h}
            fails:
              wear: {lifetime: {deterministic: 8 h}, lasts: 1 h, clock: operating, restart: no}
              crash: {lifetime: {deterministic: 6 h}, lasts: 1 h}
        """), hours: 12.5, down: 3 + 1),
    // It leaves half of the work and stops nothing: 10, 20.
    Story(
      testDescription: "what only degrades stops no clock",
      text: service(
        """
          api:
            fails:
              slow: {lifetime: {deterministic: 4 h}, lasts: 4 h, effect: {degraded-to: 50 %}}
              wear: {lifetime: {deterministic: 10 h}, lasts: 1 h, clock: operating}
        """), hours: 20, down: 1),
  ]

  @Test("told hour by hour", arguments: stories)
  func told(_ story: Story) throws {
    let found = try Simulated.once(story.text, years: story.hours / 8760)["service"]
    #expect(
      abs(found.downtimeHours(years: story.hours / 8760) - story.down) < 1e-4, "\(found.unavailability)")
  }

  /// Of four states (wear and the node, each up or down) wear can begin only where both are up. Solved by π Q = 0.
  @Test("beside an outage that goes by the calendar: a chain of four states, and a bound by the exact engine")
  func beside() throws {
    let (lambda, mu, alpha, beta) = (1.0 / 10, 1.0 / 5, 1.0 / 20, 1.0 / 15)
    // 0: both up, 1: wear down, 2: node down, 3: both down.
    let moves = [
      (0, 1, lambda), (1, 0, mu), (0, 2, alpha), (2, 0, beta), (1, 3, alpha), (3, 1, beta), (3, 2, mu),
    ]
    var shares = [0.25, 0.25, 0.25, 0.25]
    for _ in 0..<20_000 {
      var next = shares
      for (from, to, rate) in moves {
        next[from] -= 0.5 * rate * shares[from]
        next[to] += 0.5 * rate * shares[from]
      }
      shares = next
    }
    let text = Self.service(
      "  api: {in: n1, fails: {wear: {mtbf: 10 h, lasts: {exponential: 5 h}, clock: operating}}}",
      domains: "domains: {n1: {kind: node, fails: {loss: {mtbf: 20 h, lasts: {exponential: 15 h}}}}}\n")
    let graph = try ModelText.graph(text)
    let plan = SimulationPlan(years: 0.1, replications: 2_000, confidence: Simulated.fourAndAHalf)
    let found = Simulator(graph, plan: plan).run()["service"]
    #expect(found.unavailability.holds(1 - shares[0]), "\(found.unavailability) \(1 - shares[0])")
    let exact = try #require(try SteadyState.results(of: graph).first)
    #expect(exact.unavailability > found.unavailability.high)
    #expect(exact.approximations.count == 1)
    #expect(exact.approximations.first?.hasPrefix("clock of api/wear: as if by the calendar") == true)
  }

  @Test("alone in its unit a clock of operation is the calendar, and nothing is approximated")
  func alone() throws {
    func exact(_ clock: String) throws -> SteadyStateResult {
      let text = Self.service("  api: {fails: {wear: {mtbf: 99 h, lasts: 1 h\(clock)}}}")
      return try #require(try SteadyState.results(of: ModelText.graph(text)).first)
    }
    let operating = try exact(", clock: operating")
    #expect(operating.unavailability == (try exact("").unavailability))
    #expect(operating.approximations.isEmpty)
  }

  @Test("the same bits with any number of threads")
  func threads() throws {
    var plan = SimulationPlan(years: 0.2, replications: 60, seed: 9)
    let one = try Simulated.result(Self.series[1].text(), plan).fingerprint
    plan.threads = 3
    #expect(try Simulated.result(Self.series[1].text(), plan).fingerprint == one)
  }

  struct Mistake: CustomTestStringConvertible {
    let slug: String
    let components: String
    var domains = ""
    var testDescription: String { slug }
  }

  static let mistakes = [
    Mistake(slug: "bad-value", components: "  api: {fails: {wear: {mtbf: 1 d, lasts: 1 h, clock: working}}}"),
    Mistake(
      slug: "clock-needs-rate", components: "  api: {fails: {wear: {availability: 99 %, clock: operating}}}"),
    Mistake(
      slug: "clock-with-season",
      components:
        "  api: {fails: {wear: {mtbf: 1 d, lasts: 1 h, clock: operating, season: {from: \"09:00\", to: \"17:00\", factor: 2}}}}"
    ),
    Mistake(
      slug: "clock-with-standby",
      components:
        "  api: {replicas: 2, standby: {running: 1, dormancy: cold}, fails: {wear: {mtbf: 1 d, lasts: 1 h, clock: operating}}}"
    ),
    Mistake(
      slug: "clock-of-domain", components: "  api: {in: n1}",
      domains: "domains: {n1: {kind: node, fails: {loss: {mtbf: 1 y, lasts: 1 h, clock: operating}}}}\n"),
  ]

  @Test("impossible clocks are findings", arguments: mistakes)
  func impossible(_ row: Mistake) throws {
    let error = try #require(throws: Findings.self) {
      try ModelText.model(Self.service(row.components, domains: row.domains))
    }
    #expect(error.diagnostics.map(\.slug) == [row.slug])
    #expect(error.diagnostics.allSatisfy { $0.location != nil })
  }
}
