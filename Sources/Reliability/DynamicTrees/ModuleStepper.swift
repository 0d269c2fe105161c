/// What happens in a module when an event fails: gates follow, spares are claimed, restraints may forbid it.
///
/// Source: Junges, Guck, Katoen, Stoelinga, *Uncovering dynamic fault trees*, DSN 2016. A failure climbs
/// before any dependency strikes; a spare gate claims the next input that has not failed and that no other
/// uses.
struct ModuleStepper: Sendable {
  let layout: ModuleLayout
  private let eventCount: Int
  private let failedElement: Int
  private let gates: ModuleGates
  private let restrictions: [DynamicModule.Restriction]
  private let claimables: [DynamicModule.Claimable]
  /// Of each claimable: its element.
  private let claimed: [Int]
  /// Of each spare: its gate's element.
  private let spares: [Int]
  /// Of each spare: its inputs as claimables.
  private let spareInputs: [[Int]]
  /// Of each claimable: the spares that may claim it.
  private let claimants: [[Int]]
  /// Whether an earlier state is needed: to take a failure back, or to tell what failed at the same time.
  private let looksBack: Bool

  init(_ module: DynamicModule) {
    layout = ModuleLayout(module)
    eventCount = module.events.count
    failedElement = module.failedElement
    gates = ModuleGates(module)
    restrictions = module.restrictions
    claimables = module.claimables
    claimed = module.claimables.map(\.element)
    spares = module.spares
    spareInputs = module.spareInputs
    claimants = module.claimants
    looksBack =
      !module.restrictions.isEmpty
      || module.gates.contains { gate in
        switch gate.kind {
        case .priorityAnd(let isInclusive), .priorityOr(let isInclusive): !isInclusive
        default: false
        }
      }
  }

  /// The state before anything has happened.
  func start(_ module: DynamicModule) -> [UInt8] {
    var state = [UInt8](repeating: 0, count: layout.count)
    state[failedElement] = Mark.failed
    state[failedElement + 1] = Mark.safe
    let targets = Set(module.dependencies.flatMap(\.dependents))
    for (number, event) in module.events.enumerated()
    where event.rate == 0 && event.initialProbability == 0 && !targets.contains(number) {
      state[number] = Mark.safe
    }
    for spare in spares.indices where module.isSpareActive[spare] {
      activate(spareInputs[spare][0], in: &state)
    }
    settleGates(in: &state, before: state)
    return state
  }

  /// Lets an operational event fail, or a gate that a dependency strikes, and all that follows but
  /// dependencies.
  ///
  /// - Returns: whether it may fail; if not, the state is left as it was.
  func fail(_ element: Int, in state: inout [UInt8]) -> Bool {
    let before = looksBack ? state : []
    state[element] = Mark.failed
    if element < eventCount {
      if layout.phase[element] >= 0 { state[layout.phase[element]] = 0 }
    } else if gates.kinds[element - eventCount] == .spare {
      state[layout.use + gates.numbers[element - eventCount]] = Mark.nothing
    }
    settleGates(in: &state, before: before)
    if !restrictions.isEmpty, isForbidden(state) {
      state = before
      return false
    }
    return true
  }

  /// A state in which an event can not fail any more.
  func spared(_ event: Int, _ state: [UInt8]) -> [UInt8] {
    var next = state
    next[event] = Mark.safe
    settleGates(in: &next, before: state)
    return next
  }

  // MARK: Gates

  private func settleGates(in state: inout [UInt8], before: [UInt8]) {
    for gate in gates.kinds.indices where state[eventCount + gate] == Mark.operational {
      let mark: UInt8
      switch gates.kinds[gate] {
      case .counting: mark = count(gate, state)
      case .priorityAnd: mark = priorityAnd(gate, state, before)
      case .priorityOr: mark = priorityOr(gate, state)
      case .spare: mark = claim(gates.numbers[gate], in: &state)
      }
      if mark != Mark.operational { state[eventCount + gate] = mark }
    }
  }

  private func count(_ gate: Int, _ state: [UInt8]) -> UInt8 {
    var failed = 0
    var safe = 0
    for place in gates.starts[gate]..<gates.starts[gate + 1] {
      let mark = state[gates.inputs[place]]
      if mark == Mark.failed { failed += 1 }
      if mark == Mark.safe { safe += 1 }
    }
    if failed >= gates.numbers[gate] { return Mark.failed }
    let count = gates.starts[gate + 1] - gates.starts[gate]
    return count - safe < gates.numbers[gate] ? Mark.safe : Mark.operational
  }

  private func priorityAnd(_ gate: Int, _ state: [UInt8], _ before: [UInt8]) -> UInt8 {
    var isSomeOperational = false
    var new = 0
    for place in gates.starts[gate]..<gates.starts[gate + 1] {
      let input = gates.inputs[place]
      if state[input] == Mark.safe { return Mark.safe }
      if state[input] != Mark.failed {
        isSomeOperational = true
      } else if isSomeOperational {
        return Mark.safe
      } else if !before.isEmpty, before[input] != Mark.failed {
        new += 1
      }
    }
    if !gates.isInclusive[gate] && new > 1 { return Mark.safe }
    return isSomeOperational ? Mark.operational : Mark.failed
  }

