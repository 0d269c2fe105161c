import Reliability
import Testing

@Suite("Flat function")
struct FlatFunctionTests {
  /// From one in a hundred million to almost certain.
  static let probabilities = [1e-8, 0.3, 1e-3, 0.999, 0.5, 0.07]

  @Test("probability is the sum over all states")
  func probability() throws {
    let random = try RandomFunctions(count: 800)
    for (function, table) in zip(random.functions, random.tables) {
      let found = FlatFunction(function, in: random.diagram).probability(Self.probabilities)
      let expected = table.probability(Self.probabilities)
      #expect(abs(found - expected) <= 1e-13 * expected)
    }
  }

  @Test("Birnbaum importance is P(true | variable true) − P(true | variable false)")
  func birnbaumImportance() throws {
    let random = try RandomFunctions(count: 800)
    for (function, table) in zip(random.functions, random.tables) {
      let found = FlatFunction(function, in: random.diagram).birnbaumImportance(Self.probabilities)
      for variable in 0..<TruthTable.variables {
        var (certain, impossible) = (Self.probabilities, Self.probabilities)
        certain[variable] = 1
        impossible[variable] = 0
        let expected = table.probability(certain) - table.probability(impossible)
        #expect(abs(found[variable] - expected) <= 1e-13)
      }
    }
  }

  @Test("support and the effect of one variable alone")
  func supportAndSingleVariables() throws {
    let random = try RandomFunctions(count: 800)
    for (function, table) in zip(random.functions, random.tables) {
      let flat = FlatFunction(function, in: random.diagram)
      let support = (0..<TruthTable.variables).filter { variable in
        (0..<64).contains { table[$0] != table[$0 ^ (1 << variable)] }
      }
      #expect(flat.support == support)
      for variable in 0..<TruthTable.variables {
        #expect(flat.isTrue(onlyVariable: variable) == table[1 << variable])
      }
    }
  }

  @Test("constants have no nodes")
  func constants() {
    let diagram = BinaryDecisionDiagram()
    #expect(FlatFunction(BinaryDecisionDiagram.always, in: diagram).probability([]) == 1)
    #expect(FlatFunction(BinaryDecisionDiagram.never, in: diagram).probability([]) == 0)
    #expect(FlatFunction(BinaryDecisionDiagram.always, in: diagram).count == 0)
  }

  /// 1 − (1 − 1e-12)^30 = 2.9999999999565e-11 to 14 digits (series).
  @Test("small probabilities keep their digits")
  func smallProbabilities() throws {
    let diagram = BinaryDecisionDiagram()
    let any = try diagram.atLeast(1, of: (0..<30).map { diagram.variable($0) })
    let found = FlatFunction(any, in: diagram).probability([Double](repeating: 1e-12, count: 30))
    let expected = 30e-12 - 435e-24
    #expect(abs(found - expected) <= 1e-14 * expected)
  }
}
