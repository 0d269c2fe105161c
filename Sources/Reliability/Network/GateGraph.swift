/// A network as the solver rewrites it: gates over literals in flat tables.
///
/// A literal is twice a node's number, plus one when negated. Node 0 is never true; inputs have smaller numbers
/// than the gates that use them. Equal gates are one node, and gates are normalised as they are added.
struct GateGraph {
  /// What a node is.
  enum Kind: UInt8 {
    case constant, variable, and, or, atLeast, xor
  }

  /// For each node: what it is.
  private(set) var kinds: [Kind] = [.constant]
  /// For each node: the number of a variable, or how many inputs an at-least gate needs.
  private(set) var numbers: [Int32] = [0]
  /// For each node: its inputs.
  private(set) var inputs: [[UInt32]] = [[]]
  /// The literals that are asked for.
  var roots: [UInt32] = []

  static let never: UInt32 = 0
  static let always: UInt32 = 1

  private var known: [UInt64: UInt32] = [:]
  private var nodeOfVariable: [Int32] = []
  /// For each literal: the last pass that saw it.
  private var seen: [UInt32] = [0, 0]
  private var pass: UInt32 = 0

  /// How many nodes there are.
  var count: Int { kinds.count }

  /// The literal of a variable.
  mutating func variable(_ number: Int) -> UInt32 {
    while nodeOfVariable.count <= number { nodeOfVariable.append(-1) }
    if nodeOfVariable[number] < 0 {
      nodeOfVariable[number] = Int32(count)
      append(.variable, number, [])
    }
    return UInt32(nodeOfVariable[number]) << 1
  }

  /// A gate, or what it comes to.
  mutating func gate(_ kind: Kind, _ number: Int, _ literals: [UInt32]) -> UInt32 {
    switch kind {
    case .constant: GateGraph.never
    case .variable: variable(number)
    case .and: and(literals)
    case .or: and(literals.map { $0 ^ 1 }) ^ 1
    case .xor: xor(literals)
    case .atLeast: atLeast(number, literals)
    }
  }

  /// All of the literals; kept as an `or` of the opposites when most of them are negated.
  private mutating func and(_ literals: [UInt32]) -> UInt32 {
    pass += 1
    var kept: [UInt32] = []
    for literal in literals where literal != GateGraph.always {
      if literal == GateGraph.never || seen[Int(literal ^ 1)] == pass { return GateGraph.never }
      if seen[Int(literal)] != pass {
        seen[Int(literal)] = pass
        kept.append(literal)
      }
    }
    if kept.isEmpty { return GateGraph.always }
    if kept.count == 1 { return kept[0] }
    let negated = kept.reduce(0) { $0 + Int($1 & 1) }
    if negated * 2 > kept.count || negated * 2 == kept.count && kept[0] & 1 == 1 {
      for index in kept.indices { kept[index] ^= 1 }
      return add(.or, 0, kept) ^ 1
    }
    return add(.and, 0, kept)
  }

  private mutating func xor(_ literals: [UInt32]) -> UInt32 {
    var sign: UInt32 = 0
    pass += 1
    for literal in literals {
      sign ^= literal & 1
      seen[Int(literal & ~1)] = seen[Int(literal & ~1)] == pass ? 0 : pass
    }
    var kept: [UInt32] = []
    for literal in literals.map({ $0 & ~1 }) where literal != 0 && seen[Int(literal)] == pass {
      seen[Int(literal)] = 0
      kept.append(literal)
    }
    if kept.isEmpty { return sign }
    return (kept.count == 1 ? kept[0] : add(.xor, 0, kept)) ^ sign
  }

  private mutating func atLeast(_ count: Int, _ literals: [UInt32]) -> UInt32 {
    var needed = count
    var open: [UInt32] = []
    for literal in literals where literal != GateGraph.never {
      if literal == GateGraph.always { needed -= 1 } else { open.append(literal) }
    }
    if needed <= 0 { return GateGraph.always }
    if needed > open.count { return GateGraph.never }
    if needed == open.count { return and(open) }
    if needed == 1 { return and(open.map { $0 ^ 1 }) ^ 1 }
    if open.allSatisfy({ $0 & 1 == 1 }) {
      return add(.atLeast, open.count - needed + 1, open.map { $0 ^ 1 }) ^ 1
    }
    return add(.atLeast, needed, open)
  }

