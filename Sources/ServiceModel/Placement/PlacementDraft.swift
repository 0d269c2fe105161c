public import Diagnostics

/// Where the units of a component may be, as written.
public struct PlacementDraft: Sendable {
  /// Whether units may share a place, with where it is written.
  public var apart: Located<SeparationRules>?
  /// The components that its units keep apart from.
  public var from: [ComponentSeparationDraft] = []
  /// How even their numbers must be.
  public var spreads: [TopologySpreadDraft] = []
  /// The volumes that are in one zone each.
  public var volumesInZones: [Located<String>] = []
  /// What a unit may take at most.
  public var limits: Located<ComputeResources>?

  /// Nothing is stated.
  public init() {}
}

/// Anti-affinity against another component, as written.
public struct ComponentSeparationDraft: Sendable {
  /// The other component.
  public var component: Located<String>
  /// What they may not share.
  public var rules: SeparationRules

  /// A rule.
  public init(_ component: Located<String>, _ rules: SeparationRules) {
    (self.component, self.rules) = (component, rules)
  }
}

/// A topology spread constraint as written.
public struct TopologySpreadDraft: Sendable {
  /// What units are spread over.
  public var topology: Located<TopologySpread.Topology>
  /// By how much a place may be above the fewest.
  public var maxSkew: Located<Int>
  /// How many places there should be.
  public var minDomains: Located<Int>?
  /// What happens to a unit that would break it; `nil`: it stays pending.
  public var whenUnsatisfiable: TopologySpread.Unsatisfiable?

  /// A constraint.
  public init(topology: Located<TopologySpread.Topology>, maxSkew: Located<Int>) {
    (self.topology, self.maxSkew) = (topology, maxSkew)
  }
}

/// What a node is, as written.
public struct NodeShapeDraft: Sendable {
  /// Its instance type.
  public var machine: Located<String>?
  /// All that it has.
  public var capacity: Located<ComputeResources>?
  /// What the system keeps of that.
  public var reserved: Located<ComputeResources>?
  /// What runs on every node takes of that.
  public var daemons: Located<ComputeResources>?
  /// The most units.
  public var mostUnits: Located<Int>?
  /// At which share of its CPU somebody is told.
  public var cpuAlert = PoolOutlookDraft()
  /// At which share of its memory.
  public var memoryAlert = PoolOutlookDraft()

  /// Nothing is stated.
  public init() {}
}
