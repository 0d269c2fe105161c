import Foundation
import Reliability
import Simulation
import Testing

/// Requests that go to units whose failure nobody has noticed, against sums over every state of every unit.
@Suite("Unnoticed failures in what is served")
struct UnnoticedFailuresTests {
  private static func results(_ text: String) throws -> [String: SteadyStateResult] {
    let results = try SteadyState.results(of: ModelText.graph(text))
    return Dictionary(uniqueKeysWithValues: results.map { ($0.capability, $0) })
  }

  /// A unit is down unnoticed 1/2000 of the time, down and noticed as long, and both are up together.
  private static let bothUp: Double = 0.999 * 0.999
  /// One of two is up.
  private static let oneUp: Double = 2 * 0.999

  /// One unit does half the work where two are asked for, and gets half of the requests while the other is unnoticed: which
  /// it can do, so that half is served then.
  private static let pairs: [(String, Double)] = [
    ("all-needed", 1 - bothUp),
    ("demand-two", 1 - bothUp - oneUp * (0.0005 / 2 + 0.0005 / 2)),
    ("plain", 1 - bothUp - oneUp * (0.0005 + 0.0005 / 2)),
  ]

  @Test("two units by hand", arguments: pairs)
  func twoUnits(capability: String, unserved: Double) throws {
    let mode = "fails: {m: {mtbf: 999 h, detect: 30 min, recover: 30 min}}"
    let results = try Self.results(
      """
      components:
        a: {replicas: {count: 2, required: 2}, \(mode)}
        b: {replicas: {count: 2, required: 1}, \(mode)}
      capabilities:
        all-needed: {depends-on: {a: hard}}
        demand-two: {depends-on: {b: hard}, demand: {b: 2}}
        plain: {depends-on: {b: hard}}
      """)
    let result = try #require(results[capability])
    #expect(abs(try #require(result.unservedFraction) - unserved) < 1e-15)
    #expect(result.approximations == [])
  }

  struct Group: CustomTestStringConvertible {
    let count: Int
    let required: Int
    let demand: Int
    var uptimeHours = 99.0
    var testDescription: String { "\(required) of \(count), asked for \(demand)" }

    var text: String {
      """
      components:
        api:
          replicas: {count: \(count), required: \(required)}
          fails: {m: {mtbf: \(uptimeHours) h, detect: 15 min, recover: 45 min}}
      capabilities: {service: {depends-on: {api: hard}, demand: {api: \(demand)}}}
      """
    }

    /// 1 − Σ n! / (k! q! (n − k − q)!) · P(up)^k P(unnoticed)^q P(noticed)^(n−k−q) · min(1, k / demand, k / (k + q))
    /// over k ≥ required.
    var unserved: Double {
      let (unnoticed, noticed) = (0.25 / (uptimeHours + 1), 0.75 / (uptimeHours + 1))
      func logFactorial(_ value: Int) -> Double { (0..<value).reduce(0) { $0 + log(Double($1 + 1)) } }
      var served = 0.0
      for up in required...count {
        for hidden in 0...(count - up) {
          let rest = count - up - hidden
          let ways = [up, hidden, rest].reduce(logFactorial(count)) { $0 - logFactorial($1) }
          let states: [(Int, Double)] = [
            (up, 1 - unnoticed - noticed), (hidden, unnoticed), (rest, noticed),
          ]
          let chance = states.reduce(ways) { $0 + Double($1.0) * log($1.1) }
          served += exp(chance) * min(1, Double(up) / Double(demand), Double(up) / Double(up + hidden))
        }
      }
      return 1 - served
    }
  }

  @Test(
    "groups of independent units: the multinomial sum over units up, down, and down unnoticed",
    arguments: [
      Group(count: 3, required: 1, demand: 2), Group(count: 10, required: 1, demand: 1),
      Group(count: 14, required: 10, demand: 12), Group(count: 20, required: 15, demand: 20),
    ])
  func multinomial(_ group: Group) throws {
    let result = try #require(try Self.results(group.text)["service"])
    #expect(abs(try #require(result.unservedFraction) - group.unserved) < 1e-12)
    #expect(result.approximations == [])
  }