  private mutating func add(_ kind: Kind, _ number: Int, _ literals: [UInt32]) -> UInt32 {
    var hash = UInt64(kind.rawValue) &+ UInt64(number) &* 0x9E37_79B9_7F4A_7C15
    for literal in literals {
      var mixed = (UInt64(literal) &+ 1) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 31)) &* 0x94D0_49BB_1331_11EB
      hash &+= mixed ^ (mixed >> 29)
    }
    while let node = known[hash] {
      if isEqual(Int(node), kind, number, literals) { return node << 1 }
      hash &+= 1
    }
    known[hash] = UInt32(count)
    append(kind, number, literals)
    return UInt32(count - 1) << 1
  }

  /// Whether a node is this gate, whatever the order of its inputs.
  private mutating func isEqual(_ node: Int, _ kind: Kind, _ number: Int, _ literals: [UInt32]) -> Bool {
    guard kinds[node] == kind, numbers[node] == Int32(number), inputs[node].count == literals.count else {
      return false
    }
    if kind == .atLeast { return inputs[node].sorted() == literals.sorted() }
    pass += 1
    for literal in literals { seen[Int(literal)] = pass }
    return inputs[node].allSatisfy { seen[Int($0)] == pass }
  }

  private mutating func append(_ kind: Kind, _ number: Int, _ literals: [UInt32]) {
    kinds.append(kind)
    numbers.append(Int32(number))
    inputs.append(literals)
    seen.append(0)
    seen.append(0)
  }
}

extension GateGraph {
  /// The part of a network that some roots need.
  init(_ network: BooleanNetwork, roots: [BooleanNetwork.Literal]) {
    self.init()
    var isNeeded = [Bool](repeating: false, count: network.nodes.count)
    for root in roots { isNeeded[root.node] = true }
    for number in network.nodes.indices.reversed() where isNeeded[number] {
      for input in network.nodes[number].inputs { isNeeded[input.node] = true }
    }
    var literals = [UInt32](repeating: 0, count: network.nodes.count)
    func literal(_ input: BooleanNetwork.Literal) -> UInt32 {
      literals[input.node] ^ (input.isNegated ? 1 : 0)
    }
    for (number, node) in network.nodes.enumerated() where isNeeded[number] {
      let inputs = node.inputs.map(literal)
      switch node {
      case .never: literals[number] = GateGraph.never
      case .variable(let variable): literals[number] = self.variable(variable)
      case .and: literals[number] = gate(.and, 0, inputs)
      case .or: literals[number] = gate(.or, 0, inputs)
      case .xor: literals[number] = gate(.xor, 0, inputs)
      case .atLeast(let count, _): literals[number] = gate(.atLeast, count, inputs)
      }
    }
    self.roots = roots.map(literal)
  }

  /// The graph with constants in place of some nodes.
  func replacing(_ constants: [Int: Bool]) -> GateGraph {
    let isNeeded = needed()
    var result = GateGraph()
    var literals = [UInt32](repeating: 0, count: count)
    for node in 0..<count where isNeeded[node] {
      let own = inputs[node].map { literals[Int($0 >> 1)] ^ ($0 & 1) }
      literals[node] =
        constants[node].map { $0 ? GateGraph.always : GateGraph.never }
        ?? result.gate(kinds[node], Int(numbers[node]), own)
    }
    result.roots = roots.map { literals[Int($0 >> 1)] ^ ($0 & 1) }
    return result
  }

  /// Which nodes the roots need.
  func needed() -> [Bool] {
    var isNeeded = [Bool](repeating: false, count: count)
    for root in roots { isNeeded[Int(root >> 1)] = true }
    for node in stride(from: count - 1, through: 0, by: -1) where isNeeded[node] {
      for input in inputs[node] { isNeeded[Int(input >> 1)] = true }
    }
    return isNeeded
  }

  /// The inputs of a literal seen as a gate of a kind, `and` or `or`, by De Morgan's law; `nil` when it is none.
  func inputs(of literal: UInt32, as kind: Kind) -> [UInt32]? {
    let node = Int(literal >> 1)
    if literal & 1 == 0 { return kinds[node] == kind ? inputs[node] : nil }
    return kinds[node] == kind.dual ? inputs[node].map { $0 ^ 1 } : nil
  }

  /// Whether a literal is a gate of a kind, `and` or `or`, by De Morgan's law.
  func isGate(_ literal: UInt32, _ kind: Kind) -> Bool {
    kinds[Int(literal >> 1)] == (literal & 1 == 0 ? kind : kind.dual)
  }
}

extension GateGraph.Kind {
  /// `or` for `and` and the other way round.
  var dual: GateGraph.Kind {
    switch self {
    case .and: .or
    case .or: .and
    default: self
    }
  }

  /// Whether it is `and` or `or`.
  var isAndOr: Bool { self == .and || self == .or }
}
