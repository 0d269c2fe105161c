internal import Diagnostics
internal import Quantities

extension FailureModeDraft {
  /// Whether it comes from load and not by chance.
  var isOverload: Bool {
    if case .overload = frequency { true } else { false }
  }
}

extension ModelResolver {
  /// A failure by overload; what thins or multiplies a rate says nothing of it.
  mutating func overload(_ trigger: Located<OverloadTrigger>, of mode: FailureModeDraft) -> Occurrence {
    if !(trigger.value.load > 0) {
      report(
        "overload-load", "a load of 0 % is no overload", at: trigger.location, help: "when: {load: 130 %}")
    }
    let others: [(key: String, location: SourceLocation?)] = [
      ("probability", mode.probability?.location), ("rate-factor", mode.rateFactor?.location),
      ("common-cause", mode.commonCause?.location), ("crew", crewName(of: mode)?.location),
      ("loses", mode.loses?.location),
    ]
    for case (let key, let location?) in others {
      report(
        "overload-with-\(key)",
        "\(mode.name.value) comes whenever the load is too high; \(key): is not for it",
        at: location, help: "leave \(key): out")
    }
    return .overload(trigger.value)
  }

  /// Overload is of a component or of each of its units.
  mutating func checkOverload(_ mode: FailureModeDraft, _ scope: FailureMode.Scope, of owner: ModeOwner) {
    guard mode.isOverload else { return }
    if case .domain(let name, _) = owner {
      report(
        "overload-of-domain", "nothing is asked of the domain \(name), so no load is too high for it",
        at: mode.name.location, help: "state it on a component")
    }
    if scope == .zone || scope == .node, let location = mode.scope?.location {
      report(
        "overload-scope",
        "a load is that of the whole component; it is not too high in one \(scope.rawValue)",
        at: location, help: "scope: unit")
    }
  }

  mutating func checkOverloads(of component: ComponentDraft) {
    for mode in component.modes where mode.isOverload {
      guard
        component.roles.contains(where: { $0.name != nil }) || component.standby != nil
          || component.loadSharing != nil
      else { continue }
      report(
        "overload-units",
        "\(component.name.value) has roles, spares or units that share their load; overload of those is not supported",
        at: mode.name.location, help: "leave \(mode.name.value): out")
    }
  }

  // MARK: What follows the demand, and what cannot

  /// What scales or breaks by demand needs a demand; queues do not follow it.
  mutating func checkDemand(
    on components: [Component], of capabilities: [Capability], and queues: [Queue]
  ) {
    let asked = capabilities.flatMap(\.demands).filter { $0.units > 0 }.map(\.target)
    let consumers = Set(queues.flatMap(\.consumers).map(\.target.component))
    for (index, own) in draft.components.enumerated() {
      let overload = own.modes.first { $0.isOverload }?.name.location
      let role = components.indices.contains(index) ? components[index].autoscaling?.role : nil
      let isAsked = asked.contains {
        $0.component == index && ($0.role == nil || role == nil || $0.role == role)
      }
      if !isAsked, let location = own.autoscaling?.location ?? overload {
        let name = own.name.value + (own.autoscaling?.value.role.map { "/\($0.value)" } ?? "")
        report(
          "demand-missing", "no capability says how much work it asks of \(name)", at: location,
          help: "capabilities: {\(capabilities.first?.name ?? "service"): {demand: {\(name): 2.5}}}")
      }
      if consumers.contains(index), let location = own.autoscaling?.location {
        report(
          "autoscaling-with-queue",
          "\(own.name.value) consumes a queue; that more units work on it is not followed", at: location,
          help: "leave autoscaling: out")
      }
    }
  }
}
