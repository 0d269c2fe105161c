import Planning
import Reliability
import ServiceGraph
import ServiceModel
import Testing

/// Unavailability by which zones are down, and plans that rest on it.
@Suite("Shared outages")
struct SharedOutagesTests {
  private static let zones = """
    domains:
      z1: {kind: zone, fails: {out: {mtbf: 900 h, lasts: 100 h}}}
      z2: {kind: zone, fails: {out: {mtbf: 950 h, lasts: 50 h}}}
    components:
      a: {replicas: {count: 2, required: 1, spread: zones}, fails: {x: {mtbf: 90 h, lasts: 10 h}}}
      b: {replicas: {count: 2, required: 1, spread: zones}, fails: {x: {mtbf: 80 h, lasts: 20 h}}}
      c: {fails: {x: {mtbf: 99 h, lasts: 1 h}}}
    capabilities: {s: {depends-on: {a: hard, b: hard, c: hard}}}
    """

  @Test("each state of two zones by hand: one unit or two of each, none")
  func closedForm() throws {
    let graph = try ModelText.graph(Self.zones)
    let entities = SharedOutages.entities(of: graph, limit: 6)
    #expect(entities == ["z1", "z2"])
    let found = try SharedOutages.conditions(of: graph, entities: entities)
    let both = 1 - (1 - 0.01) * (1 - 0.04) * 0.99
    let one = 1 - 0.9 * 0.8 * 0.99
    for (value, expected) in zip(found.unavailabilities[0], [both, one, one, 1]) {
      #expect(abs(value - expected) < 1e-14)
    }
    for (chance, expected) in zip(found.chances, [0.9 * 0.95, 0.1 * 0.95, 0.9 * 0.05, 0.1 * 0.05]) {
      #expect(abs(chance - expected) < 1e-15)
    }
    let whole = zip(found.chances, found.unavailabilities[0]).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(abs(whole - (try SteadyState.unavailabilities(of: graph)[0])) < 1e-14)
  }

  @Test("a place that is not known leaves its share inside")
  func unknown() throws {
    let graph = try ModelText.graph(Self.zones)
    let found = try SharedOutages.conditions(of: graph, entities: ["z9"])
    #expect(found.chances == [1, 0])
    #expect(abs(found.unavailabilities[0][0] - (try SteadyState.unavailabilities(of: graph)[0])) < 1e-14)
  }

