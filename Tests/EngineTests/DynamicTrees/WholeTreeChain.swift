import Foundation
import ServiceGraph

/// A fault tree as one Markov chain over its events, without modules, symmetry or forgetting.
///
/// Written apart from the engine, for trees of exponential events whose spares hang under spare gates only.
struct WholeTreeChain {
  private struct State: Hashable {
    var isFailed: [Bool]
    var gates: [Int]
    var uses: [Int]
  }

  private let tree: FaultTree
  private let order: [Int]
  private var states: [State] = []
  private var known: [State: Int] = [:]
  private var moves: [[(to: Int, rate: Double)]] = []

  init(_ tree: FaultTree) {
    self.tree = tree
    var heights: [Int] = []
    for gate in tree.gates {
      heights.append(
        1 + (gate.inputs.map { if case .gate(let below) = $0 { heights[below] } else { 0 } }.max() ?? 0))
    }
    order = tree.gates.indices.sorted { (heights[$0], $0) < (heights[$1], $1) }
    var start = State(
      isFailed: tree.events.map { _ in false }, gates: tree.gates.map { _ in 0 },
      uses: tree.gates.map { _ in 0 })
    settle(&start)
    add(start)
    var next = 0
    while next < states.count {
      let state = states[next]
      var found: [(to: Int, rate: Double)] = []
      for (event, law) in tree.events.enumerated() where !state.isFailed[event] {
        guard case .erlang(let rate, _, let dormancy, _) = law.law, let after = after(event, state) else {
          continue
        }
        found.append((add(after), isInUse(event, state) ? rate : rate * dormancy))
      }
      moves.append(found)
      next += 1
    }
  }

  @discardableResult private mutating func add(_ state: State) -> Int {
    if let number = known[state] { return number }
    known[state] = states.count
    states.append(state)
    return states.count - 1
  }

  /// P(top has failed by `time`), by uniformisation.
  func probability(at time: Double) -> Double {
    let fastest = moves.map { $0.reduce(0) { $0 + $1.rate } }.max() ?? 0
    var mass = [Double](repeating: 0, count: states.count)
    mass[0] = 1
    var weight = exp(-fastest * time)
    var failed = 0.0
    for jump in 1...400 {
      for (state, share) in mass.enumerated() where isTrue(tree.tops[0].input, states[state]) {
        failed += weight * share
      }
      var next = mass
      for (state, share) in mass.enumerated() {
        for move in moves[state] {
          next[move.to] += share * move.rate / fastest
          next[state] -= share * move.rate / fastest
        }
      }
      mass = next
      weight *= fastest * time / Double(jump)
    }
    return failed
  }

  // MARK: What happens

  private func isTrue(_ input: FaultTree.Input, _ state: State) -> Bool {
    switch input {
    case .event(let event): state.isFailed[event]
    case .gate(let gate): state.gates[gate] == 1
    case .constant(let value): value
    }
  }

  private func after(_ event: Int, _ state: State) -> State? {
    var next = state
    next.isFailed[event] = true
    settle(&next)
    if isForbidden(next) { return nil }
    for gate in tree.gates where isDependency(gate.operation) && isTrue(gate.inputs[0], next) {
      for case .event(let dependent) in gate.inputs.dropFirst() where !next.isFailed[dependent] {
        if let further = after(dependent, next) { next = further }
      }
    }
    return next
  }

  private func isDependency(_ operation: GateOperation) -> Bool {
    if case .functionalDependency = operation { true } else { false }
  }

  private func settle(_ state: inout State) {
    for number in order where state.gates[number] == 0 {
      let values = tree.gates[number].inputs.map { isTrue($0, state) }
      switch tree.gates[number].operation {
      case .and: state.gates[number] = values.allSatisfy { $0 } ? 1 : 0
      case .or: state.gates[number] = values.contains(true) ? 1 : 0
      case .atLeast(let count): state.gates[number] = values.count { $0 } >= count ? 1 : 0
      case .priorityAnd:
        let first = values.prefix { $0 }.count
        state.gates[number] = first == values.count ? 1 : values.dropFirst(first).contains(true) ? 2 : 0
      case .priorityOr: state.gates[number] = values[0] ? 1 : values.contains(true) ? 2 : 0
      case .spare: claim(number, &state)
      default: break
      }
    }
  }

  private func claim(_ number: Int, _ state: inout State) {
    let inputs = tree.gates[number].inputs
    while isTrue(inputs[state.uses[number]], state) || isTaken(number, state) {
      state.uses[number] += 1
      if state.uses[number] == inputs.count {
        state.gates[number] = 1
        state.uses[number] = 0
        return
      }
    }
  }

  private func isTaken(_ number: Int, _ state: State) -> Bool {
    let wanted = tree.gates[number].inputs[state.uses[number]]
    return tree.gates.indices.contains { other in
      let gate = tree.gates[other]
      return other != number && gate.operation == .spare && state.gates[other] == 0
        && gate.inputs[state.uses[other]] == wanted
    }
  }

  private func isForbidden(_ state: State) -> Bool {
    tree.gates.contains { gate in
      let values = gate.inputs.map { isTrue($0, state) }
      switch gate.operation {
      case .sequence: return values.drop { $0 }.contains(true)
      case .mutualExclusion: return values.count { $0 } > 1
      default: return false
      }
    }
  }

  /// Whether something above uses an event; what no spare gate holds is always in use.
  private func isInUse(_ event: Int, _ state: State) -> Bool {
    var waiting = tree.gates.indices.filter { gate in
      !tree.gates.contains { $0.operation == .spare && $0.inputs.contains(.gate(gate)) }
    }
    var isHeld = false
    while let gate = waiting.popLast() {
      let inputs = tree.gates[gate].inputs
      let used = tree.gates[gate].operation == .spare ? [inputs[state.uses[gate]]] : inputs
      if tree.gates[gate].operation == .spare && state.gates[gate] != 0 { continue }
      if used.contains(.event(event)), !tree.gates[gate].operation.isRestraint { return true }
      for case .gate(let below) in used { waiting.append(below) }
    }
    isHeld = tree.gates.contains { gate in
      gate.inputs.contains(.event(event)) && !gate.operation.isRestraint
    }
    return !isHeld
  }
}