  private func priorityOr(_ gate: Int, _ state: [UInt8]) -> UInt8 {
    var hasOther = false
    for place in gates.starts[gate] + 1..<gates.starts[gate + 1]
    where state[gates.inputs[place]] == Mark.failed {
      hasOther = true
    }
    let first = state[gates.inputs[gates.starts[gate]]]
    if first == Mark.failed { return hasOther && !gates.isInclusive[gate] ? Mark.safe : Mark.failed }
    return hasOther || first == Mark.safe ? Mark.safe : Mark.operational
  }

  // MARK: Spares

  private func claim(_ spare: Int, in state: inout [UInt8]) -> UInt8 {
    let used = Int(state[layout.use + spare])
    let mark = state[claimed[spareInputs[spare][used]]]
    if mark == Mark.operational { return mark }
    if mark == Mark.safe {
      state[layout.use + spare] = Mark.nothing
      return mark
    }
    return claimNext(spare, after: used, in: &state)
  }

  private func claimNext(_ spare: Int, after used: Int, in state: inout [UInt8]) -> UInt8 {
    let inputs = spareInputs[spare]
    var next = used + 1
    while next < inputs.count, !isFree(inputs[next], state) { next += 1 }
    guard next < inputs.count else {
      state[layout.use + spare] = Mark.nothing
      return Mark.failed
    }
    state[layout.use + spare] = UInt8(next)
    if state[layout.active + inputs[used]] != 0 { activate(inputs[next], in: &state) }
    if state[claimed[inputs[next]]] != Mark.safe { return Mark.operational }
    state[layout.use + spare] = Mark.nothing
    return Mark.safe
  }

  /// Whether an input has not failed and no spare gate uses it.
  private func isFree(_ input: Int, _ state: [UInt8]) -> Bool {
    if state[claimed[input]] == Mark.failed { return false }
    for spare in claimants[input] {
      let used = state[layout.use + spare]
      if used != Mark.nothing, spareInputs[spare][Int(used)] == input { return false }
    }
    return true
  }

  /// Activates what is claimed and, through spare gates inside, what they use.
  private func activate(_ claimable: Int, in state: inout [UInt8]) {
    var stack = [claimable]
    while let next = stack.popLast() {
      if state[layout.active + next] != 0 { continue }
      state[layout.active + next] = 1
      for spare in claimables[next].spares where state[spares[spare]] == Mark.operational {
        let used = state[layout.use + spare]
        if used != Mark.nothing { stack.append(spareInputs[spare][Int(used)]) }
      }
    }
  }

  // MARK: Restrictions

  /// Whether the restrictions an event stands in itself forbid that it fails.
  func isForbidden(_ event: Int, in state: [UInt8], restrictions numbers: [Int]) -> Bool {
    for number in numbers {
      let restriction = restrictions[number]
      for element in restriction.elements {
        if element == event {
          if restriction.isSequence { break }
        } else if (state[element] == Mark.failed) != restriction.isSequence {
          return true
        }
      }
    }
    return false
  }

  private func isForbidden(_ state: [UInt8]) -> Bool {
    restrictions.contains { restriction in
      restriction.isSequence
        ? isOutOfSequence(restriction.elements, state)
        : restriction.elements.count { state[$0] == Mark.failed } > 1
    }
  }

  /// Forgotten elements are passed over: a restriction of which one is forgotten restrains nothing any more.
  private func isOutOfSequence(_ elements: [Int], _ state: [UInt8]) -> Bool {
    var isSomeOperational = false
    for element in elements where state[element] != Mark.forgotten {
      if state[element] != Mark.failed {
        isSomeOperational = true
      } else if isSomeOperational {
        return true
      }
    }
    return false
  }
}

/// The gates of a module in arrays, for the inner loop.
struct ModuleGates: Sendable {
  enum Kind: UInt8, Sendable {
    case counting, priorityAnd, priorityOr, spare
  }

  private(set) var kinds: [Kind] = []
  /// How many inputs must fail, or which of the spares a gate is.
  private(set) var numbers: [Int] = []
  private(set) var isInclusive: [Bool] = []
  /// The inputs of gate i stand in `inputs` from `starts[i]` up to `starts[i + 1]`.
  private(set) var starts: [Int] = [0]
  private(set) var inputs: [Int] = []

  init(_ module: DynamicModule) {
    for gate in module.gates {
      switch gate.kind {
      case .and: add(.counting, gate.inputs.count)
      case .or: add(.counting, 1)
      case .atLeast(let count): add(.counting, count)
      case .priorityAnd(let isInclusive): add(.priorityAnd, 0, isInclusive)
      case .priorityOr(let isInclusive): add(.priorityOr, 0, isInclusive)
      case .spare(let spare): add(.spare, spare)
      }
      inputs += gate.inputs
      starts.append(inputs.count)
    }
  }

  private mutating func add(_ kind: Kind, _ number: Int, _ isInclusive: Bool = true) {
    kinds.append(kind)
    numbers.append(number)
    self.isInclusive.append(isInclusive)
  }
}
