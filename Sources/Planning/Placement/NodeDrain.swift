/// What a drain of one node does under disruption budgets.
///
/// The node is cordoned. Its pods are evicted one after the other, each only when its app keeps enough running without it,
/// and comes up elsewhere before the next goes, where a node takes it (Kubernetes, *Safely Drain a Node*; *Disruptions*).
public struct NodeDrain: Hashable, Sendable {
  /// The node.
  public let node: Int
  /// For each group, how many pods were evicted.
  public let evicted: [Int]
  /// For each group, how many may not be evicted.
  public let blocked: [Int]
  /// For each group, how many that were evicted wait for a node.
  public let waiting: [Int]
  /// Where pods are afterwards.
  public let packing: Packing

  /// Whether the node is empty in the end.
  public var isDone: Bool { blocked.allSatisfy { $0 == 0 } }

  /// A drain.
  ///
  /// - Parameter packing: where pods are before; those without a node wait and do not run.
  public init(of node: Int, in problem: PlacementProblem, placed packing: Packing) {
    self.node = node
    var cordoned = problem
    cordoned.nodes[node].isOpen = false
    var state = PackingState(cordoned, packing)
    var evicted = problem.groups.map { _ in 0 }
    var waiting = evicted
    for group in problem.groups.indices {
      let app = problem.groups[group].app
      while state.count(group, on: node) > 0,
        state.running(app) - 1 >= problem.apps[app].kept ?? 0
      {
        state.place(group, on: node, -1)
        evicted[group] += 1
        if let place = SchedulerOrder.best(for: group, in: state) {
          state.place(group, on: place)
        } else {
          waiting[group] += 1
        }
      }
    }
    (self.evicted, self.waiting, self.packing) = (evicted, waiting, state.packing)
    blocked = problem.groups.indices.map { state.count($0, on: node) }
  }
}

extension PackingState {
  /// How many pods of an app run.
  func running(_ app: Int) -> Int { onNodes(app).reduce(0, +) }
}

extension PlacementProblem {
  /// How many pods of an app may be evicted at once, of those that run (disruptionsAllowed of a PodDisruptionBudget);
  /// `nil`: any.
  public func evictions(of app: Int, running: Int) -> Int? {
    apps[app].kept.map { max(0, running - $0) }
  }
}
