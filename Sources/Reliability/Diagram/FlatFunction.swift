/// A function of a decision diagram with the probabilities and importances of its variables.
package struct FlatFunction: Sendable {
  private let diagram: FlatDiagram

  /// Lays out a function.
  package init(_ function: BinaryDecisionDiagram.Function, in diagram: BinaryDecisionDiagram) {
    self.diagram = FlatDiagram(function, in: diagram)
  }

  /// How many nodes there are, the terminal left out.
  package var count: Int { diagram.count }

  /// The variables that the function depends on, ascending.
  package var support: [Int] { diagram.support }

  /// The probability that the function is true when its variables are independent.
  ///
  /// - Parameter trueProbabilities: P(true) of each variable, 0…1.
  /// - Complexity: O(nodes).
  package func probability(_ trueProbabilities: [Double]) -> Double {
    diagram.odds(trueProbabilities.map { FlatDiagram.Odds($0) }).isTrue
  }

  /// The Birnbaum importance of every variable, ∂P / ∂p, in one pass up and one down.
  package func birnbaumImportance(_ trueProbabilities: [Double]) -> [Double] {
    diagram.birnbaumImportance(trueProbabilities.map { FlatDiagram.Odds($0) })
  }

  /// Whether the function is true when only one variable is.
  package func isTrue(onlyVariable variable: Int) -> Bool { diagram.isTrue { $0 == variable } }
}
