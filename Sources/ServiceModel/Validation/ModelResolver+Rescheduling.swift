internal import Diagnostics
internal import Quantities

extension ModelResolver {
  /// When and where the units of a component come up after their node is lost; `nil` when they wait for it.
  mutating func resolveRescheduling(
    of component: ComponentDraft, units: [Component.Unit], domains: [Domain]
  ) -> Rescheduling? {
    guard let after = component.reschedule else { return nil }
    if component.standby != nil || component.loadSharing != nil {
      report(
        "reschedule-with-standby",
        "\(component.name.value) is rescheduled, and its replicas stand by or share their load; the two together are "
          + "not supported", at: after.location, help: "leave reschedule: out")
    }
    let nodes = component.roles.indices.map { role in
      candidates(of: component.roles[role], units: units.filter { $0.role == role }, domains)
    }
    for (role, own) in zip(component.roles, nodes) { check(own, of: role, in: component, after, domains) }
    return Rescheduling(after: after.value, nodes: nodes)
  }

  /// Where the units of a role may be: all that they are spread over, or where they are.
  func candidates(of role: RoleDraft, units: [Component.Unit], _ domains: [Domain]) -> [Int] {
    guard case .spread(let over) = role.placement else { return Set(units.compactMap(\.domain)).sorted() }
    guard over.value != "nodes" else { return domains.indices.filter { domains[$0].kind == .node } }
    guard let whole = domainIndex[over.value] else { return Set(units.compactMap(\.domain)).sorted() }
    return domains.indices.filter { domains[$0].parents.contains(whole) }
  }

  private mutating func check(
    _ nodes: [Int], of role: RoleDraft, in component: ComponentDraft, _ after: Located<TimeSpan>,
    _ domains: [Domain]
  ) {
    let name = component.name.value + (role.name.map { "/\($0.value)" } ?? "")
    if nodes.isEmpty || nodes.contains(where: { domains[$0].kind != .node }) {
      report(
        "reschedule-without-nodes", "\(name) is rescheduled, and its replicas are not on nodes",
        at: after.location, help: "replicas: {count: \(max(1, role.count.value)), spread: nodes}")
    } else if nodes.count == 1, !mayGrow(nodes[0], domains) {
      report(
        "reschedule-to-nowhere",
        "\(name) is rescheduled, and all its replicas are on the node \(domains[nodes[0]].name), with no other to go to",
        at: after.location, help: "replicas: {count: \(max(1, role.count.value)), spread: nodes}")
    }
  }

  /// Whether autoscaling may add nodes beside one.
  private func mayGrow(_ node: Int, _ domains: [Domain]) -> Bool {
    domains[node].parents.contains { pool in domains[pool].nodeAutoscaling.map { $0.most > 1 } ?? false }
  }

  // MARK: Clocks

  /// Which time a mode ages by.
  mutating func clock(of mode: FailureModeDraft, owner: ModeOwner) -> FailureMode.Clock {
    guard let clock = mode.clock, clock.value == .operating else { return .calendar }
    if case .availability = mode.frequency {
      report(
        "clock-needs-rate",
        "\(mode.name.value) is known by its share of time, which no operating clock keeps",
        at: clock.location, help: "state mtbf: or rate: of operating time instead of availability:")
    }
    if mode.season != nil {
      report(
        "clock-with-season",
        "\(mode.name.value) has a season and an operating clock; the two together are not supported",
        at: clock.location, help: "leave season: or clock: out")
    }
    if case .domain(let name, _) = owner {
      report(
        "clock-of-domain",
        "\(mode.name.value) of \(name) ages by the calendar; only failure modes of components have an operating clock",
        at: clock.location, help: "leave clock: out")
    }
    return .operating
  }

  /// What ages by its load has no other clock.
  mutating func checkClocks(of component: ComponentDraft) {
    for mode in component.modes {
      guard let clock = mode.clock, clock.value == .operating else { continue }
      if component.standby != nil || component.loadSharing != nil {
        report(
          "clock-with-standby",
          "\(mode.name.value) has an operating clock, and the replicas of \(component.name.value) stand by or share "
            + "their load; the two together are not supported", at: clock.location,
          help: "leave clock: out; a spare ages by its dormancy")
      }
    }
  }
}
