/// Two apps whose pods may not share a place.
///
/// Required anti-affinity of one app against another. It holds both ways whichever of them states it: the scheduler keeps a
/// pod from where a pod that runs refuses it (Kubernetes, *Assigning Pods to Nodes*; InterPodAffinity filter,
/// `satisfyExistingPodsAntiAffinity`).
public struct PodSeparation: Hashable, Sendable {
  /// One app.
  public let left: Int
  /// The other one.
  public let right: Int
  /// What they may not share.
  public let topology: SpreadRule.Topology

  /// Two different apps, in the order of their indices.
  public init(_ one: Int, _ other: Int, topology: SpreadRule.Topology) {
    (left, right) = (min(one, other), max(one, other))
    self.topology = topology
  }

  /// The other app of the two; `nil`: it is neither.
  func other(than app: Int) -> Int? { app == left ? right : app == right ? left : nil }
}

/// Another app that pods had rather not be beside: preferred anti-affinity, which binds nobody else.
public struct AvoidedApp: Hashable, Sendable {
  /// The other app.
  public let app: Int
  /// What they had rather not share.
  public let topology: SpreadRule.Topology
}

extension PackingState {
  /// An app that keeps another one from a node by being there, or in its zone; `nil`: none does.
  func refuser(of app: Int, on node: Int) -> (app: Int, topology: SpreadRule.Topology)? {
    facts.refusers[app].first { other in
      other.topology == .node ? pods(of: other.app, on: node) > 0 : pods(of: other.app, around: node) > 0
    }
  }

  /// How many places two apps share that may not.
  func breaches(of rule: PodSeparation) -> Int {
    let (left, right) =
      rule.topology == .node
      ? (onNodes(rule.left), onNodes(rule.right)) : (inZones(rule.left), inZones(rule.right))
    return zip(left, right).count { $0 > 0 && $1 > 0 }
  }
}
