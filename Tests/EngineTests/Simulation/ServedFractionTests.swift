import Simulation
import Stochastics
import Testing

/// What is served while the service is up, in cases where nothing is random.
@Suite("Served fraction by hand")
struct ServedFractionTests {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let components: String
    let dependencies: String
    var demand = ""
    /// Hours of full outage that the lost fraction is worth, downtime included.
    let unserved: Double
    let down: Double

    /// Each zone fails once: za 100–110 h, zb 200–210 h, zc 300–310 h, and zd, with za, 105–115 h.
    var text: String {
      """
      domains:
        za: {kind: zone, fails: {outage: {lifetime: {deterministic: 100 h}, lasts: 10 h}}}
        zb: {kind: zone, fails: {outage: {lifetime: {deterministic: 200 h}, lasts: 10 h}}}
        zc: {kind: zone, fails: {outage: {lifetime: {deterministic: 300 h}, lasts: 10 h}}}
        zd: {kind: zone, fails: {outage: {lifetime: {deterministic: 105 h}, lasts: 10 h}}}
      components:
      \(components)
      capabilities:
        service:
          depends-on: {\(dependencies)}
          \(demand.isEmpty ? "" : "demand: {\(demand)}")
      """
    }
  }

  /// Until 180 h za and zd have failed once and nothing else has.
  static let hours = 180.0

  static let cases = [
    Case(
      testDescription: "one of three units down, demand 2.5: 2 / 2.5 are served",
      components: "  api: {replicas: {count: 3, required: 1, members: [za, zb, zc]}}",
      dependencies: "api: hard", demand: "api: 2.5", unserved: 10 * (1 - 2 / 2.5), down: 0),
    Case(
      testDescription: "without demand what is required is enough",
      components: "  api: {replicas: {count: 3, required: 1, members: [za, zb, zc]}}",
      dependencies: "api: hard", unserved: 0, down: 0),
    Case(
      testDescription: "more is asked than all units can do: 3 / 5 are served, and 2 / 5 for 10 h",
      components: "  api: {replicas: {count: 3, required: 2, members: [za, zb, zc]}}",
      dependencies: "api: hard", demand: "api: 5", unserved: 170 * 2.0 / 5 + 10 * 3.0 / 5, down: 0),
    Case(
      testDescription: "more is asked of what never fails",
      components: "  api: {replicas: {count: 3, required: 2}}",
      dependencies: "api: hard", demand: "api: 4", unserved: 180 * 1.0 / 4, down: 0),
    Case(
      testDescription: "two down for 5 h of the 15",
      components: "  api: {replicas: {count: 3, required: 1, members: [za, zd, zc]}}",
      dependencies: "api: hard", demand: "api: 3", unserved: 10.0 / 3 + 5 * 2.0 / 3, down: 0),
    Case(
      testDescription: "fewer than required: down, and nothing is served",
      components: "  api: {replicas: {count: 3, required: 2, members: [za, zd, zc]}}",
      dependencies: "api: hard", demand: "api: 3", unserved: 10.0 / 3 + 5, down: 5),
    Case(
      testDescription: "a degraded unit counts as up and does 60 % of its work",
      components: """
          api:
            replicas: {count: 2, required: 2}
            fails: {slow: {scope: component, lifetime: {deterministic: 100 h}, lasts: 10 h, effect: {degraded-to: 60 %}}}
        """,
      dependencies: "api: hard", unserved: 4, down: 0),
    Case(
      testDescription: "degraded by two modes at once: the least that one of them leaves",
      components: """
          api:
            fails:
              slow: {lifetime: {deterministic: 100 h}, lasts: 10 h, effect: {degraded-to: 60 %}}
              worse: {lifetime: {deterministic: 104 h}, lasts: 2 h, effect: {degraded-to: 10 %}}
        """,
      dependencies: "api: hard", unserved: 8 * 0.4 + 2 * 0.9, down: 0),
    Case(
      testDescription: "one degraded, one down",
      components: """
          api:
            replicas: {count: 3, required: 1, members: [za, zb, zc]}
            fails: {slow: {scope: component, lifetime: {deterministic: 105 h}, lasts: 2 h, effect: {degraded-to: 50 %}}}
        """,
      dependencies: "api: hard", demand: "api: 3", unserved: 8.0 / 3 + 2 * (1 - 1.0 / 3), down: 0),
    Case(
      testDescription: "soft losses multiply: 20 % and 50 % for 5 h each alone and 5 h together",
      components: "  cache: {in: za}\n  search: {in: zd}\n  api: {}",
      dependencies: "api: hard, cache: {soft: 20 %}, search: {soft: 50 %}",
      unserved: 5 * 0.2 + 5 * (1 - 0.8 * 0.5) + 5 * 0.5, down: 0),
    Case(
      testDescription: "a soft dependency of what is needed hard counts, once, at its greatest loss",
      components: "  cache: {in: za}\n  api: {depends-on: {cache: {soft: 20 %}}}\n"
        + "  web: {depends-on: {api: hard, cache: {soft: 30 %}}}",
      dependencies: "web: hard, api: hard", unserved: 3, down: 0),
    Case(
      testDescription: "a soft dependency on a group",
      components: "  one: {in: za}\n  two: {in: zd}\n  api: {}",
      dependencies: "api: hard, either: {any-of: [one, two], soft: 40 %}", unserved: 5 * 0.4, down: 0),
    Case(
      testDescription: "the better of two alternatives serves",
      components: """
          one: {fails: {slow: {lifetime: {deterministic: 100 h}, lasts: 10 h, effect: {degraded-to: 60 %}}}}
          two: {fails: {slow: {lifetime: {deterministic: 105 h}, lasts: 10 h, effect: {degraded-to: 90 %}}}}
        """,
      dependencies: "either: {any-of: [one, two]}", unserved: 5 * 0.1, down: 0),
    Case(
      testDescription: "an alternative that is down leaves the degraded one",
      components: """
          one: {fails: {slow: {lifetime: {deterministic: 100 h}, lasts: 10 h, effect: {degraded-to: 60 %}}}}
          two: {in: zd}
        """,
      dependencies: "either: {any-of: [one, two]}", unserved: 5 * 0.4, down: 0),
    Case(
      testDescription: "two of three: the second best limits",
      components: """
          one: {fails: {slow: {lifetime: {deterministic: 100 h}, lasts: 10 h, effect: {degraded-to: 60 %}}}}
          two: {in: zd}
          three: {}
        """,
      dependencies: "most: {at-least: 2, of: [one, two, three]}", unserved: 5 * 0.4, down: 0),
    Case(
      testDescription: "a soft loss inside an alternative belongs to it",
      components: "  cache: {in: za}\n  one: {depends-on: {cache: {soft: 70 %}}}\n  two: {in: zd}",
      dependencies: "either: {any-of: [one, two]}", unserved: 5 * 0.7, down: 0),
  ]

  @Test("fraction over time", arguments: cases)
  func counted(_ row: Case) throws {
    let years = Self.hours / 8760
    let found = try Simulated.once(row.text, years: years)["service"]
    #expect(abs(found.unservedHours(years: years) - row.unserved) < 1e-4)
    #expect(abs(found.downtimeHours(years: years) - row.down) < 1e-4)
  }

  struct Unnoticed: CustomTestStringConvertible {
    let testDescription: String
    let replicas: String
    let mode: String
    let unserved: Double
    let down: Double
  }

  /// Until it is noticed, requests still go to a unit that is down.
  static let unnoticedCases = [
    Unnoticed(
      testDescription: "one of four for 6 min: a quarter of the requests, and nothing once it is noticed",
      replicas: "{count: 4, required: 1, members: [za, zb, zb, zb]}", mode: "detect: 6 min, recover: 54 min",
      unserved: 0.1 / 4, down: 0),
    Unnoticed(
      testDescription: "two of four at once", replicas: "{count: 4, required: 1, members: [za, za, zb, zb]}",
      mode: "detect: 6 min, respond: 30 min, recover: 24 min", unserved: 0.1 / 2, down: 0),
    Unnoticed(
      testDescription: "a part without detection is noticed at once",
      replicas: "{count: 4, required: 1, members: [za, zb, zb, zb]}", mode: "lasts: 1 h", unserved: 0, down: 0
    ),
    Unnoticed(
      testDescription: "detection makes no downtime of its own",
      replicas: "{count: 2, required: 2, members: [za, zb]}", mode: "detect: 6 min, recover: 54 min",
      unserved: 1, down: 1),
    Unnoticed(
      testDescription: "nobody to share the work: down",
      replicas: "{count: 1, in: za}", mode: "detect: 6 min, recover: 54 min", unserved: 1, down: 1),
  ]

  @Test("requests to units whose failure nobody has noticed", arguments: unnoticedCases)
  func unnoticed(_ row: Unnoticed) throws {
    let years = 150.0 / 8760
    let found = try Simulated.once(
      """
      domains:
        za: {kind: zone, fails: {outage: {lifetime: {deterministic: 100 h}, \(row.mode)}}}
        zb: {kind: zone}
      components: {api: {replicas: \(row.replicas)}}
      capabilities: {service: {depends-on: {api: hard}}}
      """, years: years)["service"]
    #expect(abs(found.unservedHours(years: years) - row.unserved) < 1e-4)
    #expect(abs(found.downtimeHours(years: years) - row.down) < 1e-4)
  }
}
