public import Diagnostics
public import Quantities

/// How many nodes of a pool run, by the units that have no room: a cluster autoscaler.
///
/// A node is ordered for units that no node has room for, and is there `delay` later; one without units leaves after
/// `downDelay`, its scale-down-unneeded time (Kubernetes Cluster Autoscaler, FAQ, "How does scale-down work?").
public struct NodeAutoscaling: Hashable, Sendable {
  /// How many nodes run at first.
  public let first: Int
  /// The fewest nodes that run.
  public let fewest: Int
  /// The most.
  public let most: Int
  /// From the order to a node on which units can start.
  public let delay: TimeSpan
  /// How long a node must be without units before it leaves.
  public let downDelay: TimeSpan
}

/// Autoscaling of nodes as written.
public struct NodeAutoscalingDraft: Sendable {
  /// The fewest nodes that run.
  public var fewest: Located<Int>
  /// The most.
  public var most: Located<Int>
  /// From the order to a node on which units can start; `nil`: no time.
  public var delay: TimeSpan?
  /// How long a node must be without units before it leaves; `nil`: 10 min.
  public var downDelay: TimeSpan?

  /// Limits.
  public init(fewest: Located<Int>, most: Located<Int>) {
    (self.fewest, self.most) = (fewest, most)
  }
}

extension [Domain] {
  /// The nodes generated for a pool, in order; of a node of its own, that one.
  public func nodes(of pool: Int) -> [Int] {
    if self[pool].kind == .node, self[pool].causeName == self[pool].name { return [pool] }
    return indices.filter {
      self[$0].kind == .node && self[$0].causeName == self[pool].name && self[$0].parents.last == pool
    }
  }

  /// The nodes that autoscaling may add to pools: they go on where the declared ones end, also over the zones.
  var elasticNodes: [Domain] {
    let zones = indices.filter { self[$0].kind == .zone }
    return indices.flatMap { pool -> [Domain] in
      guard let scaling = self[pool].nodeAutoscaling, let like = nodes(of: pool).first.map({ self[$0] })
      else { return [] }
      let isSpread = like.parents.count > 1 && !zones.isEmpty
      return (scaling.first..<scaling.most).map { number in
        Domain(
          name: "\(self[pool].name)-\(number + 1)", kind: .node,
          parents: (isSpread ? [zones[number % zones.count]] : []) + [pool], causeName: like.causeName,
          modes: like.modes, planned: [], allocatable: like.allocatable, nodeAutoscaling: nil,
          shape: like.shape)
      }
    }
  }
}
