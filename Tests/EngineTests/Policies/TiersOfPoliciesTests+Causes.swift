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
