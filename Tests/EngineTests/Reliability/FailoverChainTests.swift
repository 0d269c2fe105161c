import Reliability
import ServiceGraph
import Simulation
import Stochastics
import Testing

/// Roles that move, by the exact engine.
@Suite("Failover by Markov chains")
struct FailoverChainTests {
  // MARK: Against a chain written by hand

  /// A writer and a standby that fail at rate λ and are repaired at rate μ; the move works with probability c.
  struct Pair: Sendable, CustomTestStringConvertible {
    let mtbf: Double
    let repair: Double
    let move: Double
    let works: Double
    let byHand: Double?
    let source: String
    var testDescription: String {
      "mtbf \(mtbf) h, works \(works), by hand \(byHand.map { "\($0) h" } ?? "never")"
    }
  }

  static let pairs = [
    Pair(mtbf: 1000, repair: 2, move: 1.0 / 30, works: 0.95, byHand: nil, source: "models/published"),
    Pair(mtbf: 200, repair: 20, move: 0.5, works: 0.9, byHand: 4, source: "FailoverMarkovTests"),
    Pair(mtbf: 100, repair: 5, move: 10, works: 0.8, byHand: nil, source: "the holder mostly returns first"),
    Pair(mtbf: 50, repair: 40, move: 2, works: 0.95, byHand: 10, source: "often nobody is there to take it"),
    Pair(mtbf: 200, repair: 20, move: 0.5, works: 1, byHand: nil, source: "every move works"),
    Pair(mtbf: 1e6, repair: 1e-3, move: 1e-5, works: 0.5, byHand: 1, source: "rare and short"),
  ]

  /// The states of `FailoverMarkovTests`: the holder up (U) or down (D), the other, then the move: automatic, by hand,
  /// given up, waiting.
  static func chain(_ pair: Pair) throws -> StateSpace<String> {
    let (failure, repair) = (1 / pair.mtbf, 1 / pair.repair)
    let (automatic, byHand) = (1 / pair.move, pair.byHand.map { 1 / $0 } ?? 0)
    let other = pair.byHand == nil ? "g" : "m"
    return try StateSpace(from: "UU") { state in
      let works = failure * pair.works
      let fails = failure * (1 - pair.works)
      let moves: [(String, Double)] =
        switch state {
        case "UU": [("DUa", works), ("DU" + other, fails), ("UD", failure)]
        case "UD": [("UU", repair), ("DDa", works), ("DD" + other, fails)]
        case "DUa": [("UD", automatic), ("UU", repair), ("DDa", failure)]
        case "DDa": [("DDwa", automatic), ("UD", repair), ("DUa", repair)]
        case "DUm": [("UD", byHand), ("UU", repair), ("DDm", failure)]
        case "DDm": [("DDwm", byHand), ("UD", repair), ("DUm", repair)]
        case "DUg": [("UU", repair), ("DDg", failure)]
        case "DDg": [("UD", repair), ("DUg", repair)]
        case "DDwa": [("UD", repair), ("DUa", repair)]
        default: [("UD", repair), ("DUm", repair)]
        }
      return moves.map { .init(to: $0.0, rate: $0.1) }
    }
  }

  /// The model of a pair.
  static func graph(_ pair: Pair) throws -> CompiledGraph {
    let byHand = pair.byHand.map { ", manual: {exponential: \($0) h}" } ?? ""
    return try ModelText.graph(
      """
      components:
        store:
          roles: {writer: {count: 1}, standby: {count: 1, required: 0}}
          failover:
            writer: {from: [standby], takes: {exponential: \(pair.move) h}, works: \(pair.works * 100) %\(byHand)}
          fails: {crash: {mtbf: \(pair.mtbf) h, lasts: {exponential: \(pair.repair) h}}}
      capabilities: {writing: {depends-on: {store/writer: hard}}}
      """)
  }

