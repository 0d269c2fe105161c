/// Forgets what can not matter any more for a module's outputs, so that states which differ in it are one.
///
/// An element matters while it may still fail and an output, a dependency, a spare or a restraint that
/// matters looks at it. Source: the don't-care propagation of Volk, Junges, Katoen, *Fast dynamic fault tree
/// analysis by model checking techniques*, IEEE Trans. Industrial Informatics 14 (2018).
struct ModuleMemory: Sendable {
  private let module: DynamicModule
  private let layout: ModuleLayout
  private let elementCount: Int
  /// Of each element: what it looks at whatever the state, but for dependencies and spares.
  private let looks: [[Int]]
  /// Of each element: the dependencies that can make it fail.
  private let dependencies: [[Int]]
  /// Of each element: its number among the spares, or -1.
  private let spareNumber: [Int]
  /// Of each element: the claimables that activate it.
  private let holders: [[Int]]
  /// Of each claimable: the elements of the spare gates that may claim it.
  private let claimants: [[Int]]
  /// The elements that matter, and those whose neighbours are still to be looked at, while `forget` runs.
  private var matters: [Bool]
  private var stack: [Int] = []

  init(_ module: DynamicModule, _ layout: ModuleLayout) {
    self.module = module
    self.layout = layout
    elementCount = module.elementCount
    var dependencies = [[Int]](repeating: [], count: module.elementCount)
    for (number, dependency) in module.dependencies.enumerated() {
      for dependent in dependency.dependents { dependencies[dependent].append(number) }
    }
    self.dependencies = dependencies
    var spareNumber = [Int](repeating: -1, count: module.elementCount)
    for (number, element) in module.spares.enumerated() { spareNumber[element] = number }
    self.spareNumber = spareNumber
    looks = Self.looks(module)
    holders = Self.holders(module)
    claimants = module.claimants.map { $0.map { module.spares[$0] } }
    matters = [Bool](repeating: false, count: module.elementCount + 2)
  }

  private static func holders(_ module: DynamicModule) -> [[Int]] {
    var holders = [[Int]](repeating: [], count: module.elementCount)
    for (number, claimable) in module.claimables.enumerated() {
      for event in claimable.events where !module.events[event].isAlwaysActive {
        holders[event].append(number)
      }
      for spare in claimable.spares where !module.isSpareActive[spare] {
        holders[module.spares[spare]].append(number)
      }
    }
    return holders
  }

  /// The inputs of gates other than spare gates, and the elements of the restrictions that an element, or a
  /// gate above it, stands in.
  private static func looks(_ module: DynamicModule) -> [[Int]] {
    var above = [Set<Int>](repeating: [], count: module.elementCount + 2)
    for (number, restriction) in module.restrictions.enumerated() {
      for element in restriction.elements { above[element].insert(number) }
    }
    for (number, gate) in module.gates.enumerated().reversed() {
      let restrictions = above[module.events.count + number]
      if restrictions.isEmpty { continue }
      for input in gate.inputs { above[input].formUnion(restrictions) }
    }
    return (0..<module.elementCount).map { element in
      var looks = above[element].sorted().flatMap { module.restrictions[$0].elements }
      guard element >= module.events.count else { return looks }
      let gate = module.gates[element - module.events.count]
      if case .spare = gate.kind { return looks }
      looks += gate.inputs
      return looks
    }
  }

  /// Whether an event is in use.
  func isActive(_ event: Int, in state: [UInt8]) -> Bool {
    if module.events[event].isAlwaysActive { return true }
    for holder in holders[event] where state[layout.active + holder] != 0 { return true }
    return false
  }

  /// The dependencies that can make an event fail.
  func dependencies(of event: Int) -> [Int] { dependencies[event] }

  /// Brings a state into the form in which only what matters is left.
  mutating func forget(in state: inout [UInt8]) {
    for element in matters.indices { matters[element] = false }
    for output in module.outputs { look(at: output, state) }
    while let element = stack.popLast() { lookAround(element, state) }
    for element in 0..<elementCount where !matters[element] {
      state[element] = Mark.forgotten
      if element < layout.phase.count, layout.phase[element] >= 0 { state[layout.phase[element]] = 0 }
    }
    clean(&state)
  }

  private mutating func look(at element: Int, _ state: [UInt8]) {
    if matters[element] { return }
    matters[element] = true
    if state[element] == Mark.operational { stack.append(element) }
  }

  /// Looks at what an operational element that matters looks at.
  private mutating func lookAround(_ element: Int, _ state: [UInt8]) {
    for next in looks[element] { look(at: next, state) }
    for number in dependencies[element] where state[layout.coin + number] != Mark.spared {
      look(at: module.dependencies[number].trigger, state)
    }
    if spareNumber[element] >= 0 { lookAtInputs(ofSpare: spareNumber[element], state) }
    for claimable in holders[element] where state[layout.active + claimable] == 0 {
      lookAtClaimants(of: claimable, state)
    }
  }

  /// Looks at the inputs that a spare gate still has, and the spare gates that could claim one of them.
  private mutating func lookAtInputs(ofSpare spare: Int, _ state: [UInt8]) {
    let inputs = module.spareInputs[spare]
    for place in Int(state[layout.use + spare])..<inputs.count {
      let element = module.claimables[inputs[place]].element
      look(at: element, state)
      if state[element] == Mark.operational { lookAtClaimants(of: inputs[place], state) }
    }
  }

  private mutating func lookAtClaimants(of claimable: Int, _ state: [UInt8]) {
    for element in claimants[claimable] where state[element] == Mark.operational { look(at: element, state) }
  }

  /// Resets what belongs to elements that were forgotten or are settled.
  private func clean(_ state: inout [UInt8]) {
    for (spare, element) in module.spares.enumerated() where state[element] != Mark.operational {
      state[layout.use + spare] = Mark.nothing
    }
    for claimable in claimants.indices where state[layout.active + claimable] != 0 {
      if !isNeeded(claimable, state) { state[layout.active + claimable] = 0 }
    }
    for number in module.dependencies.indices where state[layout.coin + number] != 0 {
      let canStrike = module.dependencies[number].dependents.contains { state[$0] == Mark.operational }
      if !canStrike { state[layout.coin + number] = 0 }
    }
  }

  /// Whether it matters that a claimable is active: a spare gate uses it, or something in it may still fail.
  private func isNeeded(_ claimable: Int, _ state: [UInt8]) -> Bool {
    for spare in module.claimants[claimable] {
      let used = state[layout.use + spare]
      if used != Mark.nothing, module.spareInputs[spare][Int(used)] == claimable { return true }
    }
    let members = module.claimables[claimable]
    return members.events.contains { state[$0] == Mark.operational }
      || members.spares.contains { state[module.spares[$0]] == Mark.operational }
  }
}
