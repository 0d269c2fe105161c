import Foundation
import Reports
import ServiceGraph
import Simulation
import Testing

/// What other programs read of a trace, of models in which repairs wait, spares take over, breakers open and queues fill.
@Suite("Exports of traces")
struct TraceExportTests {
  static let texts = [
    TraceReasonTests.people, TraceReasonTests.spareUnits, TraceReasonTests.callers,
    QueueSimulationTests.model(
      store: "x: {mtbf: 300 h, lasts: 5 min}", queue: QueueSimulationTests.redelivery),
    QueueSimulationTests.model(
      store: "x: {mtbf: 200 h, lasts: 5 min}", broker: "x: {mtbf: 200 h, lasts: 1 h}",
      queue: "durable: no\n    buffer: 20\n    \(QueueSimulationTests.redelivery)"),
    DeterminismTests.model,
  ]

  static func report(_ text: String) throws -> TraceReport {
    let graph = try ModelText.graph(text)
    let simulator = Simulator(graph, plan: SimulationPlan(replications: 3, seed: 6))
    return TraceReport(
      header: ResultHeader(graph: graph, bindings: []), trace: simulator.trace(replication: 2))
  }

  private static func object(_ text: some StringProtocol) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test("every line of JSON Lines is an object that says what happened, in time", arguments: texts)
  func lines(_ text: String) throws {
    var (last, reasons) = (0.0, 0)
    for line in try Self.report(text).jsonLines.split(separator: "\n") {
      let event = try Self.object(line)
      let hours = try #require(event["hours"] as? Double)
      #expect(hours >= last && event["event"] is String)
      if event["step"] is String { reasons += 1 }
      last = hours
    }
    #expect(reasons > 5 || text == DeterminismTests.model)
  }

  /// Perfetto draws slices of a line inside each other, so they may not cross.
  @Test("slices on one line of Chrome's format lie apart or inside each other", arguments: texts)
  func chrome(_ text: String) throws {
    let document = try Self.object(try Self.report(text).chromeTrace)
    let events = try #require(document["traceEvents"] as? [[String: Any]])
    var lines: [[Int]: [(start: Double, end: Double)]] = [:]
    var named: Set<[Int]> = []
    for event in events {
      let line = [try #require(event["pid"] as? Int), try #require(event["tid"] as? Int)]
      switch event["ph"] as? String {
      case "M": named.insert(line)
      case "i": #expect(named.contains(line))
      case "X":
        #expect(named.contains(line) && named.contains([line[0], 0]))
        let start = try #require(event["ts"] as? Double)
        lines[line, default: []].append((start, start + (try #require(event["dur"] as? Double))))
      default: Issue.record("\(event)")
      }
    }
    #expect(!lines.isEmpty)
    for slices in lines.values {
      var ends: [Double] = []
      for slice in slices.sorted(by: { ($0.start, -$0.end) < ($1.start, -$1.end) }) {
        // A tick is 3,433 µs.
        while let end = ends.last, end <= slice.start + 1 { ends.removeLast() }
        #expect(slice.end <= (ends.last ?? .infinity) + 1)
        ends.append(slice.end)
      }
    }
  }

  @Test("a long story leaves out outages that did nothing, and says how many")
  func quiet() throws {
    let text = """
      components:
        spare: {replicas: {count: 9, required: 1}, fails: {restart: {mtbf: 400 h, lasts: 1 min}}}
        single: {fails: {crash: {mtbf: 900 h, lasts: 1 h}}}
      capabilities: {service: {depends-on: {spare: hard, single: hard}}}
      """
    let report = try Self.report(text)
    let story = TextRenderer().text(report.document)
    #expect(story.contains("single/crash") && !story.contains("spare/1/restart"))
    #expect(story.contains("outages that did nothing to anybody are left out"))
    #expect(report.jsonLines.contains("spare/1/restart"))
  }
}
