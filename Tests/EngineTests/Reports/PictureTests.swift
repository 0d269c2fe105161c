import Foundation
import FoundationXML
import ModelFormat
import Reports
import ServiceGraph
import Simulation
import Testing

@Suite("Pictures")
struct PictureTests {
  /// Titles may hold anything that a text in a file can; names may not.
  static let text = """
    domains: {za: {kind: zone, fails: {outage: {mtbf: 900 h, lasts: 3 h}}}, zb: {kind: zone}}
    components:
      api: {title: "<b>&\\"'", replicas: {count: 2, required: 1, spread: zones}, fails: {crash: {mtbf: 90 h, lasts: 2 h}}}
    capabilities: {service: {depends-on: {api: hard}, objectives: {yearly: {availability: 99.9 %, per: year}}}}
    """

  static func pictures() throws -> [ResultPicture] {
    let graph = try ModelText.graph(text)
    let simulator = Simulator(graph, plan: SimulationPlan(replications: 200, seed: 4))
    let header = ResultHeader(graph: graph, bindings: [])
    let result = SimulateReport(header: header, result: simulator.run(), checks: [])
    return result.pictures + [TraceReport(header: header, trace: simulator.trace(replication: 3)).timeline]
  }

  @Test("every picture is well-formed XML of one piece")
  func wellFormed() throws {
    let pictures = try Self.pictures()
    #expect(pictures.map(\.name) == ["downtime-service.svg", "zones.svg", "timeline-3.svg"])
    for picture in pictures {
      #expect(XMLParser(data: Data(picture.svg.utf8)).parse(), "\(picture.name)")
      for forbidden in ["<script", "href", "url(", "@import", "<image", "<foreignObject"] {
        #expect(!picture.svg.contains(forbidden), "\(picture.name) has \(forbidden)")
      }
    }
  }

  /// What is drawn can be read too: the description says each number.
  @Test("a picture says in words what it shows")
  func described() throws {
    let pictures = try Self.pictures()
    #expect(pictures[0].svg.contains("p50: "))
    #expect(pictures[0].svg.contains("objective 99.9 %: 8 h 46 min"))
    #expect(pictures[1].svg.contains("za, service: "))
    #expect(pictures[2].svg.contains("api/crash: "))
  }

  @Test("an objective of another time than a replication's is named below, and two labels do not meet")
  func objectives() throws {
    let graph = try ModelText.graph(
      """
      components: {api: {fails: {crash: {mtbf: 9000 h, lasts: 10 min}}}}
      capabilities:
        service:
          depends-on: {api: hard}
          objectives:
            monthly: {availability: 99.9 %, per: calendar month}
            yearly: {availability: 99.9 %, per: year}
            strict: {availability: 99.99 %, per: year}
      """)
    let simulator = Simulator(graph, plan: SimulationPlan(replications: 200, seed: 4))
    let report = SimulateReport(
      header: ResultHeader(graph: graph, bindings: []), result: simulator.run(), checks: [])
    let svg = try #require(report.pictures.first).svg
    #expect(svg.contains("without a line here: objective 99.9 % per calendar month"))
    let rows = svg.split(separator: "\n").filter { $0.contains("<text class=\"limit\"") }
      .compactMap { $0.split(separator: " ").first { $0.hasPrefix("y=") } }
    #expect(rows.count == 2 && Set(rows).count == 2)
    #expect(!svg.contains("150 %"))
  }

  @Test("a short timeline has days")
  func days() throws {
    let graph = try ModelText.graph(Self.text)
    let simulator = Simulator(graph, plan: SimulationPlan(years: 0.01, replications: 2, seed: 4))
    let report = TraceReport(
      header: ResultHeader(graph: graph, bindings: []), trace: simulator.trace(replication: 0))
    #expect(report.timeline.svg.contains(">3 Jan<"))
  }

  @Test("the same run draws the same picture")
  func deterministic() throws {
    #expect(try Self.pictures().map(\.svg) == Self.pictures().map(\.svg))
  }
}
