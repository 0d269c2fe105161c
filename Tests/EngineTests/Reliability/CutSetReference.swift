import Reliability

/// A random function over a few variables, as a network, its diagrams and its truth table.
struct SmallFunction {
  let variableCount: Int
  let modules: [NetworkModule]
  /// The gates and the root that it was made of, if it was.
  var network = BooleanNetwork()
  var root = BooleanNetwork.Literal.never
  /// The value in each state; bit i of the state is variable i.
  let table: [Bool]

  /// A tree of random gates; the network cuts it into modules as it likes.
  static func random(seed: UInt64, variables: Int, gates: Int, isCoherent: Bool) throws -> SmallFunction {
    var random = SplitMix(state: seed)
    var network = BooleanNetwork()
    var literals = (0..<variables).map { network.variable($0) }
    for _ in 0..<gates {
      let inputs = (0..<(2 + random.below(3))).map { _ in
        let literal = literals[random.below(literals.count)]
        return !isCoherent && random.below(4) == 0 ? literal.negated : literal
      }
      switch random.below(isCoherent ? 3 : 4) {
      case 0: literals.append(network.and(inputs))
      case 1: literals.append(network.or(inputs))
      case 2: literals.append(network.atLeast(2, of: inputs))
      default: literals.append(network.xor(inputs))
      }
    }
    let root = literals[literals.count - 1]
    let table = (0..<(1 << variables)).map { SmallFunction.value(of: root, in: network, state: $0) }
    let diagram = try NetworkDiagram(network, roots: [root])
    return SmallFunction(
      variableCount: variables, modules: Array(diagram.modules[...diagram.rootModules[0]]),
      network: network, root: root, table: table)
  }

  /// A random function of two random modules and two variables, each module over three variables of its own.
  static func modular(seed: UInt64) throws -> SmallFunction {
    var random = SplitMix(state: seed)
    let inner = (0..<2).map { _ in random.table(3) }
    let outer = random.table(4)
    let table = (0..<256).map { state in
      let first = inner[0][state & 7]
      let second = inner[1][state >> 3 & 7]
      return outer[(first ? 1 : 0) | (second ? 2 : 0) | (state >> 6) << 2]
    }
    let modules = [
      try module(inner[0], [.variable(0), .variable(1), .variable(2)]),
      try module(inner[1], [.variable(3), .variable(4), .variable(5)]),
      try module(outer, [.module(0), .module(1), .variable(6), .variable(7)]),
    ]
    return SmallFunction(variableCount: 8, modules: modules, table: table)
  }

  /// The module with a truth table.
  static func module(_ table: [Bool], _ meaning: [NetworkModule.Meaning]) throws -> NetworkModule {
    let diagram = BinaryDecisionDiagram()
    var rows = table.map { $0 ? BinaryDecisionDiagram.always : BinaryDecisionDiagram.never }
    for variable in meaning.indices.reversed() {
      let half = rows.count / 2
      rows = try (0..<half).map {
        try diagram.ifThenElse(diagram.variable(variable), rows[half + $0], rows[$0])
      }
    }
    return NetworkModule(diagram: FlatDiagram(rows[0], in: diagram), meaning: meaning)
  }

  private static func value(
    of literal: BooleanNetwork.Literal, in network: BooleanNetwork, state: Int
  ) -> Bool {
    var values: [Bool] = []
    func holds(_ literal: BooleanNetwork.Literal) -> Bool { values[literal.node] != literal.isNegated }
    for node in network.nodes {
      switch node {
      case .never: values.append(false)
      case .variable(let number): values.append(state >> number & 1 == 1)
      case .and(let inputs): values.append(inputs.allSatisfy(holds))
      case .or(let inputs): values.append(inputs.contains(where: holds))
      case .atLeast(let count, let inputs): values.append(inputs.count(where: holds) >= count)
      case .xor(let inputs): values.append(inputs.count(where: holds) % 2 == 1)
      }
    }
    return holds(literal)
  }

  /// The minimal sets by trying every product of literals.
  func expected(_ kind: CutSetKind) -> Set<[CutSetLiteral]> {
    let all = (1 << variableCount) - 1
    switch kind {
    case .cutSets:
      return Set(minimal(table.indices.filter { table[$0] }).map { literals($0, 0) })
    case .pathSets:
      return Set(minimal(table.indices.filter { !table[all ^ $0] }).map { literals(0, $0) })
    case .primeImplicants:
      return primeImplicants
    }
  }

  private func minimal(_ masks: [Int]) -> [Int] {
    masks.filter { mask in !masks.contains { $0 != mask && $0 & mask == $0 } }
  }

  private var primeImplicants: Set<[CutSetLiteral]> {
    var primes: Set<[CutSetLiteral]> = []
    for plain in table.indices {
      let others = (table.count - 1) ^ plain
      for negated in table.indices where negated & others == negated && implies(plain, negated) {
        let isPrime = (0..<variableCount).allSatisfy { variable in
          let bit = 1 << variable
          if (plain | negated) & bit == 0 { return true }
          return !implies(plain & ~bit, negated & ~bit)
        }
        if isPrime { primes.insert(literals(plain, negated)) }
      }
    }
    return primes
  }

  private func implies(_ plain: Int, _ negated: Int) -> Bool {
    table.indices.allSatisfy { $0 & plain != plain || $0 & negated != 0 || table[$0] }
  }

  private func literals(_ plain: Int, _ negated: Int) -> [CutSetLiteral] {
    (0..<variableCount).compactMap { variable in
      if plain >> variable & 1 == 1 { return CutSetLiteral(variable: variable) }
      return negated >> variable & 1 == 1 ? CutSetLiteral(variable: variable, isNegated: true) : nil
    }
  }
}

/// A small generator with a fixed seed, for functions and probabilities.
///
/// Source: Steele, Lea and Flood, *Fast splittable pseudorandom number generators*, OOPSLA (2014).
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  mutating func below(_ bound: Int) -> Int { Int(next() >> 33) % bound }

  mutating func probability(upTo bound: Double) -> Double { Double(next() >> 11) * 0x1p-53 * bound }

  /// A truth table that is neither always true nor always false.
  mutating func table(_ variables: Int) -> [Bool] {
    while true {
      let table = (0..<(1 << variables)).map { _ in next() >> 63 == 1 }
      if Set(table).count == 2 { return table }
    }
  }
}
