import Simulation
import Stochastics
import Testing

/// Whose repair alone would let calls through that several slow or failing callees take down together.
extension TiersOfPoliciesTests {
  struct Together: CustomTestStringConvertible {
    let testDescription: String
    /// How the callees of the middle fail, from 30 min on.
    let ways: [String]
    /// What the middle needs of each besides.
    var inner = ""
    var outer = "timeout: 5 s, "
    /// The share of the downtime until 45 min for which each counts.
    let shares: [Double]

    var text: String {
      let names = ["first", "second", "third"].prefix(ways.count)
      let needs = names.map { "\($0): {\(inner)\(TiersOfPoliciesTests.calls)}" }.joined(separator: ", ")
      let callees = zip(names, ways).map { "\($0): {fails: {\(TiersOfPoliciesTests.failing($1))}}" }
      return """
        components:
          top: {depends-on: {middle: {\(outer)\(TiersOfPoliciesTests.calls)}}}
          middle: {depends-on: {\(needs)}}
          \(callees.joined(separator: "\n  "))
        capabilities: {service: {depends-on: {top: hard}}}
        """
    }
  }

  static func slow(_ law: String, lasts: String = "20 min") -> String {
    "\(lasts), fails-by: {slow: \(law)}"
  }
  static func errors(_ percent: Int) -> String { "20 min, fails-by: {errors: \(percent) %}" }
  static let halfOpens = "breaker: {window: 100, failures: 50 %, open: 30 s}, "

  /// At half of the calls that fail, or take more than 1 s.
  static let slowOpens =
    "timeout: 5 s, breaker: {window: 100, failures: 50 %, slow: {longer-than: 1 s, share: 50 %}, open: 30 s}, "

  static let together = [
    Together(testDescription: "3 s + 3 s > 5 s", ways: [slow("3 s"), slow("3 s")], shares: [1, 1]),
    Together(testDescription: "3 s alone is waited for", ways: [slow("3 s"), slow("6 s")], shares: [0, 1]),
    Together(testDescription: "whatever the order", ways: [slow("6 s"), slow("3 s")], shares: [1, 0]),
    Together(
      testDescription: "2 s + 2 s < 5 s", ways: [slow("2 s"), slow("2 s"), slow("2 s")], shares: [1, 1, 1]),
    Together(
      testDescription: "4 s + 2 s > 5 s > 4 s + 500 ms", ways: [slow("4 s"), slow("2 s"), slow("500 ms")],
      shares: [1, 1, 0]),
    Together(
      testDescription: "the other stays too slow, until it is back after 10 of 15 min",
      ways: [slow("6 s"), slow("6 s", lasts: "10 min")], shares: [1.0 / 3, 0]),
    Together(
      testDescription: "no answer is worse than a slow one", ways: [slow("3 s"), "20 min, fails-by: hangs"],
      inner: "timeout: 5 s, ", shares: [0, 1]),
    Together(
      testDescription: "too slow an answer stays so, whoever crashes beside", ways: [slow("6 s"), "20 min"],
      shares: [0, 0]),
    Together(
      testDescription: "no two of the values from 3 s to 4 s come in time",
      ways: [slow("{uniform: {min: 3 s, max: 4 s}}"), slow("{uniform: {min: 3 s, max: 4 s}}")],
      shares: [1, 1]),
    Together(
      testDescription: "1 − 0.7² of the calls fail: more than the half at which the breaker opens",
      ways: [errors(30), errors(30)], outer: halfOpens, shares: [1, 1]),
    Together(
      testDescription: "60 % open it alone", ways: [errors(10), errors(60)], outer: halfOpens, shares: [0, 1]),
    Together(
      testDescription: "either 60 % do", ways: [errors(60), errors(60)], outer: halfOpens, shares: [0, 0]),
    Together(
      testDescription: "half of the calls are late for the first alone, 7 / 8 for both",
      ways: [slow("{uniform: {min: 2 s, max: 6 s}}"), slow("{uniform: {min: 0 s, max: 4 s}}")],
      outer: "timeout: 4 s, breaker: {window: 100, failures: 60 %, open: 30 s}, ", shares: [1, 1]),
    Together(
      testDescription: "a breaker opens for calls of more than 1 s: 2 s, and not 1 % of errors",
      ways: [slow("2 s"), errors(1)], outer: slowOpens, shares: [1, 0]),
    Together(
      testDescription: "whatever the order of what is slow and what fails", ways: [errors(1), slow("2 s")],
      outer: slowOpens, shares: [0, 1]),
    Together(
      testDescription: "800 ms + 800 ms > 1 s", ways: [slow("800 ms"), slow("800 ms")], outer: slowOpens,
      shares: [1, 1]),
    Together(
      testDescription: "800 ms + 500 ms > 1 s > 800 ms + 100 ms",
      ways: [slow("800 ms"), slow("100 ms"), slow("500 ms")], outer: slowOpens, shares: [1, 0, 1]),
    Together(
      testDescription: "2 s + 2 s: either is too slow", ways: [slow("2 s"), slow("2 s")], outer: slowOpens,
      shares: [0, 0]),
  ]

