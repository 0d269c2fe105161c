import Foundation
import Reliability
import ServiceGraph
import Testing

/// Outages of places that take down units which start for a long time, beside others that are up at once.
@Suite("Starts after outages of places")
struct PlaceStartTests {
  /// How often each fails while it is up, per hour, and how likely it is up without starts.
  static let (zone, slow, quick) = (1.0 / 500, 1.0 / 300, 1.0 / 400)
  static let (zoneUp, slowUp, quickUp) = (500.0 / 503, 300.0 / 301, 400.0 / 401)
  static let start = 20.0

  static func graph() throws -> CompiledGraph {
    try ModelText.graph(
      """
      domains:
        za: {kind: zone, fails: {out: {mtbf: 500 h, lasts: {exponential: 3 h}}}}
      components:
        slow: {in: za, fails: {crash: {mtbf: 300 h, lasts: {exponential: 1 h}}}, start: {takes: 20 h}}
        quick: {in: za, fails: {crash: {mtbf: 400 h, lasts: {exponential: 1 h}}}}
      capabilities:
        slow: {depends-on: {slow: hard}}
        quick: {depends-on: {quick: hard}}
        both: {depends-on: {slow: hard, quick: hard}}
        either: {depends-on: {one: {any-of: [slow, quick]}}}
      """)
  }

  /// How likely the slow one is down while the zone is up: it is up when neither failed for the time of a start.
  static let slowDown = 1 - slowUp * exp(-(zone + slow) * start)

