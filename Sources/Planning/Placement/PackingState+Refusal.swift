/// Why a node does not take one more pod.
public enum PlacementRefusal: Hashable, Sendable, Comparable {
  /// The pod may not be on nodes of this kind.
  case closed
  /// The pod's volume is in another zone.
  case volumeElsewhere
  /// The node is cordoned.
  case cordoned
  /// Too little of a resource is left.
  case room(resource: Int)
  /// The node has as many pods of this app as anti-affinity leaves.
  case sharesNode
  /// The zone has.
  case sharesZone
  /// There is a pod of another app on the node or in the zone, and one of the two refuses the other.
  case refused(by: Int, SpreadRule.Topology)
  /// The node or zone would be too far above the one with the fewest pods of this app.
  case spread(SpreadRule.Topology)
}

extension SpreadRule.Topology: Comparable {
  /// Nodes come before zones.
  public static func < (left: Self, right: Self) -> Bool { left == .node && right == .zone }
}

extension PackingState {
  /// Why a node does not take one more pod of a group, as the first filter that says no; `nil`: it does.
  func refusal(of group: Int, on node: Int) -> PlacementRefusal? {
    let (pod, place) = (problem.groups[group], problem.nodes[node])
    let app = problem.apps[pod.app]
    if !place.isOpen { return .cordoned }
    if let kinds = pod.kinds, !kinds.contains(place.kind) { return .closed }
    if let zone = pod.zone, zone != place.zone { return .volumeElsewhere }
    if let short = pod.requests.indices.first(where: { pod.requests[$0] > max(0, left($0, on: node)) }) {
      return .room(resource: short)
    }
    if let most = app.mostPerNode, pods(of: pod.app, on: node) >= most { return .sharesNode }
    if let most = app.mostPerZone, pods(of: pod.app, around: node) >= most { return .sharesZone }
    if let other = refuser(of: pod.app, on: node) { return .refused(by: other.app, other.topology) }
    let broken = app.spreads.first { $0.isRequired && skew($0, of: pod.app, after: node) > $0.maxSkew }
    return broken.map { .spread($0.topology) }
  }

  /// How many nodes refuse one more pod of a group, by reason, the most frequent first.
  func refusals(of group: Int) -> [(reason: PlacementRefusal, nodes: Int)] {
    var counts: [(reason: PlacementRefusal, nodes: Int)] = []
    for node in problem.nodes.indices {
      guard let reason = refusal(of: group, on: node) else { continue }
      if let known = counts.firstIndex(where: { $0.reason == reason }) {
        counts[known].nodes += 1
      } else {
        counts.append((reason, 1))
      }
    }
    return counts.sorted { ($1.nodes, $0.reason) < ($0.nodes, $1.reason) }
  }
}
