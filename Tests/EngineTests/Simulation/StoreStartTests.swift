import Foundation
import Quantities
import Recovery
import ServiceModel
import Simulation
import Stochastics
import Testing

/// A store serves again once it has started: its recovery times have the start in them, in simulated years and in the laws
/// of the same scenarios.
@Suite("Starts of stores after losses of data")
struct StoreStartTests {
  /// A store, restored in half an hour, behind a service that promises to be back in 45 min.
  private static func body(start: String, fails: String, rto: String = "45 min") -> String {
    """
    crews: {ops: {count: 1}}
    components:
      db:
        start: {\(start)}
        data: {volumes: {d: {}}}
        backups: {full: {every: 1 h, keep: 7 d, restore: 30 min}}
        objectives: {o: {rto: \(rto)}}
        fails: {\(fails)}
    capabilities: {s: {depends-on: {db: hard}, objectives: {c: {rto: \(rto)}}}}
    """
  }

  /// A way to state a failure, and how long the store is down for it with a start of half an hour.
  struct Row: Sendable, CustomTestStringConvertible {
    let fails: String
    let hours: Double
    /// The share of losses after which the store is back within 45 min, and that of outages of the service.
    let kept: (store: Double, service: Double)
    var testDescription: String { fails }
  }

  static let rows = [
    // 30 min of the restore and 30 min of the start.
    Row(fails: "loss: {mtbf: 500 h, scope: component, loses: volume}", hours: 1, kept: (0, 0)),
    // The same where a crew restores it.
    Row(
      fails: "loss: {mtbf: 500 h, scope: component, loses: volume, crew: ops}", hours: 1, kept: (0, 0)),
    // 40 min as stated and 30 min of the start.
    Row(
      fails: "loss: {mtbf: 500 h, scope: component, lasts: 40 min, loses: volume}", hours: 70.0 / 60,
      kept: (0, 0)),
    // 5 min until it is noticed, 10 min and 30 min. A failure while it starts makes one long outage of two.
    Row(
      fails: "loss: {mtbf: 500 h, scope: component, detect: 5 min, recover: 10 min, loses: deletion}",
      hours: 0.75,
      kept: (1, exp(-0.5 / 500))),
    // Nothing has to start.
    Row(
      fails: "loss: {mtbf: 500 h, scope: component, restart: no, loses: volume}", hours: 0.5, kept: (1, 1)),
  ]

  @Test("a store is back once it has started, on every page", arguments: rows)
  func fixed(row: Row) throws {
    let body = Self.body(start: "takes: 30 min", fails: row.fails)
    let failure = try #require(try ModelText.model(body).storeFailures.first)
    let law = failure.scenario.outcome().recovery
    #expect(law.isExact)
    #expect(abs(try #require(law.mean()).value - row.hours) < 1e-12)
    #expect(abs(law.worst - row.hours) < 1e-12)
    let result = try DataLossTests.result(body)
    let loss = try #require(result.dataLosses.first)
    let drawn = try #require(loss.recovery)
    #expect(abs(drawn.mean - row.hours) < 1e-6 && abs(drawn.most - row.hours) < 1e-6)
    // Its own promise and that of the service, which outages of the service keep as often but for chance.
    #expect(loss.attainments.count == 2)
    #expect(loss.attainments.allSatisfy { $0.inTime?.value == row.kept.store })
    #expect(try #require(result["s"].outagesEnded(within: 0.75)).holds(row.kept.service))
  }

  /// A start of 0 to 1 h after half an hour: half of the recoveries take 1 h at most, and 1 h is their mean.
  @Test("a start that varies is drawn, from a stream of its own")
  func varying() throws {
    let fails = "loss: {mtbf: 500 h, scope: component, loses: volume}"
    let body = Self.body(start: "takes: {uniform: {min: 0 h, max: 1 h}}", fails: fails, rto: "1 h")
    let failure = try #require(try ModelText.model(body).storeFailures.first)
    let met = try #require(failure.objectives[0].result(of: failure.scenario).meetsTime)
    #expect(abs(met.value - 0.5) < 1e-12)
    let loss = try #require(try DataLossTests.result(body).dataLosses.first)
    #expect(try #require(loss.attainments[0].inTime).holds(0.5))
    #expect(abs(try #require(loss.recovery).mean - 1) < 0.01)
    // What is lost keeps its luck.
    let without = try #require(
      try DataLossTests.result(Self.body(start: "takes: 0 s", fails: fails, rto: "1 h")).dataLosses.first)
    #expect(loss.loss == without.loss && loss.incidents == without.incidents)
  }

  /// The host is back after 4 h; the catalogue needs 90 s, and only then the graph as much again, as long as it is up.
  @Test("a start waits for others that the same failure takes down, and says so")
  func waiting() throws {
    let body = """
      domains: {host: {kind: node, fails: {loss: {mtbf: 990 h, lasts: 4 h, loses: volume}}}}
      components:
        catalogue: {in: host, start: {takes: 90 s}, data: {volumes: {c: {}}}, backups: {full: {every: 1 h, keep: 1 d, restore: 1 h}}}
        keys: {start: {takes: 1 h}, fails: {crash: {mtbf: 1 y, lasts: 1 h}}}
        graph:
          in: host
          start: {takes: 90 s}
          depends-on: {catalogue: {start: also}, keys: {start: only}}
          data: {volumes: {g: {}}}
          backups: {full: {every: 1 h, keep: 1 d, restore: 1 h}}
      capabilities: {s: {depends-on: {graph: hard}}}
      """
    let failures = try ModelText.model(body).storeFailures
    #expect(failures.map(\.component) == [0, 2])
    let means = try failures.map { try #require($0.scenario.outcome().recovery.mean()).value }
    #expect(abs(means[0] - (4 + 90.0 / 3600)) < 1e-12)
    #expect(abs(means[1] - (4 + 180.0 / 3600)) < 1e-12)
    #expect(failures[0].remarks.isEmpty)
    #expect(failures[1].remarks.contains { $0.contains("catalogue, keys") && $0.contains("not counted") })
    let drawn = try DataLossTests.result(body).dataLosses.map { try #require($0.recovery).mean }
    #expect(zip(drawn, means).allSatisfy { abs($0 - $1) < 1e-6 })
  }
}