  @Test("Two units against the chain by hand", arguments: pairs)
  func pair(_ pair: Pair) throws {
    let graph = try Self.graph(pair)
    let found = try SteadyState.results(of: graph)[0]
    let space = try Self.chain(pair)
    let down = try space.chain.longRunShare(of: space.indicator { $0.hasPrefix("D") })
    #expect(relativeError(found.unavailability, down.probability) <= 1e-12)
    #expect(relativeError(found.frequencyPerHour ?? 0, down.frequency) <= 1e-12)
    #expect(found.approximations.isEmpty)
    #expect(found.contributions.map(\.cause) == ["store/crash"])
    #expect(abs((found.contributions.first?.share ?? 0) - 1) <= 1e-12)
  }

  // MARK: Against the simulation

  static let zones = """
    domains:
      a: {kind: zone, fails: {outage: {mtbf: 400 h, lasts: {exponential: 20 h}}}}
      b: {kind: zone, like: a}
      c: {kind: zone, like: a}

    """

  static let models: [(name: String, text: String)] = [
    (
      "stages, coverage, by hand, zones that others share",
      zones + """
        components:
          store:
            roles: {writer: {count: 1, in: a}, reader: {count: 2, required: 1, members: [b, c]}}
            failover:
              writer:
                from: [reader]
                detect: {exponential: 1 h}
                takes: {exponential: 2 h}
                works: 80 %
                manual: {exponential: 6 h}
            fails:
              crash: {mtbf: 200 h, lasts: {exponential: 15 h}}
              bug: {scope: component, mtbf: 2000 h, lasts: {exponential: 3 h}}
          api:
            replicas: {count: 3, required: 2, spread: zones}
            depends-on: {store/writer: hard}
            fails: {crash: {mtbf: 300 h, lasts: {exponential: 5 h}}}
        capabilities:
          write: {depends-on: {store/writer: hard}}
          read: {depends-on: {store/reader: hard}}
          both: {depends-on: {store/reader: hard, store/writer: hard}}
          api: {depends-on: {api: hard}}
        """
    ),
    (
      "two components that the same zones hit",
      zones + """
        components:
          store:
            roles: {writer: {count: 1, in: a}, reader: {count: 1, required: 0, in: b}}
            failover: {writer: {from: [reader], takes: {exponential: 3 h}, works: 80 %}}
            fails: {crash: {mtbf: 200 h, lasts: {exponential: 15 h}}}
          cache:
            roles: {master: {count: 1, in: a}, replica: {count: 1, required: 0, in: b}}
            failover: {master: {from: [replica], takes: {exponential: 2 h}, works: 90 %}}
            fails: {crash: {mtbf: 100 h, lasts: {exponential: 5 h}}}
        capabilities:
          both: {depends-on: {cache/master: hard, store/writer: hard}}
          any: {depends-on: {any: {any-of: [cache/master, store/writer]}}}
        """
    ),
    (
      "fixed and uniform times, a role that lends to one that lends",
      zones + """
        components:
          store:
            roles:
              writer: {count: 1, in: a}
              reader: {count: 1, required: 1, in: b}
              reports: {count: 1, required: 0, in: c}
            failover:
              writer: {from: [reader], detect: 30 min, takes: {uniform: {min: 1 h, max: 3 h}}, works: 90 %, manual: 8 h}
              reader: {from: [reports], takes: 1 h}
            fails: {crash: {mtbf: 500 h, lasts: 6 h}}
        capabilities:
          write: {depends-on: {store/writer: hard}}
          read: {depends-on: {store/reader: hard}}
        """
    ),
  ]

