/// Where the scheduler puts pods that come one after the other, as declared, and which of them wait.
///
/// Each pod goes to the best of the nodes that no filter refuses, and stays: nobody moves for a later one. Nodes are
/// ranked as the default profile of kube-scheduler weighs them, in this order: preferred anti-affinity, soft spread and
/// the spread of a deployment over zones and nodes, then the node with most room left, then the first.
public struct SchedulerOrder: Sendable {
  /// Pods that wait.
  public struct Waiting: Hashable, Sendable {
    /// The group.
    public let group: Int
    /// How many of its pods.
    public let count: Int
    /// Why, as the nodes refused the first of them.
    public let reasons: [Reason]
  }

  /// How many nodes refuse a pod for one reason.
  public struct Reason: Hashable, Sendable {
    /// The first filter that said no.
    public let refusal: PlacementRefusal
    /// How many nodes.
    public let nodes: Int
  }

  /// Where pods are.
  public let packing: Packing
  /// Pods that wait, in the order of the groups.
  public let waiting: [Waiting]

  /// Pods of a problem, group after group, beside those that are placed already.
  public init(_ problem: PlacementProblem, beside packing: Packing? = nil) {
    var state = PackingState(problem, packing)
    var waiting: [Waiting] = []
    for (group, pods) in problem.groups.enumerated() {
      var missing = pods.count - state.placed(of: group)
      while missing > 0, let node = SchedulerOrder.best(for: group, in: state) {
        state.place(group, on: node)
        missing -= 1
      }
      guard missing > 0 else { continue }
      let reasons = state.refusals(of: group).map { Reason(refusal: $0.reason, nodes: $0.nodes) }
      waiting.append(Waiting(group: group, count: missing, reasons: reasons))
    }
    (self.packing, self.waiting) = (state.packing, waiting)
  }

  static func best(for group: Int, in state: PackingState) -> Int? {
    var best: (node: Int, soft: Int, left: Double)?
    for node in state.problem.nodes.indices where state.refusal(of: group, on: node) == nil {
      let soft = state.softness(of: group, on: node)
      let left = state.shareLeft(of: group, on: node)
      if let known = best, (soft, -left) >= (known.soft, -known.left) { continue }
      best = (node, soft, left)
    }
    return best?.node
  }
}

extension PackingState {
  /// How much the preferences of an app mind one more pod on a node: zones weigh more than any number of nodes.
  func softness(of group: Int, on node: Int) -> Int {
    let index = problem.groups[group].app
    let app = problem.apps[index]
    let (here, around) = (pods(of: index, on: node), pods(of: index, around: node))
    let zones = app.prefersOwnZone || app.spreads.contains { $0.topology == .zone } ? 4 : 1
    let nodes = app.prefersOwnNode || app.spreads.contains { $0.topology == .node } ? 4 : 1
    let beside = app.avoided.reduce(0) { sum, other in
      sum
        + (other.topology == .node
          ? pods(of: other.app, on: node) * 8 : pods(of: other.app, around: node) * 4)
    }
    return around * zones + here * nodes * 2 + beside
  }

  /// The mean share of a node's resources that is left beside one more pod (NodeResourcesFit, LeastAllocated).
  func shareLeft(of group: Int, on node: Int) -> Double {
    let requests = problem.groups[group].requests
    var (sum, terms) = (0.0, 0)
    for (resource, room) in problem.nodes[node].room.dropLast().enumerated()
    where room > 0 && room < PlacementNode.unlimited {
      sum += Double(left(resource, on: node) - requests[resource]) / Double(room)
      terms += 1
    }
    return terms == 0 ? 0 : sum / Double(terms)
  }
}
