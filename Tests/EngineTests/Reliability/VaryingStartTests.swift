import Foundation
import Reliability
import ServiceGraph
import Testing

/// Roles that move between units whose starts vary.
@Suite("Starts that vary, and failover")
struct VaryingStartTests {
  struct Pair: Sendable {
    let mtbf: Double
    let start: Double
    let move: Double
  }

  static func graph(_ start: String, _ fails: String, _ move: String) throws -> CompiledGraph {
    try ModelText.graph(
      """
      components:
        api:
          roles: {writer: {count: 1}, reader: {count: 1, required: 0}}
          failover: {writer: {from: [reader], takes: \(move)}}
          start: {takes: \(start)}
          fails: {\(fails)}
      capabilities: {service: {depends-on: {api/writer: hard}}}
      """)
  }

  /// The holder and the other, each up (U), down (D) or starting (S), then the move: none, under way (m), or waiting for
  /// the other (w). Outages take 1 h on average.
  static func chain(_ pair: Pair) throws -> StateSpace<String> {
    func units(_ one: Character) -> [(to: Character, rate: Double)] {
      switch one {
      case "U": [("D", 1 / pair.mtbf)]
      case "D": [("S", 1)]
      default: [("U", 1 / pair.start), ("D", 1 / pair.mtbf)]
      }
    }
    return try StateSpace(from: "UU-") { state in
      let parts = Array(state)
      let (holder, other, move) = (parts[0], parts[1], parts[2])
      var moves: [StateSpace<String>.Move] = []
      for (to, rate) in units(holder) {
        let next: Character = to == "U" ? "-" : holder == "U" ? "m" : move
        moves.append(.init(to: String([to, other, next]), rate: rate))
      }
      for (to, rate) in units(other) {
        moves.append(.init(to: String([holder, to, move == "w" && to == "U" ? "m" : move]), rate: rate))
      }
      if move == "m" {
        let to = other == "U" ? [other, holder, "-"] : [holder, other, "w"]
        moves.append(.init(to: String(to), rate: 1 / pair.move))
      }
      return moves
    }
  }

