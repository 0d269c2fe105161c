import Reliability
import Testing

@Suite("Network diagram")
struct DiagramNetworkTests {
  private typealias Literal = BooleanNetwork.Literal

  @Test("random networks agree with plain evaluation in every state", arguments: 0..<120)
  func truthTables(_ number: Int) throws {
    let random = RandomNetwork(
      number: UInt64(number), gates: 6 + number / 2, roots: 1 + number % 4, isCoherent: number % 3 == 0)
    let diagram = try NetworkDiagram(random.network, roots: random.roots)
    for state in 0..<1 << RandomNetwork.variables {
      let values = (0..<RandomNetwork.variables).map { state >> $0 & 1 == 1 }
      let found = random.roots.indices.map { diagram.isTrue(root: $0, when: values) }
      #expect(found == random.values(state))
    }
  }

  @Test("probability is the sum over all states", arguments: 0..<60)
  func probability(_ number: Int) throws {
    let random = RandomNetwork(number: 1000 + UInt64(number), gates: 40, roots: 3)
    let diagram = try NetworkDiagram(random.network, roots: random.roots)
    for (root, expected) in random.probabilities(RandomNetwork.probabilities).enumerated() {
      let found = diagram.probability(ofRoot: root, RandomNetwork.probabilities)
      #expect(abs(found - expected) <= 1e-12 * expected)
    }
  }

  @Test("Birnbaum importance is P(true | variable true) − P(true | variable false)", arguments: 0..<8)
  func birnbaumImportance(_ number: Int) throws {
    let random = RandomNetwork(number: 2000 + UInt64(number), gates: 40, roots: 2)
    let diagram = try NetworkDiagram(random.network, roots: random.roots)
    for variable in 0..<RandomNetwork.variables {
      var (certain, impossible) = (RandomNetwork.probabilities, RandomNetwork.probabilities)
      (certain[variable], impossible[variable]) = (1, 0)
      let (high, low) = (random.probabilities(certain), random.probabilities(impossible))
      for root in random.roots.indices {
        let found = diagram.birnbaumImportance(ofRoot: root, RandomNetwork.probabilities)[variable]
        #expect(abs(found - (high[root] - low[root])) <= 1e-12)
      }
    }
  }

  @Test("support, and the effect of one variable alone", arguments: 0..<40)
  func supportAndSingleVariables(_ number: Int) throws {
    let random = RandomNetwork(number: 3000 + UInt64(number), gates: 25, roots: 2)
    let diagram = try NetworkDiagram(random.network, roots: random.roots)
    let table = (0..<1 << RandomNetwork.variables).map { random.values($0) }
    for root in random.roots.indices {
      let support = (0..<RandomNetwork.variables).filter { variable in
        table.indices.contains { table[$0][root] != table[$0 ^ (1 << variable)][root] }
      }
      #expect(diagram.support(ofRoot: root) == support)
      for variable in 0..<RandomNetwork.variables {
        #expect(diagram.isTrue(root: root, onlyVariable: variable) == table[1 << variable][root])
      }
    }
  }

  @Test("constants and single variables are roots like others")
  func trivialRoots() throws {
    var network = BooleanNetwork()
    let variable = network.variable(3)
    let diagram = try NetworkDiagram(network, roots: [.never, .always, variable, variable.negated])
    let found = (0..<4).map { diagram.probability(ofRoot: $0, [0, 0, 0, 0.25]) }
    #expect(found == [0, 1, 0.25, 0.75])
    #expect((0..<4).map { diagram.support(ofRoot: $0) } == [[], [], [3], [3]])
    #expect(diagram.birnbaumImportance(ofRoot: 3, [0, 0, 0, 0.25]) == [0, 0, 0, -1])
  }

  /// Ways to put eight queens on a board: 92 (Nauck, 1850; OEIS A000170). Each square is one with probability ½.
  @Test("eight queens stand in 92 ways", arguments: [(4, 2.0), (5, 10.0), (6, 4.0), (7, 40.0), (8, 92.0)])
  func queens(_ size: Int, _ ways: Double) throws {
    let queens = QueensNetwork(size: size)
    let diagram = try NetworkDiagram(queens.network, roots: [queens.root])
    let half = [Double](repeating: 0.5, count: size * size)
    #expect(diagram.probability(ofRoot: 0, half) == ways / Double(UInt64(1) << (size * size - 1)) / 2)
  }

