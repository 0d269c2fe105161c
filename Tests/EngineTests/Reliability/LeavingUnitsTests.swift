import Foundation
import Reliability
import ServiceGraph
import Testing

/// Units that come up elsewhere, beside units that stay where the same outage holds them: min(outage, wait) for each.
@Suite("Units that leave a place where others stay")
struct LeavingUnitsTests {
  /// A node that is down 10 of 100 hours; of what is on it, api is elsewhere after 1 h, web after 3 h, disk never.
  private static func text(crash: String = "", lasts: String = "10 h", second: String = "{kind: node}")
    -> String
  {
    """
    domains:
      n1: {kind: node, fails: {loss: {mtbf: 90 h, lasts: \(lasts)}}}
      n2: \(second)
    components:
      api: {replicas: {count: 1, spread: nodes}, reschedule: 1 h\(crash)}
      web: {replicas: {count: 1, spread: nodes}, reschedule: 3 h}
      disk: {in: n1}
    capabilities:
      api: {depends-on: {api: hard}}
      web: {depends-on: {web: hard}}
      disk: {depends-on: {api: hard, disk: hard}}
      pages: {depends-on: {api: hard, web: hard}}
      either: {depends-on: {one: {any-of: [api, disk]}}}
      spare: {depends-on: {one: {any-of: [web, api]}}}

    """
  }

  private static func results(_ text: String) throws -> [String: SteadyStateResult] {
    let results = try SteadyState.results(of: ModelText.graph(text))
    return Dictionary(uniqueKeysWithValues: results.map { ($0.capability, $0) })
  }

  @Test(
    "each is held for its own wait, and every outage counts once",
    arguments: [
      ("api", 0.01), ("web", 0.03), ("disk", 0.1), ("pages", 0.03), ("either", 0.01), ("spare", 0.01),
    ])
  func waits(capability: String, share: Double) throws {
    let result = try #require(try Self.results(Self.text())[capability])
    #expect(abs(result.unavailability - share) < 1e-15)
    #expect(abs((result.frequencyPerHour ?? 0) - 0.01) < 1e-15)
    #expect(result.approximations.count == 1)
    #expect(result.approximations.first?.contains("units that stay") == false)
  }

  /// A crash of api is independent of the node: q = 1/100, and 1/100 an hour.
  @Test("beside a failure of its own")
  func beside() throws {
    let results = try Self.results(Self.text(crash: ", fails: {crash: {mtbf: 99 h, lasts: 1 h}}"))
    let api = try #require(results["api"])
    #expect(abs(api.unavailability - (1 - 0.99 * 0.99)) < 1e-15)
    #expect(abs((api.frequencyPerHour ?? 0) - 2 * 0.01 * 0.99) < 1e-15)
    // Both are down in the first hour of an outage, and in the two that follow where api has crashed.
    let spare = try #require(results["spare"])
    #expect(abs(spare.unavailability - (0.01 + 0.02 * 0.01)) < 1e-15)
    // Outages of the node, and crashes in those two hours.
    #expect(abs((spare.frequencyPerHour ?? 0) - (0.01 + 0.02 * 0.01)) < 1e-15)
    #expect(results["either"].map { abs($0.unavailability - (0.01 + 0.09 * 0.01)) < 1e-15 } == true)
  }

  /// 8 (1 − e^(−1/8)) hours of outages that have no memory.
  @Test("outages of any law")
  func exponential() throws {
    let api = try #require(try Self.results(Self.text(lasts: "{exponential: 10 h}"))["api"])
    #expect(abs(api.unavailability - 10 * (1 - exp(-0.1)) / 100) < 1e-9)
  }

  /// Of exponential up times of 90 h, a start of S is cut short to 90 (1 − e^(−S/90)).
  @Test("a start is added to what each waits", arguments: [("api", 1.0), ("web", 2.5), ("pages", 2.5)])
  func starts(capability: String, wait: Double) throws {
    let share = (wait + 90 * (1 - exp(-0.5 / 90))) / 100
    let text = Self.text(crash: ", start: {takes: 30 min}")
    let result = try #require(try Self.results(text)[capability])
    // The exact engine lets the last start after an outage count for everybody that it holds.
    #expect(result.unavailability >= share - 1e-12 && result.unavailability <= share + 0.005 + 1e-12)
  }

  @Test("importance, single points and contributions take the place's failure for all that it holds")
  func others() throws {
    let graph = try ModelText.graph(Self.text())
    let tables = try ImportanceTable.tables(of: graph)
    for (table, share) in zip(tables, [0.01, 0.03, 0.1, 0.03, 0.01, 0.01]) {
      #expect(abs(table.probability - share) < 1e-15)
    }
    for result in try Self.results(Self.text()).values {
      #expect(result.singlePoints.map(\.causes) == [["n1/loss"]], "\(result.capability)")
    }
    let contribution = try #require(try Self.results(Self.text())["api"]?.contributions.first)
    #expect(contribution.cause == "n1/loss" && abs(contribution.share - 1) < 1e-12)
  }

  /// Exponential up times of 90 h: in the long run the share of each wait, and in the first 2 h from new, which no wait
  /// ends in, (1/2) ∫ P(X < t) dt = 1 − 45 (1 − e^(−2/90)).
  @Test("over time", arguments: [("web", 0.03), ("api", 0.01), ("disk", 0.1), ("pages", 0.03)])
  func overTime(capability: String, longRun: Double) throws {
    let graph = try ModelText.graph(Self.text())
    let late = try IntervalAvailability.results(of: graph, horizonHours: 50_000)
    let found = try #require(late.first { $0.capability == capability })
    #expect(abs(found.unavailability / longRun - 1) < 2e-3, "\(found.unavailability)")
    let alone = try ModelText.graph(
      """
      domains:
        n1: {kind: node, fails: {loss: {mtbf: 90 h, lasts: 10 h}}}
        n2: {kind: node}
      components: {web: {replicas: {count: 1, spread: nodes}, reschedule: 3 h}}
      capabilities: {web: {depends-on: {web: hard}}}
      """)
    let early = try #require(try IntervalAvailability.results(of: alone, horizonHours: 2).first)
    #expect(abs(early.unavailability - (1 - 45 * (1 - exp(-2.0 / 90)))) < 1e-12)
  }
}
