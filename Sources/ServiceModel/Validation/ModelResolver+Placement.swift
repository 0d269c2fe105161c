internal import Diagnostics
internal import Quantities

extension ModelResolver {
  /// Where the units of a component may be beside each other.
  mutating func resolvePlacement(
    of component: ComponentDraft, units: [Component.Unit], domains: [Domain]
  ) -> PlacementRules {
    let draft = component.placement
    let open = component.roles.indices.map { role -> [Int] in
      candidates(of: component.roles[role], units: units.filter { $0.role == role }, domains)
        .flatMap { nodes(in: $0, domains) }
    }
    checkLimits(of: component)
    for volume in draft.volumesInZones { check(volume, of: component, units, domains) }
    let rules = PlacementRules(
      apart: draft.apart?.value ?? .none, from: draft.from.compactMap { resolve($0, of: component) },
      spreads: draft.spreads.compactMap { resolve($0, of: component) },
      hasVolumesInZones: !draft.volumesInZones.isEmpty, limits: draft.limits?.value, nodes: open)
    if let location = draft.apart?.location ?? draft.spreads.first?.topology.location {
      check(rules, of: component, at: location)
    } else if isRefused(component) {
      check(rules, of: component, at: component.name.location)
    }
    return rules
  }

  /// The nodes of a pool or zone; a node is its own.
  private func nodes(in place: Int, _ domains: [Domain]) -> [Int] {
    if domains[place].kind == .node { return [place] }
    guard domains[place].kind == .pool else { return [] }
    return domains.indices.filter { domains[$0].kind == .node && domains[$0].parents.contains(place) }
  }

  // MARK: Rules

  /// Whether another component keeps apart from this one, strictly.
  func isRefused(_ component: ComponentDraft) -> Bool {
    draft.components.contains { other in
      other.placement.from.contains { $0.component.value == component.name.value && $0.rules.isRequired }
    }
  }

  private mutating func resolve(_ separation: ComponentSeparationDraft, of component: ComponentDraft)
    -> ComponentSeparation?
  {
    let name = separation.component
    guard name.value != component.name.value else {
      report(
        "apart-from-itself", "from: names other components, and this is \(name.value) itself",
        at: name.location,
        help: "anti-affinity: {nodes: required}")
      return nil
    }
    guard let index = componentIndex[name.value] else {
      reportUnknown("component", name, among: componentNames)
      return nil
    }
    return ComponentSeparation(component: index, rules: separation.rules)
  }

  private mutating func resolve(_ spread: TopologySpreadDraft, of component: ComponentDraft)
    -> TopologySpread?
  {
    guard (1...100_000).contains(spread.maxSkew.value) else {
      report(
        "skew-range", "max-skew: \(spread.maxSkew.value); expected 1 to 100,000", at: spread.maxSkew.location)
      return nil
    }
    let whenUnsatisfiable = spread.whenUnsatisfiable ?? .doNotSchedule
    if let minDomains = spread.minDomains, whenUnsatisfiable == .scheduleAnyway {
      report(
        "min-domains-with-anyway",
        "min-domains: asks for places that there must be, and schedule-anyway for none; Kubernetes refuses the two together",
        at: minDomains.location, help: "when-unsatisfiable: do-not-schedule")
    }
    return TopologySpread(
      topology: spread.topology.value, maxSkew: spread.maxSkew.value,
      minDomains: spread.minDomains?.value ?? 1, whenUnsatisfiable: whenUnsatisfiable)
  }

  private mutating func check(
    _ rules: PlacementRules, of component: ComponentDraft, at location: SourceLocation
  ) {
    if rules.nodes.contains(where: \.isEmpty) {
      report(
        "rules-without-nodes",
        "there are rules about which nodes or zones units of \(component.name.value) share, and nothing places them on nodes",
        at: location, help: "replicas: {count: 3, spread: nodes}")
    }
  }