  @Test("every cause counts whose end alone would let calls through", arguments: together)
  func causesTogether(_ one: Together) throws {
    try expect(one.shares, one.text, ["first", "second", "third"])
  }

  @Test("4 s + 2 s + 500 ms behind two tiers: without the last they are still late")
  func causesBehindTiers() throws {
    try expect(
      [1, 1, 0],
      """
      components:
        top: {depends-on: {middle: {timeout: 5 s, \(Self.calls)}}}
        middle: {depends-on: {lower: {\(Self.calls)}, third: {\(Self.calls)}}}
        lower: {depends-on: {first: {\(Self.calls)}, second: {\(Self.calls)}}}
        first: {fails: {\(Self.failing(Self.slow("4 s")))}}
        second: {fails: {\(Self.failing(Self.slow("2 s")))}}
        third: {fails: {\(Self.failing(Self.slow("500 ms")))}}
      capabilities: {service: {depends-on: {top: hard}}}
      """, ["first", "second", "third"])
  }

  @Test(
    "800 ms + 800 ms behind two tiers under a breaker that opens for more than 1 s: errors of 1 % have no part in it"
  )
  func slowCallsBehindTiers() throws {
    try expect(
      [1, 1, 0],
      """
      components:
        top: {depends-on: {middle: {\(Self.slowOpens)\(Self.calls)}}}
        middle: {depends-on: {lower: {\(Self.calls)}, third: {\(Self.calls)}}}
        lower: {depends-on: {first: {\(Self.calls)}, second: {\(Self.calls)}}}
        first: {fails: {\(Self.failing(Self.slow("800 ms")))}}
        second: {fails: {\(Self.failing(Self.slow("800 ms")))}}
        third: {fails: {\(Self.failing(Self.errors(1)))}}
      capabilities: {service: {depends-on: {top: hard}}}
      """, ["first", "second", "third"])
  }

  /// A way in which the one callee fails, from a minute on and for so many, and the share of the downtime until 45 min for which it
  /// counts.
  struct Mode: Sendable {
    let name: String
    let after: Int
    let lasts: Int
    let way: String
    let share: Double

    var text: String {
      "\(name): {lifetime: {deterministic: \(after) min}, lasts: \(lasts) min, fails-by: {\(way)}}"
    }
  }

