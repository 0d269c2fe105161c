import Reliability
import ServiceGraph
import Simulation
import Stochastics
import Testing

/// Crews, spares, shared load and roles that move, from new.
@Suite("Horizons of models with chains")
struct ChainHorizonTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let component: String
    var crews = ""
    let hours: Double
    let mean: Double
    let end: Double
    let failures: Double
    let unreliability: Double
    var testDescription: String { "\(name), \(hours) h" }
  }

  private static let machines: String =
    "{replicas: {count: 5, required: 2}, fails: {failure: {mtbf: 100 h, lasts: {exponential: 20 h}, crew: one}}}"

  private static func spare(_ dormancy: String, crew: String = "") -> String {
    "{replicas: {count: 2, required: 1}, standby: {running: 1, dormancy: \(dormancy)}, "
      + "fails: {crash: {mtbf: 1000 h, lasts: {exponential: 10 h}\(crew)}}}"
  }

  private static let sharing: String =
    "{replicas: {count: 2, required: 1}, load-sharing: {factors: [1, 3]}, "
    + "fails: {crash: {mtbf: 1000 h, lasts: {exponential: 10 h}}}}"

  /// The matrix exponentials of the generators with the failures, the downtime and the first failure as states of their own,
  /// to 40 digits by mpmath.
  static let rows: [Row] = [
    Row(
      name: "M/M/1//5", component: machines, crews: "crews: {one: 1}\n", hours: 10,
      mean: 0.0000580808374730182856, end: 0.000260164019438860153, failures: 0.000288725488509621497,
      unreliability: 0.000287792015256348781),
    Row(
      name: "M/M/1//5", component: machines, crews: "crews: {one: 1}\n", hours: 200,
      mean: 0.0384499767862226449, end: 0.0628425513642783639, failures: 0.391796919241839399,
      unreliability: 0.276209863973213613),
    Row(
      name: "cold spare", component: spare("cold"), hours: 5, mean: 2.90574443873670862e-6,
      end: 7.71824646157257754e-6, failures: 0.0000106239909003092862,
      unreliability: 0.0000106204687363163826),
    Row(
      name: "cold spare", component: spare("cold"), hours: 720, mean: 0.0000484746523162614603,
      end: 0.0000495024998762437503, failures: 0.00702985243341789404, unreliability: 0.00693917412085380368),
    Row(
      name: "cold spare, one crew", component: spare("cold", crew: ", crew: one"), crews: "crews: {one: 1}\n",
      hours: 720, mean: 0.0000962503685006407509, end: 0.0000990000990000990001,
      failures: 0.00702902663104623307, unreliability: 0.00693917412085380368),
    Row(
      name: "warm spare", component: spare("20 %"), hours: 720, mean: 0.0000580556863505351332,
      end: 0.0000592850226271169693, failures: 0.00841930385710417615, unreliability: 0.00830537913895663677),
    Row(
      name: "shared load", component: sharing, hours: 720, mean: 0.000287927331692500645,
      end: 0.000294031167303734196, failures: 0.041755566931023827, unreliability: 0.0398063661325206944),
  ]

  @Test("crews, spares and shared load against matrix exponentials", arguments: rows)
  func groups(_ row: Row) throws {
    let graph = try ModelText.graph(
      "\(row.crews)components: {part: \(row.component)}\ncapabilities: {service: {depends-on: {part: hard}}}")
    let found = try #require(try IntervalAvailability.results(of: graph, horizonHours: row.hours).first)
    #expect(relativeError(found.unavailability, row.mean) <= 1e-10)
    #expect(relativeError(found.unavailabilityAtEnd, row.end) <= 1e-10)
    #expect(relativeError(found.expectedFailures ?? 0, row.failures) <= 1e-10)
    #expect(found.relativeError <= 1e-9)
    #expect(found.approximations.isEmpty)
    let mission = try #require(try MissionReliability.results(of: graph, missionHours: row.hours).first)
    guard case .exact(let failed, _) = mission.unreliability else {
      Issue.record("\(mission.unreliability)")
      return
    }
    #expect(relativeError(failed, row.unreliability) <= 1e-11)
  }

  /// Until a repair can matter, the life of n units one after the other is Erlang. A cold pair with repair lasts
  /// (2λ + μ) / λ² on average: Trivedi, *Probability and statistics*, 2nd edition, example 8.23 without coverage.
  @Test("a cold spare: Erlang without repair, and the mean time to failure with it")
  func erlang() throws {
    let graph = try ModelText.graph(
      """
      components:
        part:
          replicas: {count: 2, required: 1}
          standby: {running: 1, dormancy: cold}
          fails: {crash: {mtbf: 1000 h, lasts: {exponential: 1000000 y}}}
      capabilities: {service: {depends-on: {part: hard}}}
      """)
    let mission = try #require(try MissionReliability.results(of: graph, missionHours: 700).first)
    let expected = 1 - 1.7 * 0.4965853037914095
    #expect(relativeError(mission.unreliability.value ?? 0, expected) <= 1e-6)
    let repaired = try ModelText.graph(
      "components: {part: \(Self.spare("cold"))}\ncapabilities: {service: {depends-on: {part: hard}}}")
    let mean = try #require(try MissionReliability.results(of: repaired, missionHours: 700).first)
    #expect(relativeError(mean.meanTimeToFailure.value ?? 0, (2e-3 + 0.1) / 1e-6) <= 1e-12)
  }

  /// 496 states, which are not squared as full matrices.
  @Test("thirty machines, each noticed before one of two repairmen comes: against the chain by hand")
  func noticing() throws {
    let graph = try ModelText.graph(
      """
      crews: {two: 2}
      components:
        m:
          replicas: {count: 30, required: 26}
          fails: {f: {mtbf: 100 h, detect: {exponential: 2 h}, recover: {exponential: 5 h}, crew: two}}
      capabilities: {s: {depends-on: {m: hard}}}
      """)
    let space = try StateSpace(from: [0, 0]) { state in
      let (unseen, seen) = (state[0], state[1])
      let moves: [StateSpace<[Int]>.Move] = [
        .init(to: [unseen + 1, seen], rate: Double(30 - unseen - seen) / 100),
        .init(to: [unseen - 1, seen + 1], rate: Double(unseen) / 2),
        .init(to: [unseen, seen - 1], rate: Double(min(2, seen)) / 5),
      ]
      return moves.filter { $0.rate > 0 }
    }
    let isDown = space.indicator { $0[0] + $0[1] > 4 }
    for hours in [1.0, 30, 500] {
      let found = try IntervalAvailability.results(of: graph, horizonHours: hours)[0]
      let occupancy = try space.chain.occupancy(over: hours)
      let downtime = space.chain.probability(of: isDown, in: occupancy)
      #expect(relativeError(found.unavailability, downtime / hours) <= 1e-10, "\(hours) h")
      let failures = space.chain.frequency(ofEntering: isDown, in: occupancy)
      #expect(relativeError(found.expectedFailures ?? 0, failures) <= 1e-10, "\(hours) h")
      #expect(found.relativeError <= 1e-9)
    }
  }

  // MARK: Roles that move

  @Test("a role that moves, against the chain by hand", arguments: FailoverChainTests.pairs)
  func pair(_ pair: FailoverChainTests.Pair) throws {
    let graph = try FailoverChainTests.graph(pair)
    let space = try FailoverChainTests.chain(pair)
    let isDown = space.indicator { $0.hasPrefix("D") }
    for hours in [pair.move, pair.repair, 20 * pair.repair, 3 * pair.mtbf] {
      let found = try IntervalAvailability.results(of: graph, horizonHours: hours)[0]
      let occupancy = try space.chain.occupancy(over: hours)
      let downtime = space.chain.probability(of: isDown, in: occupancy)
      #expect(relativeError(found.unavailability, downtime / hours) <= 1e-9, "\(hours) h")
      let end = space.chain.probability(of: isDown, in: try space.chain.distribution(at: hours))
      #expect(relativeError(found.unavailabilityAtEnd, end) <= 1e-9, "\(hours) h")
      let failures = space.chain.frequency(ofEntering: isDown, in: occupancy)
      #expect(relativeError(found.expectedFailures ?? 0, failures) <= 1e-9, "\(hours) h")
      #expect(found.approximations.isEmpty && found.relativeError <= 1e-9)
      let mission = try MissionReliability.results(of: graph, missionHours: hours)[0]
      let failed = try space.chain.firstPassageProbability(to: isDown, at: hours)
      #expect(relativeError(mission.unreliability.value ?? 0, failed) <= 1e-10, "\(hours) h")
      let mean = try #require(try space.chain.meanTime(to: isDown))
      #expect(relativeError(mission.meanTimeToFailure.value ?? 0, mean) <= 1e-10)
    }
  }

  private static let sharedZones = """
    domains:
      a: {kind: zone, fails: {outage: {mtbf: 100 h, lasts: {exponential: 5 h}}}}
      b: {kind: zone, fails: {outage: {mtbf: 150 h, lasts: {exponential: 8 h}}}}
    components:
      store:
        roles: {writer: {count: 1, in: a}, reader: {count: 1, required: 0, members: [b]}}
        failover: {writer: {from: [reader], detect: {exponential: 30 min}, takes: {exponential: 1 h}, works: 80 %}}
        fails: {crash: {mtbf: 60 h, lasts: {exponential: 4 h}}}
      front: {replicas: {count: 2, required: 1, spread: zones}, fails: {crash: {mtbf: 80 h, lasts: {exponential: 3 h}}}}
    capabilities: {shop: {depends-on: {store/writer: hard, front: hard}}}
    """

  @Test(
    "zones that roles and others share: simulation from new, and the chain of all until the first failure")
  func shared() throws {
    let graph = try ModelText.graph(Self.sharedZones)
    for hours in [10.0, 60, 400] {
      let plan = SimulationPlan(
        years: hours / 8760, replications: 40_000, seed: 5, start: .new, confidence: Simulated.fourAndAHalf)
      let simulated = Simulator(graph, plan: plan).run()["shop"]
      let found = try IntervalAvailability.results(of: graph, horizonHours: hours)[0]
      #expect(simulated.unavailability.holds(found.unavailability), "\(hours) h: \(simulated.unavailability)")
      let perYear = try #require(found.expectedFailures) * 8760 / hours
      #expect(simulated.outagesPerYear.holds(perYear), "\(hours) h: \(simulated.outagesPerYear)")
      #expect(found.relativeError <= 1e-9 && found.approximations.isEmpty)
      let mission = try MissionReliability.results(of: graph, missionHours: hours)[0]
      guard case .exact(let failed, _) = mission.unreliability else {
        Issue.record("\(mission.unreliability)")
        continue
      }
      // Between what is down at the end and what failed at all.
      #expect(failed > found.unavailabilityAtEnd && failed < found.expectedFailures ?? 0)
    }
  }

  @Test("after very long the interval is the long run, and so is the frequency")
  func longRun() throws {
    let graph = try ModelText.graph(Self.sharedZones)
    let steady = try SteadyState.results(of: graph)[0]
    let found = try IntervalAvailability.results(of: graph, horizonHours: 1e9)[0]
    #expect(relativeError(found.unavailabilityAtEnd, steady.unavailability) <= 1e-11)
    #expect(relativeError(found.frequencyAtEndPerHour ?? 0, steady.frequencyPerHour ?? 1) <= 1e-11)
    #expect(relativeError(found.unavailability, steady.unavailability) <= 1e-6)
  }
}