  @Test("Agrees with the simulation", arguments: models.indices)
  func agreesWithSimulation(_ index: Int) throws {
    let graph = try ModelText.graph(Self.models[index].text)
    let exact = try SteadyState.results(of: graph)
    let plan = SimulationPlan(years: 5, replications: 2_000, seed: 5, confidence: Simulated.fourAndAHalf)
    let simulated = Simulator(graph, plan: plan).run()
    for result in exact {
      let found = simulated[result.capability]
      let place = Comment(rawValue: "\(Self.models[index].name): \(result.capability)")
      let perYear = (result.frequencyPerHour ?? 0) * 8760
      if result.approximations.isEmpty {
        #expect(found.unavailability.holds(result.unavailability), place)
        #expect(found.outagesPerYear.holds(perYear), place)
      } else {
        // What is left of a fixed outage when a role is handed on depends on more than its mean.
        #expect(relativeError(result.unavailability, found.unavailability.value) <= 0.05, place)
        #expect(relativeError(perYear, found.outagesPerYear.value) <= 0.1, place)
      }
      for contribution in result.contributions where contribution.share > 0.05 {
        let other = found.contributions.first { $0.cause == contribution.cause }?.share ?? 0
        #expect(abs(other - contribution.share) <= 0.05, "\(place): \(contribution.cause)")
      }
    }
  }

  // MARK: What it says of itself

  private static func store(_ failover: String, outage: String = "{exponential: 2 h}", units: Int = 1)
    -> String
  {
    """
    components:
      sentinel: {fails: {crash: {mtbf: 100 h, lasts: 1 h}}}
      store:
        roles: {writer: {count: \(units)}, standby: {count: \(units), required: 0}}
        failover: {writer: {from: [standby], \(failover)}}
        fails: {crash: {mtbf: 1000 h, lasts: \(outage)}, disk: {mtbf: 1500 h, lasts: \(outage)}}
    capabilities: {writing: {depends-on: {store/writer: hard}}}
    """
  }

  @Test(
    "Says what is approximated",
    arguments: [
      ("takes: {exponential: 1 h}", "{exponential: 2 h}", 1, nil),
      ("takes: {gamma: {shape: 3, mean: 1 h}}", "{exponential: 2 h}", 1, nil),
      ("takes: 1 h", "{exponential: 2 h}", 1, "laws that are not exponential"),
      ("takes: {exponential: 1 h}", "2 h", 1, "laws that are not exponential"),
      ("takes: {exponential: 1 h}, needs: [sentinel]", "{exponential: 2 h}", 1, "what a move needs"),
      ("takes: {exponential: 1 h}", "{exponential: 2 h}", 60, "(failure frequency of the holder)"),
    ] as [(String, String, Int, String?)])
  func approximations(_ failover: String, _ outage: String, _ units: Int, _ note: String?) throws {
    let graph = try ModelText.graph(Self.store(failover, outage: outage, units: units))
    let found = try SteadyState.results(of: graph)[0].approximations
    if let note {
      #expect(found.contains { $0.contains(note) && $0.contains("store/writer") }, "\(found)")
    } else {
      #expect(found.isEmpty, "\(found)")
    }
  }

  @Test("What a move needs counts against its coverage")
  func needs() throws {
    let needing = try SteadyState.results(
      of: ModelText.graph(Self.store("takes: {exponential: 1 min}, needs: [sentinel]")))[0]
    let works = 100.0 / 101
    let covered = try SteadyState.results(
      of: ModelText.graph(Self.store("takes: {exponential: 1 min}, works: \(works * 100) %")))[0]
    #expect(relativeError(needing.unavailability, covered.unavailability) <= 1e-9)
  }

  @Test("Single points are those that no move helps against")
  func singlePoints() throws {
    let found = try SteadyState.results(
      of: ModelText.graph(
        """
        components:
          store:
            roles: {writer: {count: 1}, standby: {count: 1, required: 0}}
            failover: {writer: {from: [standby], takes: {exponential: 1 min}, works: 90 %}}
            fails:
              crash: {mtbf: 1000 h, lasts: {exponential: 2 h}}
              bug: {scope: component, mtbf: 9000 h, lasts: {exponential: 1 h}}
        capabilities: {writing: {depends-on: {store/writer: hard}}}
        """))[0]
    #expect(found.singlePoints.map(\.entity) == ["store"])
    #expect(found.singlePoints.first?.causes == ["store/bug"])
  }
}