  /// A simulation of single requests through such a breaker is down for the 5 min of slow calls and until it closes, and not for
  /// 1 % of errors before and after.
  static let modesOfOne = [
    [
      Mode(name: "err", after: 25, lasts: 15, way: "errors: 1 %", share: 0),
      Mode(name: "slow", after: 30, lasts: 5, way: "slow: 1 s", share: 1),
    ],
    [
      Mode(name: "err", after: 30, lasts: 20, way: "errors: 30 %", share: 0),
      Mode(name: "slow", after: 30, lasts: 20, way: "slow: 1 s", share: 1),
    ],
    [
      Mode(name: "slow", after: 30, lasts: 20, way: "slow: 1 s", share: 0),
      Mode(name: "slower", after: 30, lasts: 20, way: "slow: 1500 ms", share: 0),
    ],
    [
      Mode(name: "bearable", after: 30, lasts: 20, way: "slow: 300 ms", share: 0),
      Mode(name: "slow", after: 30, lasts: 20, way: "slow: 1 s", share: 1),
    ],
  ]

  @Test(
    "of the ways in which one fails those count without which the breaker would be closed",
    arguments: modesOfOne)
  func waysOfOne(_ modes: [Mode]) throws {
    let breaker =
      "timeout: 2 s, breaker: {window: 20, minimum: 10, failures: 50 %, slow: {longer-than: 500 ms, share: 50 %}, "
      + "open: 30 s, half-open: {calls: 5, closes: rate}}"
    let text = """
      components:
        top: {depends-on: {callee: {\(breaker), \(Self.calls)}}}
        callee: {fails: {\(modes.map(\.text).joined(separator: ", "))}}
      capabilities: {service: {depends-on: {top: hard}}}
      """
    let service = try Simulated.once(text, years: 0.75 / 8760)["service"]
    #expect(service.unavailability.value > 0)
    for mode in modes {
      let found = service.contributions.first { $0.cause == "callee/\(mode.name)" }
      #expect(
        abs((found?.share ?? 0) - mode.share) < Self.tolerance / 300, "\(mode.name): \(found?.share ?? 0)")
      #expect(mode.share == 0 || found?.firstCauseShare == 1)
    }
  }

  /// Of two tries both fail for 0.8², more than the half at which the breaker opens, and for 0.6², which opens it by chance.
  @Test("either member of a choice would answer, were it well", arguments: [80, 60])
  func membersOfChoice(percent: Int) throws {
    let tries = "retry: {attempts: 2, wait: 1 ms}, \(Self.calls)"
    try expect(
      [1, 1],
      """
      components:
        top: {depends-on: {middle: {breaker: {window: 20, failures: 50 %, open: 30 s}, \(Self.calls)}}}
        middle: {depends-on: {group: {any-of: [a, b]}}}
        a: {depends-on: {first: {\(tries)}}}
        b: {depends-on: {second: {\(tries)}}}
        first: {fails: {\(Self.failing(Self.errors(percent)))}}
        second: {fails: {\(Self.failing(Self.errors(percent)))}}
      capabilities: {service: {depends-on: {top: hard}}}
      """, ["first", "second"])
  }

  @Test("what nobody calls is no cause of calls that a breaker refuses")
  func strangers() throws {
    try expect(
      [1, 0],
      """
      components:
        top: {depends-on: {callee: {breaker: {consecutive: 5, open: 20 s}, timeout: 5 s, \(Self.calls)}}}
        callee: {fails: {\(Self.failing("10 min, fails-by: {errors: 60 %}"))}}
        stranger: {fails: {outage: {lifetime: {deterministic: 20 min}, lasts: 1 h}}}
      capabilities: {service: {depends-on: {top: hard}}, other: {depends-on: {stranger: hard}}}
      """, ["callee", "stranger"])
  }

  private func expect(_ shares: [Double], _ text: String, _ names: [String]) throws {
    let service = try Simulated.once(text, years: 0.75 / 8760)["service"]
    #expect(service.unavailability.value > 0)
    for (name, share) in zip(names, shares) {
      let found = service.contributions.first { $0.cause == "\(name)/outage" }?.share ?? 0
      #expect(abs(found - share) < Self.tolerance / 900, "\(name): \(found)")
    }
  }
}
