import Foundation
import Reliability
import Testing

@Suite("Sums, shares and lists of minimal cut sets")
struct CutSetSumTests {
  /// Functions with all their sets by trying, and probabilities of all sizes.
  private struct Example {
    let sets: MinimalCutSets
    let expected: [CutSet]
    let p: [Double]

    init(seed: Int, kind: CutSetKind, largest: Double) throws {
      let function = try SmallFunction.modular(seed: UInt64(seed))
      var random = SplitMix(state: UInt64(seed + 1000))
      let p = (0..<8).map { _ in random.probability(upTo: largest) }
      sets = try MinimalCutSets(kind, ofModule: 2, in: function.modules)
      expected = function.expected(kind).map { literals in
        CutSet(
          literals: literals,
          probability: literals.reduce(1) { $0 * ($1.isNegated ? 1 - p[$1.variable] : p[$1.variable]) })
      }.sorted { $0.probability > $1.probability }
      self.p = p
    }
  }

  private static let kinds = [CutSetKind.cutSets, .pathSets, .primeImplicants]

  @Test("The rare-event sum and the min-cut upper bound", arguments: kinds, [1e-9, 1e-3, 0.2, 1])
  func sums(_ kind: CutSetKind, _ largest: Double) throws {
    for seed in 0..<40 {
      let example = try Example(seed: seed, kind: kind, largest: largest)
      let sum = example.expected.reduce(0) { $0 + $1.probability }
      let bound = -expm1(example.expected.reduce(0) { $0 + log1p(-$1.probability) })
      #expect(abs(example.sets.probabilitySum(example.p) - sum) <= 1e-14 * sum)
      #expect(abs(example.sets.minCutUpperBound(example.p) - bound) <= 1e-14 * bound)
    }
  }

  @Test("The min-cut upper bound of many sets of equal probability: 1 − (1 − pᵏ) to the n over k")
  func manySets() throws {
    let diagram = BinaryDecisionDiagram()
    let function = try diagram.atLeast(6, of: (0..<40).map { diagram.variable($0) })
    let module = NetworkModule(
      diagram: FlatDiagram(function, in: diagram), meaning: (0..<40).map { .variable($0) })
    let sets = try MinimalCutSets(ofModule: 0, in: [module])
    for p in [1e-4, 0.01, 0.05, 0.1, 0.4] {
      let bound = -expm1(3_838_380 * log1p(-pow(p, 6)))
      let found = sets.minCutUpperBound([Double](repeating: p, count: 40))
      #expect(abs(found - bound) <= 1e-13 * bound)
    }
  }

  @Test("A set that is certain makes the bound 1, and certain events do no harm")
  func certainty() throws {
    let example = try Example(seed: 3, kind: .cutSets, largest: 1)
    #expect(example.sets.minCutUpperBound([Double](repeating: 1, count: 8)) == 1)
    #expect(example.sets.minCutUpperBound([Double](repeating: 0, count: 8)) == 0)
    let none = example.sets.fussellVeselyImportance([Double](repeating: 0, count: 8))
    #expect(none == [Double](repeating: 0, count: 8))
  }

  @Test("Fussell–Vesely importance is the share of the sets with the event", arguments: kinds)
  func fussellVesely(_ kind: CutSetKind) throws {
    for seed in 0..<40 {
      let example = try Example(seed: seed, kind: kind, largest: 0.3)
      let sum = example.expected.reduce(0) { $0 + $1.probability }
      let importance = example.sets.fussellVeselyImportance(example.p)
      for variable in 0..<8 {
        let wanted = CutSetLiteral(variable: variable, isNegated: kind == .pathSets)
        let share = example.expected.filter { $0.literals.contains(wanted) }.reduce(0) { $0 + $1.probability }
        #expect(abs(importance[variable] - share / sum) <= 1e-13)
      }
    }
  }

  @Test("A list with cut-offs has exactly the sets that pass", arguments: kinds)
  func filters(_ kind: CutSetKind) throws {
    for seed in 0..<40 {
      let example = try Example(seed: seed, kind: kind, largest: 0.3)
      for order in 0...4 {
        let listed = example.sets.list(example.p, CutSetFilter(maximumOrder: order))
        #expect(
          Set(listed.map { $0.literals })
            == Set(example.expected.filter { $0.order <= order }.map(\.literals)))
      }
      let threshold = example.expected[example.expected.count / 2].probability
      let likely = example.sets.list(example.p, CutSetFilter(minimumProbability: threshold * (1 - 1e-9)))
      #expect(likely.count == example.expected.count { $0.probability >= threshold * (1 - 1e-9) })
      let first = example.sets.list(example.p, CutSetFilter(maximumCount: 2))
      #expect(first.count == min(2, example.expected.count))
    }
  }

  @Test("Sets right at the cut-off pass, however their product rounds")
  func cutOff() throws {
    let diagram = BinaryDecisionDiagram()
    let function = try diagram.atLeast(3, of: (0..<5).map { diagram.variable($0) })
    let module = NetworkModule(
      diagram: FlatDiagram(function, in: diagram), meaning: (0..<5).map { .variable($0) })
    let sets = try MinimalCutSets(ofModule: 0, in: [module])
    let p = [0.1, 0.1, 0.1, 0.1, 0.1]
    #expect(sets.list(p, CutSetFilter(minimumProbability: 1e-3)).count == 10)
    #expect(sets.list(p, CutSetFilter(minimumProbability: (0.1 * 0.1 * 0.1).nextUp)).count == 10)
    #expect(sets.list(p, CutSetFilter(minimumProbability: 1.001e-3)).isEmpty)
  }

  @Test("The most probable sets come in order, without the others", arguments: kinds)
  func mostProbable(_ kind: CutSetKind) throws {
    for seed in 0..<40 {
      let example = try Example(seed: seed, kind: kind, largest: 0.3)
      for count in [1, 3, 1000] {
        let best = example.sets.mostProbable(count, example.p)
        #expect(best.count == min(count, example.expected.count))
        for (found, wanted) in zip(best, example.expected) {
          #expect(abs(found.probability - wanted.probability) <= 1e-14 * wanted.probability)
        }
      }
      #expect(example.sets.mostProbable(1000, example.p) == example.sets.list(example.p))
    }
  }

  @Test("The best ten of a number of sets that nobody could list")
  func bestOfMany() throws {
    let diagram = BinaryDecisionDiagram()
    let function = try diagram.atLeast(50, of: (0..<100).map { diagram.variable($0) })
    let module = NetworkModule(
      diagram: FlatDiagram(function, in: diagram), meaning: (0..<100).map { .variable($0) })
    let sets = try MinimalCutSets(ofModule: 0, in: [module])
    let p = (0..<100).map { 0.9 - 0.005 * Double($0) }
    let best = sets.mostProbable(10, p)
    #expect(best[0].literals.map(\.variable) == Array(0..<50))
    #expect(best[1].literals.map(\.variable) == Array(0..<49) + [50])
    #expect(zip(best, best.dropFirst()).allSatisfy { $0.probability >= $1.probability })
  }

  @Test("Names decide between sets of equal probability")
  func ranks() throws {
    var network = BooleanNetwork()
    let root = network.or((0..<3).map { network.variable($0) })
    let sets = try MinimalCutSets(ofRoot: 0, in: NetworkDiagram(network, roots: [root]))
    let listed = sets.list([0.1, 0.1, 0.2], ranks: [2, 1, 0])
    #expect(listed.map { $0.literals[0].variable } == [2, 1, 0])
    #expect(abs(listed[0].share(of: sets.probabilitySum([0.1, 0.1, 0.2])) - 0.5) < 1e-15)
  }
}
