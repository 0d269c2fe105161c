internal import Diagnostics
internal import Recovery

extension ModelResolver {
  /// The modes of a domain, without those that last as long as a restore: what is restored is known once units are placed.
  mutating func resolveModes(_ modes: [FailureModeDraft], ofDomain index: Int) -> [FailureMode] {
    let restoring = modes.filter(\.lastsAsLongAsRestore)
    if !restoring.isEmpty { restoringModes[index] = modes }
    let owner = ModeOwner.domain(draft.domains[index].name.value, data: nil)
    return modes.filter { !$0.lastsAsLongAsRestore }.compactMap { resolveMode($0, of: owner) }
  }

  /// The domains with the modes that last as long as the restore of the one store that is all in them.
  mutating func resolveRestores(of components: [Component], in domains: [Domain]) -> [Domain] {
    var domains = domains
    for index in draft.domains.indices {
      guard let modes = restoringModes[index] else { continue }
      let stores = components.filter { $0.data != nil && $0.isWithin(index, of: domains) }
      let resolved = modes.compactMap { mode in
        mode.lastsAsLongAsRestore
          ? restoringMode(mode, of: draft.domains[index], holding: stores)
          : domains[index].modes.first { $0.name == mode.name.value }
      }
      domains[index] = domains[index].replacing(modes: resolved)
    }
    return domains
  }

  private mutating func restoringMode(
    _ mode: FailureModeDraft, of domain: DomainDraft, holding stores: [Component]
  ) -> FailureMode? {
    let name = domain.name.value
    if stores.count == 1, let data = stores[0].data {
      return resolveMode(mode, of: .domain(name, data: data.surviving(isReplicaHit: true)))
    }
    // Where a place states the loss of what it does not hold, that is what is reported.
    let isInherited = !domain.modes.contains { $0.name.location == mode.name.location }
    guard isInherited || !stores.isEmpty else { return nil }
    let held =
      stores.isEmpty ? "no data" : "the data of \(stores.map { $0.name }.joined(separator: ", "))"
    report(
      "outage-length",
      "\(mode.name.value) lasts as long as the restore of what is lost, and \(name) holds \(held); expected one "
        + "component with data, or how long it lasts", at: mode.name.location, help: "recover: 3 h")
    return nil
  }

  /// A place whose failure loses data holds all units of some component with data.
  mutating func checkDomainLosses(_ components: [Component], _ domains: [Domain]) {
    for domain in draft.domains {
      for mode in domain.modes { checkLosses(of: mode, in: domain, isOfNodes: false, components, domains) }
      for mode in domain.nodes?.modes ?? [] {
        checkLosses(of: mode, in: domain, isOfNodes: true, components, domains)
      }
    }
  }

  private mutating func checkLosses(
    of mode: FailureModeDraft, in domain: DomainDraft, isOfNodes: Bool, _ components: [Component],
    _ domains: [Domain]
  ) {
    guard let loses = mode.loses else { return }
    let places = domains.indices.filter { place in
      let isOwn =
        isOfNodes
        ? domains[place].causeName == domain.name.value && domains[place].name != domain.name.value
        : domains[place].name == domain.name.value
      return isOwn
        || domains[place].modes.contains {
          $0.name == mode.name.value && $0.location == mode.name.location
        }
    }
    let stores = components.filter { component in
      component.data != nil && places.contains { component.isWithin($0, of: domains) }
    }
    if stores.isEmpty {
      report(
        "no-data",
        "\(mode.name.value) loses data, and no component with data has all its units in \(domain.name.value)",
        at: loses.location, help: "leave loses: out")
    } else if loses.value == .failover, stores.allSatisfy({ $0.data?.outsideReplica == nil }) {
      report(
        "no-replica",
        "\(mode.name.value) takes down all of \(stores.map { $0.name }.joined(separator: ", ")), and nothing elsewhere "
          + "takes over", at: loses.location, help: "leave loses: out, or state what is lost: loses: volume")
    }
  }
}

extension FailureModeDraft {
  /// Whether it loses data and nothing says how long it takes to recover.
  var lastsAsLongAsRestore: Bool {
    guard let loses, loses.value != .failover else { return false }
    return switch length {
    case .unstated: frequency.needsLength
    case .parts(_, _, recover: nil): true
    default: false
    }
  }
}