  private mutating func check(
    _ volume: Located<String>, of component: ComponentDraft, _ units: [Component.Unit], _ domains: [Domain]
  ) {
    let isInZones = units.allSatisfy { unit in
      unit.domain.map { place in domains.chain(from: place).contains { domains[$0].kind == .zone } } ?? false
    }
    guard !isInZones else { return }
    report(
      "volume-without-zone",
      "\(volume.value) is where one zone reaches it, and not every unit of \(component.name.value) is in a zone",
      at: volume.location, help: "replicas: {count: 3, spread: nodes}, and nodes: {spread: zones}")
  }

  private mutating func checkLimits(of component: ComponentDraft) {
    guard let limits = component.placement.limits else { return }
    guard let requests = component.requests else {
      defaults.append(
        DefaultNote(
          path: "components/\(component.name.value)/requests",
          text: "\(limits.value.text), as much as its limits, since nothing is stated"))
      return
    }
    guard !requests.value.fits(in: limits.value) else { return }
    report(
      "requests-above-limits",
      "each unit of \(component.name.value) asks for \(requests.value.text), and may take \(limits.value.text)",
      at: requests.location,
      help: "limits: {cpu: \(requests.value.cpu), memory: \(Int(min(requests.value.bytes, 0x1p62))) B}")
  }

  // MARK: Nodes

  /// What a node is, or each node of a pool.
  mutating func resolveShape(of domain: DomainDraft) -> NodeShape {
    let draft = domain.shape
    if let location = draft.location, domain.kind != .node, hasNodes(domain, draft.firstKey, at: location) {
      check(draft, of: domain)
    } else if draft.location != nil, domain.kind == .node {
      check(draft, of: domain)
    }
    return NodeShape(
      machine: draft.machine?.value,
      withheld: (draft.reserved?.value ?? .none) + (draft.daemons?.value ?? .none),
      mostUnits: draft.mostUnits?.value,
      cpuAlert: resolveAlert(draft.cpuAlert, "domains/\(domain.name.value)/alert/cpu"),
      memoryAlert: resolveAlert(draft.memoryAlert, "domains/\(domain.name.value)/alert/memory"))
  }

  /// What is left of the capacity of a node once what is withheld is taken off.
  mutating func roomLeft(of domain: DomainDraft) -> ComputeResources? {
    guard let capacity = domain.shape.capacity else { return nil }
    let withheld = domain.shape.withheld
    guard withheld.fits(in: capacity.value) else {
      report(
        "reserved-above-capacity",
        "\(domain.name.value) withholds \(withheld.text) of each node, and a node has \(capacity.value.text)",
        at: capacity.location, help: "reserved: {cpu: 0.1, memory: 1 GB}")
      return nil
    }
    return capacity.value - withheld
  }

  private mutating func check(_ draft: NodeShapeDraft, of domain: DomainDraft) {
    guard domain.allocatable == nil, draft.capacity == nil, draft.machine == nil,
      let location = (draft.reserved ?? draft.daemons)?.location,
      !domain.costs.contains(where: { $0.kind.value == "aws-ec2" })
    else { return }
    report(
      "reserved-of-nothing",
      "nothing says what a node of \(domain.name.value) has, so nothing can be taken off it", at: location,
      help: "capacity: {cpu: 8, memory: 32 GB}, or machine: m5.2xlarge")
  }
}

extension NodeShapeDraft {
  fileprivate var withheld: ComputeResources { (reserved?.value ?? .none) + (daemons?.value ?? .none) }

  fileprivate var location: SourceLocation? {
    machine?.location ?? capacity?.location ?? (reserved ?? daemons)?.location ?? mostUnits?.location
      ?? (cpuAlert.alertShare ?? memoryAlert.alertShare)?.location
  }

  fileprivate var firstKey: String {
    if machine != nil { return "machine" }
    if capacity != nil { return "capacity" }
    if reserved != nil { return "reserved" }
    if daemons != nil { return "daemons" }
    return mostUnits != nil ? "max-pods" : "alert"
  }
}
