/// Finds what can happen next in a state of a module.
struct ModuleExplorer {
  /// A state that may follow.
  struct Outcome {
    var state: [UInt8]
    var probability: Double
  }

  private(set) var states: StateTable
  private(set) var isOrderDependent = false
  private let module: DynamicModule
  private let stepper: ModuleStepper
  private var memory: ModuleMemory
  private let symmetry: ModuleSymmetry
  private let stateLimit: Int
  private let rates: [Double]
  private let dormantRates: [Double]
  private let triggers: [Int]
  /// Of each event: the restrictions it stands in itself.
  private let restrictions: [[Int]]
  /// Whether some gate or restraint looks at the order of failures.
  private let isOrderSensitive: Bool

  init(_ module: DynamicModule, stateLimit: Int) {
    self.module = module
    self.stateLimit = stateLimit
    stepper = ModuleStepper(module)
    memory = ModuleMemory(module, stepper.layout)
    symmetry = ModuleSymmetry(module, stepper.layout)
    states = StateTable(width: stepper.layout.count)
    rates = module.events.map(\.rate)
    dormantRates = module.events.map { $0.rate * $0.dormancy }
    triggers = module.dependencies.map(\.trigger)
    var restrictions = [[Int]](repeating: [], count: module.events.count)
    for (number, restriction) in module.restrictions.enumerated() {
      for element in restriction.elements where element < module.events.count {
        restrictions[element].append(number)
      }
    }
    self.restrictions = restrictions
    isOrderSensitive =
      !module.restrictions.isEmpty
      || module.gates.contains { gate in
        switch gate.kind {
        case .and, .or, .atLeast: false
        case .priorityAnd, .priorityOr, .spare: true
        }
      }
  }

  /// The number of a state, new or known.
  mutating func number(of state: [UInt8]) throws(DynamicTreeError) -> Int {
    let (number, isNew) = states.insert(state)
    if isNew && number >= stateLimit {
      throw .tooManyStates(module: module.name(of: module.outputs[0]), limit: stateLimit)
    }
    return number
  }

  /// Which outputs have failed, one bit each.
  func failedOutputs(_ state: [UInt8]) -> UInt64 {
    var failed: UInt64 = 0
    for (number, output) in module.outputs.enumerated() where state[output] == Mark.failed {
      failed |= 1 << UInt64(number)
    }
    return failed
  }

  /// The states at time 0, when events that are failed from the start have failed.
  mutating func starts() -> [Outcome] {
    var open = [Outcome(state: stepper.start(module), probability: 1)]
    for (event, law) in module.events.enumerated() where law.initialProbability > 0 {
      var next: [Outcome] = []
      for outcome in open {
        let probability = law.initialProbability
        if probability < 1 {
          next.append(Outcome(state: outcome.state, probability: outcome.probability * (1 - probability)))
        }
        var failed = outcome.state
        if failed[event] == Mark.operational { _ = stepper.fail(event, in: &failed) }
        next.append(Outcome(state: failed, probability: outcome.probability * probability))
      }
      open = next
    }
    var finished: [Outcome] = []
    for outcome in open { finished += self.finished(outcome) }
    return finished.map { outcome in
      var outcome = outcome
      for (event, law) in module.events.enumerated()
      where law.initialProbability > 0 && law.rate == 0 && memory.dependencies(of: event).isEmpty {
        // It did not fail at the start, so it never will.
        if outcome.state[event] == Mark.operational { outcome.state = stepper.spared(event, outcome.state) }
      }
      return tidy(outcome)
    }
  }

