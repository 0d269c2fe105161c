import Testing

/// Units that fail in ways of their own while others do their work.
extension TiersOfPoliciesTests {
  struct Spare: CustomTestStringConvertible {
    let testDescription: String
    /// What the service needs besides the policies, and the components and domains under it.
    var target = "db: {"
    let components: String
    var domains = hanging
    /// How long the service is down, and what is not served, as time fully down, in seconds.
    let down: Double
    let unserved: Double

    var text: String {
      """
      domains:
        \(domains)
        z2: {kind: zone}
        z3: {kind: zone, fails: {crash: {\(TiersOfPoliciesTests.after(10, lasts: "5 min"))}}}
      components:
        \(components)
      capabilities: {service: {depends-on: {\(target)\(TiersOfPoliciesTests.attempts)}}}}
      """
    }
  }

  /// Two attempts 1 s apart, of up to 2 s each: 3 s from the first to the last where calls hang, 1 s where they get errors.
  static let attempts = "timeout: 2 s, retry: {attempts: 2, wait: 1 s}, traffic: {calls: 10 /s}"
  static let hanging = "z1: {kind: zone, fails: {hang: {\(after(0, lasts: "1 h, fails-by: hangs"))}}}"
  static let failingInPart =
    "z1: {kind: zone, fails: {part: {\(after(0, lasts: "1 h, fails-by: {errors: 40 %}"))}}}"

  /// So long after five hours.
  static func after(_ minutes: Int, lasts: String) -> String {
    "lifetime: {deterministic: \(300 + minutes) min}, lasts: \(lasts)"
  }

  /// Two units in places of their own, of which one does.
  static func spared(_ second: String) -> String {
    "{count: 2, required: 1, members: [z1, \(second)]}"
  }

  static let spares = [
    Spare(
      testDescription: "the role moves after 30 s", target: "db/writer: {",
      components: "db: {roles: {writer: {count: 1, in: z1}, replica: {count: 1, in: z2}}, failover: "
        + "{writer: {from: [replica], detect: 20 s, takes: 10 s, works: 100 %, manual: 30 min}}}",
      down: 27, unserved: 27),
    Spare(
      testDescription: "a standby serves after 30 s",
      components: "db: {replicas: {count: 2, required: 1}, standby: {running: 1, dormancy: 0 %, switch: "
        + "{detect: 20 s, takes: 10 s, works: 100 %}}, fails: {hang: "
        + "{\(after(0, lasts: "1 h, fails-by: hangs"))}}}", down: 27, unserved: 27),
    Spare(
      testDescription: "the unit moves after 5 min",
      components: "db: {replicas: {count: 2, members: [n1, n2]}, reschedule: 5 min}",
      domains: "zone: {kind: zone}\n  n1: {kind: node, in: zone, fails: {hang: "
        + "{\(after(0, lasts: "1 h, fails-by: hangs"))}}}\n  n2: {kind: node, in: zone}",
      down: 297, unserved: 297),
    Spare(
      testDescription: "the other unit is down for 5 min", components: "db: {replicas: \(spared("z3"))}",
      down: 297, unserved: 297),
    Spare(
      testDescription: "the same, and 0.4² of the calls fail", components: "db: {replicas: \(spared("z3"))}",
      domains: failingInPart, down: 0, unserved: 0.16 * 299),
    Spare(
      testDescription: "10 % of errors of what needs them, tried twice",
      components: "db: {depends-on: {store: hard}, fails: {part: "
        + "{\(after(10, lasts: "10 min, fails-by: {errors: 10 %}"))}}}\n  "
        + "store: {replicas: \(spared("z2"))}", down: 0, unserved: 0.01 * 599),
    Spare(
      testDescription: "10 % of errors of both units, tried twice",
      components: "db: {replicas: \(spared("z2")), fails: {part: {scope: component, "
        + "\(after(10, lasts: "10 min, fails-by: {errors: 10 %}"))}}}", down: 0, unserved: 0.01 * 599),
    Spare(
      testDescription: "half of the disk's answers are errors: four attempts, 3 s from first to last",
      components: "db: {replicas: \(spared("z2")), depends-on: {disk: {\(attempts)}}}\n  "
        + "disk: {fails: {part: {\(after(10, lasts: "5 min, fails-by: {errors: 50 %}"))}}}", down: 0,
      unserved: 297.0 / 16),
    Spare(
      testDescription: "while all of one member is down the other fails half of the attempts",
      target: "one: {any-of: [a, b], ",
      components: "a: {replicas: \(spared("z2")), fails: {crash: {scope: component, "
        + "\(after(10, lasts: "5 min"))}}}\n  b: {fails: {part: "
        + "{\(after(-10, lasts: "1 h, fails-by: {errors: 50 %}"))}}}", down: 0, unserved: 299.0 / 4),
    Spare(
      testDescription: "one of three members is down, one fails 30 % of the attempts, one is spared",
      target: "two: {at-least: 2, of: [a, b, c], ",
      components: "a: {replicas: \(spared("z2"))}\n  b: {fails: {part: "
        + "{\(after(10, lasts: "10 min, fails-by: {errors: 30 %}"))}}}\n  c: {fails: {crash: "
        + "{\(after(5, lasts: "30 min"))}}}", down: 0, unserved: 0.09 * 599),
  ]

  @Test("a unit that others stand in for fails no calls", arguments: spares)
  func spare(_ one: Spare) throws {
    try ServiceLoss(one.text, hours: 8).expect(
      down: one.down, unserved: one.unserved, within: Self.tolerance)
  }
}
