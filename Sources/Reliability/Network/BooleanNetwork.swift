/// Boolean functions as a network of gates over variables: what diagrams are built from.
///
/// Both a service graph's structure function and a fault tree become one. Node 0 is the constant false; every
/// other node comes after its inputs. Equal nodes are one node.
package struct BooleanNetwork: Sendable {
  /// A node, perhaps negated: twice the node's number, plus one when negated.
  package struct Literal: Sendable, Hashable {
    /// Twice the node's number, plus one when negated.
    package let code: Int

    /// A node, perhaps negated.
    package init(node: Int, isNegated: Bool = false) { code = node << 1 | (isNegated ? 1 : 0) }

    private init(code: Int) { self.code = code }

    /// The node's number.
    package var node: Int { code >> 1 }
    /// Whether the node is negated.
    package var isNegated: Bool { code & 1 == 1 }
    /// The opposite.
    package var negated: Literal { Literal(code: code ^ 1) }

    /// Never true.
    package static let never = Literal(node: 0)
    /// Always true.
    package static let always = Literal(node: 0, isNegated: true)
  }

  /// What a node is.
  package enum Node: Sendable, Hashable {
    /// Always false.
    case never
    /// A variable, by its number.
    case variable(Int)
    /// All of the literals, two or more.
    case and([Literal])
    /// Any of the literals, two or more.
    case or([Literal])
    /// At least so many of the literals, more than one and less than all.
    case atLeast(Int, [Literal])
    /// An odd number of the literals, two or more.
    case xor([Literal])

    /// The literals, in the order given.
    package var inputs: [Literal] {
      switch self {
      case .never, .variable: []
      case .and(let inputs), .or(let inputs), .atLeast(_, let inputs), .xor(let inputs): inputs
      }
    }
  }

  /// The nodes; inputs come before what uses them.
  package private(set) var nodes: [Node] = [.never]
  /// The number of variables.
  package private(set) var variableCount = 0
  private var known: [Node: Int] = [.never: 0]

  /// A network of nothing.
  package init() {}

  /// The literal of a variable, from 0.
  package mutating func variable(_ number: Int) -> Literal {
    variableCount = max(variableCount, number + 1)
    return Literal(node: add(.variable(number)))
  }

  /// All of the literals.
  package mutating func and(_ inputs: [Literal]) -> Literal {
    guard let inputs = distinct(inputs, neutral: .always, absorbing: .never) else { return .never }
    if inputs.isEmpty { return .always }
    return inputs.count == 1 ? inputs[0] : Literal(node: add(.and(inputs)))
  }

  /// Any of the literals.
  package mutating func or(_ inputs: [Literal]) -> Literal {
    guard let inputs = distinct(inputs, neutral: .never, absorbing: .always) else { return .always }
    if inputs.isEmpty { return .never }
    return inputs.count == 1 ? inputs[0] : Literal(node: add(.or(inputs)))
  }

  /// At least so many of the literals; one that stands twice counts twice.
  package mutating func atLeast(_ count: Int, of inputs: [Literal]) -> Literal {
    let certain = inputs.count { $0 == .always }
    let needed = count - certain
    let open = inputs.filter { $0.node != 0 }
    if needed <= 0 { return .always }
    if needed > open.count { return .never }
    if needed == 1 { return or(open) }
    if needed == open.count { return and(open) }
    return Literal(node: add(.atLeast(needed, open)))
  }

  /// An odd number of the literals.
  package mutating func xor(_ inputs: [Literal]) -> Literal {
    var isNegated = false
    var open: [Literal] = []
    for input in inputs {
      if input.isNegated { isNegated.toggle() }
      let positive = Literal(node: input.node)
      if positive == .never { continue }
      if let twin = open.firstIndex(of: positive) { open.remove(at: twin) } else { open.append(positive) }
    }
    let odd: Literal
    switch open.count {
    case 0: odd = .never
    case 1: odd = open[0]
    default: odd = Literal(node: add(.xor(open)))
    }
    return isNegated ? odd.negated : odd
  }

  /// The literals once each, without the neutral; `nil` when one absorbs all, or two exclude each other.
  private func distinct(_ inputs: [Literal], neutral: Literal, absorbing: Literal) -> [Literal]? {
    var seen: Set<Literal> = []
    var kept: [Literal] = []
    for input in inputs where input != neutral {
      if input == absorbing || seen.contains(input.negated) { return nil }
      if seen.insert(input).inserted { kept.append(input) }
    }
    return kept
  }

  private mutating func add(_ node: Node) -> Int {
    if let number = known[node] { return number }
    known[node] = nodes.count
    nodes.append(node)
    return nodes.count - 1
  }
}
