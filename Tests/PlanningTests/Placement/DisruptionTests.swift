import Planning
import Testing

/// Kubernetes, *Disruptions*, PDB example; *Specifying a Disruption Budget*.
@Suite("Drains under disruption budgets")
struct DisruptionTests {
  /// Three nodes with room for two pods each, three pods of which two stay up, and pod-x without a budget.
  private var example: PlacementProblem {
    var app = PodApp(name: "app")
    app.kept = 2
    return PlacementProblem(
      apps: [app, PodApp(name: "x")],
      groups: [
        PodGroup(name: "app", app: 0, count: 3, requests: [1, 1]),
        PodGroup(name: "x", app: 1, count: 1, requests: [1, 1]),
      ], nodes: PlacementFacts.nodes(inZones: [0, 0, 0], room: [2, 2]))
  }

  @Test("node-1 drains; node-2 then lets pod-b go, which has no node, and keeps pod-d")
  func documented() {
    let first = NodeDrain(of: 0, in: example, placed: Packing(counts: [[1, 1, 1], [1, 0, 0]]))
    #expect(first.isDone)
    #expect(first.packing.counts == [[0, 2, 1], [0, 0, 1]])
    var cordoned = example
    cordoned.nodes[0].isOpen = false
    let second = NodeDrain(of: 1, in: cordoned, placed: first.packing)
    #expect((second.evicted, second.waiting, second.blocked) == ([1, 0], [1, 0], [1, 0]))
  }

  @Test("While pod-d starts only two run, and no more may go")
  func impatient() {
    let drain = NodeDrain(of: 1, in: example, placed: Packing(counts: [[0, 1, 1], [0, 0, 1]]))
    #expect(drain.evicted == [0, 0])
    #expect(drain.blocked == [1, 0])
  }

  /// disruptionsAllowed = healthy − desired, never below 0.
  @Test(arguments: [(3, 2, 1), (2, 2, 0), (1, 2, 0), (9, 6, 3), (7, 6, 1), (6, 6, 0), (4, 6, 0)])
  func `evictions that are left`(running: Int, kept: Int, allowed: Int) {
    var problem = example
    problem.apps[0].kept = kept
    #expect(problem.evictions(of: 0, running: running) == allowed)
    #expect(problem.evictions(of: 1, running: running) == nil)
  }

  @Test("A budget that lets nobody go never drains")
  func never() {
    var problem = example
    problem.apps[0].kept = 3
    let drain = NodeDrain(of: 0, in: problem, placed: Packing(counts: [[1, 1, 1], [1, 0, 0]]))
    #expect(!drain.isDone)
    #expect(drain.evicted == [0, 1])
  }
}