  @Test("each unit is down for its own start, and no longer")
  func longRun() throws {
    let (slowDown, quickDown) = (Self.slowDown, 1 - Self.quickUp)
    let expected = [
      (1 - Self.zoneUp * (1 - slowDown), Self.zone + Self.slow),
      (1 - Self.zoneUp * Self.quickUp, Self.zone + Self.quick),
      (1 - Self.zoneUp * (1 - slowDown) * Self.quickUp, Self.zone + Self.slow + Self.quick),
    ]
    let results = try SteadyState.results(of: Self.graph())
    for (result, (unavailability, rate)) in zip(results, expected) {
      #expect(relativeError(result.unavailability, unavailability) <= 1e-12, "\(result.capability)")
      #expect(
        relativeError(result.frequencyPerHour ?? 0, rate * (1 - unavailability)) <= 1e-12,
        "\(result.capability)")
    }
    // Either of the two: the outage of the zone, or both down for reasons of their own, starts among them.
    let either = results[3]
    #expect(
      relativeError(either.unavailability, 1 - Self.zoneUp + Self.zoneUp * slowDown * quickDown) <= 1e-12)
    let crashes = Self.quick * Self.quickUp * slowDown + Self.slow * (1 - slowDown) * quickDown
    let frequency = Self.zoneUp * (Self.zone * (1 - slowDown * quickDown) + crashes)
    #expect(relativeError(either.frequencyPerHour ?? 0, frequency) <= 1e-12)
  }

  @Test("a cause ends with the starts after it")
  func contributions() throws {
    let graph = try Self.graph()
    let result = try SteadyState.results(of: graph)[0]
    let without = 1 - Self.slowUp * exp(-Self.slow * Self.start)
    let share = result.contributions.first { $0.cause == "za/out" }?.share
    #expect(relativeError(share ?? 0, 1 - without / result.unavailability) <= 1e-9)
    #expect(result.singlePoints.map(\.entity) == ["za", "slow"])
    let table = try ImportanceTable.tables(of: graph)[0]
    let row = table.rows.first { $0.name == "za" }
    #expect(relativeError(row?.criticality ?? 0, 1 - without / result.unavailability) <= 1e-9)
    let covered = 1 - Self.zoneUp * exp(-Self.zone * Self.start)
    #expect(relativeError(row?.probability ?? 0, covered) <= 1e-9)
    #expect(relativeError(row?.birnbaum ?? 0, 1 - without) <= 1e-9)
  }

  @Test("minimal sets name what has not started", arguments: [0, 3])
  func cutSets(capability: Int) throws {
    var questions = FaultTreeQuestions()
    questions.sets = .cutSets
    guard case .table(let table) = try CutSetTable.tables(of: Self.graph(), questions)[capability] else {
      Issue.record("no table")
      return
    }
    let sets = Set(table.rows.map { Set($0.literals.map(\.name)) })
    let waits = "slow not started after za/out"
    let expected: Set<Set<String>> =
      capability == 0
      ? [["za/out"], [waits], ["slow/crash"]]
      : [["za/out"], [waits, "quick/crash"], ["slow/crash", "quick/crash"]]
    #expect(sets == expected)
  }

  @Test("from new, a unit that failed is not back before its start has passed")
  func overTime() throws {
    let graph = try Self.graph()
    for hours in [1.0, 7, 19] {
      let results = try IntervalAvailability.results(of: graph, horizonHours: hours)
      let rate = Self.zone + Self.slow
      // Down at t with 1 − exp(−rate t), as long as no start has come to its end.
      let slow = 1 + expm1(-rate * hours) / (rate * hours)
      #expect(relativeError(results[0].unavailability, slow) <= 1e-8, "\(hours) h")
      let quick = try IntervalAvailability.results(of: Self.graph(), horizonHours: hours)[1].unavailability
      #expect(quick < slow)
    }
    // A year is long enough for the mean of the long run but for its beginning.
    let year = try IntervalAvailability.results(of: graph, horizonHours: 8760)
    for (mean, result) in zip(year, try SteadyState.results(of: graph)) {
      #expect(relativeError(mean.unavailability, result.unavailability) < 0.02, "\(result.capability)")
    }
  }

  @Test(
    "roles that move between zones, beside what is up at once, against the chain by hand",
    arguments: [
      VaryingStartTests.Pair(mtbf: 1000, start: 5, move: 0.1),
      VaryingStartTests.Pair(mtbf: 20, start: 10, move: 3),
    ])
  func failover(_ pair: VaryingStartTests.Pair) throws {
    let graph = try ModelText.graph(
      """
      domains:
        za: {kind: zone, fails: {out: {mtbf: \(pair.mtbf) h, lasts: {exponential: 1 h}}}}
        zb: {kind: zone, fails: {out: {mtbf: \(pair.mtbf) h, lasts: {exponential: 1 h}}}}
      components:
        api:
          roles: {writer: {count: 1, in: za}, reader: {count: 1, required: 0, in: zb}}
          failover: {writer: {from: [reader], takes: {exponential: \(pair.move) h}}}
          start: {takes: {exponential: \(pair.start) h}}
        web: {in: za}
      capabilities:
        service: {depends-on: {api/writer: hard}}
        web: {depends-on: {web: hard}}
        all: {depends-on: {api/writer: hard, web: hard}}
      """)
    let space = try VaryingStartTests.chain(pair)
    let isDown = space.indicator { !$0.hasPrefix("U") }
    let down = try space.chain.longRunShare(of: isDown)
    let results = try SteadyState.results(of: graph)
    #expect(relativeError(results[0].unavailability, down.probability) <= 1e-12)
    #expect(relativeError(results[0].frequencyPerHour ?? 0, down.frequency) <= 1e-12)
    #expect(relativeError(results[1].unavailability, 1 / (1 + pair.mtbf)) <= 1e-12)
    // What is asked of both is down at least when one is, and at most when either would be alone.
    #expect(results[2].unavailability >= max(results[0].unavailability, results[1].unavailability))
    #expect(results[2].unavailability <= results[0].unavailability + results[1].unavailability)
  }

  // MARK: Lives that are no exponentials

  @Test("a failure finds units started by how long lives are, in the long run and from new")
  func ageingPlaces() throws {
    func text(_ other: String) -> String {
      """
      domains:
        za: {kind: zone, fails: {out: {lifetime: {gamma: {shape: 4, mean: 100 h}}, lasts: {exponential: 5 h}}}}
      components:
        g: {in: za, start: {takes: 40 h}}
        \(other)
      capabilities: {gg: {depends-on: {g: hard}}}
      """
    }
    let (alone, beside) = (try ModelText.graph(text("")), try ModelText.graph(text("w: {in: za}")))
    // P(X > 40 h) of a sum of four stages of 25 h each, once each 105 h.
    let stages: [Double] = [1, 1.6, 1.6 * 1.6 / 2, 1.6 * 1.6 * 1.6 / 6]
    let survival = exp(-1.6) * stages.reduce(0, +)
    for graph in [alone, beside] {
      let result = try SteadyState.results(of: graph)[0]
      #expect(relativeError(result.frequencyPerHour ?? 0, survival / 105) <= 1e-9)
    }
    let horizon = 1000.0
    let expected = try IntervalAvailability.results(of: alone, horizonHours: horizon)[0]
    let found = try IntervalAvailability.results(of: beside, horizonHours: horizon)[0]
    #expect(relativeError(found.unavailability, expected.unavailability) <= 1e-5)
    #expect(relativeError(found.expectedFailures ?? 0, expected.expectedFailures ?? 1) <= 1e-3)
  }

  // MARK: What starts wait for

  @Test(
    "a start waits for gates as long as they are lost: not for those of which enough are elsewhere, or move there"
  )
  func gatesElsewhere() throws {
    let graph = try ModelText.graph(
      """
      domains:
        za: {kind: zone, fails: {out: {mtbf: 200 h, lasts: {exponential: 5 h}}}}
        zb: {kind: zone, like: za}
      components:
        both: {replicas: {count: 2, required: 1, members: [za, zb]}, start: {takes: 10 h}}
        db:
          roles: {writer: {count: 1, in: za}, reader: {count: 1, required: 0, in: zb}}
          failover: {writer: {from: [reader], detect: 1 h, takes: 2 h}}
          start: {takes: 30 h}
        here: {in: za, start: {takes: 10 h}}
        free: {in: za, start: {takes: 2 h}, depends-on: {both: {start: only}}}
        after: {in: za, start: {takes: 2 h}, depends-on: {db/writer: {start: only}}}
        held: {in: za, start: {takes: 2 h}, depends-on: {here: {start: only}}}
      capabilities:
        free: {depends-on: {free: hard}}
        after: {depends-on: {after: hard}}
        held: {depends-on: {held: hard}}
      """)
    let up = 200.0 / 205
    for (result, start) in zip(try SteadyState.results(of: graph), [2.0, 5, 12]) {
      #expect(
        relativeError(result.unavailability, 1 - up * exp(-start / 200)) <= 1e-12, "\(result.capability)")
    }
  }

  @Test("what a capability does not need changes none of its measures of importance")
  func importanceOfPlaces() throws {
    func rows(_ other: String) throws -> [ImportanceTable.Row] {
      try ImportanceTable.tables(
        of: ModelText.graph(
          """
          domains:
            za: {kind: zone, fails: {out: {mtbf: 200 h, lasts: {exponential: 5 h}}}}
          components:
            w: {in: za, fails: {crash: {mtbf: 300 h, lasts: {exponential: 10 h}}}}
            \(other)
          capabilities: {s: {depends-on: {w: hard}}}
          """))[0].rows
    }
    let (alone, beside) = (try rows("g: {in: za}"), try rows("g: {in: za, start: {takes: 40 h}}"))
    #expect(alone.map(\.name) == beside.map(\.name))
    for (one, other) in zip(alone, beside) {
      #expect(relativeError(other.probability, one.probability) <= 1e-12, "\(one.name)")
      #expect(relativeError(other.birnbaum, one.birnbaum) <= 1e-9, "\(one.name)")
      #expect(relativeError(other.diagnostic, one.diagnostic) <= 1e-9, "\(one.name)")
      #expect(relativeError(other.fussellVesely ?? 0, one.fussellVesely ?? 1) <= 1e-9, "\(one.name)")
    }
  }
}
