import ServiceGraph
import Testing

@Suite("Gates")
struct GateTests {
  static func inputs(of gate: Gate) -> [Int] {
    switch gate {
    case .up, .unit: []
    case .atLeast(_, let inputs): inputs
    case .movingRole(_, let settled): [settled]
    }
  }

  @Test("inputs come before what uses them, and equal gates are one")
  func order() throws {
    for number in 0..<100 {
      let graph = try ModelText.graph(RandomModel.text(number: number, style: .any))
      for (index, gate) in graph.gates.enumerated() {
        #expect(Self.inputs(of: gate).allSatisfy { $0 < index })
      }
      #expect(Set(graph.gates).count == graph.gates.count)
    }
  }

  @Test("a dependency that two parts share is one gate")
  func shared() throws {
    let graph = try ModelText.graph(
      """
      components:
        store: {}
        one: {depends-on: {store: hard}}
        two: {depends-on: {store: hard}}
      capabilities: {service: {depends-on: {one: hard, two: hard}}, other: {depends-on: {two: hard, one: hard}}}
      """)
    #expect(graph.gates.count { if case .unit = $0 { true } else { false } } == 3)
  }

  @Test("a role that needs no unit is always up")
  func nothingNeeded() throws {
    let graph = try ModelText.graph(
      """
      components: {spare: {replicas: {count: 2, required: 0}, fails: {crash: {mtbf: 10 h, lasts: 5 h}}}}
      capabilities: {service: {depends-on: {spare: hard}}}
      """)
    #expect(
      graph.gates[graph.capabilities[0].gate] == .up
        || graph.gates[graph.capabilities[0].gate] == .atLeast(0, []))
  }
}