  @Test(
    "exponential starts against the chain by hand",
    arguments: [
      Pair(mtbf: 1000, start: 5, move: 0.1), Pair(mtbf: 20, start: 10, move: 3),
      Pair(mtbf: 5, start: 10, move: 2),
    ])
  func exponential(_ pair: Pair) throws {
    let graph = try Self.graph(
      "{exponential: \(pair.start) h}", "crash: {mtbf: \(pair.mtbf) h, lasts: {exponential: 1 h}}",
      "{exponential: \(pair.move) h}")
    let space = try Self.chain(pair)
    let isDown = space.indicator { !$0.hasPrefix("U") }
    let found = try SteadyState.results(of: graph)[0]
    let down = try space.chain.longRunShare(of: isDown)
    #expect(relativeError(found.unavailability, down.probability) <= 1e-12)
    #expect(relativeError(found.frequencyPerHour ?? 0, down.frequency) <= 1e-12)
    #expect(abs((found.contributions.first?.share ?? 0) - 1) <= 1e-12)
    for hours in [0.2, 30, 3000] {
      let interval = try IntervalAvailability.results(of: graph, horizonHours: hours)[0]
      let occupancy = try space.chain.occupancy(over: hours)
      #expect(
        relativeError(interval.unavailability, space.chain.probability(of: isDown, in: occupancy) / hours)
          <= 1e-9, "\(hours) h")
    }
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let start: String
    let fails: String
    let move: String
    let unavailability: (value: Double, error: Double)
    let frequency: (value: Double, error: Double)
    /// How far stages may be off, relative to the value.
    let allowed: Double
    var testDescription: String { "start \(start), \(fails)" }
  }

  /// Means and standard errors of forty times sixty years of an event simulation of its own, without code of this package.
  static let rows = [
    Row(
      start: "{exponential: 4 h}",
      fails: "crash: {mtbf: 30 h, lasts: {exponential: 1 h}}, "
        + "hang: {mtbf: 60 h, lasts: {exponential: 5 h}, restart: no}",
      move: "{exponential: 2 h}", unavailability: (0.103284, 0.000145), frequency: (0.0448893, 0.0000365),
      allowed: 0),
    Row(
      start: "{exponential: 4 h}",
      fails: "crash: {mtbf: 60 h, lasts: {exponential: 1 h}}, "
        + "bug: {scope: component, mtbf: 50 h, lasts: {exponential: 2 h}}",
      move: "{exponential: 1 h}", unavailability: (0.102683, 0.000170), frequency: (0.0329785, 0.0000352),
      allowed: 0),
    Row(
      start: "4 h",
      fails: "crash: {mtbf: 60 h, lasts: {exponential: 1 h}}, "
        + "bug: {scope: component, mtbf: 50 h, lasts: {exponential: 2 h}}",
      move: "{exponential: 1 h}", unavailability: (0.132673, 0.000167), frequency: (0.0318348, 0.0000342),
      allowed: 0.01),
    Row(
      start: "{uniform: {min: 2 h, max: 18 h}}", fails: "crash: {mtbf: 20 h, lasts: 1 min}", move: "3 h",
      unavailability: (0.226947, 0.000305), frequency: (0.0386291, 0.0000372), allowed: 0.01),
    Row(
      start: "{lognormal: {median: 4 h, p90: 20 h}}", fails: "crash: {mtbf: 50 h, lasts: {exponential: 1 h}}",
      move: "{exponential: 2 h}", unavailability: (0.050017, 0.000112), frequency: (0.0190193, 0.0000271),
      allowed: 0.01),
  ]

  @Test("other starts as a simulation has them", arguments: rows)
  func simulated(_ row: Row) throws {
    let found = try SteadyState.results(of: Self.graph(row.start, row.fails, row.move))[0]
    let off = abs(found.unavailability - row.unavailability.value)
    #expect(off <= 4.5 * row.unavailability.error + row.allowed * row.unavailability.value)
    let frequency = try #require(found.frequencyPerHour)
    let offFrequency = abs(frequency - row.frequency.value)
    #expect(offFrequency <= 4.5 * row.frequency.error + row.allowed * row.frequency.value)
  }

  /// Zones that another component needs too, without the starts after their outages, which are ten of forty hours long.
  @Test("units start by themselves after outages that others share")
  func shared() throws {
    let found = try SteadyState.results(
      of: ModelText.graph(
        """
        domains:
          a: {kind: zone, fails: {outage: {mtbf: 40 h, lasts: {exponential: 5 h}}}}
          b: {kind: zone, like: a}
        components:
          api:
            roles: {writer: {count: 1, in: a}, reader: {count: 1, required: 0, in: b}}
            failover: {writer: {from: [reader], takes: {exponential: 1 h}}}
            start: {takes: {exponential: 10 h}}
            fails: {crash: {mtbf: 40 h, lasts: {exponential: 1 h}}}
          front: {replicas: {count: 2, required: 1, spread: zones}}
        capabilities: {service: {depends-on: {api/writer: hard}}, other: {depends-on: {front: hard}}}
        """))[0]
    #expect(abs(found.unavailability - 0.205801) <= 0.004 * 0.205801)
    #expect(!found.approximations.contains { $0.contains("contain these") })
  }

  /// While λ is small the role is down for min(move, outage) at a time: with κ = 1/move + 1/outage, λ/κ (1 − e^(−κt)) at t,
  /// and λ/κ (1 − (1 − e^(−κT)) / (κT)) on average over 0…T.
  @Test("the first hours count, however far the horizon", arguments: [1.0, 100, 10_000])
  func firstHours(horizon: Double) throws {
    let graph = try FailoverChainTests.graph(
      FailoverChainTests.Pair(mtbf: 1e12, repair: 2, move: 1, works: 1, byHand: nil, source: "closed form"))
    let found = try IntervalAvailability.results(of: graph, horizonHours: horizon)[0]
    let expected = 1e-12 / 1.5 * (1 + expm1(-1.5 * horizon) / (1.5 * horizon))
    #expect(relativeError(found.unavailability, expected) <= 1e-8)
    #expect(found.relativeError <= 1e-9)
  }
}
