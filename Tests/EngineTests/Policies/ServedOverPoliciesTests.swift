import Simulation
import Testing

/// What is served while something behind policies is down, degraded, or down without anybody knowing; nothing is random. Times in
/// seconds.
@Suite("What is served over policies")
struct ServedOverPoliciesTests {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    /// What else the components' map holds beside the front, which calls the back.
    let components: String
    /// The policies between.
    let policies: String
    let needs: String
    /// How long the service is down, and what is not served, as time fully down.
    let down: Double
    let unserved: Double

    init(
      _ testDescription: String, _ components: String, policies: String, needs: String = "front: hard",
      down: Double = 0, unserved: Double
    ) {
      (self.testDescription, self.components, self.policies) = (testDescription, components, policies)
      (self.needs, self.down, self.unserved) = (needs, down, unserved)
    }

    var text: String {
      """
      components:
        front: {depends-on: {back: {\(policies)}}}
        \(components)
      capabilities: {service: {depends-on: {\(needs)}}}
      """
    }
  }

  private static let fallback = "fallback: {serves: 80 %}"
  private static let crash = "crash: {lifetime: {deterministic: 30 min}, lasts: 1 h}"
  private static let lag = "lag: {lifetime: {deterministic: 40 h}, lasts: 1 h, effect: {degraded-to: 50 %}}"
  private static let pair = "replicas: {count: 2, required: 1}"
  private static let degraded = "lifetime: {deterministic: 30 min}, lasts: 1 h, effect: {degraded-to: 50 %}"

  static let cases = [
    Case(
      "a callee of the callee that may be degraded is down: the fallback serves 80 %",
      "back: {depends-on: {store: hard}}\n  store: {fails: {\(crash), \(lag)}}", policies: fallback,
      unserved: 0.2 * 3600),
    Case(
      "the callee itself may be degraded", "back: {fails: {\(crash), \(lag)}}", policies: fallback,
      unserved: 0.2 * 3600),
    Case(
      "both units of the callee are down, and their failures take time to be noticed",
      "back: {\(pair), fails: {all: {scope: component, lifetime: {deterministic: 30 min}, lasts: 1 h}, "
        + "own: {mtbf: 100000 y, detect: 1 s, recover: 1 h}}}",
      policies: fallback, unserved: 0.2 * 3600),
    Case(
      "retries bridge the outage of what may be degraded",
      "back: {depends-on: {store: hard}}\n  store: {fails: {\(crash), \(lag)}}",
      policies: "retry: {attempts: 4, wait: 1 h, factor: 1}", unserved: 0),
    Case(
      "what the callee can do while it is up limits what is served",
      "back: {fails: {slow: {\(degraded)}}}",
      policies: fallback, unserved: 0.5 * 3600),
    Case(
      "a degraded store behind a callee that is down has no part in what the fallback serves",
      "back: {depends-on: {store: hard}, fails: {\(crash)}}\n"
        + "  store: {fails: {slow: {\(degraded)}}}",
      policies: fallback, unserved: 0.2 * 3600),
    Case(
      "without policies as well: nothing is served", "back: {fails: {\(crash), \(lag)}}", policies: fallback,
      needs: "front: hard, back: hard", down: 3600, unserved: 3600),
    Case(
      "policies over policies: those that see what is lost further down",
      "back: {depends-on: {store: {timeout: 1 s}}}\n  store: {fails: {\(crash), \(lag)}}", policies: fallback,
      unserved: 0.2 * 3600),
  ]

  @Test("down and degraded", arguments: cases)
  func lost(_ row: Case) throws {
    let loss = try ServiceLoss(row.text, hours: 1.8)
    loss.expect(down: row.down, unserved: row.unserved, within: PolicyClosedFormTests.tolerance)
  }

  /// A case of what is lost while one of two units is down for 6 min before anybody notices, so that half of all attempts fail.
  struct Unnoticed: CustomTestStringConvertible {
    let testDescription: String
    /// The policies of the front towards what it calls: the back, or the middle where that has policies of its own.
    let policies: String
    var inner: String?
    var needs = "front: hard"
    /// The share of the calls that are lost.
    let lost: Double

    var text: String {
      """
      domains:
        za: {kind: zone, fails: {outage: {lifetime: {deterministic: 30 min}, detect: 6 min, recover: 54 min}}}
        zb: {kind: zone}
      components:
        front: {depends-on: {\(inner == nil ? "back" : "middle"): {\(policies)}}}
        middle: {depends-on: {back: {\(inner ?? "timeout: 1 s")}}}
        back: {replicas: {count: 2, required: 1, members: [za, zb]}}
      capabilities: {service: {depends-on: {\(needs)}}}
      """
    }
  }

  static let unnoticedCases = [
    Unnoticed(testDescription: "a timeout saves none", policies: "timeout: 1 s", lost: 0.5),
    Unnoticed(testDescription: "a fallback serves 80 %", policies: fallback, lost: 0.5 * 0.2),
    Unnoticed(
      testDescription: "n attempts at random: 2⁻ⁿ", policies: "retry: {attempts: 3, wait: 1 ms}", lost: 0.125),
    Unnoticed(
      testDescription: "attempts, then a fallback", policies: "retry: {attempts: 3, wait: 1 ms}, \(fallback)",
      lost: 0.125 * 0.2),
    Unnoticed(
      testDescription: "two attempts of calls that make two attempts", policies: "retry: {attempts: 2}",
      inner: "retry: {attempts: 2}", lost: 0.0625),
    Unnoticed(
      testDescription: "of two ways the worse", policies: fallback, needs: "front: hard, middle: hard",
      lost: 0.5),
    Unnoticed(
      testDescription: "a way without policies", policies: fallback, needs: "front: hard, back: hard",
      lost: 0.5
    ),
  ]

  @Test("down without anybody knowing", arguments: unnoticedCases)
  func unnoticed(_ row: Unnoticed) throws {
    let loss = try ServiceLoss(row.text, hours: 1.4)
    loss.expect(down: 0, unserved: row.lost * 360, within: PolicyClosedFormTests.tolerance)
  }
}
