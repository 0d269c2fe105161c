/// The nodes of one function of a decision diagram, laid out for passes over all of them.
///
/// Place 0 is the terminal that is false, place 1 the one that is true, and every other node comes after its
/// children; the function itself is last.
package struct FlatFunction: Sendable {
  private let variables: [Int]
  private let lows: [Int]
  private let highs: [Int]
  private let root: Int

  /// Lays out a function.
  package init(_ function: BinaryDecisionDiagram.Function, in diagram: BinaryDecisionDiagram) {
    let nodes = diagram.nodes(of: function)
    var places: [UInt32: Int] = [0: 0, 1: 1]
    for (offset, node) in nodes.enumerated() { places[node] = offset + 2 }
    let parts = nodes.compactMap { diagram.parts(of: $0) }
    variables = parts.map(\.variable)
    lows = parts.map { places[$0.low] ?? 0 }
    highs = parts.map { places[$0.high] ?? 0 }
    root = places[function] ?? 0
  }

  /// How many nodes there are, terminals left out.
  package var count: Int { variables.count }

  /// The variables that the function depends on, ascending.
  package var support: [Int] { Set(variables).sorted() }

  /// The probability that the function is true when its variables are independent.
  ///
  /// P(node) = p · P(high) + (1 − p) · P(low): only positive terms, so small probabilities keep their digits.
  ///
  /// - Parameter trueProbabilities: P(true) of each variable, 0…1.
  /// - Complexity: O(nodes).
  package func probability(_ trueProbabilities: [Double]) -> Double {
    nodeProbabilities(trueProbabilities)[root]
  }

  /// The Birnbaum importance of every variable, ∂P / ∂p, in one pass up and one down.
  ///
  /// Source: Rauzy, *New algorithms for fault trees analysis*, RESS 40 (1993).
  package func birnbaumImportance(_ trueProbabilities: [Double]) -> [Double] {
    let values = nodeProbabilities(trueProbabilities)
    var importance = [Double](repeating: 0, count: trueProbabilities.count)
    var reach = [Double](repeating: 0, count: values.count)
    reach[root] = 1
    for offset in variables.indices.reversed() {
      let here = reach[offset + 2]
      let p = trueProbabilities[variables[offset]]
      importance[variables[offset]] += here * (values[highs[offset]] - values[lows[offset]])
      reach[highs[offset]] += here * p
      reach[lows[offset]] += here * (1 - p)
    }
    return importance
  }

  /// Whether the function is true when only one variable is.
  package func isTrue(onlyVariable variable: Int) -> Bool {
    var place = root
    while place > 1 {
      place = variables[place - 2] == variable ? highs[place - 2] : lows[place - 2]
    }
    return place == 1
  }

  private func nodeProbabilities(_ trueProbabilities: [Double]) -> [Double] {
    var values = [Double](repeating: 0, count: variables.count + 2)
    values[1] = 1
    for offset in variables.indices {
      let p = trueProbabilities[variables[offset]]
      values[offset + 2] = p * values[highs[offset]] + (1 - p) * values[lows[offset]]
    }
    return values
  }
}
