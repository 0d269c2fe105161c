/// Where the units of a component may be beside each other, as a scheduler of Kubernetes is told.
///
/// The rules judge where units could be. Where they are at first is what their `replicas:` say.
public struct PlacementRules: Sendable, Hashable {
  /// Whether units may share a place.
  public let apart: SeparationRules
  /// The components that its units keep apart from.
  public let from: [ComponentSeparation]
  /// How even their numbers must be, by kind of place.
  public let spreads: [TopologySpread]
  /// Whether each unit has a volume that only nodes of its zone reach.
  public let hasVolumesInZones: Bool
  /// CPU and memory that a unit may take at most; `nil`: as much as its node has.
  public let limits: ComputeResources?
  /// For each role: the nodes that its units may be on, as indices into the model's domains, in the order declared.
  public let nodes: [[Int]]

  /// A single unit that may be anywhere.
  static let none = PlacementRules(
    apart: .none, from: [], spreads: [], hasVolumesInZones: false, limits: nil, nodes: [[]])

  /// Whether anything says where units may not be, beside the room on nodes.
  public var areStated: Bool { apart != .none || !from.isEmpty || !spreads.isEmpty || hasVolumesInZones }

  /// Whether a unit may find every node with room closed to it.
  public var canRefuse: Bool {
    apart.isRequired || hasVolumesInZones
      || from.contains { $0.rules.isRequired } || spreads.contains { $0.whenUnsatisfiable == .doNotSchedule }
  }
}

/// Whether units of one component may share a node or a zone: pod anti-affinity against itself.
public struct SeparationRules: Sendable, Hashable {
  /// How strictly a rule holds.
  public enum Strength: String, Sendable, Hashable, CaseIterable {
    /// A unit for which there is no such place stays pending.
    case required
    /// It goes elsewhere when there is one.
    case preferred
  }

  /// Of nodes; `nil`: they may share one.
  public var nodes: Strength?
  /// Of zones.
  public var zones: Strength?

  /// Units may be anywhere.
  public static let none = SeparationRules()

  /// No rule.
  public init() {}

  /// Whether any of it holds strictly.
  public var isRequired: Bool { nodes == .required || zones == .required }
}

/// Pod anti-affinity of a component against another one. What is required holds both ways, whichever of them states it.
public struct ComponentSeparation: Sendable, Hashable {
  /// The other component, as an index into the model.
  public let component: Int
  /// What they may not share.
  public let rules: SeparationRules

  /// A rule.
  public init(component: Int, rules: SeparationRules) { (self.component, self.rules) = (component, rules) }
}
