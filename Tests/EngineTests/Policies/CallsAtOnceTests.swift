import Testing

/// How late answers are of calls made at once, side by side or to a quorum: nothing is random.
@Suite("Calls made at once")
struct CallsAtOnceTests {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    /// What the middle needs, and how the top calls it.
    let needs: String
    let outer: String
    /// The other components.
    let others: [String]
    /// How long the service is down, and what is not served, as time fully down, in seconds.
    let down: Double
    let unserved: Double

    var text: String {
      """
      components:
        top: {depends-on: {middle: {\(outer), \(CallsAtOnceTests.calls)}}}
        middle: {depends-on: {\(needs)}}
        \(others.joined(separator: "\n  "))
      capabilities: {service: {depends-on: {top: hard}}}
      """
    }
  }

  static let calls = "traffic: {calls: 100 /s, latency: 10 ms}"

  /// A component that is slow for 10 min.
  static func slow(_ name: String, _ law: String = "1 s") -> String {
    "\(name): {fails: {outage: {lifetime: {deterministic: 30 min}, lasts: 10 min, fails-by: {slow: \(law)}}}}"
  }
  static let three = [slow("x"), slow("y"), slow("z")]
  static let inTurn = "x: {\(calls)}, y: {\(calls)}"
  static let atOnce = "x: {at-once: yes, \(calls)}, y: {at-once: yes, \(calls)}"
  static let breaker =
    "breaker: {window: 100, failures: 50 %, slow: {longer-than: 1200 ms, share: 50 %}, open: 30 s}"
  static let exponential = [slow("x", "{exponential: 1 s}"), slow("y", "{exponential: 1 s}")]
  /// 1 − (1 − e^(−2))², the share of which the slower of two answers takes more than twice the mean of each.
  static let slowerOfTwo = 0.252_354_9

  /// Two callees that are slow for 1 s each under a timeout of 1.5 s: calls one by one take 2 s, and at once 1 s.
  static let cases = [
    Case(
      testDescription: "one after the other: 2 s > 1.5 s", needs: inTurn, outer: "timeout: 1500 ms",
      others: three, down: 600, unserved: 600),
    Case(
      testDescription: "at once: 1 s < 1.5 s", needs: atOnce, outer: "timeout: 1500 ms", others: three,
      down: 0, unserved: 0),
    Case(
      testDescription: "at once, no policies of their own", needs: "x: {at-once: yes}, y: {at-once: yes}",
      outer: "timeout: 1500 ms", others: three, down: 0, unserved: 0),
    Case(
      testDescription: "one after the other, no policies of their own", needs: "x: hard, y: hard",
      outer: "timeout: 1500 ms", others: three, down: 600, unserved: 600),
    Case(
      testDescription: "at once, and another in its turn: 2 s > 1.5 s", needs: "\(atOnce), z: {\(calls)}",
      outer: "timeout: 1500 ms", others: three, down: 600, unserved: 600),
    Case(
      testDescription: "at once, and another in its turn: 2 s < 2.5 s", needs: "\(atOnce), z: {\(calls)}",
      outer: "timeout: 2500 ms", others: three, down: 0, unserved: 0),
    Case(
      testDescription: "at once, one of them over two in turn: max(500 ms + 500 ms, 800 ms) < 1.2 s",
      needs: "a: {at-once: yes}, z: {at-once: yes, \(calls)}", outer: "timeout: 1200 ms",
      others: [
        "a: {depends-on: {\(inTurn)}}", slow("x", "500 ms"), slow("y", "500 ms"), slow("z", "800 ms"),
      ], down: 0, unserved: 0),
    Case(
      testDescription: "at once, one of them over two in turn: 700 ms + 700 ms > 1.2 s",
      needs: "a: {at-once: yes}, z: {at-once: yes, \(calls)}", outer: "timeout: 1200 ms",
      others: [
        "a: {depends-on: {\(inTurn)}}", slow("x", "700 ms"), slow("y", "700 ms"), slow("z", "800 ms"),
      ], down: 600, unserved: 600),
    Case(
      testDescription: "at once, exponential: 1 − (1 − e^(−2))²", needs: atOnce, outer: "timeout: 2 s",
      others: exponential, down: 0, unserved: 600 * slowerOfTwo),
    Case(
      testDescription: "a quorum: 1 s < 1.5 s", needs: "group: {at-least: 2, of: [x, y, z]}",
      outer: "timeout: 1500 ms", others: three, down: 0, unserved: 0),
    Case(
      testDescription: "a quorum under a breaker: no call takes 1.2 s",
      needs: "group: {at-least: 2, of: [x, y, z]}", outer: breaker, others: three, down: 0, unserved: 0),
    Case(
      testDescription: "a quorum of the two that answer after 1 s, not 9 s",
      needs: "group: {at-least: 2, of: [x, y, z]}", outer: "timeout: 1500 ms",
      others: [slow("x"), slow("y"), slow("z", "9 s")], down: 0, unserved: 0),
    Case(
      testDescription: "a quorum of two of which one takes 2 s",
      needs: "group: {at-least: 2, of: [x, y, z]}", outer: "timeout: 1500 ms",
      others: [slow("x"), slow("y", "2 s"), slow("z", "9 s")], down: 600, unserved: 600),
    Case(
      testDescription: "all of a group in turn: 2 s > 1.5 s", needs: "group: {all-of: [x, y]}",
      outer: "timeout: 1500 ms", others: three, down: 600, unserved: 600),
    Case(
      testDescription: "a quorum and another in its turn: 2 s > 1.5 s",
      needs: "group: {at-least: 2, of: [a, b, c]}, z: {\(calls)}", outer: "timeout: 1500 ms",
      others: three + ["a: {depends-on: {x: {\(calls)}}}", "b: {depends-on: {y: {\(calls)}}}", slow("c")],
      down: 600, unserved: 600),
    Case(
      testDescription: "a quorum of exponential times: 1 − (1 − e^(−2))²",
      needs: "group: {at-least: 2, of: [x, y, z]}", outer: "timeout: 2 s",
      others: exponential + [slow("z", "9 s")], down: 0, unserved: 600 * slowerOfTwo),
  ]

  /// The times of several laws are taken as 2,048 values each: 0.5 s of 600 s.
  @Test(arguments: cases)
  func outage(_ one: Case) throws {
    try ServiceLoss(one.text, hours: 1).expect(down: one.down, unserved: one.unserved, within: 0.5)
  }
}
