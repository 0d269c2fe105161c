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
  /// Not within the hour.
  static let never = "lifetime: {deterministic: 100 h}, lasts: 10 min"
  static func own(_ way: String, after: Int = 30) -> String {
    ", fails: {own: {\(failing(way, after: after))}}"
  }

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
      testDescription: "two of three, one of them well: the second best decides",
      group: "at-least: 2, of: [a, b, c]",
      first: failing(errors), second: failing(fewErrors, after: 35), down: 0, unserved: 300 * 0.1),
    Case(
      testDescription: "all three: one after the other", group: "at-least: 3, of: [a, b, c]",
      first: failing(errors), second: failing(fewErrors, after: 35), down: 0,
      unserved: 300 * 0.4 + 300 * (1 - 0.6 * 0.9) + 300 * 0.1),
    Case(
      testDescription: "members crash one after the other: while both are down, nothing is answered",
      group: "any-of: [a, b], fallback: {serves: 50 %}", first: failing(errors), second: failing(errors),
      members: [crash(after: 32), crash(after: 33)], down: 0, unserved: 0.5 * (0.4 * 540 + 60)),
    Case(
      testDescription: "members that fail in part themselves: the better is called", group: "any-of: [a, b]",
      first: never, second: never, members: [own(errors), own(fewErrors)], down: 0, unserved: 600 * 0.1),
    Case(
      testDescription: "one hangs, the other fails in part", group: "any-of: [a, b], timeout: 2 s",
      first: never, second: never, members: [own(", fails-by: hangs"), own(fewErrors)], down: 0,
      unserved: 600 * 0.1),
    Case(
      testDescription: "one fails in part, the other is slow within the top's patience",
      group: "any-of: [a, b], timeout: 4 s", first: never, second: never,
      members: [own(errors), own(", fails-by: {slow: 1 s}")], down: 0, unserved: 0),
    Case(
      testDescription: "the third of three is well: the second best decides",
      group: "at-least: 2, of: [a, b, c]", first: never, second: never,
      members: [own(errors), own(fewErrors)], down: 0, unserved: 600 * 0.1),
    Case(
      testDescription: "one fails in part itself, the other for what it calls", group: "any-of: [a, b]",
      first: never, second: failing(), members: [own(errors), ""], down: 0, unserved: 600 * 0.4),
    Case(
      testDescription: "one fails in part itself and for what it calls, the other is down",
      group: "any-of: [a, b]", first: failing(fewErrors), second: never, members: [own(errors), own("")],
      down: 0, unserved: 600 * (1 - 0.6 * 0.9)),
    Case(
      testDescription: "slow answers of the only member, e^(−2/1.95) of which outlast each of two attempts",
      group: "any-of: [a, b], timeout: 2 s, retry: {attempts: 2, wait: 1 s}", first: never, second: never,
      members: [own(", fails-by: {slow: {exponential: 1950 ms}}"), own("")], down: 0,
      unserved: 597 * 0.128_569_965),
  ]

  @Test(arguments: cases)
  func outage(_ one: Case) throws {
    try ServiceLoss(one.text, hours: 1).expect(down: one.down, unserved: one.unserved, within: 0.1)
  }

  /// For 5 min of the other's errors alone, for 5 min of both.
  @Test(
    "a soft dependency without policies on a choice loses what the best that are needed lose",
    arguments: [("any-of: [a, b]", 0.1 * 300), ("at-least: 2, of: [a, b, c]", 0.1 * 300)])
  func softly(group: String, lost: Double) throws {
    let text = """
      components:
        a: {depends-on: {under-a: {\(Self.calls)}}}
        b: {depends-on: {under-b: {\(Self.calls)}}}
        c: {}
        under-a: {fails: {outage: {\(Self.failing(Self.errors))}}}
        under-b: {fails: {outage: {\(Self.failing(Self.fewErrors, after: 35))}}}
      capabilities: {service: {depends-on: {group: {\(group), soft: 50 %}}}}
      """
    try ServiceLoss(text, hours: 1).expect(down: 0, unserved: 0.5 * lost, within: 0.1)
  }

  /// Ten minutes of 40 % of errors at one member and of 10 % at another, or of 40 % at what both stand on; the third is down.
  @Test(
    "the best that are needed all have to answer: 1 − Π (1 − share)",
    arguments: [
      (TwoOfThree.policies, "under-a", "under-b", 1 - 0.6 * 0.9),
      (.service, "under-a", "under-b", 1 - 0.6 * 0.9),
      (.soft, "under-a", "under-b", 0.5 * (1 - 0.6 * 0.9)), (.policies, "shared", "shared", 0.4),
      (.service, "shared", "shared", 0.4), (.policies, "shared", "under-b", 1 - 0.6 * 0.9),
    ])
  func best(by: TwoOfThree, ofFirst: String, ofSecond: String, lost: Double) throws {
    let text = """
      components:
        top: {depends-on: {group: {at-least: 2, of: [a, b, c], \(Self.calls)}}}
        a: {depends-on: {\(ofFirst): hard}}
        b: {depends-on: {\(ofSecond): hard}}
        c: {fails: {outage: {\(Self.failing())}}}
        under-a: {depends-on: {bottom-a: {\(Self.calls)}}}
        under-b: {depends-on: {bottom-b: {\(Self.calls)}}}
        shared: {depends-on: {bottom-a: {\(Self.calls)}}}
        bottom-a: {fails: {outage: {\(Self.failing(Self.errors))}}}
        bottom-b: {fails: {outage: {\(Self.failing(Self.fewErrors))}}}
      capabilities: {service: {depends-on: {\(by.rawValue)}}}
      """
    try ServiceLoss(text, hours: 1).expect(down: 0, unserved: 600 * lost, within: 0.1)
  }

  /// Who needs two of three.
  enum TwoOfThree: String {
    case policies = "top: hard"
    case service = "group: {at-least: 2, of: [a, b, c]}"
    case soft = "group: {at-least: 2, of: [a, b, c], soft: 50 %}"
  }

  /// Two of four that fail in part of their own, three of which are needed.
  @Test(
    "members that fail in part themselves all have to answer",
    arguments: [(2, 0.0), (3, 0.4), (4, 1 - 0.6 * 0.6)])
  func ownErrors(needed: Int, lost: Double) throws {
    let text = """
      components:
        top: {depends-on: {group: {at-least: \(needed), of: [a, b, c, d], \(Self.calls)}}}
        a: {fails: {outage: {\(Self.failing(Self.errors))}}}
        b: {fails: {outage: {\(Self.failing(Self.errors))}}}
        c: {}
        d: {}
      capabilities: {service: {depends-on: {top: hard}}}
      """
    try ServiceLoss(text, hours: 1).expect(down: 0, unserved: 600 * lost, within: 0.1)
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

  /// Retries every second for half a minute, of which the top waits for 5 s: a choice with a member that does not try again,
  /// and calls made one after the other.
  @Test(
    "retries that last longer than the top waits",
    arguments: [(true, 60, 0.0), (false, 4, 0), (false, 60, 55)])
  func retries(isChoice: Bool, ofSecond: Int, down: Double) throws {
    let retries = "retry: {attempts: 31, wait: 1 s}, \(Self.calls)"
    let text = """
      components:
        top: {depends-on: {middle: {timeout: 5 s, \(Self.calls)}}}
        middle: {depends-on: {\(isChoice ? "group: {any-of: [a, b]}" : "a: hard, b: hard")}}
        a: {depends-on: {c: {\(retries)}}}
        b: {depends-on: {d: {\(isChoice ? Self.calls : retries)}}}
        c: {fails: {outage: {lifetime: {deterministic: 30 min}, lasts: \(isChoice ? 4 : ofSecond) s}}}
        d: {fails: {outage: {lifetime: {deterministic: 30 min}, lasts: \(ofSecond) s}}}
      capabilities: {service: {depends-on: {top: hard}}}
      """
    try ServiceLoss(text, hours: 1).expect(down: down, unserved: down, within: 0.1)
  }

  /// The first member's calls wait for what is dead for 2 min; the second is down as they begin to fail. The calls that have gone
  /// to the first are not answered by the second's return.
  @Test(
    "the return of a member answers no calls that wait at another",
    arguments: [(4.0, 120.0, 4.0), (20, 120, 20), (4, 34, 0), (4, 37, 2)])
  func strandedCalls(ofSecond: Double, ofBottom: Double, down: Double) throws {
    let text = """
      components:
        top: {depends-on: {group: {any-of: [a, b], timeout: 5500 ms, \(Self.calls)}}}
        a: {depends-on: {c: {retry: {attempts: 31, wait: 1 s}, \(Self.calls)}}}
        b: {fails: {outage: {lifetime: {deterministic: 30.5 min}, lasts: \(ofSecond) s}}}
        c: {fails: {outage: {lifetime: {deterministic: 30 min}, lasts: \(ofBottom) s}}}
      capabilities: {service: {depends-on: {top: hard}}}
      """
    try ServiceLoss(text, hours: 1).expect(down: down, unserved: down, within: 0.1)
  }

  /// The breaker needs five failures, which come after a timeout; retries within 5 s are answered.
  @Test(
    "a breaker counts no calls that a retry further down saves",
    arguments: [(4, 0.0), (7, 22.0)])
  func savedCalls(ofFirst: Int, down: Double) throws {
    let text = """
      components:
        top: {depends-on: {group: {any-of: [a, b], timeout: 5500 ms, breaker: {consecutive: 5, open: 20 s}, \(Self.calls)}}}
        a: {depends-on: {c: {retry: {attempts: 31, wait: 1 s}, \(Self.calls)}}}
        b: {depends-on: {d: {\(Self.calls)}}}
        c: {fails: {outage: {lifetime: {deterministic: 30 min}, lasts: \(ofFirst) s}}}
        d: {fails: {outage: {lifetime: {deterministic: 30 min}, lasts: 60 s}}}
      capabilities: {service: {depends-on: {top: hard}}}
      """
    try ServiceLoss(text, hours: 1).expect(down: down, unserved: down, within: 0.1)
  }
}
