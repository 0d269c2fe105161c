extension Model {
  /// Whether anything follows the demand: a profile, a number of units, a failure by overload.
  public var followsDemand: Bool {
    capabilities.contains { $0.profile != nil }
      || components.contains { $0.autoscaling != nil || $0.modes.contains { $0.overload != nil } }
  }

  /// The model with every unit and node that its autoscalers may add, as if they ran; units that ask their nodes for room,
  /// or are kept apart, may come to each of these.
  package var scaledOut: Model {
    let nodes = domains.elasticNodes
    guard !nodes.isEmpty || components.contains(where: { $0.autoscaling != nil }) else { return self }
    return replacing(domains: domains + nodes, components: components.map(\.scaledOut))
  }
}

extension FailureMode {
  /// The load that causes it; `nil`: it comes by chance.
  public var overload: OverloadTrigger? {
    if case .overload(let trigger) = occurrence { trigger } else { nil }
  }
}

extension Component {
  fileprivate var scaledOut: Component {
    guard let autoscaling, let role = roles.first else { return self }
    let all = units + autoscaling.elastic
    return replacing(
      units: all, roles: [Role(name: role.name, units: 0..<all.count, required: role.required)],
      rescheduling: autoscaling.nodes.isEmpty
        ? nil : Rescheduling(after: rescheduling?.after, nodes: [autoscaling.nodes]))
  }
}
