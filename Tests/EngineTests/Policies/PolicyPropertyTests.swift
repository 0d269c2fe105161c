import Reliability
import ServiceGraph
import Simulation
import Stochastics
import Testing

/// What holds of policies whatever they are.
@Suite("Policies: properties")
struct PolicyPropertyTests {
  static func text(_ policies: String, crews: String = "", crew: String = "") -> String {
    """
    \(crews)
    components:
      api:
        replicas: {count: 3, required: 2}
        depends-on: {db: {POLICY}, cache: {soft: 30 %, POLICY}, pay: {any-of: [one, two], POLICY}}
        fails: {crash: {mtbf: 200 h, detect: 5 min, recover: 30 min}}
      db: {fails: {crash: {mtbf: 300 h, lasts: {exponential: 40 min}\(crew)}}}
      cache: {fails: {crash: {mtbf: 100 h, lasts: {exponential: 1 h}\(crew)}}}
      one: {fails: {crash: {mtbf: 50 h, lasts: {exponential: 3 h}}}}
      two: {fails: {crash: {mtbf: 60 h, lasts: {exponential: 3 h}}}}
    capabilities:
      service: {depends-on: {api: hard}, demand: {api: 2.5}}
      reading: {depends-on: {cache: {soft: 20 %, POLICY}, db: {POLICY}}}
    """.replacing("POLICY}", with: policies + "}").replacing("{}", with: "hard").replacing(", }", with: "}")
  }

  @Test("policies that do nothing give the same bits as plain dependencies")
  func idle() throws {
    let plan = SimulationPlan(replications: 100, seed: 11)
    let plain = try Simulated.result(Self.text(""), plan)
    let idle = try Simulated.result(Self.text("timeout: 10 s"), plan)
    #expect(idle.edges.count == 5)
    #expect(idle.fingerprint == plain.fingerprint)
  }

  @Test("so they do where repairs wait for a crew")
  func idleWithCrews() throws {
    let plan = SimulationPlan(replications: 40, seed: 3)
    func text(_ policies: String) -> String {
      Self.text(policies, crews: "crews: {dba: 1}", crew: ", crew: dba")
    }
    let plain = try Simulated.result(text(""), plan)
    #expect(try Simulated.result(text("timeout: 10 s"), plan).fingerprint == plain.fingerprint)
  }

  static let busy =
    "timeout: 5 s, retry: {attempts: 3, wait: 10 s, jitter: 50 %}, breaker: {window: 10, failures: 50 %, "
    + "open: 10 min}, traffic: {calls: 2 /s, latency: {mean: 0.4 s, p99: 2 s}}"

  @Test("the same bits with any number of threads")
  func threads() throws {
    var plan = SimulationPlan(replications: 41, seed: 5)
    let one = try Simulated.result(Self.text(Self.busy), plan)
    plan.threads = 3
    let three = try Simulated.result(Self.text(Self.busy), plan)
    #expect(one.fingerprint == three.fingerprint)
    #expect("\(one.edges)" == "\(three.edges)")
  }

  @Test("the exact engine takes the dependency as plain, and says so")
  func exact() throws {
    let plain = try SteadyState.results(of: ModelText.graph(Self.text("")))
    let own = try SteadyState.results(of: ModelText.graph(Self.text(Self.busy)))
    for (left, right) in zip(plain, own) {
      #expect(abs(left.unavailability - right.unavailability) < 1e-15)
      #expect(right.approximations.contains { $0.hasPrefix("the policies of") })
      #expect(!left.approximations.contains { $0.hasPrefix("the policies of") })
    }
  }

  /// Exponential outages of mean D, masked for S: a share 1 − e^(−S/D) of them, D e^(−S/D) fails of each.
  @Test("outages of random length: masked share and failed time against their means")
  func exponential() throws {
    let result = try Simulated.result(
      """
      components:
        api: {depends-on: {db: {retry: {attempts: 3, wait: 10 s}}}}
        db: {fails: {crash: {mtbf: 10 h, lasts: {exponential: 30 s}}}}
      capabilities: {service: {depends-on: {api: hard}}}
      """, SimulationPlan(replications: 400, seed: 8, confidence: Simulated.fourAndAHalf))
    let edge = try #require(result.edges.first)
    let perYear = 8760 / (10 + 30.0 / 3600)
    let left = 0.513_417_119_032_592  // e^(−20/30)
    #expect(edge.outages.holds(perYear))
    #expect(edge.masked.holds(perYear * (1 - left)))
    #expect(edge.failedHours.holds(perYear * 30 / 3600 * left))
    #expect(result["service"].unavailability.holds(perYear * 30 / 3600 * left / 8760))
  }
}
