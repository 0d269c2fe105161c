internal import Diagnostics
internal import Quantities

extension ModelResolver {
  /// The domains with their parents resolved, nodes of pools generated, and `like:` followed.
  mutating func resolveDomains() -> [Domain] {
    checkNamesAreUnique()
    for (index, domain) in draft.domains.enumerated() { domainIndex[domain.name.value] = index }
    let inherited = inheritedModes()
    var domains: [Domain] = []
    for (index, domain) in draft.domains.enumerated() {
      let parents = parent(of: domain).map { [$0] } ?? []
      let modes = resolveModes(inherited[index], ofDomain: index)
      domains.append(
        Domain(
          name: domain.name.value, kind: domain.kind, parents: parents, causeName: domain.name.value,
          modes: modes, planned: resolvePlanned(domain.planned, of: domain.name.value),
          allocatable: resolveAllocatable(of: domain), nodeAutoscaling: resolveNodeAutoscaling(of: domain),
          shape: resolveShape(of: domain)))
    }
    for (index, domain) in draft.domains.enumerated() {
      if let nodes = domain.nodes {
        domains += generatedNodes(nodes, pool: index, of: domain, among: domains)
      }
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
      reportUnknown("domain", parent, among: domainNames)
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

  /// The modes of each domain: those it states, and those of the domain it is like.
  private mutating func inheritedModes() -> [[FailureModeDraft]] {
    var modes = [[FailureModeDraft]?](repeating: nil, count: draft.domains.count)
    for start in draft.domains.indices where modes[start] == nil {
      var chain = [start]
      var inherited: [FailureModeDraft] = []
      while let next = model(of: chain[chain.count - 1]) {
        if let known = modes[next] {
          inherited = known
          break
        }
        guard !chain.contains(next) else {
          let domain = draft.domains[start]
          let place = domain.like?.location ?? domain.name.location
          report("like-circle", "\(domain.name.value) is like itself", at: place)
          break
        }
        chain.append(next)
      }
      for index in chain.reversed() {
        let own = Set(draft.domains[index].modes.map(\.name.value))
        inherited = draft.domains[index].modes + inherited.filter { !own.contains($0.name.value) }
        modes[index] = inherited
      }
    }
    return modes.map { $0 ?? [] }
  }

  /// The domain that a domain is like.
  private mutating func model(of index: Int) -> Int? {
    guard let like = draft.domains[index].like else { return nil }
    if let found = domainIndex[like.value] { return found }
    reportUnknown("domain", like, among: domainNames)
    return nil
  }

  /// The nodes of a pool: `pool-1`, `pool-2`, …, one zone after the other.
  private mutating func generatedNodes(
    _ nodes: NodesDraft, pool: Int, of domain: DomainDraft, among domains: [Domain]
  ) -> [Domain] {
    guard domain.kind == .pool else {
      report(
        "nodes-without-pool", "\(domain.name.value) is a \(domain.kind.rawValue); nodes: belong to a pool",
        at: nodes.count.location, help: "kind: pool")
      return []
    }
    let zones = domains.indices.filter { domains[$0].kind == .zone }
    if nodes.spreadsOverZones, zones.isEmpty {
      report("no-zones", "the nodes are spread over zones, and the model has none", at: nodes.count.location)
    }
    guard (1...100_000).contains(nodes.count.value) else {
      report("count-range", "\(nodes.count.value) nodes; expected 1 to 100,000", at: nodes.count.location)
      return []
    }
    guard takePlaces(nodes.count) else { return [] }
    let modes = nodes.modes.compactMap { resolveMode($0, of: .domain(domain.name.value, data: nil)) }
    reportTaken(by: domain, count: max(nodes.count.value, domain.autoscaling?.value.most.value ?? 0))
    return (0..<nodes.count.value).map { number in
      let zone = nodes.spreadsOverZones && !zones.isEmpty ? [zones[number % zones.count]] : []
      return Domain(
        name: "\(domain.name.value)-\(number + 1)", kind: .node, parents: zone + [pool],
        causeName: domain.name.value, modes: modes, planned: [], allocatable: domains[pool].allocatable,
        nodeAutoscaling: nil, shape: domains[pool].shape)
    }
  }
}

extension ModelResolver {
  /// Counts units and nodes against what one model may have.
  mutating func takePlaces(_ count: Located<Int>) -> Bool {
    places += count.value
    guard places <= ModelResolver.placeLimit else {
      report(
        "too-large", "the model has more than \(grouped(ModelResolver.placeLimit)) units and nodes",
        at: count.location)
      return false
    }
    return true
  }

  /// Reports names of generated nodes that something else bears.
  private mutating func reportTaken(by pool: DomainDraft, count: Int) {
    let prefix = "\(pool.name.value)-"
    for name in draft.domains.map(\.name) + draft.components.map(\.name) where name.value.hasPrefix(prefix) {
      guard let number = Int(name.value.dropFirst(prefix.count)), (1...count).contains(number) else {
        continue
      }
      report(
        "name-taken", "\(name.value) is the name of a node of the pool \(pool.name.value)", at: name.location)
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
