internal import Diagnostics

extension ModelResolver {
  /// The domains with their parents resolved, nodes of pools generated, and `like:` followed.
  mutating func resolveDomains() -> [Domain] {
    checkNamesAreUnique()
    for (index, domain) in draft.domains.enumerated() { domainIndex[domain.name.value] = index }
    let parents = draft.domains.map { parent(of: $0) }
    reportCircles(parents, names: draft.domains.map(\.name))
    var domains = zip(draft.domains, parents).map { domain, parent in
      Domain(
        name: domain.name.value, kind: domain.kind, parents: parent.map { [$0] } ?? [],
        causeName: domain.name.value,
        modes: domainModes(domain, seen: []).compactMap { resolveMode($0, of: .domain(domain.name.value)) })
    }
    for (index, domain) in draft.domains.enumerated() {
      guard let nodes = domain.nodes else { continue }
      domains += generatedNodes(nodes, pool: index, of: domain, among: domains)
    }
    for (index, domain) in domains.enumerated() { domainIndex[domain.name] = index }
    return domains
  }

  private mutating func checkNamesAreUnique() {
    let names = Set(draft.domains.map(\.name.value))
    for component in draft.components where names.contains(component.name.value) {
      report(
        "name-taken", "\(component.name.value) is a domain already; domains and components share their names",
        at: component.name.location, help: "\(component.name.value)-service:")
    }
  }

  private mutating func parent(of domain: DomainDraft) -> Int? {
    guard let parent = domain.parent else { return nil }
    guard let index = domainIndex[parent.value] else {
      reportUnknown("domain", parent, among: draft.domains.map(\.name.value))
      return nil
    }
    if draft.domains[index].kind.depth >= domain.kind.depth {
      report(
        "domain-order",
        "\(domain.name.value) is a \(domain.kind.rawValue) in the \(draft.domains[index].kind.rawValue) "
          + "\(parent.value); the order is region, zone, pool, node", at: parent.location)
      return nil
    }
    return index
  }

  private mutating func reportCircles(_ parents: [Int?], names: [Located<String>]) {
    for start in parents.indices {
      var steps = 0
      var at = parents[start]
      while let next = at, steps <= parents.count {
        at = parents[next]
        steps += 1
      }
      if at != nil {
        report("domain-circle", "\(names[start].value) is in itself", at: names[start].location)
      }
    }
  }

  /// The modes a domain states, and those of the domain it is like.
  private mutating func domainModes(_ domain: DomainDraft, seen: Set<String>) -> [FailureModeDraft] {
    guard let like = domain.like else { return domain.modes }
    guard let index = draft.domains.firstIndex(where: { $0.name.value == like.value }) else {
      reportUnknown("domain", like, among: draft.domains.map(\.name.value))
      return domain.modes
    }
    guard !seen.contains(domain.name.value) else {
      report("like-circle", "\(domain.name.value) is like itself", at: like.location)
      return domain.modes
    }
    let inherited = domainModes(draft.domains[index], seen: seen.union([domain.name.value]))
    let own = Set(domain.modes.map(\.name.value))
    return domain.modes + inherited.filter { !own.contains($0.name.value) }
  }

  /// The nodes of a pool: `pool-1`, `pool-2`, …, one zone after the other.
  private mutating func generatedNodes(
    _ nodes: NodesDraft, pool: Int, of domain: DomainDraft, among domains: [Domain]
  ) -> [Domain] {
    let zones = domains.indices.filter { domains[$0].kind == .zone }
    if nodes.spreadsOverZones, zones.isEmpty {
      report("no-zones", "the nodes are spread over zones, and the model has none", at: nodes.count.location)
    }
    guard (1...100_000).contains(nodes.count.value) else {
      report("count-range", "\(nodes.count.value) nodes; expected 1 to 100,000", at: nodes.count.location)
      return []
    }
    let modes = nodes.modes.compactMap { resolveMode($0, of: .domain(domain.name.value)) }
    return (0..<nodes.count.value).map { number in
      let zone = nodes.spreadsOverZones && !zones.isEmpty ? [zones[number % zones.count]] : []
      return Domain(
        name: "\(domain.name.value)-\(number + 1)", kind: .node, parents: zone + [pool],
        causeName: domain.name.value, modes: modes)
    }
  }
}

extension Domain.Kind {
  /// How deep this kind of domain lies; a domain is in one that is less deep.
  fileprivate var depth: Int {
    switch self {
    case .region: 0
    case .zone: 1
    case .pool: 2
    case .node: 3
    }
  }
}
