internal import Resilience
internal import ServiceModel

extension GateCompiler {
  /// The gates by which a dependency with policies takes its caller down: its own where it is hard, and that of the caller's
  /// slots where calls can use them up.
  mutating func edgeGates(_ number: Int, _ dependency: Dependency<Target>) -> [Int] {
    let edge = model.policies.edges[number]
    let slots = edge.policies.callerPool == nil ? nil : append(.atLeast(1, [gate(.up)]))
    var own = EdgeCompiler.Open(edge: edge, callerGate: slots)
    if dependency.strength == .hard {
      own.callee = requirementGate(dependency.requirement)
      own.gate = append(.atLeast(1, [own.callee]))
    }
    edges.note(number, own)
    return [own.gate, slots].compactMap { $0 }
  }

  /// Soft dependencies may run in circles, so they are connected once every component has its gate.
  mutating func compileSoftEdges() {
    for (number, edge) in model.policies.edges.enumerated() {
      guard var own = edges.open[number], own.gate == nil else { continue }
      own.callee = requirementGate(model.dependency(of: edge).requirement)
      edges.note(number, own)
    }
  }

  /// A gate of its own, even where another is equal.
  private mutating func append(_ gate: Gate) -> Int {
    gates.append(gate)
    return gates.count - 1
  }
}
