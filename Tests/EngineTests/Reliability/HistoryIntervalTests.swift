import Reliability
import ServiceGraph
import ServiceModel
import Stochastics
import Testing

@Suite("History interval")
struct HistoryIntervalTests {
  struct Bound {
    let result: SteadyStateResult
    let interval: HistoryInterval?
  }

  /// The interval of a service whose modes were seen so often, an hour each time, in a window of 100,000 h.
  static func bound(_ modes: String, seen: [String: Int]) throws -> Bound {
    let model = try ModelText.model(
      """
      components: {part: {replicas: {count: 2, required: 2}, fails: {\(modes)}}}
      capabilities: {service: {depends-on: {part: hard}}}
      """)
    let observations = Dictionary(
      uniqueKeysWithValues: seen.map { name, count in
        (
          ModeReference(component: "part", mode: name),
          ModeObservation(count: count, downtimeHours: Double(count), windowHours: 100_000, units: 1)
        )
      })
    let (boundModel, bindings) = try model.binding(observations)
    let graph = try CompiledGraph(boundModel)
    let results = try SteadyState.results(of: graph)
    let intervals = try HistoryInterval.intervals(for: results, graph: graph, bindings: bindings)
    return Bound(result: results[0], interval: intervals[0])
  }

  /// Garwood 1936: 12 events, 95 %: 6.2006 to 20.9616. With a mean up time of (100,000 − 12) / 12 h, scaled by
  /// 12 / n, and outages of 1 h, U = 1 / (up + 1).
  @Test("12 incidents give U · 6.2006 / 12 to U · 20.9616 / 12")
  func twelve() throws {
    let bound = try Self.bound("crash: {scope: component, incidents: part/crash}", seen: ["crash": 12])
    let interval = try #require(bound.interval)
    let u = 1.2e-4
    #expect(abs(bound.result.unavailability - u) < 1e-15)
    #expect(interval.count == 12)
    #expect(interval.unavailability.value == bound.result.unavailability)
    // To first order in U, and the limits as printed.
    #expect(abs(interval.unavailability.low / (u * 6.2006 / 12) - 1) < 2e-4)
    #expect(abs(interval.unavailability.high / (u * 20.9616 / 12) - 1) < 2e-4)
    // Exactly, with the limits to sixteen digits (mpmath: half the chi-square quantiles).
    for (found, count) in [
      (interval.unavailability.low, 6.20057510872), (interval.unavailability.high, 20.9615850482),
    ] {
      let up = (100_000.0 - 12) / count
      #expect(abs(found * (up + 1) - 1) < 1e-8)
    }
  }

  @Test("incidents of several modes are pooled, and one that two modes share counts once")
  func pooled() throws {
    let several = try Self.bound(
      "crash: {scope: component, incidents: part/crash}, hang: {scope: component, incidents: part/hang}",
      seen: ["crash": 5, "hang": 7])
    #expect(several.interval?.count == 12)
    let shared = try Self.bound(
      "crash: {scope: component, incidents: part/crash}, again: {scope: component, incidents: part/crash}",
      seen: ["crash": 5])
    #expect(shared.interval?.count == 5)
  }

  @Test("a common cause is scaled with its mode", arguments: ["50 %", "100 %"])
  func commonCause(_ beta: String) throws {
    let bound = try Self.bound(
      "crash: {incidents: part/crash, common-cause: {beta: \(beta)}}", seen: ["crash": 12])
    let interval = try #require(bound.interval)
    #expect(abs(interval.unavailability.high / (interval.unavailability.value * 20.9616 / 12) - 1) < 1e-3)
  }

  @Test("what is stated stays, and what was never seen says nothing")
  func onlyWhatWasSeen() throws {
    let mixed = try Self.bound(
      "crash: {scope: component, incidents: part/crash}, fire: {scope: component, mtbf: 9999 h, lasts: 1 h}",
      seen: ["crash": 12])
    let interval = try #require(mixed.interval)
    #expect(interval.unavailability.low > 1e-4)
    #expect(abs(interval.unavailability.high - (1e-4 + 1.2e-4 * 20.9616 / 12)) < 1e-7)
    let unseen = try Self.bound("crash: {scope: component, incidents: part/crash}", seen: ["crash": 0])
    #expect(unseen.interval == nil)
    #expect(unseen.result.unavailability == 0)
  }
}
