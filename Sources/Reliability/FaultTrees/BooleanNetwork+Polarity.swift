extension BooleanNetwork {
  /// Which variables a literal stands on, and whether any of them is negated on the way.
  struct Reach {
    /// For each variable of the network.
    fileprivate(set) var isReached: [Bool]
    /// Whether every variable only makes the literal truer: no negation and no exclusive or is on the way to one.
    fileprivate(set) var isCoherent = true
  }

  /// What a literal stands on.
  ///
  /// - Complexity: O(nodes), each at most once in each polarity.
  func reach(of literal: Literal) -> Reach {
    var reach = Reach(isReached: [Bool](repeating: false, count: variableCount))
    var isSeen = [Bool](repeating: false, count: nodes.count * 2)
    var stack = [literal]
    while let next = stack.popLast() {
      if isSeen[next.code] { continue }
      isSeen[next.code] = true
      switch nodes[next.node] {
      case .never: break
      case .variable(let variable):
        reach.isReached[variable] = true
        if next.isNegated { reach.isCoherent = false }
      case .and(let inputs), .or(let inputs), .atLeast(_, let inputs):
        stack += next.isNegated ? inputs.map(\.negated) : inputs
      case .xor(let inputs):
        stack += inputs + inputs.map(\.negated)
      }
    }
    return reach
  }
}
