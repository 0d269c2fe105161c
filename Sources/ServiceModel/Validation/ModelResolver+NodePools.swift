internal import Diagnostics
internal import Quantities

extension ModelResolver {
  /// What a node has for units, or each node of a pool.
  mutating func resolveAllocatable(of domain: DomainDraft) -> ComputeResources? {
    guard let own = domain.allocatable else { return roomLeft(of: domain) }
    guard domain.kind == .node || hasNodes(domain, "allocatable", at: own.location) else { return nil }
    return own.value
  }

  /// How many nodes of a pool run.
  mutating func resolveNodeAutoscaling(of domain: DomainDraft) -> NodeAutoscaling? {
    guard let draft = domain.autoscaling, hasNodes(domain, "autoscaling", at: draft.location),
      let nodes = domain.nodes, hasLimits(draft.value, nodes.count, of: domain.name.value),
      takePlaces(Located(draft.value.most.value - nodes.count.value, at: draft.value.most.location))
    else { return nil }
    if domain.allocatable == nil, domain.shape.capacity == nil {
      report(
        "nodes-without-limit",
        "nobody says how much a node of \(domain.name.value) has for units, so none would ever be added",
        at: draft.location, help: "allocatable: {cpu: 8, memory: 32 GB}")
    }
    return NodeAutoscaling(
      first: nodes.count.value, fewest: draft.value.fewest.value, most: draft.value.most.value,
      delay: draft.value.delay ?? .zero, downDelay: draft.value.downDelay ?? ModelResolver.unneeded)
  }

  /// What the Cluster Autoscaler waits before it removes a node, unless told otherwise: scale-down-unneeded-time.
  private static let unneeded = TimeSpan(hours: 1.0 / 6) ?? .zero

  mutating func hasNodes(_ domain: DomainDraft, _ key: String, at location: SourceLocation) -> Bool {
    guard domain.nodes == nil || domain.kind != .pool else { return true }
    report(
      "pool-without-nodes", "\(key): is of the nodes of a pool, and \(domain.name.value) has none",
      at: location, help: "kind: pool, nodes: {count: 6}")
    return false
  }

  private mutating func hasLimits(
    _ scaling: NodeAutoscalingDraft, _ count: Located<Int>, of pool: String
  ) -> Bool {
    let (fewest, most) = (scaling.fewest, scaling.most)
    if fewest.value > most.value {
      report(
        "autoscaling-range", "at least \(fewest.value) and at most \(most.value) nodes of \(pool)",
        at: most.location, help: "max: \(fewest.value)")
    } else if !(fewest.value...most.value).contains(count.value) {
      report(
        "autoscaling-range",
        "\(count.value) nodes of \(pool) run at first, and autoscaling keeps \(fewest.value) to \(most.value)",
        at: count.location, help: "count: \(min(max(count.value, fewest.value), most.value))")
    } else if most.value > 100_000 {
      report("count-range", "\(most.value) nodes; expected 1 to 100,000", at: most.location)
    } else {
      return true
    }
    return false
  }

  // MARK: Together with others

  /// What nodes that come and go do not go together with.
  mutating func checkNodePools(_ components: [Component], _ domains: [Domain]) {
    for (index, domain) in draft.domains.enumerated() where domains[index].nodeAutoscaling != nil {
      guard let scaling = domain.autoscaling else { continue }
      let nodes = Set(domains.nodes(of: index))
      checkFollowers(of: domain, nodes, components, at: scaling.location)
    }
  }

  /// Somebody must ask for nodes.
  private mutating func checkFollowers(
    of domain: DomainDraft, _ nodes: Set<Int>, _ components: [Component], at location: SourceLocation
  ) {
    let isFollowed = components.contains { component in
      component.autoscaling != nil && component.requests != nil
        && component.units.contains { $0.domain.map(nodes.contains) ?? false }
    }
    guard !isFollowed else { return }
    report(
      "nodes-without-units",
      "no component with requests: and autoscaling: is on the nodes of \(domain.name.value), so none would ever be added",
      at: location, help: "requests: {cpu: 1, memory: 2 GB}")
  }
}
