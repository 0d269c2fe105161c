/// A dependent group as variables of a network that are independent of each other and of everything else.
///
/// Outcomes exclude each other: variable j says, none of the rarer outcomes being there, that outcome j is; the last,
/// most common, outcome needs none. That r of the n members left are down, the next one is with probability r / n, by a
/// variable of its own.
struct DependentVariables {
  typealias Literal = BooleanNetwork.Literal

  /// The variables of the outcomes but the last.
  private(set) var outcomeVariables: [Int] = []
  /// For each part and number of members down: the variables that choose the members, and how to choose one.
  private(set) var choices: [Choice] = []
  /// For each part: that 0, 1, 2, … of its members are down.
  private(set) var counted: [[Literal]] = []
  /// For each part and member: it is down.
  private(set) var down: [[Literal]] = []

  /// Whether the next of `left` members is one of the `remaining` that are down.
  struct Choice {
    let variable: Int
    let part: Int
    let member: Int
    let remaining: Int
    let probability: Double
  }

  /// Adds the variables of a module to a network, the first with the number `firstVariable`.
  init(_ module: DependentModule, firstVariable: Int, in network: inout BooleanNetwork) {
    var next = firstVariable
    let literals = outcomeLiterals(module.outcomes.count, &next, &network)
    for (number, part) in module.parts.enumerated() {
      let counted = (0...part.members.count).map { count in
        network.or(literals.indices.filter { module.outcomes[$0][number] == count }.map { literals[$0] })
      }
      self.counted.append(counted)
      down.append(members(ofPart: number, count: part.members.count, counted: counted, &next, &network))
    }
  }

  private mutating func outcomeLiterals(
    _ count: Int, _ next: inout Int, _ network: inout BooleanNetwork
  ) -> [Literal] {
    var literals: [Literal] = []
    var none = Literal.always
    for _ in 0..<count - 1 {
      let own = network.variable(next)
      outcomeVariables.append(next)
      next += 1
      literals.append(network.and([none, own]))
      none = network.and([none, own.negated])
    }
    return literals + [none]
  }

  /// Which members are down when `counted[r]` says that r of them are.
  private mutating func members(
    ofPart part: Int, count: Int, counted: [Literal], _ next: inout Int, _ network: inout BooleanNetwork
  ) -> [Literal] {
    var remaining = counted
    var down: [Literal] = []
    for member in 0..<count {
      let left = count - member
      var here: [Literal] = []
      var later = [[Literal]](repeating: [], count: left)
      for down in 0...left where remaining[down] != .never {
        if down == left {
          here.append(remaining[down])
          if left > 0 { later[down - 1].append(remaining[down]) }
        } else if down == 0 {
          later[0].append(remaining[0])
        } else {
          let isNext = network.variable(next)
          choices.append(
            Choice(
              variable: next, part: part, member: member, remaining: down,
              probability: Double(down) / Double(left)))
          next += 1
          let chosen = network.and([remaining[down], isNext])
          here.append(chosen)
          later[down - 1].append(chosen)
          later[down].append(network.and([remaining[down], isNext.negated]))
        }
      }
      down.append(network.or(here))
      remaining = later.map { network.or($0) }
    }
    return down
  }

  /// How many variables there are.
  var count: Int { outcomeVariables.count + choices.count }

  /// Sets the probabilities of the outcomes' variables, given those of the outcomes.
  func set(outcomes: [Double], in probabilities: inout [Double]) {
    // The rarest come first, so that what is left is never the small difference of large numbers.
    var left = 0.0
    for (number, outcome) in outcomes.enumerated().reversed() {
      left += outcome
      guard number < outcomeVariables.count else { continue }
      probabilities[outcomeVariables[number]] = left > 0 ? min(1, outcome / left) : 0
    }
  }

  /// Sets the outcomes' variables to one outcome.
  func set(outcome: Int, in state: inout [Bool]) {
    for (number, variable) in outcomeVariables.enumerated() { state[variable] = number == outcome }
  }

  /// Makes one outcome certain.
  func set(certainOutcome: Int, in probabilities: inout [Double]) {
    for (number, variable) in outcomeVariables.enumerated() {
      probabilities[variable] = number == certainOutcome ? 1 : 0
    }
  }
}
