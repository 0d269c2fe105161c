import Reliability
import Testing

@Suite("Decision diagram")
struct DecisionDiagramTests {
  @Test("and, or, not, if-then-else and at-least agree with truth tables")
  func agreesWithTruthTables() throws {
    let random = try RandomFunctions(count: 1500)
    for (function, table) in zip(random.functions, random.tables) {
      let found = TruthTable { random.diagram.value(of: function, state: $0) }
      #expect(found == table)
    }
  }

  @Test("equal functions are one number, different functions are two")
  func isCanonical() throws {
    let random = try RandomFunctions(count: 1500)
    let numbers = Dictionary(
      zip(random.tables, random.functions.map { Set([$0]) }), uniquingKeysWith: { $0.union($1) })
    #expect(numbers.count > 200)
    #expect(numbers.values.allSatisfy { $0.count == 1 })
    #expect(Set(numbers.values).count == numbers.count)
  }

  @Test("at least k of n, for every k, is what counting says", arguments: [0, 1, 2, 3, 4, 5, 6, 7])
  func atLeast(_ count: Int) throws {
    let diagram = BinaryDecisionDiagram()
    let function = try diagram.atLeast(count, of: (0..<6).map { diagram.variable($0) })
    for state in 0..<64 {
      #expect(diagram.value(of: function, state: state) == (state.nonzeroBitCount >= count))
    }
  }

  @Test("children come before parents, and no node tests a variable twice on a path")
  func isOrdered() throws {
    let random = try RandomFunctions(count: 400)
    for function in random.functions {
      for node in random.diagram.nodes(of: function) {
        let parts = try #require(random.diagram.parts(of: node))
        #expect(parts.low != parts.high)
        for child in [parts.low, parts.high] {
          #expect(child < node)
          if let below = random.diagram.parts(of: child) { #expect(below.variable > parts.variable) }
        }
      }
    }
  }

  @Test("parity of 64 variables needs two nodes for each, and its opposite shares all but one")
  func parity() throws {
    let diagram = BinaryDecisionDiagram()
    var odd = BinaryDecisionDiagram.never
    for variable in (0..<64).reversed() {
      odd = try diagram.ifThenElse(diagram.variable(variable), diagram.not(odd), odd)
    }
    #expect(diagram.nodes(of: odd).count == 2 * 64 - 1)
    #expect(diagram.not(diagram.not(odd)) == odd)
    #expect(try diagram.and(odd, diagram.not(odd)) == BinaryDecisionDiagram.never)
  }

  /// Interleaved pairs in the worst order need 2ⁿ nodes.
  @Test("what outgrows its limit is an error with the limit in it")
  func nodeLimit() throws {
    let diagram = BinaryDecisionDiagram(nodeLimit: 5000)
    let error = #expect(throws: BinaryDecisionDiagram.TooLarge.self) {
      var function = BinaryDecisionDiagram.never
      for pair in 0..<16 {
        let both = try diagram.and(diagram.variable(pair), diagram.variable(pair + 16))
        function = try diagram.or(function, both)
      }
    }
    #expect(error?.nodeLimit == 5000)
    #expect(diagram.nodeCount < 5100)
  }

  /// Joined from the top, every step makes the whole chain anew; joined from the bottom, one node.
  @Test("a chain joined from either end is one function")
  func chainsFromEitherEnd() throws {
    let diagram = BinaryDecisionDiagram()
    var fromTop = BinaryDecisionDiagram.always
    for variable in 0..<500 { fromTop = try diagram.and(fromTop, diagram.variable(variable)) }
    #expect(try Self.chain(diagram, Array(0..<500)) == fromTop)
    #expect(diagram.nodes(of: fromTop).count == 500)
  }

  @Test("one descent of 100,000 levels needs no machine stack")
  func deepChains() throws {
    let diagram = BinaryDecisionDiagram()
    let even = try Self.chain(diagram, Array(stride(from: 0, to: 100_000, by: 2)))
    let odd = try Self.chain(diagram, Array(stride(from: 1, to: 100_000, by: 2)))
    let all = try diagram.and(even, odd)
    #expect(diagram.nodes(of: all).count == 100_000)
    #expect(try diagram.or(diagram.not(even), diagram.not(odd)) == diagram.not(all))
  }

  private static func chain(
    _ diagram: BinaryDecisionDiagram, _ variables: [Int]
  ) throws -> BinaryDecisionDiagram.Function {
    try variables.reversed().reduce(BinaryDecisionDiagram.always) {
      try diagram.and(diagram.variable($1), $0)
    }
  }
}
