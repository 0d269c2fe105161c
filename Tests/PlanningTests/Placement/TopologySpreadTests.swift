import Planning
import Testing

/// Kubernetes, *Pod Topology Spread Constraints*: its examples, a pod that comes to three or more that are there.
@Suite("Topology spread as Kubernetes documents it")
struct TopologySpreadTests {
  struct Example: Sendable, CustomTestStringConvertible {
    let source: String
    let rules: [SpreadRule]
    /// The zone of each node, and the pods on it.
    let zones: [Int]
    let placed: [Int]
    /// The nodes to which one more pod may go.
    let open: [Int]
    var testDescription: String { source }
  }

  static let zone = SpreadRule(topology: .zone, maxSkew: 1)
  static let node = SpreadRule(topology: .node, maxSkew: 1)

  static let examples = [
    Example(
      source: "one constraint: [2, 1] over zones, only zone B is open", rules: [zone], zones: [0, 0, 1, 1],
      placed: [1, 1, 1, 0], open: [2, 3]),
    Example(
      source: "one constraint with maxSkew 2: zone A is open as well",
      rules: [SpreadRule(topology: .zone, maxSkew: 2)],
      zones: [0, 0, 1, 1], placed: [1, 1, 1, 0], open: [0, 1, 2, 3]),
    Example(
      source: "one constraint over nodes: only node4", rules: [node], zones: [0, 0, 1, 1],
      placed: [1, 1, 1, 0],
      open: [3]),
    Example(
      source: "two constraints: only node4", rules: [zone, node], zones: [0, 0, 1, 1], placed: [1, 1, 1, 0],
      open: [3]),
    Example(
      source: "two constraints in conflict: zone B by the one, node2 by the other, pending",
      rules: [zone, node],
      zones: [0, 0, 1], placed: [2, 1, 2], open: []),
    Example(
      source: "API reference: 2/2/1 with maxSkew 1, only zone3 to become 2/2/2", rules: [zone],
      zones: [0, 1, 2],
      placed: [2, 2, 1], open: [2]),
    Example(
      source: "API reference: 2/2/1 with maxSkew 2, any zone",
      rules: [SpreadRule(topology: .zone, maxSkew: 2)],
      zones: [0, 1, 2], placed: [2, 2, 1], open: [0, 1, 2]),
    Example(
      source: "API reference: maxSkew 2, minDomains 5, 2/2/2 over three zones: the minimum is 0, nowhere",
      rules: [SpreadRule(topology: .zone, maxSkew: 2, minDomains: 5)], zones: [0, 1, 2], placed: [2, 2, 2],
      open: []),
    Example(
      source: "schedule-anyway refuses nothing",
      rules: [SpreadRule(topology: .zone, maxSkew: 1, isRequired: false)],
      zones: [0, 0, 1, 1], placed: [3, 3, 0, 0], open: [0, 1, 2, 3]),
  ]

  /// Where one more pod may go: with all other nodes cordoned, which still count.
  @Test(arguments: examples)
  func `one more pod goes where the documentation says`(example: Example) {
    var app = PodApp(name: "foo")
    app.spreads = example.rules
    let count = example.placed.reduce(0, +)
    let open = example.zones.indices.filter { node in
      var problem = PlacementFacts.pods(app, count + 1, inZones: example.zones)
      for other in problem.nodes.indices where other != node { problem.nodes[other].isOpen = false }
      return SchedulerOrder(problem, beside: Packing(counts: [example.placed])).waiting.isEmpty
    }
    #expect(open == example.open)
  }

  @Test("A pod that breaks a soft rule least goes to the emptier zone")
  func anyway() {
    var app = PodApp(name: "foo")
    app.spreads = [SpreadRule(topology: .zone, maxSkew: 1, isRequired: false)]
    let problem = PlacementFacts.pods(app, 4, inZones: [0, 0, 1, 1])
    let order = SchedulerOrder(problem, beside: Packing(counts: [[1, 1, 1, 0]]))
    #expect(order.packing.counts == [[1, 1, 1, 1]])
  }

  @Test(
    "With fewer zones than min-domains each takes no more than max-skew, and the others wait for that reason")
  func minDomains() throws {
    var app = PodApp(name: "foo")
    app.spreads = [SpreadRule(topology: .zone, maxSkew: 1, minDomains: 3)]
    let problem = PlacementFacts.pods(app, 5, inZones: [0, 0, 1, 1])
    let best = BestPlacement(problem)
    #expect((best.waiting, best.isProved) == (3, true))
    let waiting = try #require(SchedulerOrder(problem).waiting.first)
    #expect(waiting.count == 3)
    #expect(waiting.reasons.map(\.refusal) == [.spread(.zone)])
    #expect(waiting.reasons.map(\.nodes) == [4])
    #expect(PlacementConflict(problem)?.constraints == [.spread(app: 0, app.spreads[0])])
  }
}
