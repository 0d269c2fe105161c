import Resilience
import Simulation
import Stochastics
import Testing

/// What policies make of one outage, against closed forms; nothing is random. Times in seconds.
@Suite("Policies in a simulated outage, by closed form")
struct PolicyClosedFormTests {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    /// The dependency of the caller on the callee, as a flow map.
    let dependency: String
    /// What else the failure mode says, the outage's length first.
    let outage: String
    var pools = ""
    /// How long the service is down, and what is not served, as time fully down.
    let down: Double
    let unserved: Double
    var source = "Sources/Resilience/README.md"

    var text: String {
      """
      \(pools)
      components:
        caller: {depends-on: {callee: {\(dependency)}}}
        callee: {fails: {outage: {lifetime: {deterministic: 100 h}, lasts: \(outage)}}}
      capabilities: {service: {depends-on: {caller: hard}}}
      """
    }
  }

  static let cases = [
    Case(
      testDescription: "a timeout alone changes nothing when calls are refused", dependency: "timeout: 10 s",
      outage: "30 s", down: 30, unserved: 30),
    Case(
      testDescription: "retry: (L − S)⁺ with S the waits", dependency: "retry: {attempts: 3, wait: 5 s}",
      outage: "30 s", down: 20, unserved: 20),
    Case(
      testDescription: "retry: growing waits, cut at the longest",
      dependency: "retry: {attempts: 5, wait: 1 s, factor: 3, longest: 6 s}", outage: "30 s", down: 14,
      unserved: 14),
    Case(
      testDescription: "retry: an outage shorter than S is masked",
      dependency: "retry: {attempts: 3, wait: 5 s}",
      outage: "9 s", down: 0, unserved: 0),
    Case(
      testDescription: "retry of calls that hang: S = (n − 1) timeout + waits",
      dependency: "timeout: 2 s, retry: {attempts: 3, wait: 5 s}", outage: "30 s, fails-by: hangs", down: 16,
      unserved: 16),
    Case(
      testDescription: "a breaker's tail: the next probe after the return, refused at once until then",
      dependency: "breaker: {consecutive: 5, open: 60 s}", outage: "90 s", down: 120, unserved: 120),
    Case(
      testDescription: "a breaker's tail: the first probe succeeds",
      dependency: "breaker: {consecutive: 5, open: 60 s}", outage: "20 s", down: 60, unserved: 60),
    Case(
      testDescription: "a soft dependency loses its share for (L − S)⁺",
      dependency: "soft: 30 %, retry: {attempts: 3, wait: 5 s}", outage: "30 s", down: 0, unserved: 0.3 * 20),
    Case(
      testDescription: "a fallback serves 80 % without end", dependency: "fallback: {serves: 80 %}",
      outage: "30 s", down: 0, unserved: 0.2 * 30),
    Case(
      testDescription: "a fallback that ends", dependency: "fallback: {serves: 80 %, for: 20 s}",
      outage: "30 s",
      down: 10, unserved: 0.2 * 20 + 10),
    Case(
      testDescription: "a fallback of a soft dependency", dependency: "soft: 50 %, fallback: {serves: 60 %}",
      outage: "30 s", down: 0, unserved: 0.5 * 0.4 * 30),
    Case(
      testDescription: "a share of errors, tried twice: qⁿ", dependency: "retry: {attempts: 2}",
      outage: "30 s, fails-by: {errors: 40 %}", down: 0, unserved: 0.16 * 30),
    Case(
      testDescription: "slow calls without a timeout are answered", dependency: "retry: {attempts: 2}",
      outage: "30 s, fails-by: {slow: 8 s}", down: 0, unserved: 0),
    Case(
      testDescription: "calls that fit into the slots endanger nobody",
      dependency: "soft: 10 %, timeout: 2 s, traffic: {calls: 5 /s}", outage: "30 s, fails-by: hangs",
      pools: "pools: {web: {of: caller, kind: threads, size: 30, serves: requests}}", down: 0,
      unserved: 0.1 * 30),
    Case(
      testDescription:
        "calls that fit on average find no slot at times, once as many are inside as stay: Erlang",
      dependency: "soft: 10 %, timeout: 2 s, traffic: {calls: 5 /s}", outage: "30 s, fails-by: hangs",
      pools: "pools: {web: {of: caller, kind: threads, size: 10, serves: requests}}", down: 0,
      unserved: 0.1 * 30 + 0.9 * erlangB(offered: 10, servers: 10) * 28),
    Case(
      testDescription: "a bulkhead that calls wait for confines them: 5 slots, and 20 /s that wait for 0.2 s",
      dependency: "soft: 10 %, timeout: 2 s, bulkhead: few, traffic: {calls: 20 /s}",
      outage: "30 s, fails-by: hangs",
      pools: """
        pools:
          web: {of: caller, kind: threads, size: 25, serves: requests}
          few: {of: caller, kind: connections, size: 5, wait: 200 ms}
        """, down: 0, unserved: 0.1 * 30),
    Case(
      testDescription: "hanging calls use up the slots after capacity/λ, and keep them for the timeout",
      dependency: "soft: 10 %, timeout: 40 s, traffic: {calls: 5 /s}", outage: "30 s, fails-by: hangs",
      pools: "pools: {web: {of: caller, kind: threads, size: 20, serves: requests}}", down: 40 - 4,
      unserved: 40 - 4 + 0.1 * 4),
    Case(
      testDescription: "a bulkhead of connections confines them",
      dependency: "soft: 10 %, timeout: 40 s, bulkhead: few, traffic: {calls: 5 /s}",
      outage: "30 s, fails-by: hangs",
      pools: """
        pools:
          web: {of: caller, kind: threads, size: 20, serves: requests}
          few: {of: caller, kind: connections, size: 5}
        """, down: 0, unserved: 0.1 * 40),
  ]

  /// Ten ticks: a change happens at the first tick after it is due.
  static let tolerance = 10 * 3600.0 / 1_048_576

  @Test(arguments: cases)
  func outage(_ one: Case) throws {
    let loss = try ServiceLoss(one.text, hours: 120)
    loss.expect(down: one.down, unserved: one.unserved, within: Self.tolerance)
  }

  /// The middle takes 7 s to fail, twice, with a wait of 4 s between: 18 s.
  @Test("retries of retries: (L − n S₁ − S₂)⁺")
  func twoLevels() throws {
    let result = try Simulated.once(
      """
      components:
        top: {depends-on: {middle: {retry: {attempts: 2, wait: 4 s}}}}
        middle: {depends-on: {bottom: {retry: {attempts: 2, wait: 7 s}}}}
        bottom: {fails: {outage: {lifetime: {deterministic: 100 h}, lasts: 30 s}}}
      capabilities: {service: {depends-on: {top: hard}}, inner: {depends-on: {middle: hard}}}
      """, years: 120.0 / 8760)
    let seconds = { (name: String) in result[name].downtimeHours(years: 120.0 / 8760) * 3600 }
    #expect(abs(seconds("inner") - 23) < Self.tolerance)
    #expect(abs(seconds("service") - 12) < Self.tolerance)
  }

  @Test("a policy of a capability's own dependency")
  func ofCapability() throws {
    let result = try Simulated.once(
      """
      components: {api: {fails: {outage: {lifetime: {deterministic: 100 h}, lasts: 30 s}}}}
      capabilities: {service: {depends-on: {api: {retry: {attempts: 2, wait: 12 s}}}}, plain: {depends-on: {api: hard}}}
      """, years: 120.0 / 8760)
    #expect(abs(result["service"].downtimeHours(years: 120.0 / 8760) * 3600 - 18) < Self.tolerance)
    #expect(abs(result["plain"].downtimeHours(years: 120.0 / 8760) * 3600 - 30) < Self.tolerance)
  }

  @Test("the tail of a breaker belongs to what took the callee down")
  func attribution() throws {
    let text = Self.cases[5].text
    let service = try Simulated.once(text, years: 120.0 / 8760)["service"]
    #expect(service.contributions.map(\.cause) == ["callee/outage"])
    #expect(abs((service.contributions.first?.share ?? 0) - 1) < 1e-9)
    #expect(service.outagesPerYear.value * 120 / 8760 == 1)
  }

  /// One call a day passes of 2,400; that a day has none is out of the question.
  @Test("what a rate limit refuses when all is well is told beside what outages do")
  func limited() throws {
    let result = try Simulated.result(
      """
      components:
        b: {depends-on: {db: {rate-limit: {calls: 1 /d}, traffic: {calls: 100 /h}}}}
        db: {fails: {f: {mtbf: 100 h, lasts: 10 min}}}
      capabilities: {s: {depends-on: {b: hard}}}
      """, SimulationPlan(replications: 1))
    #expect(abs(try #require(result.edges.first).refusedWhenWell - (1 - 1.0 / 2400)) < 1e-12)
  }
}
