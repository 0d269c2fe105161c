import Planning
import Testing

@Suite("The cheapest nodes as an integer programme")
struct NodeMixProgrammeTests {
  private static let types = [
    NodeType(name: "small", room: [1, 9], price: 2), NodeType(name: "large", room: [2, 9], price: 3),
  ]

  private static func pods(_ count: Int, spread: Bool = false) -> PlacementProblem {
    var app = PodApp(name: "a")
    if spread { app.spreads = [SpreadRule(topology: .zone, maxSkew: 1)] }
    return PlacementProblem(
      apps: [app], groups: [PodGroup(name: "a", app: 0, count: count, requests: [1, 1])], nodes: [])
  }

  /// Every value of every unknown is tried.
  private static func cheapest(_ programme: IntegerProgramme) -> [Int]? {
    var (values, best): ([Int], (values: [Int], worth: Int)?) = ([], nil)
    func descend() {
      guard values.count < programme.columns.count else {
        if let worth = programme.worth(of: values), worth < best?.worth ?? .max { best = (values, worth) }
        return
      }
      for value in 0...programme.columns[values.count].atMost {
        values.append(value)
        descend()
        values.removeLast()
      }
    }
    descend()
    return best?.values
  }

  @Test(arguments: [(1, 2), (2, 3), (3, 5)])
  func `its optimum is the cheapest, by trying all values`(count: Int, price: Int) throws {
    let pods = Self.pods(count)
    let programme = NodeMixProgramme(pods, types: Self.types, zones: 1, surviving: .nothing, price: price)
    let values = try #require(Self.cheapest(programme.programme))
    let mix = try #require(programme.mix(of: values))
    #expect(programme.programme.worth(of: values) == price)
    #expect(NodeMix(pods, types: Self.types, zones: 1, surviving: .nothing)?.price == price)
    #expect(mix.packing.keeps(NodeMixProgrammeTests.nodes(mix.counts, pods)))
  }

  @Test("Without either of two zones one pod wants a node in each, spread or not", arguments: [false, true])
  func zones(spread: Bool) throws {
    let pods = Self.pods(1, spread: spread)
    let programme = NodeMixProgramme(pods, types: [Self.types[0]], zones: 2, surviving: .zone, price: 4)
    let values = try #require(Self.cheapest(programme.programme))
    #expect(programme.mix(of: values)?.counts == [[1], [1]])
    #expect(
      Self.cheapest(
        NodeMixProgramme(pods, types: [Self.types[0]], zones: 2, surviving: .zone, price: 3).programme) == nil
    )
  }

  @Test("Values that break a bound are no answer")
  func broken() throws {
    let programme = NodeMixProgramme(
      Self.pods(2), types: Self.types, zones: 1, surviving: .nothing, price: 3)
    let none = programme.programme.columns.map { _ in 0 }
    #expect(programme.mix(of: none) == nil)
    #expect(programme.mix(of: []) == nil)
  }

  private static func nodes(_ counts: [[Int]], _ pods: PlacementProblem) -> PlacementProblem {
    var problem = pods
    problem.nodes = counts.enumerated().flatMap { zone, own in
      own.enumerated().flatMap { type, count in
        (0..<count).map { _ in PlacementNode(name: "n", zone: zone, room: types[type].room) }
      }
    }
    return problem
  }
}
