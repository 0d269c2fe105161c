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
    guard let autoscaling else { return self }
    var all: [Unit] = []
    var scaled: [Role] = []
    for (index, role) in roles.enumerated() {
      let first = all.count
      all += units[role.units] + (index == autoscaling.role ? autoscaling.elastic : [])
      scaled.append(Role(name: role.name, units: first..<all.count, required: role.required))
    }
    return replacing(
      units: all, roles: scaled,
      rescheduling: autoscaling.nodes.isEmpty
        ? nil : Rescheduling(after: rescheduling?.after, nodes: roles.indices.map(nodes(ofRole:))))
  }

  /// Where the units of a role may be when all that autoscaling may add is there: those of others where they are, and where
  /// they come once they have given their role to one that comes and goes.
  private func nodes(ofRole role: Int) -> [Int] {
    let scaled = autoscaling?.nodes ?? []
    guard autoscaling?.role != role else { return scaled }
    if let rescheduling { return rescheduling.nodes[role] }
    let homes = Set(units[roles[role].units].compactMap(\.domain)).sorted()
    return homes + scaled.filter { !homes.contains($0) }
  }
}