  @Test(
    "groups of any size, and with any number of levels: the same sum",
    arguments: [
      Group(count: 100, required: 1, demand: 1), Group(count: 60, required: 50, demand: 60, uptimeHours: 999),
      Group(count: 200, required: 150, demand: 190), Group(count: 200, required: 120, demand: 200),
    ])
  func largeGroups(_ group: Group) throws {
    let result = try #require(try Self.results(group.text)["service"])
    #expect(abs(try #require(result.unservedFraction) - group.unserved) < 1e-12)
    #expect(result.approximations == [])
  }

  /// With one unit enough and asked for, what is not served of the requests is the unnoticed part of the units that get
  /// requests: h / (1 − u + h) of the time that any is up, but for that share of the time in which none is.
  @Test("a thousand units by their shares")
  func thousand() throws {
    let group = Group(count: 1000, required: 1, demand: 1)
    let result = try #require(try Self.results(group.text)["service"])
    #expect(abs(try #require(result.unservedFraction) - 0.0025 / 0.9925) < 1e-14)
  }

  /// A model whose groups are small enough for the diagram.
  struct Design: CustomTestStringConvertible {
    var places = ""
    let components: [String]
    let needs: String
    let demand: String
    var testDescription: String { components.joined(separator: ", ") }
  }

  private static let often = "fails: {m: {mtbf: 9 h, detect: 20 min, recover: 40 min}}"
  private static let modes = """
    fails: {one: {mtbf: 9 h, detect: 20 min, recover: 40 min}, two: {mtbf: 19 h, detect: 40 min, recover: 20 min}, \
    three: {mtbf: 49 h, lasts: 1 h}}
    """
  private static let threeZones = """
    domains:
      z1: {kind: zone, fails: {out: {mtbf: 90 h, detect: 4 h, recover: 6 h}}}
      z2: {kind: zone, like: z1}
      z3: {kind: zone, like: z1}

    """

  static let designs = [
    Design(
      components: ["a: {replicas: {count: 12, required: 4}, \(often)}"], needs: "a: hard", demand: "{a: 10}"),
    Design(
      components: ["a: {replicas: {count: 9, required: 3}, \(modes)}"], needs: "a: hard", demand: "{a: 7}"),
    Design(
      places: threeZones, components: ["a: {replicas: {count: 9, required: 3, spread: zones}, \(often)}"],
      needs: "a: hard", demand: "{a: 6}"),
    Design(
      places: threeZones,
      components: [
        "a: {replicas: {count: 6, required: 2, spread: zones}, \(often)}",
        "b: {replicas: {count: 3, required: 1, spread: zones}, \(often)}",
        "c: {in: z2, fails: {m: {mtbf: 100 h, lasts: 1 h}}}",
      ], needs: "a: hard, b: hard, c: hard", demand: "{a: 5}"),
    Design(
      components: [
        "a: {replicas: {count: 5, required: 2}, \(often)}",
        "b: {replicas: {count: 3, required: 1}, \(often)}",
        "c: {depends-on: {b: hard}}",
      ], needs: "a: hard, c: hard", demand: "{a: 5, b: 3}"),
  ]

