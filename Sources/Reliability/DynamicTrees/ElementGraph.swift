internal import ServiceGraph

/// A tree's events and gates as one row of elements: events first, then gates.
struct ElementGraph {
  let tree: FaultTree
  let eventCount: Int
  /// The inputs of each gate without those that are restraints, which are never true.
  let inputs: [[FaultTree.Input]]
  /// How high each gate stands above the events.
  let heights: [Int]

  init(_ tree: FaultTree) {
    self.tree = tree
    eventCount = tree.events.count
    let isRestraint = tree.gates.map(\.operation.isRestraint)
    inputs = tree.gates.map { gate in
      gate.inputs.filter { input in
        if case .gate(let number) = input { !isRestraint[number] } else { true }
      }
    }
    var heights: [Int] = []
    for gateInputs in inputs {
      var height = 0
      for case .gate(let number) in gateInputs { height = max(height, heights[number]) }
      heights.append(height + 1)
    }
    self.heights = heights
  }

  var elementCount: Int { eventCount + tree.gates.count }

  /// The element that an input is; `nil` for a constant.
  func element(_ input: FaultTree.Input) -> Int? {
    switch input {
    case .event(let event): event
    case .gate(let gate): eventCount + gate
    case .constant: nil
    }
  }

  /// The elements that a gate reads, in order, constants left out.
  func elements(ofGate gate: Int) -> [Int] { inputs[gate].compactMap { element($0) } }

  func isGate(_ element: Int) -> Bool { element >= eventCount }

  func isSpare(_ element: Int) -> Bool {
    isGate(element) && tree.gates[element - eventCount].operation == .spare
  }

  func name(of element: Int) -> String {
    isGate(element) ? name(ofGate: element - eventCount) : tree.events[element].name
  }

  /// The name of a gate; a formula inside another gate has only a number.
  func name(ofGate gate: Int) -> String { tree.gates[gate].name ?? "formula \(gate + 1)" }

  /// Finds gates with too few inputs, or with inputs that they can not use.
  func validate() throws(DynamicTreeError) {
    for (number, gate) in tree.gates.enumerated() {
      let needed: Int
      switch gate.operation {
      case .spare, .functionalDependency, .sequence, .mutualExclusion, .implies: needed = 2
      case .atLeast(let count): needed = max(count, 1)
      default: needed = 1
      }
      if inputs[number].count < needed {
        throw .tooFewInputs(gate: name(ofGate: number), found: inputs[number].count, needed: needed)
      }
      if gate.operation == .spare, elements(ofGate: number).count < inputs[number].count {
        throw .unusableInput(gate: name(ofGate: number))
      }
      if case .functionalDependency(let probability) = gate.operation {
        try validateDependency(number, probability)
      }
    }
    for event in tree.events {
      guard case .erlang(let rate, let phases, let dormancy, let repairRate) = event.law else { continue }
      let isValid = rate >= 0 && rate.isFinite && phases >= 1 && dormancy >= 0 && dormancy.isFinite
      guard isValid, (repairRate ?? 0) >= 0, (repairRate ?? 0).isFinite else {
        throw .invalidLaw(event: event.name)
      }
    }
  }

  private func validateDependency(_ gate: Int, _ probability: Double) throws(DynamicTreeError) {
    if !(probability >= 0 && probability <= 1) {
      throw .invalidProbability(dependency: name(ofGate: gate), probability)
    }
    for case .constant in inputs[gate].dropFirst() { throw .unusableInput(gate: name(ofGate: gate)) }
  }
}

/// Sets that only grow together.
struct DisjointSets {
  private var parents: [Int]

  init(count: Int) { parents = Array(0..<count) }

  /// The one that stands for an element's set.
  mutating func root(of element: Int) -> Int {
    var root = element
    while parents[root] != root { root = parents[root] }
    var next = element
    while parents[next] != root { (next, parents[next]) = (parents[next], root) }
    return root
  }

  /// Makes two sets one.
  mutating func join(_ first: Int, _ second: Int) {
    let (a, b) = (root(of: first), root(of: second))
    parents[max(a, b)] = min(a, b)
  }
}
