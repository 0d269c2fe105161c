internal import Diagnostics
internal import Quantities

extension ModelResolver {
  private static let unitLimit = 100_000

  /// The most units that a component may ever have, 0 where nothing scales it.
  func mostUnits(of component: ComponentDraft) -> Int {
    guard let scaling = component.autoscaling?.value, component.roles.count == 1 else { return 0 }
    return min(scaling.most.value, ModelResolver.unitLimit)
  }

  /// How many units of a component run, by what is asked of them.
  mutating func resolveAutoscaling(of component: ComponentDraft, elastic: [Component.Unit]) -> Autoscaling? {
    guard let draft = component.autoscaling, let count = component.roles.first?.count.value else {
      return nil
    }
    checkLimits(draft.value, of: component)
    checkPlainUnits(of: component, at: draft.location)
    checkElasticModes(of: component)
    return Autoscaling(
      first: count,
      fewest: draft.value.fewest.value, most: draft.value.most.value, target: draft.value.target.value,
      delay: draft.value.delay ?? .zero, downDelay: draft.value.downDelay ?? ModelResolver.stabilization,
      elastic: elastic, nodes: [],
      roomFor: max(draft.value.most.value, count))
  }

  /// What Kubernetes waits before it scales down, unless told otherwise.
  private static let stabilization = TimeSpan(hours: 1.0 / 12) ?? .zero

  private mutating func checkLimits(_ scaling: AutoscalingDraft, of component: ComponentDraft) {
    let (name, count) = (component.name.value, component.roles[0].count.value)
    if scaling.fewest.value > scaling.most.value {
      report(
        "autoscaling-range",
        "at least \(scaling.fewest.value) and at most \(scaling.most.value) units of \(name)",
        at: scaling.most.location, help: "max: \(scaling.fewest.value)")
    } else if !(scaling.fewest.value...scaling.most.value).contains(count) {
      report(
        "autoscaling-range",
        "\(count) units of \(name) run at first, and autoscaling keeps \(scaling.fewest.value) to \(scaling.most.value)",
        at: component.roles[0].count.location,
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
    let required = component.roles[0].required?.value ?? count
    if required > scaling.fewest.value {
      report(
        "autoscaling-below-required",
        "\(name) needs \(required) units to be up, and autoscaling may keep \(scaling.fewest.value)",
        at: scaling.fewest.location,
        help: "min: \(required), or replicas: {required: \(scaling.fewest.value)}")
    }
  }

  /// Units that do different work, or stand by, are not of a number that changes.
  private mutating func checkPlainUnits(of component: ComponentDraft, at location: SourceLocation) {
    let name = component.name.value
    if component.roles.contains(where: { $0.name != nil }) {
      report(
        "autoscaling-units",
        "\(name) has roles, and a number of units that follows the demand would have to be one role's",
        at: location,
        help: "make the role that is scaled a component of its own, and leave autoscaling: out here")
    }
    if component.standby != nil || component.loadSharing != nil {
      report(
        "autoscaling-units",
        "units of \(name) stand by or share their load, by a number of units that is always the same; how many there are "
          + "by autoscaling follows the demand", at: location,
        help: "leave standby: and load-sharing: out: autoscaling runs the spares that the target asks for")
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