  @Test("a chain of 100,000 gates, and or or in turn, is solved")
  func chain() throws {
    var network = BooleanNetwork()
    var literal = network.variable(0)
    var expected = 1e-3
    for index in 1...100_000 {
      let next = network.variable(index)
      literal = index % 2 == 0 ? network.and([literal, next]) : network.or([literal, next])
      expected = index % 2 == 0 ? expected * 0.5 : expected + 0.25 - expected * 0.25
    }
    let p = (0...100_000).map { $0 == 0 ? 1e-3 : $0 % 2 == 0 ? 0.5 : 0.25 }
    let diagram = try NetworkDiagram(network, roots: [literal])
    #expect(abs(diagram.probability(ofRoot: 0, p) - expected) <= 1e-12 * expected)
    #expect(diagram.birnbaumImportance(ofRoot: 0, p)[100_000] > 0)
  }

  @Test("a chain of 100,000 gates that all share a variable is solved")
  func chainWithSharedVariable() throws {
    var network = BooleanNetwork()
    let shared = network.variable(0)
    var literal = network.variable(1)
    for index in 2...100_000 {
      let next = network.variable(index)
      let inputs = index % 3 == 0 ? [literal, next, shared] : [literal, next]
      literal = index % 2 == 0 ? network.and(inputs) : network.or(inputs)
    }
    let diagram = try NetworkDiagram(network, roots: [literal])
    let p = [Double](repeating: 0.5, count: 100_001)
    let found = diagram.probability(ofRoot: 0, p)
    #expect(found > 0 && found < 1)
  }

  /// Layer i is down when its unit is, or when both of the layer below are: P by the recursion over layers.
  @Test("a ladder of 60 layers of any-of groups stays small")
  func ladder() throws {
    var network = BooleanNetwork()
    var (left, right) = (network.variable(0), network.variable(1))
    for layer in 1..<60 {
      let both = network.and([left, right])
      (left, right) = (
        network.or([network.variable(2 * layer), both]), network.or([network.variable(2 * layer + 1), both])
      )
    }
    let p = 0.01
    var both = p * p
    for _ in 1..<60 { both = both + (1 - both) * p * p }
    let top = network.and([left, right])
    let diagram = try NetworkDiagram(network, roots: [top, left])
    let trueProbabilities = [Double](repeating: p, count: 120)
    #expect(abs(diagram.probability(ofRoot: 0, trueProbabilities) - both) <= 1e-12 * both)
    #expect(diagram.nodeCount < 1000)
  }

  @Test("exchangeable layers of three, each needing any two below, stay within bounds")
  func exchangeableLadder() throws {
    var network = BooleanNetwork()
    var layer = (0..<3).map { network.variable($0) }
    for index in 1..<60 {
      let below = network.atLeast(2, of: layer)
      layer = (0..<3).map { network.or([network.variable(3 * index + $0), below]) }
    }
    let p = 0.02
    var down = 3 * p * p - 2 * p * p * p
    for _ in 1..<60 { down = down + (1 - down) * (3 * p * p - 2 * p * p * p) }
    let top = network.atLeast(2, of: layer)
    let diagram = try NetworkDiagram(network, roots: [top])
    let found = diagram.probability(ofRoot: 0, [Double](repeating: p, count: 180))
    #expect(abs(found - down) <= 1e-12 * down)
  }

  @Test("what outgrows its limit is an error with the limit in it")
  func nodeLimit() throws {
    let queens = QueensNetwork(size: 8)
    let error = #expect(throws: BinaryDecisionDiagram.TooLarge.self) {
      _ = try NetworkDiagram(queens.network, roots: [queens.root], nodeLimit: 500)
    }
    #expect(error?.nodeLimit == 500)
  }
}

@Suite("At-least gates with shared alternatives")
struct SufficientInputTests {
  /// At least k of n units, each down by its own event or by one that all of some m ≥ k units share:
  /// 1 − (1 − p) · P(fewer than k own events).
  @Test(
    "an event that is enough alone is taken out", arguments: [(2, 3, 2), (2, 4, 3), (3, 6, 4), (4, 9, 5)])
  func enough(_ needed: Int, _ units: Int, _ shared: Int) throws {
    var network = BooleanNetwork()
    let cause = network.variable(units)
    let inputs = (0..<units).map { unit in
      unit < shared ? network.or([network.variable(unit), cause]) : network.variable(unit)
    }
    let root = network.atLeast(needed, of: inputs)
    let diagram = try NetworkDiagram(network, roots: [root])
    let (own, common) = (0.125, 0.0625)
    var reached = [1.0] + [Double](repeating: 0, count: units)
    for _ in 0..<units {
      for count in stride(from: units, to: 0, by: -1) {
        reached[count] = own * reached[count - 1] + (1 - own) * reached[count]
      }
      reached[0] *= 1 - own
    }
    let expected = 1 - (1 - common) * reached[..<needed].reduce(0, +)
    let found = diagram.probability(
      ofRoot: 0, [Double](repeating: own, count: units) + [common])
    #expect(abs(found - expected) <= 1e-14)
  }
}
