import Diagnostics
import Quantities
import ServiceGraph
import ServiceModel
import Stochastics
import Testing

@Suite("Processes")
struct ProcessTests {
  /// Four units over two zones and three nodes of a pool: node 1 and 3 are in za, node 2 in zb.
  static func names(_ mode: String) throws -> [String] {
    let graph = try ModelText.graph(
      """
      domains:
        za: {kind: zone}
        zb: {kind: zone}
        pool: {kind: pool, nodes: {count: 3, spread: zones}}
      components: {api: {replicas: {count: 4, required: 1, spread: pool}, fails: {crash: \(mode)}}}
      capabilities: {service: {depends-on: {api: hard}}}
      """)
    return graph.processes.map { process in
      "\(process.name): \(process.units.map { graph.unitNames[$0] }.joined(separator: " "))"
    }
  }

  @Test(
    "a process for each entity of a mode's scope, and the units it takes down",
    arguments: [
      ("{", ["api/1/crash: api/1", "api/2/crash: api/2", "api/3/crash: api/3", "api/4/crash: api/4"]),
      ("{scope: component, ", ["api/crash: api/1 api/2 api/3 api/4"]),
      ("{scope: zone, ", ["api@za/crash: api/1 api/3 api/4", "api@zb/crash: api/2"]),
      (
        "{scope: node, ",
        ["api@pool-1/crash: api/1 api/4", "api@pool-2/crash: api/2", "api@pool-3/crash: api/3"]
      ),
    ])
  func scopes(_ row: (start: String, expected: [String])) throws {
    #expect(try Self.names(row.start + "mtbf: 100 h, lasts: 1 h}") == row.expected)
  }

  @Test("a beta factor splits each unit's rate and adds one shock for all")
  func beta() throws {
    let graph = try ModelText.graph(
      """
      components:
        api:
          replicas: {count: 2, required: 1}
          fails: {crash: {mtbf: 90 h, lasts: 10 h, common-cause: {beta: 10 %}}}
      capabilities: {service: {depends-on: {api: hard}}}
      """)
    #expect(graph.processes.map(\.name) == ["api/1/crash", "api/2/crash", "api/crash/common-cause"])
    #expect(graph.causes == ["api/crash", "api/crash/common-cause"])
    for (process, mean) in zip(graph.processes, [100.0, 100, 900]) {
      #expect(abs((process.uptime?.mean ?? 0) - mean) < 1e-9)
      #expect(abs(process.unavailability - 10 / (mean + 10)) < 1e-15)
    }
  }

  @Test("an availability with a length is solved for its frequency; alone it has none")
  func availability() throws {
    let graph = try ModelText.graph(
      """
      components:
        known: {fails: {outage: {availability: 99 %, lasts: 1 h}}}
        bare: {availability: 99 %}
      capabilities: {service: {depends-on: {known: hard, bare: hard}}}
      """)
    #expect(graph.processes.map { abs($0.unavailability - 0.01) < 1e-15 } == [true, true])
    #expect(abs((graph.processes[0].frequencyPerHour ?? 0) - 0.01) < 1e-15)
    #expect(graph.processes[1].frequencyPerHour == nil)
  }

  @Test("a mode never seen is left out with its bound, for the capabilities that need it")
  func leftOut() throws {
    let model = try ModelText.model(
      """
      components:
        seen: {fails: {crash: {mtbf: 100 h, lasts: 1 h}}}
        unseen: {fails: {fire: {mtbf: {incidents: unseen/fire}, lasts: 1 h}}}
      capabilities: {one: {depends-on: {seen: hard}}, two: {depends-on: {seen: hard, unseen: {soft: 10 %}}}}
      """)
    let nothing = ModeObservation(count: 0, downtimeHours: 0, windowHours: 1000)
    let bound = try model.binding([ModeReference(component: "unseen", mode: "fire"): nothing])
    let graph = try CompiledGraph(bound.model)
    #expect(graph.leftOut.map(\.cause) == ["unseen/fire"])
    #expect(abs((graph.leftOut[0].upperBound?.perHour ?? 0) - 2.995732273553991e-3) < 1e-15)
    #expect(graph.causesLeftOut(ofCapability: 0).isEmpty)
    #expect(graph.causesLeftOut(ofCapability: 1) == ["unseen/fire"])
  }

  @Test("a history that is not bound is an error")
  func unbound() throws {
    let model = try ModelText.model(
      """
      components: {part: {fails: {fire: {incidents: part/fire}}}}
      capabilities: {service: {depends-on: {part: hard}}}
      """)
    #expect(throws: Findings.self) { try CompiledGraph(model) }
  }

  /// A role that moves draws its luck from `<role>#failover`; no name in a model can hold a `#`.
  @Test("no process shares its stream with a role that moves")
  func streamOfRole() throws {
    let graph = try ModelText.graph(
      """
      components:
        ledger:
          roles: {writer: {count: 1}, standby: {count: 1, required: 0}}
          failover: {writer: {from: [standby], takes: {exponential: 5 min}}}
          fails: {failover: {mtbf: 100 h, lasts: {exponential: 5 min}}}
      capabilities: {service: {depends-on: {ledger/writer: hard}}}
      """)
    #expect(graph.processes.allSatisfy { !$0.name.contains("#") })
  }
}
