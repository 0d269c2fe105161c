import Reliability
import Testing

@Suite("Minimal cut sets straight from the gates")
struct CutSetDirectTests {
  @Test("All sets up to an order, and whether some are missing", arguments: [nil, 0, 1, 2, 3, 8])
  func orders(_ maximumOrder: Int?) throws {
    for seed in 0..<150 {
      let function = try SmallFunction.random(
        seed: UInt64(seed), variables: 8, gates: 4 + seed % 12, isCoherent: true)
      let all = function.expected(.cutSets)
      let expected = all.filter { $0.count <= maximumOrder ?? 8 }
      let sets = try #require(
        try MinimalCutSets(upToOrder: maximumOrder, of: function.root, in: function.network))
      let listed = sets.list([Double](repeating: 0.5, count: 8)).map { $0.literals }
      #expect(Set(listed) == expected)
      #expect(sets.count == String(expected.count))
      #expect(!sets.isComplete || expected == all)
      if maximumOrder == nil { #expect(sets.isComplete) }
    }
  }

  @Test("A vote is the same as through its decision diagram")
  func vote() throws {
    var network = BooleanNetwork()
    let root = network.atLeast(9, of: (0..<30).map { network.variable($0) })
    let direct = try #require(try MinimalCutSets(upToOrder: nil, of: root, in: network))
    let through = try MinimalCutSets(ofRoot: 0, in: NetworkDiagram(network, roots: [root]))
    #expect(direct.countsByOrder() == through.countsByOrder())
    // Source: the binomial coefficient of 9 among 30, closed form.
    #expect(direct.count == "14307150")
  }

  @Test("Gates with negated inputs are refused, constants are not")
  func refusal() throws {
    var network = BooleanNetwork()
    let (a, b) = (network.variable(0), network.variable(1))
    let inhibited = network.and([a, b.negated])
    let odd = network.xor([a, b])
    #expect(try MinimalCutSets(upToOrder: nil, of: inhibited, in: network) == nil)
    #expect(try MinimalCutSets(upToOrder: nil, of: odd, in: network) == nil)
    #expect(try MinimalCutSets(upToOrder: nil, of: a.negated, in: network) == nil)
    #expect(try MinimalCutSets(upToOrder: nil, of: .always, in: network)?.count == "1")
    #expect(try MinimalCutSets(upToOrder: nil, of: .never, in: network)?.count == "0")
  }

  @Test("Families keep to set algebra: union, product, difference and without")
  func algebra() throws {
    let diagram = ZeroSuppressedDiagram()
    let (a, b, c) = (diagram.element(0), diagram.element(1), diagram.element(2))
    let pair = try diagram.product(a, b)
    let some = try diagram.union(pair, c)
    #expect(try diagram.union(some, a) == diagram.union(a, c))
    #expect(try diagram.product(some, a) == diagram.union(pair, diagram.product(a, c)))
    #expect(try diagram.difference(some, c) == pair)
    #expect(try diagram.without(some, b) == c)
    #expect(try diagram.without(some, ZeroSuppressedDiagram.empty) == ZeroSuppressedDiagram.none)
    #expect(try diagram.product(pair, c, limit: 2) == ZeroSuppressedDiagram.none)
    #expect(diagram.isTruncated)
  }
}
