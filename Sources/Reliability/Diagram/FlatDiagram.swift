/// One function of a decision diagram, laid out for passes over all of its nodes.
///
/// Node 0 is the terminal that is false, every other node comes after its children, and the function's own node is
/// last. Functions are twice a node's number, plus one for the opposite; low edges are never opposites.
package struct FlatDiagram: Sendable {
  /// A node: its variable, and what follows when it is false and when it is true.
  struct Node {
    let variable: UInt32
    let low: UInt32
    let high: UInt32
  }

  /// The nodes from number 1, children before parents.
  let nodes: [Node]
  /// The function itself.
  package let root: BinaryDecisionDiagram.Function

  /// Lays out a function.
  package init(_ function: BinaryDecisionDiagram.Function, in diagram: BinaryDecisionDiagram) {
    var number = [UInt32](repeating: 0, count: Int(function >> 1) + 1)
    number[number.count - 1] = 1
    for index in stride(from: number.count - 1, to: 0, by: -1) where number[index] != 0 {
      let node = diagram.node(index)
      number[Int(node.low >> 1)] = 1
      number[Int(node.high >> 1)] = 1
    }
    number[0] = 0
    var nodes: [Node] = []
    for index in number.indices where number[index] != 0 {
      let node = diagram.node(index)
      let low = number[Int(node.low >> 1)] << 1 | node.low & 1
      let high = number[Int(node.high >> 1)] << 1 | node.high & 1
      nodes.append(Node(variable: node.variable, low: low, high: high))
      number[index] = UInt32(nodes.count)
    }
    self.nodes = nodes
    root = number[number.count - 1] << 1 | function & 1
  }

  /// A constant.
  init(constant: Bool) { self.init(nodes: [], root: constant ? 1 : 0) }

  private init(nodes: [Node], root: BinaryDecisionDiagram.Function) {
    self.nodes = nodes
    self.root = root
  }

  /// The opposite function, with the same nodes.
  var opposite: FlatDiagram { FlatDiagram(nodes: nodes, root: root ^ 1) }

  /// How many nodes there are, the terminal left out.
  package var count: Int { nodes.count }

  /// A variable with what follows from it; `nil` for the constants. Hides that opposites share nodes.
  package func parts(
    of function: BinaryDecisionDiagram.Function
  ) -> (variable: Int, low: BinaryDecisionDiagram.Function, high: BinaryDecisionDiagram.Function)? {
    guard function > 1 else { return nil }
    let node = nodes[Int(function >> 1) - 1]
    return (Int(node.variable), node.low ^ (function & 1), node.high ^ (function & 1))
  }

  /// The variables that the function depends on, ascending.
  package var support: [Int] {
    let highest = nodes.reduce(0) { max($0, Int($1.variable)) }
    var isUsed = [Bool](repeating: false, count: highest + 1)
    for node in nodes { isUsed[Int(node.variable)] = true }
    return isUsed.indices.filter { isUsed[$0] && !nodes.isEmpty }
  }

  /// A probability with that of the opposite, so that neither is ever the difference from 1.
  package struct Odds: Sendable {
    /// P(true).
    package var isTrue: Double
    /// P(false).
    package var isFalse: Double

    /// Both probabilities.
    package init(isTrue: Double, isFalse: Double) {
      self.isTrue = isTrue
      self.isFalse = isFalse
    }

    /// Of a true probability.
    package init(_ probability: Double) { self.init(isTrue: probability, isFalse: 1 - probability) }

    /// Of a function, from those of its node.
    func of(_ function: UInt32) -> Odds {
      function & 1 == 0 ? self : Odds(isTrue: isFalse, isFalse: isTrue)
    }

    /// P(true) less another's, from the smaller of the two sides, which has the digits.
    func minus(_ other: Odds) -> Double {
      isTrue + other.isTrue < 1 ? isTrue - other.isTrue : other.isFalse - isFalse
    }
  }

  /// The probability that the function is true when its variables are independent.
  ///
  /// P(node) = p · P(high) + (1 − p) · P(low), and the same for the opposite: only positive terms, so small
  /// probabilities keep their digits on either side.
  ///
  /// - Complexity: O(nodes).
  package func odds(_ variables: [Odds]) -> Odds { nodeOdds(variables)[Int(root >> 1)].of(root) }

  /// The Birnbaum importance of every variable, ∂P / ∂p, in one pass up and one down.
  ///
  /// Source: Rauzy, *New algorithms for fault trees analysis*, RESS 40 (1993).
  package func birnbaumImportance(_ variables: [Odds]) -> [Double] {
    let odds = nodeOdds(variables)
    var importance = [Double](repeating: 0, count: variables.count)
    var reach = [Odds](repeating: Odds(isTrue: 0, isFalse: 0), count: odds.count)
    reach[Int(root >> 1)] = Odds(isTrue: 1, isFalse: 0).of(root)
    for index in nodes.indices.reversed() {
      let node = nodes[index]
      let here = reach[index + 1]
      let variable = variables[Int(node.variable)]
      let high = odds[Int(node.high >> 1)].of(node.high)
      let low = odds[Int(node.low >> 1)].of(node.low)
      importance[Int(node.variable)] += (here.isTrue - here.isFalse) * high.minus(low)
      let signed = here.of(node.high)
      reach[Int(node.high >> 1)].isTrue += signed.isTrue * variable.isTrue
      reach[Int(node.high >> 1)].isFalse += signed.isFalse * variable.isTrue
      reach[Int(node.low >> 1)].isTrue += here.isTrue * variable.isFalse
      reach[Int(node.low >> 1)].isFalse += here.isFalse * variable.isFalse
    }
    return importance
  }

  /// Whether the function is true when exactly these variables are.
  package func isTrue(_ state: (Int) -> Bool) -> Bool {
    var function = root
    while function > 1 {
      let node = nodes[Int(function >> 1) - 1]
      function = (state(Int(node.variable)) ? node.high : node.low) ^ (function & 1)
    }
    return function == 1
  }

  private func nodeOdds(_ variables: [Odds]) -> [Odds] {
    [Odds](unsafeUninitializedCapacity: nodes.count + 1) { odds, count in
      odds[0] = Odds(isTrue: 0, isFalse: 1)
      for (index, node) in nodes.enumerated() {
        let variable = variables[Int(node.variable)]
        let high = odds[Int(node.high >> 1)].of(node.high)
        let low = odds[Int(node.low >> 1)]
        odds[index + 1] = Odds(
          isTrue: variable.isTrue * high.isTrue + variable.isFalse * low.isTrue,
          isFalse: variable.isTrue * high.isFalse + variable.isFalse * low.isFalse)
      }
      count = nodes.count + 1
    }
  }
}
