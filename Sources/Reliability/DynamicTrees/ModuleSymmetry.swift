/// Sorts the states of parts that are alike, so that states which differ by a swap of such parts are one.
///
/// Inputs of a gate that counts are alike when what only they use has the same shape, the same laws and the
/// same ties to the rest. Swapping their states changes no outcome.
struct ModuleSymmetry: Sendable {
  /// Parts that are alike, each as the places of its bytes in the same order; inner parts come first.
  let groups: [[[Int]]]

  init(_ module: DynamicModule, _ layout: ModuleLayout) {
    guard module.elementCount <= 2_000 else {
      groups = []
      return
    }
    let finder = SymmetryFinder(module, layout)
    groups = module.gates.indices.flatMap { finder.groups(belowGate: $0) }
  }

  /// Brings like parts into order, by insertion, since most states are nearly in order.
  func sort(_ state: inout [UInt8]) {
    for group in groups {
      for next in 1..<group.count {
        var place = next
        while place > 0, isAbove(group[place - 1], group[place], state) {
          for (first, second) in zip(group[place - 1], group[place]) { state.swapAt(first, second) }
          place -= 1
        }
      }
    }
  }

  private func isAbove(_ first: [Int], _ second: [Int], _ state: [UInt8]) -> Bool {
    for (a, b) in zip(first, second) where state[a] != state[b] { return state[a] > state[b] }
    return false
  }
}

/// Finds inputs of gates that are alike.
private struct SymmetryFinder {
  let module: DynamicModule
  let layout: ModuleLayout
  /// The gates that use each element, one entry a use.
  private var users: [[Int]]
  /// Whether something looks at an element in a way that a swap would change.
  private var isFixed: [Bool]
  /// The dependencies that can strike each element.
  private var strikes: [[Int]]
  /// The claimables that activate each event or spare gate.
  private var holders: [[Int]]
  /// The claimable that each element is, if any.
  private var claimableOf: [Int: Int] = [:]
  /// Numbers of shapes: elements below which everything looks alike have the same.
  private var shapes: [Int] = []

  init(_ module: DynamicModule, _ layout: ModuleLayout) {
    self.module = module
    self.layout = layout
    let count = module.elementCount + 2
    users = [[Int]](repeating: [], count: count)
    isFixed = [Bool](repeating: false, count: count)
    strikes = [[Int]](repeating: [], count: count)
    holders = [[Int]](repeating: [], count: count)
    for (number, gate) in module.gates.enumerated() {
      for input in gate.inputs { users[input].append(module.events.count + number) }
    }
    for element in module.outputs + module.restrictions.flatMap(\.elements) { isFixed[element] = true }
    isFixed[module.failedElement] = true
    isFixed[module.safeElement] = true
    for (number, dependency) in module.dependencies.enumerated() {
      isFixed[dependency.trigger] = true
      for dependent in dependency.dependents { strikes[dependent].append(number) }
    }
    for (number, claimable) in module.claimables.enumerated() {
      claimableOf[claimable.element] = number
      for event in claimable.events { holders[event].append(number) }
      for spare in claimable.spares { holders[module.spares[spare]].append(number) }
    }
    var known: [[Int]: Int] = [:]
    for element in 0..<module.elementCount {
      let key = description(of: element) + inputs(of: element).map { $0 < shapes.count ? shapes[$0] : -$0 }
      shapes.append(known[key] ?? known.count)
      if known[key] == nil { known[key] = known.count }
    }
  }

  /// The groups of like inputs of a gate, as places of bytes.
  func groups(belowGate gate: Int) -> [[[Int]]] {
    let element = module.events.count + gate
    guard isCounting(element) else { return [] }
    var byShape: [Int: [Int]] = [:]
    for input in module.gates[gate].inputs where users[input] == [element] && !isFixed[input] {
      byShape[shapes[input], default: []].append(input)
    }
    var groups: [[[Int]]] = []
    for shape in byShape.keys.sorted() {
      guard let alike = byShape[shape], alike.count > 1 else { continue }
      groups += split(alike.map { Part(of: $0, in: self, user: element) })
    }
    return groups
  }

  /// Splits parts of one shape into groups that also agree in their ties.
  private func split(_ parts: [Part]) -> [[[Int]]] {
    var groups: [[[Int]]] = []
    var left = parts
    while let first = left.first {
      let alike = left.filter { isAlike(first, $0) }
      if alike.count > 1 { groups.append(alike.map { places(of: $0) }) }
      left.removeAll { part in alike.contains { $0.elements[0] == part.elements[0] } }
    }
    return groups
  }

