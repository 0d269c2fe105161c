internal import Diagnostics

extension ModelResolver {
  /// The components with their elastic units where the nodes have room for them, when all units are wanted.
  mutating func packed(_ components: [Component], in domains: [Domain]) -> [Component] {
    guard components.count == draft.components.count,
      domains.contains(where: { $0.allocatable != nil })
        || components.contains(where: { $0.autoscaling != nil })
    else {
      return components
    }
    var packing = NodePacking(domains + domains.elasticNodes)
    let judgesRoom = draft.judgesRoom
    for (index, component) in components.enumerated() {
      guard let requests = component.requests, !judgesRoom || fitsAnywhere(index, component, packing, domains)
      else {
        continue
      }
      for node in component.units.compactMap(\.domain) { packing.take(requests, on: node) }
    }
    if judgesRoom { checkDeclared(packing, domains) }
    return components.enumerated().map { packed($1, draft.components[$0], &packing, domains) }
  }

  // MARK: Declared units

  private mutating func fitsAnywhere(
    _ index: Int, _ component: Component, _ packing: NodePacking, _ domains: [Domain]
  ) -> Bool {
    let empty = NodePacking(domains)
    let own = draft.components[index]
    guard let requests = own.requests ?? own.placement.limits, let node = component.units.first?.domain,
      !component.units.compactMap(\.domain).contains(where: { empty.fits(requests.value, on: $0) }),
      let room = domains[node].allocatable
    else { return true }
    report(
      "unit-fits-no-node",
      "each unit of \(component.name) asks for \(requests.value.text), and no node has that much: \(domains[node].name) has "
        + room.text, at: requests.location, help: "requests: {cpu: 1, memory: 2 GB}")
    return false
  }

  /// What runs at first must have room where it is.
  private mutating func checkDeclared(_ packing: NodePacking, _ domains: [Domain]) {
    for (pool, domain) in draft.domains.enumerated() {
      guard let location = (domain.allocatable ?? domain.shape.capacity)?.location,
        let room = domains[pool].allocatable,
        let node = domains.nodes(of: pool).first(where: { !packing.fits(.none, on: $0) })
      else { continue }
      report(
        "node-without-room",
        "the units that are on \(domains[node].name) at first ask for \(packing.taken[node].text), and it has \(room.text)",
        at: location,
        help:
          "allocatable: {cpu: \(packing.taken[node].cpu), memory: \(Int(min(packing.taken[node].bytes, 0x1p62))) B}"
      )
    }
  }

  // MARK: Elastic units

  private func packed(
    _ component: Component, _ draft: ComponentDraft, _ packing: inout NodePacking, _ domains: [Domain]
  ) -> Component {
    guard let scaling = component.autoscaling else { return component }
    let role = draft.roles[scaling.role]
    let own = component.roles[scaling.role].units
    let declared = candidates(of: role, units: Array(component.units[own]), domains)
    guard !declared.isEmpty, declared.allSatisfy({ domains[$0].kind == .node }),
      asksItsNodes(component, draft, declared, domains)
    else { return component }
    let further = furtherNodes(of: role, declared, domains)
    let elastic = packed(component, scaling.elastic, &packing, declared: declared, further: further)
    return component.replacing(
      autoscaling: scaling.placing(
        elastic,
        roomFor: own.count + (elastic.firstIndex { $0.domain == nil } ?? elastic.count),
        nodes: declared + further))
  }

  /// Whether units come to nodes with room for them and not to any: there are limits, rules, or nodes that come and go.
  private func asksItsNodes(
    _ component: Component, _ draft: ComponentDraft, _ nodes: [Int], _ domains: [Domain]
  ) -> Bool {
    component.rescheduling != nil || component.placement.canRefuse || isRefused(draft)
      || nodes.contains { node in
        (component.requests != nil && domains[node].allocatable != nil)
          || domains[node].parents.contains { domains[$0].nodeAutoscaling != nil }
      }
  }

  /// The elastic units where there is room when all are wanted.
  private func packed(
    _ component: Component, _ elastic: [Component.Unit], _ packing: inout NodePacking, declared: [Int],
    further: [Int]
  ) -> [Component.Unit] {
    guard let requests = component.requests, let scaling = component.autoscaling else { return elastic }
    let count = component.roles[scaling.role].units.count
    var isFull = false
    return elastic.enumerated().map { offset, unit in
      let turn = (count + offset) % declared.count
      // The units are alike: where one finds no room, none that comes after it does.
      let node =
        isFull ? nil : packing.place(requests, turn: turn, declared: declared, further: further)
      isFull = node == nil
      return Component.Unit(name: unit.name, role: unit.role, domain: node)
    }
  }

  /// The nodes that autoscaling may add to the pools over whose nodes the units are spread.
  private func furtherNodes(of role: RoleDraft, _ declared: [Int], _ domains: [Domain]) -> [Int] {
    guard case .spread = role.placement else { return [] }
    let pools = Set(declared.flatMap { domains[$0].parents }.filter { domains[$0].nodeAutoscaling != nil })
    return domains.elasticNodes.enumerated().compactMap { offset, node in
      node.parents.contains(where: pools.contains) ? domains.count + offset : nil
    }
  }
}
