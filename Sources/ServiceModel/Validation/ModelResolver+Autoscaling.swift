internal import Diagnostics
internal import Quantities

extension ModelResolver {
  private static let unitLimit = 100_000

  /// The most units that a role may ever have, 0 where nothing scales it.
  func mostUnits(ofRole role: Int, in component: ComponentDraft) -> Int {
    guard let scaling = component.autoscaling?.value, scaledRole(of: component) == role else { return 0 }
    return min(scaling.most.value, ModelResolver.unitLimit)
  }

  /// The role whose units come and go; `nil` where nobody says, or there is none of that name.
  private func scaledRole(of component: ComponentDraft) -> Int? {
    guard let name = component.autoscaling?.value.role else {
      return component.roles.count == 1 && component.roles[0].name == nil ? 0 : nil
    }
    return component.roles.firstIndex { $0.name?.value == name.value }
  }

  /// How many units of a component run, by what is asked of them.
  mutating func resolveAutoscaling(of component: ComponentDraft, elastic: [Component.Unit]) -> Autoscaling? {
    // Without a role that can be had there is a finding already.
    guard let draft = component.autoscaling, !component.roles.isEmpty else { return nil }
    guard let role = scaledRole(of: component) else {
      reportNoRole(of: component, draft)
      return nil
    }
    checkLimits(draft.value, of: component, component.roles[role])
    checkPlainUnits(of: component, role, at: draft.location)
    checkElasticModes(of: component)
    return Autoscaling(
      role: role, first: component.roles[role].count.value,
      fewest: draft.value.fewest.value, most: draft.value.most.value, target: draft.value.target.value,
      delay: draft.value.delay ?? .zero, downDelay: draft.value.downDelay ?? ModelResolver.stabilization,
      elastic: elastic, nodes: [],
      roomFor: max(draft.value.most.value, component.roles[role].count.value))
  }

  private mutating func reportNoRole(of component: ComponentDraft, _ draft: Located<AutoscalingDraft>) {
    let names = component.roles.compactMap(\.name?.value)
    if let role = draft.value.role {
      guard !names.isEmpty else {
        return report(
          "autoscaling-units", "\(component.name.value) has no roles", at: role.location,
          help: "leave role: out")
      }
      return reportUnknown("role of \(component.name.value)", role, among: names)
    }
    report(
      "autoscaling-units",
      "\(component.name.value) has roles, and a number of units that follows the demand has to be one role's",
      at: draft.location, help: "role: \(names.last ?? "reader")")
  }

  /// What Kubernetes waits before it scales down, unless told otherwise.
  private static let stabilization = TimeSpan(hours: 1.0 / 12) ?? .zero

  private mutating func checkLimits(
    _ scaling: AutoscalingDraft, of component: ComponentDraft, _ role: RoleDraft
  ) {
    let count = role.count.value
    let name = component.name.value + (role.name.map { "/\($0.value)" } ?? "")
    if scaling.fewest.value > scaling.most.value {
      report(
        "autoscaling-range",
        "at least \(scaling.fewest.value) and at most \(scaling.most.value) units of \(name)",
        at: scaling.most.location, help: "max: \(scaling.fewest.value)")
    } else if !(scaling.fewest.value...scaling.most.value).contains(count) {
      report(
        "autoscaling-range",
        "\(count) units of \(name) run at first, and autoscaling keeps \(scaling.fewest.value) to \(scaling.most.value)",
        at: role.count.location,
        help: "count: \(min(max(count, scaling.fewest.value), scaling.most.value))")
    }
    if scaling.most.value > ModelResolver.unitLimit {
      report(
        "count-range", "\(scaling.most.value) replicas; expected 1 to 100,000", at: scaling.most.location)
    }
    if !(scaling.target.value > 0) {
      report(
        "autoscaling-target", "units of \(name) that are to have no work could never be enough",
        at: scaling.target.location, help: "target: 70 %")
    }
    let required = role.required?.value ?? component.standby?.value.running.value ?? count
    if required > scaling.fewest.value {
      report(
        "autoscaling-below-required",
        "\(name) needs \(required) units to be up, and autoscaling may keep \(scaling.fewest.value)",
        at: scaling.fewest.location,
        help: "min: \(required), or required: \(scaling.fewest.value)")
    }
  }

  /// Units that share their load are not of a number that changes, and none comes to hold a role for which others stand in.
  private mutating func checkPlainUnits(
    of component: ComponentDraft, _ role: Int, at location: SourceLocation
  ) {
    let name = component.name.value
    if let own = component.roles[role].name?.value,
      component.failovers.contains(where: { $0.role.value == own })
    {
      report(
        "autoscaling-units",
        "\(name)/\(own) fails over to others; a role with failover: can not be scaled",
        at: location, help: "scale the role that takes over, and leave failover: of \(own) out")
    }
    if component.loadSharing != nil {
      report(
        "autoscaling-units",
        "units of \(name) share their load, by a number of units that is always the same; how many there are by "
          + "autoscaling follows the demand", at: location,
        help: "leave load-sharing: out; a failure that too much work causes is one with when: {load: 130 %}")
    }
  }

  private mutating func checkElasticModes(of component: ComponentDraft) {
    for mode in component.modes {
      guard let cause = mode.commonCause else { continue }
      if case .beta = cause.value { continue }
      report(
        "autoscaling-with-common-cause",
        "factors for each number of units say nothing where that number changes; only beta: does",
        at: cause.location, help: "common-cause: {beta: 10 %}")
    }
  }
}