  /// Eight soft dependencies leave no room for levels in the diagram, so that units are counted; all of them are
  /// independent of the groups, so that what is left is a product.
  @Test("counted or by the diagram, what is not served is the same", arguments: designs)
  func counted(_ design: Design) throws {
    let soft = (1...8).map { "s\($0): {soft: \(5 * $0) %}" }.joined(separator: ", ")
    let parts = (1...8).map { "s\($0): {fails: {m: {mtbf: \(100 - $0) h, lasts: \($0) h}}}" }
    let results = try Self.results(
      """
      \(design.places)components:
        \((design.components + parts).joined(separator: "\n  "))
      capabilities:
        plain: {depends-on: {\(design.needs)}, demand: \(design.demand)}
        degraded: {depends-on: {\(design.needs), \(soft)}, demand: \(design.demand)}
      """)
    let (plain, degraded) = (try #require(results["plain"]), try #require(results["degraded"]))
    var left = 1.0
    for number in 1...8 { left *= 1 - Double(5 * number * number) / 10_000 }
    let served = (1 - (try #require(plain.unservedFraction))) * left
    #expect(abs(1 - (try #require(degraded.unservedFraction)) - served) < 1e-12)
    #expect(plain.approximations + degraded.approximations == [])
  }

  /// Zones with two units each, that fail with their zone. Another part is up unless eight zones are down.
  private static func manyPlaces(_ count: Int, fails: String, required: Int, felt: Bool) throws
    -> SteadyStateResult
  {
    let places = (2...count).map { "  z\($0): {kind: zone, like: z1}\n" }.joined()
    let others = (1...8).map { "  c\($0): {in: z\($0)}\n" }.joined()
    let any = (1...8).map { "c\($0)" }.joined(separator: ", ")
    return try #require(
      try results(
        """
        domains:
          z1: {kind: zone, fails: {out: {\(fails)}}}
        \(places)components:
          api: {replicas: {count: \(2 * count), required: \(required), spread: zones}}
        \(others)capabilities: {service: {depends-on: {api: hard\(felt ? ", other: {any-of: [\(any)]}" : "")}}}
        """)["service"])
  }

  /// The sum is over zones.
  @Test("many places that fail are counted where nothing else stands there")
  func manyAlikePlaces() throws {
    let result = try Self.manyPlaces(
      12, fails: "mtbf: 99 h, detect: 15 min, recover: 45 min", required: 2, felt: false)
    let unserved = Group(count: 12, required: 1, demand: 1).unserved
    #expect(abs(try #require(result.unservedFraction) - unserved) < 1e-14)
    #expect(result.approximations == [])
  }

  @Test(
    "many places that something else feels: one outage at a time, and not further off than the answer says")
  func manyPlaces() throws {
    let result = try Self.manyPlaces(
      12, fails: "mtbf: 99 h, detect: 15 min, recover: 45 min", required: 2, felt: true)
    let error = abs(try #require(result.unservedFraction) - Group(count: 12, required: 1, demand: 1).unserved)
    #expect(error > 1e-5)
    #expect(error < 3.1e-5)
    #expect(
      result.approximations == [
        "requests to units of api whose failure nobody has noticed: one outage at a time, off by at most 0.0031 % of all "
          + "requests, 1.3 % of what is not served"
      ])
  }

  /// Twenty zones that are down a tenth of the time each: their sum is more than all requests.
  @Test("no error is larger than what can be lost besides")
  func boundOfError() throws {
    let result = try Self.manyPlaces(
      20, fails: "mtbf: 9 h, detect: 59 min, recover: 1 min", required: 1, felt: true)
    let unserved = try #require(result.unservedFraction)
    let words = try #require(result.approximations.first).split(separator: " ")
    let most = try #require(words.firstIndex(of: "most").flatMap { Double(words[$0 + 1]) })
    #expect(unserved <= 1)
    #expect(most <= max(100 * unserved, 100 - 100 * unserved) + 1)
  }

  /// What `nodes` nodes with two units each serve, by how many units are up and how many down unnoticed: sums of
  /// independent nodes. A node that is down holds its units down, noticed once it is or they are.
  private static func servedByNodes(_ nodes: Int, serves: (_ up: Int, _ unnoticed: Int) -> Double) -> Double {
    let (down, unnoticed) = (0.01, 0.005)
    // A unit of a node that is up, and of one that is down unnoticed: up, down unnoticed, down noticed.
    let units = [(0.99, 0.0025, 0.0075), (0.0, 0.9925, 0.0075)]
    var node: [[Double]] = Array(repeating: [0, 0, 0], count: 3)
    for ((up, hidden, noticed), chance) in zip(units, [1 - down, unnoticed]) {
      node[2][0] += chance * up * up
      node[1][1] += chance * 2 * up * hidden
      node[1][0] += chance * 2 * up * noticed
      node[0][2] += chance * hidden * hidden
      node[0][1] += chance * 2 * hidden * noticed
      node[0][0] += chance * noticed * noticed
    }
    node[0][0] += down - unnoticed
    let count = 2 * nodes
    var sums = Array(repeating: [Double](repeating: 0, count: count + 1), count: count + 1)
    sums[0][0] = 1
    for _ in 0..<nodes {
      var next = Array(repeating: [Double](repeating: 0, count: count + 1), count: count + 1)
      for up in 0...count {
        for hidden in 0...count where sums[up][hidden] > 0 {
          for (more, row) in node.enumerated() {
            for (place, chance) in row.enumerated() where chance > 0 {
              next[up + more][hidden + place] += sums[up][hidden] * chance
            }
          }
        }
      }
      sums = next
    }
    return (0...count).reduce(0) { sum, up in
      (0...count).reduce(sum) { $0 + (sums[up][$1] > 0 ? sums[up][$1] * serves(up, $1) : 0) }
    }
  }

  @Test(
    "units over many nodes that fail are counted by how many nodes are down",
    arguments: ["", ", extra: {soft: 10 %}"])
  func manyNodes(soft: String) throws {
    let result = try #require(
      try Self.results(
        """
        domains:
          z: {kind: zone}
          p: {kind: pool, in: z, nodes: {count: 12, fails: {down: {mtbf: 99 h, detect: 30 min, recover: 30 min}}}}
        components:
          api: {replicas: {count: 24, required: 2, spread: p}, fails: {m: {mtbf: 99 h, detect: 15 min, recover: 45 min}}}
          extra: {fails: {m: {mtbf: 9 h, lasts: 1 h}}}
        capabilities: {service: {depends-on: {api: hard\(soft)}, demand: {api: 20}}}
        """)["service"])
    let served = Self.servedByNodes(12) { up, unnoticed in
      up < 2 ? 0 : min(1, Double(up) / 20, Double(up) / Double(up + unnoticed))
    }
    let expected = 1 - served * (soft.isEmpty ? 1 : 0.99)
    #expect(abs(try #require(result.unservedFraction) - expected) < 1e-13)
    #expect(result.approximations == [])
  }

  @Test("by which zones are down, what is not served by groups that are counted adds up")
  func countedConditions() throws {
    let graph = try ModelText.graph(
      """
      \(Self.threeZones)components:
        api: {replicas: {count: 30, required: 10, spread: zones}, \(Self.often)}
      capabilities: {service: {depends-on: {api: hard}, demand: {api: 20}}}
      """)
    let whole = try #require(try SteadyState.results(of: graph).first)
    let found = try SharedOutages.conditions(of: graph, entities: ["z1", "z3"], asking: .unserved)
    let unserved = zip(found.chances, found.unavailabilities[0]).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(abs(unserved - (try #require(whole.unservedFraction))) < 1e-14)
  }

  /// U = 1/10 and 1/50, of which 1/20 and nothing go unnoticed: a unit is down unnoticed 1/20 · 49/50 of the time, since a
  /// failure that is noticed takes it out of service whatever else it has.
  @Test("a unit with two failures is out of service once either is noticed")
  func twoFailures() throws {
    let result = try #require(
      try Self.results(
        """
        components:
          api:
            replicas: {count: 2, required: 1}
            fails: {slow: {mtbf: 9 h, detect: 30 min, recover: 30 min}, fast: {mtbf: 49 h, lasts: 1 h}}
        capabilities: {service: {depends-on: {api: hard}}}
        """)["service"])
    let (up, unnoticed) = (0.9 * 0.98, 0.05 * 0.98)
    let down = 1 - up
    let unserved = down * down + 2 * up * unnoticed / 2
    #expect(abs(try #require(result.unservedFraction) - unserved) < 1e-15)
  }

  /// Two modes of the same unit, both unnoticed for half of an outage: unnoticed 0.95² − 0.9² of the time.
  @Test("two failures of the same unit that both go unnoticed")
  func bothUnnoticed() throws {
    let mode = "{mtbf: 9 h, detect: 30 min, recover: 30 min}"
    let result = try #require(
      try Self.results(
        """
        components: {api: {replicas: {count: 2, required: 1}, fails: {one: \(mode), two: \(mode)}}}
        capabilities: {service: {depends-on: {api: hard}}}
        """)["service"])
    let (up, unnoticed) = (0.81, 0.95 * 0.95 - 0.81)
    let unserved = (1 - up) * (1 - up) + 2 * up * unnoticed / 2
    #expect(abs(try #require(result.unservedFraction) - unserved) < 1e-15)
  }

  private static let zones = """
    domains:
      z1: {kind: zone, fails: {out: {mtbf: 90 h, detect: 4 h, recover: 6 h}}}
      z2: {kind: zone}
    components:
      api: {replicas: {count: 4, required: 2, members: [z1, z1, z2, z2]}}
      cache: {in: z1}
    capabilities:
      plain: {depends-on: {api: hard}}
      full: {depends-on: {api: hard}, demand: {api: 4}}
      soft: {depends-on: {api: hard, cache: {soft: 20 %}}}
    """

  /// The zone is down 1/10 of the time, 1/25 unnoticed: half of the requests go to it, or half of the work is done.
  private static let outages: [(String, Double)] = [
    ("plain", 0.04 / 2), ("full", 0.06 / 2 + 0.04 / 2), ("soft", 0.06 * 0.2 + 0.04 * (1 - 0.8 / 2)),
  ]

  @Test("the outage of a place", arguments: outages)
  func places(capability: String, unserved: Double) throws {
    let result = try #require(try Self.results(Self.zones)[capability])
    #expect(result.unavailability == 0)
    #expect(abs(try #require(result.unservedFraction) - unserved) < 1e-15)
  }

  @Test("by which zones are down, what is not served adds up")
  func conditions() throws {
    let graph = try ModelText.graph(Self.zones)
    let whole = try SteadyState.results(of: graph)
    let found = try SharedOutages.conditions(of: graph, entities: ["z1"], asking: .unserved)
    for (place, result) in whole.enumerated() {
      let unserved = zip(found.chances, found.unavailabilities[place]).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(found.unavailabilities[place][0] == 0)
      #expect(abs(unserved - (try #require(result.unservedFraction))) < 1e-15)
    }
  }

  @Test("two groups behind a zone, and readers of a role that moves, as simulated")
  func simulated() throws {
    let graph = try ModelText.graph(
      """
      domains:
        z1: {kind: zone, fails: {out: {mtbf: 400 h, detect: 2 h, recover: 3 h}}}
        z2: {kind: zone, like: z1}
      components:
        api: {replicas: {count: 4, required: 2, spread: zones}, fails: {m: {mtbf: 90 h, detect: 3 h, recover: 4 h}}}
        web: {replicas: {count: 2, required: 1, spread: zones}, fails: {m: {mtbf: 50 h, detect: 1 h, recover: 1 h}}}
        ledger:
          roles: {writer: {count: 1}, reader: {count: 3, required: 1}}
          failover: {writer: {from: [reader], takes: 1 min}}
          fails: {m: {mtbf: 5000 h, detect: 30 min, recover: 30 min}}
      capabilities:
        service: {depends-on: {api: hard, web: hard}, demand: {api: 3}}
        history: {depends-on: {ledger: hard}}
      """)
    let plan = SimulationPlan(replications: 700, seed: 3, confidence: Simulated.fourAndAHalf)
    let found = Simulator(graph, plan: plan).run()
    for (exact, simulated) in zip(try SteadyState.results(of: graph), found.capabilities) {
      #expect(simulated.unservedFraction.holds(try #require(exact.unservedFraction)), "\(exact.capability)")
    }
  }
}
