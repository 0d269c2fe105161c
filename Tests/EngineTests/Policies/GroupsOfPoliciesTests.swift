import Testing

/// Policies on a choice among members that have policies of their own; nothing is random.
@Suite("Policies over groups")
struct GroupsOfPoliciesTests {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    /// What the top needs, and how.
    let group: String
    /// How the bottom of the first two members fails.
    let first: String
    let second: String
    /// The other components that fail.
    var members = ["", ""]
    /// How long the service is down, and what is not served, as time fully down, in seconds.
    let down: Double
    let unserved: Double

    var text: String {
      """
      components:
        top: {depends-on: {group: {\(group), \(GroupsOfPoliciesTests.calls)}}}
        a: {depends-on: {under-a: {\(GroupsOfPoliciesTests.calls)}}\(members[0])}
        b: {depends-on: {under-b: {\(GroupsOfPoliciesTests.calls)}}\(members[1])}
        c: {}
        under-a: {fails: {outage: {\(first)}}}
        under-b: {fails: {outage: {\(second)}}}
      capabilities: {service: {depends-on: {top: hard}}}
      """
    }
  }

  static let calls = "traffic: {calls: 100 /s, latency: 10 ms}"

  /// From half an hour on, 10 min.
  static func failing(_ way: String = "", after: Int = 30) -> String {
    "lifetime: {deterministic: \(after) min}, lasts: 10 min\(way)"
  }
  static func crash(after: Int) -> String {
    ", fails: {crash: {lifetime: {deterministic: \(after) min}, lasts: 2 min}}"
  }
  static let errors = ", fails-by: {errors: 40 %}"
  static let fewErrors = ", fails-by: {errors: 10 %}"

  static let cases = [
    Case(
      testDescription: "a fallback covers what all members lose",
      group: "any-of: [a, b], fallback: {serves: 80 %}",
      first: failing(), second: failing(), down: 0, unserved: 0.2 * 600),
    Case(
      testDescription: "errors of a part: retries raise its share to the third",
      group: "any-of: [a, b], retry: {attempts: 3, wait: 1 ms}", first: failing(errors),
      second: failing(errors), down: 0, unserved: 600 * 0.064),
    Case(
      testDescription: "slow answers of all members outlast the top's patience",
      group: "any-of: [a, b], timeout: 2 s", first: failing(", fails-by: {slow: 8 s}"),
      second: failing(", fails-by: {slow: 8 s}"), down: 600, unserved: 600),
    Case(
      testDescription: "the better member is called: 5 min with a tenth of the errors of the other",
      group: "any-of: [a, b]", first: failing(errors), second: failing(fewErrors, after: 35), down: 0,
      unserved: 300 * 0.1),
    Case(
      testDescription: "two of three: the second best decides", group: "at-least: 2, of: [a, b, c]",
      first: failing(errors), second: failing(fewErrors, after: 35), down: 0, unserved: 300 * 0.1),
    Case(
      testDescription: "all three: one after the other", group: "at-least: 3, of: [a, b, c]",
      first: failing(errors), second: failing(fewErrors, after: 35), down: 0,
      unserved: 300 * 0.4 + 300 * (1 - 0.6 * 0.9) + 300 * 0.1),
    Case(
      testDescription: "members crash one after the other: while both are down, nothing is answered",
      group: "any-of: [a, b], fallback: {serves: 50 %}", first: failing(errors), second: failing(errors),
      members: [crash(after: 32), crash(after: 33)], down: 0, unserved: 0.5 * (0.4 * 540 + 60)),
  ]

  @Test(arguments: cases)
  func outage(_ one: Case) throws {
    try ServiceLoss(one.text, hours: 1).expect(down: one.down, unserved: one.unserved, within: 0.1)
  }

  @Test(
    "a fallback over a choice among choices", arguments: [("", 120.0), (GroupsOfPoliciesTests.errors, 48.0)])
  func nested(way: String, unserved: Double) throws {
    let text = """
      components:
        top: {depends-on: {middle: {fallback: {serves: 80 %}, \(Self.calls)}}}
        middle: {depends-on: {group: {any-of: [a, b]}}}
        a: {depends-on: {group: {any-of: [c, d]}}}
        b: {depends-on: {bottom: {\(Self.calls)}}}
        c: {depends-on: {bottom: {\(Self.calls)}}}
        d: {depends-on: {bottom: {\(Self.calls)}}}
        bottom: {fails: {outage: {\(Self.failing(way))}}}
      capabilities: {service: {depends-on: {top: hard}}}
      """
    try ServiceLoss(text, hours: 1).expect(down: 0, unserved: unserved, within: 0.1)
  }
}
