internal import ServiceGraph

/// Turns one cluster of a tree into a module with numbers of its own.
struct DynamicModuleBuilder {
  private let clusters: TreeClusters
  private let graph: ElementGraph
  private let behaviours: [EventBehaviour]
  private var module = DynamicModule()
  private var local: [Int: Int] = [:]
  private var claimables: [Int: Int] = [:]

  /// A builder for the clusters of a tree.
  init(_ clusters: TreeClusters) {
    self.clusters = clusters
    graph = clusters.graph
    behaviours = graph.tree.behaviours(graph.tree.expressions.values(at: 1))
  }

  /// The module of some elements of one cluster, of which the rest of the tree sees the outputs.
  func module(of elements: [Int], outputs: [Int]) throws(DynamicTreeError) -> DynamicModule {
    var builder = self
    try builder.addEvents(elements.filter { !graph.isGate($0) })
    try builder.addGates(elements.filter { graph.isGate($0) })
    builder.addRestraints()
    builder.module.outputs = outputs.compactMap { builder.local[$0] }
    return builder.module
  }

  // MARK: Events

  private mutating func addEvents(_ events: [Int]) throws(DynamicTreeError) {
    for event in events {
      local[event] = module.events.count
      module.events.append(try law(of: event))
    }
  }

  private func law(of event: Int) throws(DynamicTreeError) -> DynamicModule.Event {
    let given = graph.tree.events[event]
    let isActive = clusters.spares.isActive[event]
    func law(rate: Double, phases: Int = 1, dormancy: Double = 1, initial: Double = 0) -> DynamicModule.Event
    {
      DynamicModule.Event(
        name: given.name, rate: rate, dormancy: dormancy, phases: phases, initialProbability: initial,
        isAlwaysActive: isActive)
    }
    if case .erlang(let rate, let phases, let dormancy, let repairRate) = given.law {
      if let repairRate, repairRate > 0 { throw .repairable(event: given.name) }
      if phases > 250 { throw .moduleTooLarge(module: given.name) }
      return law(rate: rate, phases: phases, dormancy: dormancy)
    }
    switch behaviours[event] {
    case .nonRepairable(.exponential(let rate)) where rate >= 0 && rate.isFinite: return law(rate: rate)
    case .constant(let probability):
      guard probability >= 0, probability <= 1 else { throw .invalidLaw(event: given.name) }
      return law(rate: 0, initial: probability)
    case .unknown: throw .unknownProbability(event: given.name)
    case .repairable: throw .repairable(event: given.name)
    default: throw .noFailureRate(event: given.name)
    }
  }

  // MARK: Gates

  private mutating func addGates(_ gates: [Int]) throws(DynamicTreeError) {
    let climbing = gates.sorted {
      (graph.heights[$0 - graph.eventCount], $0) < (graph.heights[$1 - graph.eventCount], $1)
    }
    for (place, gate) in climbing.enumerated() { local[gate] = module.events.count + place }
    let always = module.events.count + climbing.count
    for element in climbing {
      let gate = element - graph.eventCount
      let inputs = graph.inputs[gate].map { input in
        if case .constant(let value) = input { return value ? always : always + 1 }
        return graph.element(input).flatMap { local[$0] } ?? always + 1
      }
      let kind = try kind(ofGate: gate, local[element] ?? 0)
      module.gates.append(DynamicModule.Gate(name: graph.name(of: element), kind: kind, inputs: inputs))
    }
    for (number, element) in claimables.keys.sorted().enumerated() { claimables[element] = number }
    try addSpareInputs(climbing.filter { graph.isSpare($0) })
  }

  private mutating func kind(ofGate gate: Int, _ element: Int) throws(DynamicTreeError) -> DynamicModule.Kind
  {
    switch graph.tree.gates[gate].operation {
    case .and, .identity: return .and
    case .or: return .or
    case .atLeast(let count): return .atLeast(count)
    case .priorityAnd(let isInclusive): return .priorityAnd(isInclusive: isInclusive)
    case .priorityOr(let isInclusive): return .priorityOr(isInclusive: isInclusive)
    case .spare:
      module.spares.append(element)
      for input in graph.elements(ofGate: gate) { claimables[input] = 0 }
      return .spare(module.spares.count - 1)
    default: throw .notCoherent(gate: graph.name(ofGate: gate))
    }
  }

  private mutating func addSpareInputs(_ spares: [Int]) throws(DynamicTreeError) {
    var spareNumber: [Int: Int] = [:]
    for (number, element) in spares.enumerated() { spareNumber[element] = number }
    for element in spares {
      let inputs = graph.elements(ofGate: element - graph.eventCount).compactMap { claimables[$0] }
      if inputs.count > 250 { throw .moduleTooLarge(module: graph.name(of: element)) }
      module.spareInputs.append(inputs)
      module.isSpareActive.append(clusters.spares.isActive[element])
    }
    module.claimants = [[Int]](repeating: [], count: claimables.count)
    for (spare, inputs) in module.spareInputs.enumerated() {
      for input in inputs where !module.claimants[input].contains(spare) {
        module.claimants[input].append(spare)
      }
    }
    for element in claimables.keys.sorted() {
      let members = clusters.spares.members[element] ?? []
      module.claimables.append(
        DynamicModule.Claimable(
          element: local[element] ?? module.safeElement,
          events: members.filter { !graph.isGate($0) }.compactMap { local[$0] },
          spares: members.compactMap { spareNumber[$0] }))
    }
  }

  // MARK: Restraints

  private mutating func addRestraints() {
    for (number, gate) in graph.tree.gates.enumerated() {
      switch gate.operation {
      case .functionalDependency(let probability) where clusters.isDynamicDependency[number]:
        addDependency(number, probability)
      case .sequence, .mutualExclusion:
        let elements = graph.inputs[number].map { localElement($0) }
        if graph.elements(ofGate: number).contains(where: { local[$0] != nil }) {
          module.restrictions.append(
            DynamicModule.Restriction(isSequence: gate.operation == .sequence, elements: elements))
        }
      default: break
      }
    }
  }

  private mutating func addDependency(_ number: Int, _ probability: Double) {
    let dependents = graph.inputs[number].dropFirst().compactMap { input in
      graph.element(input).flatMap { local[$0] }
    }
    if dependents.isEmpty || probability == 0 { return }
    module.dependencies.append(
      DynamicModule.Dependency(
        trigger: localElement(graph.inputs[number][0]), dependents: dependents, probability: probability))
  }

  private func localElement(_ input: FaultTree.Input) -> Int {
    if case .constant(let value) = input { return value ? module.failedElement : module.safeElement }
    return graph.element(input).flatMap { local[$0] } ?? module.safeElement
  }
}
