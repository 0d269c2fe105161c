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

  @Test("the same run draws the same picture")
  func deterministic() throws {
    #expect(try Self.pictures().map(\.svg) == Self.pictures().map(\.svg))
  }
}
