internal import Diagnostics
internal import Quantities
internal import Stochastics

extension ModelResolver {
  /// The components with their units placed and their names resolved.
  mutating func resolveComponents(in domains: [Domain]) -> [Component] {
    packed(draft.components.map { resolve($0, in: domains) }, in: domains)
  }

  private mutating func resolve(_ component: ComponentDraft, in domains: [Domain]) -> Component {
    var units: [Component.Unit] = []
    var elastic: [Component.Unit] = []
    var roles: [Component.Role] = []
    for (index, role) in component.roles.enumerated() {
      let first = units.count
      let placed = placedUnits(of: role, index: index, in: component, domains: domains)
      let declared = max(0, role.count.value)
      units += placed.prefix(declared)
      elastic += placed.dropFirst(declared)
      roles.append(
        Component.Role(
          name: role.name?.value, units: first..<units.count, required: required(of: role, in: component)))
    }
    reportRepeated(component.modes.map(\.name), of: component)
    let failovers = component.failovers.compactMap { resolve($0, in: component) }
    let data = resolveData(component, failovers: failovers)
    let modes = component.modes.compactMap { mode in
      checkLoses(mode, of: component, data: data, units: units, in: domains)
      let isReplicaHit = units.areAllHit(by: mode.scope?.value ?? .unit, in: domains)
      let left = data?.surviving(isReplicaHit: isReplicaHit)
      return resolveMode(mode, of: .component(component.name.value, units: units.count, data: left))
    }
    for mode in modes { checkScope(mode, units: units, domains: domains) }
    checkSpares(of: component, units: units.count, modes: modes)
    refuseSeasonsOfSpares(component)
    checkOverloads(of: component)
    let start = resolveStart(of: component)
    let rescheduling = resolveRescheduling(of: component, units: units, domains: domains)
    checkClocks(of: component)
    return Component(
      name: component.name.value, title: component.title, roles: roles, units: units, modes: modes,
      dependencies: component.dependencies.compactMap { resolve($0) }
        + readinessDependencies(of: component, start),
      failovers: failovers, standby: component.standby.flatMap { resolve($0.value, of: component) },
      loadSharing: component.loadSharing?.value, data: data, objectives: component.objectives, start: start,
      rescheduling: rescheduling, planned: resolvePlanned(component.planned, of: component.name.value),
      disruptionBudget: component.disruptionBudget,
      autoscaling: resolveAutoscaling(of: component, elastic: elastic),
      requests: component.requests?.value ?? component.placement.limits?.value,
      placement: resolvePlacement(of: component, units: units, domains: domains),
      work: component.work, priority: component.priority)
  }

  private mutating func reportRepeated(_ names: [Located<String>], of component: ComponentDraft) {
    var seen: Set<String> = []
    for name in names where !seen.insert(name.value).inserted {
      report(
        "name-taken", "\(component.name.value) has a failure mode \(name.value) already", at: name.location,
        help: "state the availability in that mode, or rename it")
    }
  }

  /// How many units must be up: all of them unless stated.
  private mutating func required(of role: RoleDraft, in component: ComponentDraft) -> Int {
    guard let required = role.required else {
      noteDefault(of: role, in: component)
      return component.standby?.value.running.value ?? role.count.value
    }
    if required.value > role.count.value {
      report(
        "required-above-count",
        "\(component.name.value) needs \(required.value) of \(role.count.value) replicas",
        at: required.location, help: "required: \(max(role.count.value, 0))")
    }
    return required.value
  }

  private mutating func noteDefault(of role: RoleDraft, in component: ComponentDraft) {
    guard role.count.value > 1 else { return }
    let name = role.name.map { "roles/\($0.value)" } ?? "replicas"
    defaults.append(
      DefaultNote(
        path: "components/\(component.name.value)/\(name)/required",
        text: component.standby.map { "\($0.value.running.value), all that work, since nothing is stated" }
          ?? "\(role.count.value), all replicas, since nothing is stated"))
  }

  private mutating func placedUnits(
    of role: RoleDraft, index: Int, in component: ComponentDraft, domains: [Domain]
  ) -> [Component.Unit] {
    guard (1...100_000).contains(role.count.value) else {
      report("count-range", "\(role.count.value) replicas; expected 1 to 100,000", at: role.count.location)
      return []
    }
    let count = max(role.count.value, mostUnits(ofRole: index, in: component))
    guard takePlaces(Located(count, at: role.count.location)) else { return [] }
    let places = places(of: role, in: component, domains: domains)
    let prefix = role.name.map { "\(component.name.value)/\($0.value)" } ?? component.name.value
    return (0..<count).map { number in
      let name = count == 1 ? prefix : "\(prefix)/\(number + 1)"
      return Component.Unit(
        name: name, role: index, domain: places.isEmpty ? nil : places[number % places.count])
    }
  }

