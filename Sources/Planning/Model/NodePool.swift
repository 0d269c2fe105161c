internal import ServiceModel

/// Nodes that have the same for units.
struct NodePool {
  /// The pool, or the node where it is alone.
  let name: String
  /// The nodes, as indices into the model's domains.
  let nodes: [Int]
  /// What each has.
  let each: ComputeResources
  /// What else a node is.
  let shape: NodeShape

  /// What those that are left have together.
  func room(_ survivors: Survivors) -> ComputeResources {
    each.times(nodes.count { survivors.hasDomain($0) })
  }

  /// The units of a component that are on these nodes.
  func units(of component: Component) -> [Component.Unit] {
    component.units.filter { $0.domain.map(nodes.contains) ?? false }
  }
}

extension Component {
  /// What a unit may take at most: its limits, else what it asks for.
  var mostTaken: ComputeResources? { placement.limits ?? requests }
}