  @Test("how often and what is served: as the exact engine says of the whole, and by situation it adds up")
  func questions() throws {
    let graph = try ModelText.graph(Self.zones.replacing("c: hard", with: "c: {soft: 30 %}"))
    let whole = try SteadyState.results(of: graph)[0]
    let found = try SharedOutages.conditions(
      of: graph, entities: ["z1", "z2"], asking: [.frequencies, .unserved])
    #expect(found.frequencies == [whole.frequencyPerHour] && found.unservedReasons == [nil])
    let unserved = zip(found.chances, found.unavailabilities[0]).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(abs(unserved - (try #require(whole.unservedFraction))) < 1e-14)
    #expect(unserved > whole.unavailability)
  }

  @Test("chains that another design has solved give the same digits, and other chains are not taken for them")
  func memory() throws {
    func graph(_ minutes: Int, _ hours: Int) throws -> CompiledGraph {
      try ModelText.graph(
        """
        components:
          ledger:
            roles: {writer: {count: 1}, standby: {count: 1, required: 0}}
            failover: {writer: {from: [standby], takes: \(minutes) min}}
            fails: {instance: {mtbf: 400 h, lasts: 4 h}}
          api: {fails: {x: {mtbf: \(hours) h, lasts: 1 h}}}
        capabilities: {service: {depends-on: {ledger/writer: hard, api: hard}}}
        """)
    }
    let memory = SolvedChains()
    for (minutes, hours) in [(5, 100), (5, 200), (1, 100), (1, 200)] {
      let graph = try graph(minutes, hours)
      let alone = try SharedOutages.conditions(of: graph, entities: [], asking: .frequencies)
      let shared = try SharedOutages.conditions(
        of: graph, entities: [], asking: .frequencies, memory: memory)
      #expect(alone.unavailabilities == shared.unavailabilities && alone.frequencies == shared.frequencies)
    }
  }

  @Test(
    "roles that one question has solved give the next the same digits, also where a move needs something else"
  )
  func solvedRoles() throws {
    let graph = try ModelText.graph(
      """
      components:
        ledger:
          roles: {writer: {count: 1}, standby: {count: 1, required: 0}}
          failover: {writer: {from: [standby], takes: 5 min, needs: [watch]}}
          fails: {instance: {mtbf: {value: 400 h, uncertain: {error-factor: 2}}, lasts: 4 h}}
        watch: {fails: {x: {mtbf: 900 h, lasts: 9 h}}}
      capabilities: {service: {depends-on: {ledger/writer: hard}}}
      """)
    let roles = SolvedRoles(graph)
    let alone = try SteadyState.results(of: graph)[0]
    let spread = try #require(try UncertainUnavailability.all(graph, bindings: [], samples: 8, seed: 5)[0])
    for _ in 0..<2 {
      let again = try UncertainUnavailability.all(roles, bindings: [], samples: 8, seed: 5)[0]
      #expect(again?.distribution.values == spread.distribution.values && again?.stated == spread.stated)
      let found = try SteadyState.results(of: roles)[0]
      #expect(found.unavailability == alone.unavailability)
      #expect(found.frequencyPerHour == alone.frequencyPerHour)
      #expect(found.contributions == alone.contributions)
    }
  }

  /// Replicas of three parts behind shared zones: the exact engine on every design against the planner's few.
  @Test("a plan over replicas behind shared zones is that of trying every design")
  func plan() throws {
    let counts = [1, 2, 3, 4]
    let prices = [7.0, 11, 13]
    let space = DesignSpace(
      levers: ["a", "b", "c"].map { name in
        DesignSpace.Lever(
          name: name, values: counts.map(String.init), once: [0, 0, 0, 0], parts: ["components/\(name)"])
      })
    func graph(_ design: [Int]) throws -> CompiledGraph {
      let parts = zip(["a", "b", "c"], design).map { name, value in
        "  \(name): {replicas: {count: \(counts[value]), required: 1, spread: zones}, fails: {x: {mtbf: 90 h, lasts: 10 h}}}"
      }
      return try ModelText.graph(
        """
        domains:
          z1: {kind: zone, fails: {out: {mtbf: 900 h, lasts: 100 h}}}
          z2: {kind: zone, fails: {out: {mtbf: 950 h, lasts: 50 h}}}
        components:
        \(parts.joined(separator: "\n"))
        capabilities: {s: {depends-on: {a: hard, b: hard, c: hard}}}
        """)
    }
    func monthly(_ design: [Int]) -> Double {
      zip(prices, design).reduce(0) { $0 + $1.0 * Double(counts[$1.1]) }
    }
    var question = DesignQuestion(capabilities: 1, months: 36)
    question.targets = [0.02]
    let planner = try DesignPlanner<any Error>(space, question, exhaustiveLimit: 10) {
      design throws(any Error) in
      let found = try SharedOutages.conditions(of: try graph(design), entities: ["z1", "z2"])
      return DesignMeasures(
        chances: found.chances, conditional: found.unavailabilities, monthly: monthly(design))
    }
    let found = try #require(try planner.plan().cheapest)
    var least = Double.infinity
    for code in 0..<64 {
      let design = [code / 16, code / 4 % 4, code % 4]
      guard try SteadyState.unavailabilities(of: try graph(design))[0] <= 0.02 else { continue }
      least = min(least, monthly(design))
    }
    #expect(planner.certainty.isProved && abs(found.monthly - least) < 1e-9)
  }
}
