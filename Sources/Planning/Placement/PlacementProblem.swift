/// Pods that want nodes, nodes that have room, and the rules between them, all by index.
///
/// Amounts are whole numbers in the units of each resource, so that sums are exact. The last resource is the pods
/// themselves.
public struct PlacementProblem: Hashable, Sendable {
  /// What the pods belong to.
  public var apps: [PodApp]
  /// The pods: groups of equal ones.
  public var groups: [PodGroup]
  /// The nodes.
  public var nodes: [PlacementNode]
  /// Apps that refuse each other.
  public var separations: [PodSeparation] = []

  /// Pods, nodes and rules.
  ///
  /// - Parameters:
  ///   - groups: each names an app by its index, and one amount for each resource of the nodes.
  ///   - nodes: all with the same resources.
  public init(apps: [PodApp], groups: [PodGroup], nodes: [PlacementNode]) {
    (self.apps, self.groups, self.nodes) = (apps, groups, nodes)
  }

  /// The number of pods.
  public var podCount: Int { groups.reduce(0) { $0 + $1.count } }

  /// How many of them are of an app.
  public func podCount(of app: Int) -> Int { groups.reduce(0) { $0 + ($1.app == app ? $1.count : 0) } }

  /// One more than the highest zone of any node.
  public var zoneCount: Int { nodes.reduce(-1) { max($0, $1.zone) } + 1 }

  /// Whether a pod of a group may be on a node, before anything else is there.
  func allows(_ group: Int, on node: Int) -> Bool {
    let (pod, place) = (groups[group], nodes[node])
    if let zone = pod.zone, zone != place.zone { return false }
    return pod.kinds.map { $0.contains(place.kind) } ?? true
  }

  /// The same without some of the nodes.
  public func without(where isLost: (PlacementNode) -> Bool) -> PlacementProblem {
    var left = self
    left.nodes.removeAll(where: isLost)
    return left
  }
}

/// Pods that rules see as one: a component, by the label of its pods.
public struct PodApp: Hashable, Sendable {
  /// Its name.
  public var name: String
  /// The most of its pods on one node, and in one zone: 1 where anti-affinity is required.
  public var mostPerNode: Int?
  /// The most of its pods in one zone.
  public var mostPerZone: Int?
  /// Whether they had rather not share a node.
  public var prefersOwnNode = false
  /// Whether they had rather not share a zone.
  public var prefersOwnZone = false
  /// Other apps that they had rather not share a node or a zone with.
  public var avoided: [AvoidedApp] = []
  /// How even their numbers must be.
  public var spreads: [SpreadRule] = []
  /// How many of them evictions leave running; `nil`: they do not ask.
  public var kept: Int?

  /// Pods without rules.
  public init(name: String) { self.name = name }

  /// Whether a required rule depends on what else is in the zone.
  var hasZoneRules: Bool { mostPerZone != nil || spreads.contains { $0.isRequired } }
}

/// How even the numbers of an app's pods must be over nodes or zones.
public struct SpreadRule: Hashable, Sendable {
  /// What is counted.
  public enum Topology: Hashable, Sendable {
    /// Pods on each node.
    case node
    /// Pods in each zone.
    case zone
  }

  /// What is counted.
  public var topology: Topology
  /// By how much a place may be above the one with the fewest.
  public var maxSkew: Int
  /// With fewer places than this the fewest are 0.
  public var minDomains: Int
  /// Whether a pod that would break it stays pending.
  public var isRequired: Bool

  /// A rule.
  public init(topology: Topology, maxSkew: Int, minDomains: Int = 1, isRequired: Bool = true) {
    (self.topology, self.maxSkew) = (topology, maxSkew)
    (self.minDomains, self.isRequired) = (minDomains, isRequired)
  }
}

/// Equal pods.
public struct PodGroup: Hashable, Sendable {
  /// The name of the group.
  public var name: String
  /// The app whose rules hold for them.
  public var app: Int
  /// How many there are.
  public var count: Int
  /// What each of them asks for, by resource.
  public var requests: [Int]
  /// The zone that has their volumes; `nil`: any.
  public var zone: Int?
  /// The kinds of node that they may be on, in ascending order; `nil`: all.
  public var kinds: [Int]?

  /// Pods that may be anywhere.
  public init(
    name: String, app: Int, count: Int, requests: [Int], zone: Int? = nil, kinds: [Int]? = nil
  ) {
    (self.name, self.app, self.count) = (name, app, count)
    (self.requests, self.zone, self.kinds) = (requests, zone, kinds)
  }
}

/// A node.
public struct PlacementNode: Hashable, Sendable {
  /// Its name.
  public var name: String
  /// Its zone.
  public var zone: Int
  /// What it has for pods, by resource.
  public var room: [Int]
  /// What pods know it by, when only some nodes are open to them.
  public var kind: Int
  /// Whether pods may come; a node that is cordoned still counts among the places of spread rules.
  public var isOpen = true

  /// A room that nothing fills.
  public static let unlimited = 1 << 60

  /// A node.
  public init(name: String, zone: Int, room: [Int], kind: Int = 0) {
    (self.name, self.zone, self.room, self.kind) = (name, zone, room, kind)
  }
}
