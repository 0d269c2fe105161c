import Simulation
import Stochastics
import Testing

/// What policies make of a callee whose own calls fail, in part, late or otherwise than at first; nothing is random.
@Suite("Policies over policies")
struct TiersOfPoliciesTests {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    /// What the middle needs of the bottom, and the top of the middle, and what else the components' map holds.
    let inner: String
    let outer: String
    /// How the bottom fails.
    let fails: String
    var pools = ""
    /// How the middle fails.
    var ofMiddle = ""
    /// How long the service is down, and what is not served, as time fully down, in seconds.
    let down: Double
    let unserved: Double

    var text: String {
      """
      \(pools)
      components:
        top: {depends-on: {middle: {\(outer)}}}
        middle: {depends-on: {bottom: {\(inner)}}\(ofMiddle.isEmpty ? "" : ", fails: {own: {\(ofMiddle)}}")}
        bottom: {fails: {\(fails)}}
      capabilities: {service: {depends-on: {top: hard}}}
      """
    }
  }

  static func failing(_ way: String) -> String {
    "outage: {lifetime: {deterministic: 30 min}, lasts: \(way)}"
  }
  static let calls = "traffic: {calls: 100 /s, latency: 10 ms}"

  static let cases = [
    Case(
      testDescription: "a fallback covers what is lost further down", inner: calls,
      outer: "fallback: {serves: 80 %}, \(calls)", fails: failing("10 min"), down: 0, unserved: 0.2 * 600),
    Case(
      testDescription: "retries mask what is lost further down", inner: calls,
      outer: "retry: {attempts: 4, wait: 1 s, factor: 2}, \(calls)", fails: failing("5 s"), down: 0,
      unserved: 0),
    Case(
      testDescription:
        "errors of a part: retries raise its share to the third, a fallback serves 80 % of that",
      inner: calls, outer: "retry: {attempts: 3, wait: 1 ms}, fallback: {serves: 80 %}, \(calls)",
      fails: failing("10 min, fails-by: {errors: 40 %}"), down: 0, unserved: 600 * 0.064 * 0.2),
    Case(
      testDescription: "slow answers that the middle waits for, and the top does not", inner: calls,
      outer: "timeout: 2 s, \(calls)", fails: failing("10 min, fails-by: {slow: 8 s}"), down: 600,
      unserved: 600),
    Case(
      testDescription: "the middle gives up before the top's slots are used up",
      inner: "timeout: 100 ms, \(calls)",
      outer: "soft: 10 %, timeout: 10 s, \(calls)", fails: failing("10 min, fails-by: hangs"),
      pools: "pools: {web: {of: top, kind: threads, size: 200, serves: requests}}", down: 0, unserved: 60),
    Case(
      testDescription: "the top gives up while the middle still tries again",
      inner: "retry: {attempts: 2, wait: 50 s}", outer: "timeout: 2 s", fails: failing("40 s"), down: 40,
      unserved: 40),
    Case(
      testDescription: "a crash amid errors of a part takes down for as long as it lasts", inner: calls,
      outer: calls,
      fails: "errors: {lifetime: {deterministic: 30 min}, lasts: 20 min, fails-by: {errors: 10 %}}, "
        + "crash: {lifetime: {deterministic: 40 min}, lasts: 2 min}", down: 120, unserved: 120 + 0.1 * 1080),
    Case(
      testDescription: "a tenth of all calls fails, and then all that the middle makes", inner: calls,
      outer: calls,
      fails: failing("10 min"),
      ofMiddle: "lifetime: {deterministic: 25 min}, lasts: 30 min, fails-by: {errors: 10 %}",
      down: 600, unserved: 600 + 0.1 * 1200),
    Case(
      testDescription: "the top has given up before the first retry",
      inner: "retry: {attempts: 4, wait: 5 s}", outer: "timeout: 2 s",
      fails: failing("10 min, fails-by: {errors: 40 %}"), down: 0, unserved: 0.4 * 600),
    Case(
      testDescription: "an attempt within the top's patience is answered if the bottom is back: 1 s less",
      inner: "retry: {attempts: 10, wait: 1 s}, \(calls)", outer: "timeout: 1500 ms, \(calls)",
      fails: failing("5 s"), down: 4, unserved: 4),
    Case(
      testDescription: "the last of the top's attempts is made after 4.5 s, the middle's 1 s later",
      inner: "retry: {attempts: 10, wait: 1 s}, \(calls)",
      outer: "timeout: 1500 ms, retry: {attempts: 2, wait: 3 s}, \(calls)", fails: failing("1 min"),
      down: 54.5, unserved: 54.5),
    Case(
      testDescription: "whoever waits for what it can do without is late all the same",
      inner: "soft: 10 %, timeout: 2 s, retry: {attempts: 2, wait: 1 s}, \(calls)",
      outer: "timeout: 4 s, \(calls)", fails: failing("10 min, fails-by: hangs"), down: 597, unserved: 597),
    Case(
      testDescription:
        "the top gives up amid the second attempt: e^(−2/5) of the first fail, e^(−1/5) are still waited for",
      inner: "timeout: 2 s, retry: {attempts: 2, wait: 1 s}, \(calls)", outer: "timeout: 4 s, \(calls)",
      fails: failing("10 min, fails-by: {slow: {exponential: 5 s}}"), down: 0,
      unserved: 600 * 0.548_811_636),
    Case(
      testDescription: "slow answers of which e^(−2/1.95) outlast the top's patience, and the mean does not",
      inner: calls, outer: "timeout: 2 s, \(calls)",
      fails: failing("10 min, fails-by: {slow: {exponential: 1950 ms}}"), down: 0,
      unserved: 600 * 0.358_566_541),
    Case(
      testDescription: "calls that wait in vain for what can be done without are given up, and lost once",
      inner: "soft: 10 %, timeout: 2 s, retry: {attempts: 2, wait: 1 s}, \(calls)",
      outer: "timeout: 4 s, \(calls)", fails: failing("10 min, fails-by: {slow: {exponential: 5 s}}"),
      down: 0,
      unserved: 600 * 0.548_811_636),
    Case(
      testDescription: "a fallback for calls that are given up knows no loss of what can be done without",
      inner: "soft: 10 %, timeout: 2 s, retry: {attempts: 2, wait: 1 s}, \(calls)",
      outer: "timeout: 4 s, fallback: {serves: 80 %}, \(calls)", fails: failing("10 min, fails-by: hangs"),
      down: 0, unserved: 597 * 0.2),
    Case(
      testDescription: "the top waits until the middle does without: e^(−2/5) of the calls",
      inner: "soft: 10 %, timeout: 2 s, \(calls)", outer: "timeout: 4 s, \(calls)",
      fails: failing("10 min, fails-by: {slow: {exponential: 5 s}}"), down: 0,
      unserved: 600 * 0.1 * 0.670_320_046),
    Case(
      testDescription: "a breaker above refuses for as long as the first attempts could have been answered",
      inner: "retry: {attempts: 10, wait: 1 s}, \(calls)",
      outer: "timeout: 1500 ms, breaker: {consecutive: 5, open: 10 min}, \(calls)", fails: failing("1 min"),
      down: 601.56, unserved: 601.56),
    Case(
      testDescription: "1 s before the last 1 s fails, and after five timeouts the breaker refuses for 10 s",
      inner: "retry: {attempts: 10, wait: 1 s}, \(calls)",
      outer: "timeout: 1500 ms, breaker: {consecutive: 5, open: 10 s}, \(calls)", fails: failing("2 s"),
      down: 11, unserved: 11),
  ]

  /// Ticks of the changes, and retries within a part of a second.
  static let tolerance = 0.1

  @Test(arguments: cases)
  func outage(_ one: Case) throws {
    let loss = try ServiceLoss(one.text, hours: 1)
    loss.expect(down: one.down, unserved: one.unserved, within: Self.tolerance)
  }

  /// Half of all attempts fail for 40 min, and all during a crash amid them: a call fails when those made 0, 60 and 120 s after it
  /// fail. Calls are counted one by one, one a second.
  @Test("calls fail by what each of their attempts has met", arguments: [(20, 0.0), (110, 0), (180, 60)])
  func crashAmidErrors(ofCrash: Int, down: Double) throws {
    let found = try ServiceLoss(
      """
      components:
        top: {depends-on: {bottom: {retry: {attempts: 3, wait: 60 s}, \(Self.calls)}}}
        bottom:
          fails:
            part: {lifetime: {deterministic: 10 min}, lasts: 40 min, fails-by: {errors: 50 %}}
            crash: {lifetime: {deterministic: 30 min}, lasts: \(ofCrash) s}
      capabilities: {service: {depends-on: {top: hard}}}
      """, hours: 1)
    func failing(at second: Double) -> Double {
      if second >= 1800, second < 1800 + Double(ofCrash) { return 1 }
      return second >= 600 && second < 3000 ? 0.5 : 0
    }
    let failed = (0..<3600).reduce(0.0) { sum, second in
      let start = Double(second) + 0.5
      return sum + failing(at: start) * failing(at: start + 60) * failing(at: start + 120)
    }
    found.expect(down: down, unserved: failed, within: Self.tolerance)
  }

  /// The middle's three attempts take 3.4 s, the top's two wait for 2 s each. Those made within the last 4.2 s are answered: the
  /// second of the top's comes 3 s after the first, and the second of the middle's in it 1.2 s later.
  @Test("a fallback that answers after the top has given up serves nothing", arguments: [1, 50, 99, 100])
  func lateFallback(percent: Int) throws {
    let one = Case(
      testDescription: "",
      inner:
        "timeout: 1 s, retry: {attempts: 3, wait: 200 ms}, fallback: {serves: \(percent) %}, \(Self.calls)",
      outer: "timeout: 2 s, retry: {attempts: 2, wait: 1 s}, \(Self.calls)",
      fails: Self.failing("10 min, fails-by: hangs"),
      down: 595.8, unserved: 595.8)
    try ServiceLoss(one.text, hours: 1).expect(down: one.down, unserved: one.unserved, within: Self.tolerance)
  }

  /// A bottom that fails in two ways for 10 min at the same time, and what fails of the calls.
  static let pairs = [
    ("{fails: {\(one), \(two)}}", 1 - 0.6 * 0.5), ("{replicas: 2, fails: {\(one), \(two)}}", 1 - 0.6 * 0.5),
    ("{replicas: 2, fails: {\(one), \(two), \(crash)}}", 1),
    ("{fails: {\(one)}, depends-on: {base: hard}}", 1 - 0.6 * 0.5), ("{depends-on: {base: hard}}", 0.5),
  ]
  static let one = "one: {lifetime: {deterministic: 30 min}, lasts: 10 min, fails-by: {errors: 40 %}}"
  static let two = "two: {lifetime: {deterministic: 30 min}, lasts: 10 min, fails-by: {errors: 50 %}}"
  static let crash = "crash: {lifetime: {deterministic: 30 min}, lasts: 10 min}"

  @Test("errors of two ways to fail at a time are independent", arguments: pairs)
  func independentErrors(bottom: String, failing: Double) throws {
    let found = try ServiceLoss(
      """
      components:
        top: {depends-on: {bottom: {\(Self.calls)}}}
        bottom: \(bottom)
        base: {fails: {\(Self.two)}}
      capabilities: {service: {depends-on: {top: hard}}}
      """, hours: 1)
    found.expect(down: failing < 1 ? 0 : 600, unserved: 600 * failing, within: Self.tolerance)
  }
  @Test("a crash amid errors of a part is what the service is down for")
  func cause() throws {
    let one = try #require(Self.cases.first { $0.fails.contains("crash") })
    let found = try Simulated.once(one.text, years: 1.0 / 8760)["service"].contributions
    #expect(found.map { $0.share > 0.999 } == [true])
  }

  @Test("planned work amid slow answers is all that is down")
  func planned() throws {
    let found = try Simulated.result(
      """
      components:
        top: {depends-on: {bottom: {timeout: 2 s, \(Self.calls)}}}
        bottom:
          fails: {slow: {mtbf: 10 h, lasts: 10 h, fails-by: {slow: 100 ms}}}
          planned: {deploy: {every: 1 w, takes: 1 h}}
      capabilities: {service: {depends-on: {top: hard}}}
      """, SimulationPlan(years: 1, replications: 20))["service"]
    #expect(found.contributions.map { $0.share > 0.999 } == [true])
    #expect(abs(found.downtimeHours() - 8760.0 / 168) < 0.5)
  }

  @Test("a soft dependency without policies loses what calls further down lose")
  func softly() throws {
    let found = try ServiceLoss(
      """
      components:
        middle: {depends-on: {bottom: {\(Self.calls)}}}
        bottom: {fails: {\(Self.failing("10 min, fails-by: {errors: 40 %}"))}}
      capabilities: {service: {depends-on: {middle: {soft: 50 %}}}}
      """, hours: 1)
    #expect(abs(found.unserved - 0.5 * 0.4 * 600) < Self.tolerance)
  }

  @Test("slow answers reach who gives up over two tiers that wait")
  func lateFurtherUp() throws {
    let found = try ServiceLoss(
      """
      components:
        top: {depends-on: {upper: {timeout: 2 s, \(Self.calls)}}}
        upper: {depends-on: {lower: {\(Self.calls)}}}
        lower: {depends-on: {bottom: {\(Self.calls)}, other: {\(Self.calls)}}}
        bottom: {fails: {\(Self.failing("10 min, fails-by: {slow: 8 s}"))}}
        other: {fails: {\(Self.failing("10 min, fails-by: {errors: 1 %}"))}}
      capabilities: {service: {depends-on: {top: hard}}}
      """, hours: 1)
    #expect(abs(found.down - 600) < Self.tolerance)
  }

  /// Between 1 and 2.4 s, by Irwin and Hall: (0.4 / 0.7)² / 2 of them later than 2 s. The law is a sum of 64 values each.
  @Test("slow answers one after the other are late together")
  func lateTogether() throws {
    let slow = Self.failing("10 min, fails-by: {slow: {uniform: {min: 500 ms, max: 1200 ms}}}")
    let found = try ServiceLoss(
      """
      components:
        top: {depends-on: {middle: {timeout: 2 s, \(Self.calls)}}}
        middle: {depends-on: {first: {\(Self.calls)}, second: {\(Self.calls)}}}
        first: {fails: {\(slow)}}
        second: {fails: {\(slow)}}
      capabilities: {service: {depends-on: {top: hard}}}
      """, hours: 1)
    let late = 0.5 * (0.4 / 0.7) * (0.4 / 0.7)
    found.expect(down: 0, unserved: 600 * late, within: 600 * late / 64)
  }

  /// One message a second, four deliveries 60 s apart; the outage lasts 10 min.
  @Test(arguments: [
    ("", "", 420.0), ("fallback: {serves: 100 %}, ", "", 0), ("", ", fails-by: {errors: 10 %}", 0),
  ])
  func queue(policy: String, way: String, deadLetters: Double) throws {
    let found = try Simulated.once(
      """
      components:
        broker: {}
        worker: {depends-on: {broker: hard, bottom: {\(policy)traffic: {calls: 1 /s}}}}
        bottom: {fails: {\(Self.failing("10 min\(way)"))}}
      capabilities: {service: {depends-on: {worker: hard}}}
      queues:
        q: {in: broker, arrivals: 1 /s, consumers: {worker: {drains: 5 /s}}, redelivery: {after: 60 s, times: 3},
          dead-letters: {to: dlq}}
      """, years: 1.0 / 8760)
    let letters = try #require(found.queues.first).deadLetters.perYear.value / 8760
    #expect(abs(letters - deadLetters) < 0.5)
  }
}
