internal import ServiceGraph

/// Which elements of a tree must be solved together, as one Markov chain, and which are static.
///
/// A gate that looks at the order of failures, or claims spares, goes together with all below it; so do the
/// elements of a restraint. A dependency joins them only when one of its dependents is among them; elsewhere
/// a dependent is failed when it or its trigger is, which a static gate can say.
struct TreeClusters {
  let graph: ElementGraph
  let spares: SpareModules
  /// Whether an element belongs to a cluster.
  private(set) var isCoupled: [Bool]
  /// Whether a dependency belongs to a cluster, by gate.
  private(set) var isDynamicDependency: [Bool]
  private var sets: DisjointSets
  private var open: [Int] = []

  init(_ graph: ElementGraph, _ spares: SpareModules) {
    self.graph = graph
    self.spares = spares
    isCoupled = [Bool](repeating: false, count: graph.elementCount)
    isDynamicDependency = [Bool](repeating: false, count: graph.tree.gates.count)
    sets = DisjointSets(count: graph.elementCount)
    for (number, gate) in graph.tree.gates.enumerated() {
      switch gate.operation {
      case .priorityAnd, .priorityOr, .spare: couple([graph.eventCount + number])
      case .sequence, .mutualExclusion: couple(graph.elements(ofGate: number))
      default: break
      }
    }
    coupleDependencies()
    while let cyclic = cyclicDependencies() {
      for gate in cyclic { coupleDependency(gate) }
      coupleDependencies()
    }
    absorb()
  }

  /// The element that stands for a coupled element's cluster.
  mutating func cluster(of element: Int) -> Int { sets.root(of: element) }

  /// Puts elements and all below them into one cluster.
  private mutating func couple(_ elements: [Int]) {
    guard let first = elements.first else { return }
    for element in elements {
      sets.join(first, element)
      enter(element)
    }
    while let element = open.popLast() {
      guard graph.isGate(element) else { continue }
      var below = graph.elements(ofGate: element - graph.eventCount)
      if graph.isSpare(element) {
        below += below.flatMap { spares.members[$0] ?? [] }.filter { !spares.isActive[$0] }
      }
      for next in below {
        sets.join(element, next)
        enter(next)
      }
    }
  }

  private mutating func enter(_ element: Int) {
    if isCoupled[element] { return }
    isCoupled[element] = true
    open.append(element)
  }

  // MARK: Dependencies

  /// Joins dependencies to the clusters of their dependents, until no more events are drawn in.
  private mutating func coupleDependencies() {
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for (number, gate) in graph.tree.gates.enumerated() where !isDynamicDependency[number] {
        guard case .functionalDependency = gate.operation else { continue }
        let dependents = graph.elements(ofGate: number).dropFirst(hasTrigger(number) ? 1 : 0)
        if dependents.contains(where: { isCoupled[$0] }) {
          coupleDependency(number)
          hasChanged = true
        }
      }
    }
    for number in graph.tree.gates.indices where isDynamicDependency[number] {
      let coupled = graph.elements(ofGate: number).filter { isCoupled[$0] }
      couple(coupled)
    }
  }

  /// Whether a dependency's trigger is an element, not a constant.
  private func hasTrigger(_ gate: Int) -> Bool { graph.element(graph.inputs[gate][0]) != nil }

  private mutating func coupleDependency(_ gate: Int) {
    isDynamicDependency[gate] = true
    let elements = graph.elements(ofGate: gate)
    guard case .functionalDependency(let probability) = graph.tree.gates[gate].operation else { return }
    // One coin decides for all dependents, so all share the chain; without a coin the others stay static.
    couple(elements.enumerated().filter { $0 == 0 || probability < 1 || isCoupled[$1] }.map(\.element))
  }

  /// The static dependencies from which following static triggers and gates does not end.
  private mutating func cyclicDependencies() -> [Int]? {
    let order = StaticOrder(graph, isCoupled: isCoupled, isDynamicDependency: isDynamicDependency)
    let cyclic = graph.tree.gates.indices.filter { gate in
      guard case .functionalDependency = graph.tree.gates[gate].operation else { return false }
      return !isDynamicDependency[gate]
        && graph.elements(ofGate: gate).contains { !isCoupled[$0] && !order.isOrdered[$0] }
    }
    for gate in cyclic { couple(graph.elements(ofGate: gate)) }
    return cyclic.isEmpty ? nil : cyclic
  }

  // MARK: Static gates above

  /// Takes in static gates whose inputs are all in one cluster: they cost no states and show less outside.
  private mutating func absorb() {
    var room = 64 + 4 * isCoupled.count { $0 }
    var isStruck = [Bool](repeating: false, count: graph.elementCount)
    for (number, gate) in graph.tree.gates.enumerated() {
      guard case .functionalDependency = gate.operation else { continue }
      for dependent in graph.elements(ofGate: number).dropFirst() { isStruck[dependent] = true }
    }
    for (number, gate) in graph.tree.gates.enumerated() {
      let element = graph.eventCount + number
      let elements = graph.elements(ofGate: number)
      guard room > 0, !isCoupled[element], !isStruck[element], gate.operation.isMonotone else { continue }
      guard Set(elements).count > 1 else { continue }
      let cluster = sets.root(of: elements[0])
      let isInside = elements.allSatisfy { isCoupled[$0] && sets.root(of: $0) == cluster }
      if isInside {
        couple([element])
        room -= 1
      }
    }
  }
}

extension GateOperation {
  /// Whether it is a static gate that a further failure never makes false.
  var isMonotone: Bool {
    switch self {
    case .and, .or, .atLeast, .identity: true
    default: false
    }
  }
}

/// The order in which static elements can be found: each after what it depends on.
struct StaticOrder {
  /// The elements in order; coupled ones first.
  private(set) var elements: [Int] = []
  /// Whether an element has a place in the order; if not, it depends on itself.
  private(set) var isOrdered: [Bool]

  init(_ graph: ElementGraph, isCoupled: [Bool], isDynamicDependency: [Bool]) {
    isOrdered = [Bool](repeating: false, count: graph.elementCount)
    var waiting = [Int](repeating: 0, count: graph.elementCount)
    var followers = [[Int]](repeating: [], count: graph.elementCount)
    for (number, gate) in graph.tree.gates.enumerated() {
      let inputs = graph.elements(ofGate: number)
      if case .functionalDependency = gate.operation {
        guard !isDynamicDependency[number] || inputs.contains(where: { !isCoupled[$0] }) else { continue }
        guard let trigger = graph.element(graph.inputs[number][0]) else { continue }
        for dependent in inputs.dropFirst() where !isCoupled[dependent] {
          followers[trigger].append(dependent)
          waiting[dependent] += 1
        }
      } else if !gate.operation.isRestraint, !isCoupled[graph.eventCount + number] {
        for input in inputs { followers[input].append(graph.eventCount + number) }
        waiting[graph.eventCount + number] += inputs.count
      }
    }
    elements = waiting.indices.filter { waiting[$0] == 0 }
    var next = 0
    while next < elements.count {
      isOrdered[elements[next]] = true
      for follower in followers[elements[next]] {
        waiting[follower] -= 1
        if waiting[follower] == 0 { elements.append(follower) }
      }
      next += 1
    }
  }
}
