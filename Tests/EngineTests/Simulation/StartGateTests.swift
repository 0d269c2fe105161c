import Diagnostics
import Foundation
import Reliability
import ServiceGraph
import Simulation
import Stochastics
import Testing

@Suite("Start gates")
struct StartGateTests {
  static func service(_ components: String, on name: String = "api") -> String {
    components + "\ncapabilities: {service: {depends-on: {\(name): hard}}}\n"
  }

  /// A unit with exponential up times X of mean m and outages of D fails every m + D; its start is cut short by the next
  /// failure, so it is down for D + E[min(S, X)] = D + m (1 − e^{−S/m}) of that.
  @Test(
    "a start of its own", arguments: [(mean: 10.0, down: 1.0, start: 2.0), (40, 2, 30), (100, 0.5, 0.25)])
  func alone(_ row: (mean: Double, down: Double, start: Double)) throws {
    let found = try Simulated.result(
      Self.service(
        """
        components:
          api: {start: {takes: \(row.start) h}, fails: {crash: {mtbf: \(row.mean) h, lasts: \(row.down) h}}}
        """),
      SimulationPlan(years: 5, replications: 400, confidence: Simulated.fourAndAHalf))["service"]
    let down = row.down + row.mean * (1 - exp(-row.start / row.mean))
    #expect(found.unavailability.holds(down / (row.mean + row.down)), "\(found.unavailability)")
  }

  /// Everything on a host waits for its gates: db 30 min, then api 20 min; the vault, 10 min, is on no critical path.
  @Test("a whole restart follows the critical path")
  func criticalPath() throws {
    let text = Self.service(
      """
      domains: {host: {kind: node, fails: {loss: {lifetime: {deterministic: 100 h}, lasts: 1 h}}}}
      components:
        db: {in: host, start: {takes: 30 min}}
        vault: {in: host, start: {takes: 10 min}}
        api: {in: host, start: {takes: 20 min}, depends-on: {db: {start: also}, vault: {start: only}}}
      """)
    let found = try Simulated.once(text, years: 110.0 / 8760)["service"]
    #expect(abs(found.downtimeHours(years: 110.0 / 8760) - (1 + 50.0 / 60)) < 1e-5)
    #expect(found.contributions.map(\.cause) == ["host/loss"])
    #expect(abs((found.contributions.first?.share ?? 0) - 1) < 1e-12)
    let exact = try #require(try SteadyState.results(of: ModelText.graph(text)).first)
    #expect(abs(exact.unavailability - (1 + 50.0 / 60) / 101) < 1e-15)
    #expect(exact.approximations.count == 1)
  }

  /// The vault is down from 50 h to 150 h. The api crashes at 60 h, and again 40 h after it is up; only its own crash
  /// lets it feel the vault.
  @Test("what is needed only to start is missed only at a start")
  func onlyToStart() throws {
    let found = try Simulated.once(
      Self.service(
        """
        components:
          vault: {fails: {crash: {lifetime: {deterministic: 50 h}, lasts: 100 h}}}
          api:
            start: {takes: 1 h}
            depends-on: {vault: {start: only}}
            fails: {crash: {lifetime: {deterministic: 60 h}, lasts: 2 h}}
        """), years: 155.0 / 8760)["service"]
    // Down from 60 h until the vault is back at 150 h, and 1 h more; crashes at 60 h and 122 h are inside.
    #expect(abs(found.downtimeHours(years: 155.0 / 8760) - 91) < 1e-5)
  }

  @Test("a failure after which nothing starts again lasts as long as it says")
  func withoutRestart() throws {
    let found = try Simulated.once(
      Self.service(
        """
        components:
          api: {start: {takes: 5 h}, fails: {time-out: {lifetime: {deterministic: 50 h}, lasts: 1 h, restart: no}}}
        """), years: 100.0 / 8760)["service"]
    #expect(abs(found.downtimeHours(years: 100.0 / 8760) - 1) < 1e-5)
  }

  /// The readiness check asks for the database: with it, its outage takes the api down; without, only `/read` needs it.
  @Test("a readiness check couples a component to what it asks for")
  func readiness() throws {
    func unavailability(_ start: String) throws -> Double {
      let text = Self.service(
        """
        components:
          db: {fails: {crash: {mtbf: 99 h, lasts: 1 h}}}
          api: {\(start)fails: {crash: {mtbf: 199 h, lasts: 1 h}}}
        """)
      return try #require(try SteadyState.results(of: ModelText.graph(text)).first).unavailability
    }
    #expect(abs(try unavailability("") - 0.005) < 1e-15)
    #expect(abs(try unavailability("start: {ready-when: [db]}, ") - (1 - 0.995 * 0.99)) < 1e-15)
  }

  @Test("a role that moves stays where it went until its old holder has started")
  func roles() throws {
    let text = """
      components:
        db:
          roles: {writer: {count: 1}, reader: {count: 1, required: 0}}
          start: {takes: 10 h}
          failover: {writer: {from: [reader], takes: 6 h}}
          fails: {crash: {lifetime: {deterministic: 100 h}, lasts: 1 h}}
      capabilities: {service: {depends-on: {db/writer: hard}}}
      """
    // Both crash at 100 h and are up at 111 h; the move at 106 h finds no candidate.
    let found = try Simulated.once(text, years: 150.0 / 8760)["service"]
    #expect(abs(found.downtimeHours(years: 150.0 / 8760) - 11) < 1e-5)
  }

  struct Mistake: CustomTestStringConvertible {
    let slug: String
    let components: String
    var testDescription: String { slug }
  }

  static let mistakes = [
    Mistake(
      slug: "start-cycle",
      components: "components: {api: {depends-on: {db: {start: only}}}, db: {depends-on: {api: hard}}}"),
    Mistake(
      slug: "start-cycle",
      components: "components: {api: {start: {ready-when: [db]}}, db: {depends-on: {api: {start: only}}}}"),
    Mistake(
      slug: "start-with-standby",
      components:
        "components: {api: {replicas: 2, standby: {running: 1, dormancy: cold}, start: {takes: 1 min}, fails: {crash: {mtbf: 1 d, lasts: 1 h}}}}"
    ),
    Mistake(
      slug: "start-only-and-soft",
      components: "components: {api: {depends-on: {db: {start: only, soft: 20 %}}}, db: {}}"),
    Mistake(slug: "unknown-name", components: "components: {api: {start: {ready-when: [dbb]}}, db: {}}"),
  ]

  @Test("impossible starts are findings", arguments: mistakes)
  func impossible(_ row: Mistake) throws {
    let error = try #require(throws: Findings.self) { try ModelText.model(Self.service(row.components)) }
    #expect(error.diagnostics.map(\.slug) == [row.slug])
    #expect(error.diagnostics.allSatisfy { $0.location != nil })
  }

  @Test("a capability does not start")
  func ofCapability() throws {
    let error = try #require(throws: Findings.self) {
      try ModelText.model(
        "components: {api: {}}\ncapabilities: {service: {depends-on: {api: {start: only}}}}\n")
    }
    #expect(error.diagnostics.map(\.slug) == ["start-of-capability"])
  }
}