  /// All that can happen in a state, with rates.
  mutating func moves(from state: [UInt8]) -> [(outcome: Outcome, rate: Double)] {
    var moves: [(Outcome, Double)] = []
    for event in rates.indices where state[event] == Mark.operational {
      let rate = memory.isActive(event, in: state) ? rates[event] : dormantRates[event]
      if rate <= 0 { continue }
      if !restrictions[event].isEmpty,
        stepper.isForbidden(event, in: state, restrictions: restrictions[event])
      {
        continue
      }
      var next = state
      let phase = stepper.layout.phase[event]
      if phase >= 0, Int(state[phase]) + 1 < module.events[event].phases {
        next[phase] += 1
        symmetry.sort(&next)
        moves.append((Outcome(state: next, probability: 1), rate))
        continue
      }
      guard stepper.fail(event, in: &next) else { continue }
      for outcome in finished(Outcome(state: next, probability: 1)) {
        moves.append((tidy(outcome), rate))
      }
    }
    return moves
  }

  private mutating func tidy(_ outcome: Outcome) -> Outcome {
    var outcome = outcome
    memory.forget(in: &outcome.state)
    symmetry.sort(&outcome.state)
    return outcome
  }

  // MARK: Dependencies

  /// Lets dependencies strike until none can any more, in the order written.
  private mutating func finished(_ outcome: Outcome) -> [Outcome] {
    if module.dependencies.isEmpty { return [outcome] }
    let first = struck(outcome, inOrder: true)
    if first.hadChoice && isOrderSensitive && !isOrderDependent {
      let last = struck(outcome, inOrder: false)
      isOrderDependent = !isSame(first.outcomes, last.outcomes)
    }
    return first.outcomes
  }

  private func struck(_ outcome: Outcome, inOrder: Bool) -> (outcomes: [Outcome], hadChoice: Bool) {
    var open = [outcome]
    var finished: [Outcome] = []
    var hadChoice = false
    while var next = open.popLast() {
      var blocked: [Strike] = []
      while let strike = pendingStrike(next.state, blocked, inOrder: inOrder, &hadChoice) {
        let coin = stepper.layout.coin + strike.dependency
        let probability = module.dependencies[strike.dependency].probability
        if probability < 1, next.state[coin] == 0 {
          var spared = next
          spared.state[coin] = Mark.spared
          spared.probability *= 1 - probability
          open.append(spared)
          next.state[coin] = Mark.struck
          next.probability *= probability
        }
        if stepper.fail(strike.element, in: &next.state) {
          blocked.removeAll(keepingCapacity: true)
        } else {
          blocked.append(strike)
        }
      }
      finished.append(next)
    }
    return (finished, hadChoice)
  }

  /// A dependency that may strike one of its elements.
  private struct Strike: Equatable {
    let dependency: Int
    let element: Int
  }

  /// The first, or last, dependency whose trigger has failed, with an element that it can still make fail.
  private func pendingStrike(
    _ state: [UInt8], _ blocked: [Strike], inOrder: Bool, _ hadChoice: inout Bool
  ) -> Strike? {
    var pending: Strike?
    for number in module.dependencies.indices {
      guard state[triggers[number]] == Mark.failed, state[stepper.layout.coin + number] != Mark.spared
      else { continue }
      for element in module.dependencies[number].dependents where state[element] == Mark.operational {
        let strike = Strike(dependency: number, element: element)
        if !blocked.isEmpty, blocked.contains(strike) { continue }
        if pending != nil { hadChoice = true }
        if inOrder && hadChoice { return pending ?? strike }
        if !inOrder || pending == nil { pending = strike }
      }
    }
    return pending
  }

  private mutating func isSame(_ first: [Outcome], _ second: [Outcome]) -> Bool {
    if first.count == 1, second.count == 1, first[0].state == second[0].state { return true }
    var table = StateTable(width: stepper.layout.count)
    var balance: [Double] = []
    for (outcomes, sign) in [(first, 1.0), (second, -1.0)] {
      for outcome in outcomes {
        let (number, isNew) = table.insert(tidy(outcome).state)
        if isNew { balance.append(0) }
        balance[number] += sign * outcome.probability
      }
    }
    return balance.allSatisfy { abs($0) < 1e-12 }
  }
}