  /// Whether the elements of two parts, one by one, are the same and tied to the same.
  private func isAlike(_ first: Part, _ second: Part) -> Bool {
    guard first.elements.count == second.elements.count else { return false }
    var image: [Int: Int] = [:]
    for (from, to) in zip(first.elements, second.elements) { image[from] = to }
    for (from, to) in zip(first.elements, second.elements) {
      guard description(of: from) == description(of: to) else { return false }
      var expected = inputs(of: from).map { image[$0] ?? $0 }
      var found = inputs(of: to)
      if isCounting(from) {
        expected.sort()
        found.sort()
      }
      guard expected == found, strikes[from] == strikes[to] else { return false }
      let holding = Set(
        holders[from].map { claimable in
          image[module.claimables[claimable].element].flatMap { claimableOf[$0] } ?? claimable
        })
      guard holding == Set(holders[to]) else { return false }
    }
    return Set(image.values).count == image.count
  }

  private func places(of part: Part) -> [Int] {
    var places = part.elements
    for element in part.elements {
      if element < module.events.count {
        if layout.phase[element] >= 0 { places.append(layout.phase[element]) }
      } else if case .spare(let spare) = module.gates[element - module.events.count].kind {
        places.append(layout.use + spare)
      }
      if let claimable = claimableOf[element] { places.append(layout.active + claimable) }
    }
    return places
  }

  // MARK: Elements

  /// Whether an element is a gate for which the order of its inputs makes no difference.
  func isCounting(_ element: Int) -> Bool {
    guard element >= module.events.count else { return false }
    switch module.gates[element - module.events.count].kind {
    case .and, .or, .atLeast: return true
    case .priorityAnd, .priorityOr, .spare: return false
    }
  }

  func inputs(of element: Int) -> [Int] {
    element < module.events.count ? [] : module.gates[element - module.events.count].inputs
  }

  /// The inputs of an element, like shapes side by side where their order makes no difference.
  func inputsInOrder(of element: Int) -> [Int] {
    let inputs = inputs(of: element)
    guard isCounting(element) else { return inputs }
    return inputs.sorted { (shape($0), $0) < (shape($1), $1) }
  }

  private func shape(_ element: Int) -> Int { element < shapes.count ? shapes[element] : -element }

  /// Whether an element is used by nothing but what is in a part, and can be swapped.
  func isOwn(_ element: Int, of part: Set<Int>) -> Bool {
    !isFixed[element] && users[element].allSatisfy { part.contains($0) }
  }

  /// What an element is, apart from its inputs.
  private func description(of element: Int) -> [Int] {
    if element < module.events.count {
      let event = module.events[element]
      let numbers = [event.rate, event.dormancy, event.initialProbability]
      return [0, event.phases, event.isAlwaysActive ? 1 : 0]
        + numbers.map { Int(truncatingIfNeeded: $0.bitPattern) }
    }
    switch module.gates[element - module.events.count].kind {
    case .and: return [1]
    case .or: return [2]
    case .atLeast(let count): return [3, count]
    case .priorityAnd(let isInclusive): return [4, isInclusive ? 1 : 0]
    case .priorityOr(let isInclusive): return [5, isInclusive ? 1 : 0]
    case .spare(let spare): return [6, module.isSpareActive[spare] ? 1 : 0]
    }
  }

  /// An input of a gate with all that only it uses, in an order that like parts share.
  struct Part {
    let elements: [Int]

    init(of root: Int, in finder: SymmetryFinder, user: Int) {
      // An element is own when all its users are; users have higher numbers, so one pass downwards decides.
      var own: Set<Int> = [root]
      var reached: Set<Int> = []
      var stack = [root]
      while let next = stack.popLast() {
        for input in finder.inputs(of: next) where reached.insert(input).inserted { stack.append(input) }
      }
      for element in reached.sorted(by: >) where finder.isOwn(element, of: own) { own.insert(element) }
      var elements = [root]
      var seen: Set<Int> = [root]
      var next = 0
      while next < elements.count {
        for input in finder.inputsInOrder(of: elements[next])
        where own.contains(input) && seen.insert(input).inserted {
          elements.append(input)
        }
        next += 1
      }
      self.elements = elements
    }
  }
}