  /// The domains that units take in turn; empty when they are nowhere in particular.
  private mutating func places(
    of role: RoleDraft, in component: ComponentDraft, domains: [Domain]
  ) -> [Int] {
    switch role.placement {
    case .unstated:
      return component.domain.flatMap { domain(named: $0) }.map { [$0] } ?? []
    case .domain(let name):
      return domain(named: name).map { [$0] } ?? []
    case .spread(let over):
      return spreadPlaces(over, domains: domains)
    case .members(let names):
      if names.count != role.count.value {
        report(
          "members-count", "\(names.count) members for \(role.count.value) replicas; expected one for each",
          at: role.count.location)
      }
      return names.compactMap { domain(named: $0) }
    }
  }

  private mutating func spreadPlaces(_ over: Located<String>, domains: [Domain]) -> [Int] {
    let places: [Int]
    switch over.value {
    case "zones": places = domains.indices.filter { domains[$0].kind == .zone }
    case "nodes": places = domains.indices.filter { domains[$0].kind == .node }
    default:
      guard let whole = domain(named: over) else { return [] }
      places = domains.indices.filter { domains[$0].parents.contains(whole) }
    }
    if places.isEmpty {
      report(
        "spread-over-nothing", "the model has no \(over.value) to spread over", at: over.location,
        help: "domains: {us-east-1a: {kind: zone}, us-east-1b: {kind: zone}}")
    }
    return places
  }

  private mutating func domain(named name: Located<String>) -> Int? {
    if let index = domainIndex[name.value] { return index }
    reportUnknown("domain", name, among: domainNames)
    return nil
  }

  /// A mode per zone or node needs units that are in one.
  private mutating func checkScope(_ mode: FailureMode, units: [Component.Unit], domains: [Domain]) {
    let kind: Domain.Kind
    switch mode.scope {
    case .unit, .component: return
    case .zone: kind = .zone
    case .node: kind = .node
    }
    let isPlaced = units.contains { unit in
      unit.domain.map { domains.chain(from: $0).contains { domains[$0].kind == kind } } ?? false
    }
    if !isPlaced {
      report(
        "scope-without-domain", "\(mode.name) fails per \(kind.rawValue), and no replica is in one",
        at: mode.location, help: "replicas: {count: 3, spread: \(kind.rawValue)s}")
    }
  }

  private mutating func resolve(_ failover: FailoverDraft, in component: ComponentDraft) -> Failover? {
    let names = component.roles.compactMap(\.name?.value)
    let role = roleIndex(failover.role, names: names, of: component)
    let candidates = failover.candidates.compactMap { roleIndex($0, names: names, of: component) }
    let detection = delay(
      failover.detection, .detector, of: "\(component.name.value)/\(failover.role.value) failover")
    guard let role, let detection, candidates.count == failover.candidates.count else { return nil }
    if Set(candidates).count < candidates.count {
      report("named-twice", "a role stands twice in from:", at: failover.role.location)
      return nil
    }
    if candidates.contains(role) {
      report(
        "failover-to-itself", "\(failover.role.value) fails over to itself", at: failover.role.location)
      return nil
    }
    return Failover(
      role: role, candidates: candidates, detection: detection, takes: failover.takes,
      works: failover.works ?? .one, manual: failover.manual, loses: failover.loses,
      needs: failover.needs.compactMap { resolve($0) }, detector: detectorIndex(failover.detection))
  }

  private mutating func roleIndex(
    _ name: Located<String>, names: [String], of component: ComponentDraft
  ) -> Int? {
    if let index = component.roles.firstIndex(where: { $0.name?.value == name.value }) { return index }
    reportUnknown("role of \(component.name.value)", name, among: names)
    return nil
  }
}

extension [Domain] {
  /// A domain and everything it is in, nearest first, each once.
  public func chain(from start: Int) -> [Int] {
    var chain = [start]
    var position = 0
    while position < chain.count {
      for parent in self[chain[position]].parents where !chain.contains(parent) { chain.append(parent) }
      position += 1
    }
    return chain
  }
}
