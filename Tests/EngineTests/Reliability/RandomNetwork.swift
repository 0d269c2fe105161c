import Reliability
import Stochastics

/// A random network of a few variables with all kinds of gates, and its truth tables by plain evaluation.
struct RandomNetwork {
  static let variables = 10
  private(set) var network = BooleanNetwork()
  private(set) var roots: [BooleanNetwork.Literal] = []
  private var stream: RandomStream

  /// - Parameter isCoherent: whether gates are monotone and nothing is negated.
  init(number: UInt64, gates: Int, roots rootCount: Int, isCoherent: Bool = false) {
    stream = RandomStream(seed: number, process: ProcessKey(name: "random networks"), replication: 0)
    var literals = (0..<Self.variables).map { network.variable($0) }
    for _ in 0..<gates {
      let inputs = (0..<2 + pick(4)).map { _ in
        let literal = literals[max(0, literals.count - 1 - pick(14))]
        return !isCoherent && pick(4) == 0 ? literal.negated : literal
      }
      switch pick(isCoherent ? 5 : 6) {
      case 0, 1: literals.append(network.and(inputs))
      case 2, 3: literals.append(network.or(inputs))
      case 4: literals.append(network.atLeast(1 + pick(inputs.count), of: inputs))
      default: literals.append(network.xor(inputs))
      }
    }
    roots = (0..<rootCount).map { index in
      let literal = index == 0 ? literals[literals.count - 1] : literals[pick(literals.count)]
      return !isCoherent && pick(2) == 0 ? literal.negated : literal
    }
  }

  private mutating func pick(_ count: Int) -> Int { Int(stream.nextBits() % UInt64(count)) }

  /// The value of every root in a state; bit i is variable i.
  func values(_ state: Int) -> [Bool] {
    let values = network.values { state >> $0 & 1 == 1 }
    return roots.map { values[$0.node] != $0.isNegated }
  }

  /// Probabilities from one in a million to almost certain.
  static let probabilities: [Double] = [1e-6, 0.3, 1e-3, 0.999, 0.5, 0.07, 0.2, 0.01, 0.9, 0.4]

  /// The probability of every root, as the sum over all states.
  func probabilities(_ trueProbabilities: [Double]) -> [Double] {
    var totals = [Double](repeating: 0, count: roots.count)
    for state in 0..<1 << Self.variables {
      var weight = 1.0
      for variable in 0..<Self.variables {
        let p = trueProbabilities[variable]
        weight *= state >> variable & 1 == 1 ? p : 1 - p
      }
      for (root, value) in values(state).enumerated() where value { totals[root] += weight }
    }
    return totals
  }
}

extension BooleanNetwork {
  /// The value of every node in a state of the variables.
  func values(_ state: (Int) -> Bool) -> [Bool] {
    var values: [Bool] = []
    for node in nodes {
      let inputs = node.inputs.map { values[$0.node] != $0.isNegated }
      switch node {
      case .never: values.append(false)
      case .variable(let variable): values.append(state(variable))
      case .and: values.append(inputs.allSatisfy { $0 })
      case .or: values.append(inputs.contains(true))
      case .xor: values.append(inputs.count { $0 } % 2 == 1)
      case .atLeast(let count, _): values.append(inputs.count { $0 } >= count)
      }
    }
    return values
  }
}
