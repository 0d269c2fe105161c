internal import CloudCost
internal import FoundationEssentials
public import ServiceModel

/// What is followed of a resource under an agreement: the resource, or one of its instances.
public struct AgreedMember: Sendable, Hashable {
  /// The name under which it is asked about: the resource's path, or that with the name of a unit or node.
  public let name: String
  /// The component or domain whose uptime it is.
  public let owner: CostEntry.Owner
  /// The unit of the component that it is; `nil`: the component as a whole.
  public let unit: Int?

  /// Something to be followed.
  public init(name: String, owner: CostEntry.Owner, unit: Int?) {
    (self.name, self.owner, self.unit) = (name, owner, unit)
  }
}

/// Why nothing says when a resource is down.
struct UntoldUptime: Error {
  let reason: String
}

extension Model {
  /// The most instances of a resource that are followed one by one.
  private static var mostMembers: Int { 100 }

  /// What is followed of a resource that belongs to an owner, or why nothing says when it is down.
  func members(
    of entry: CostEntry, _ owner: CostEntry.Owner, _ agreement: ServiceLevelAgreement
  ) -> Result<[AgreedMember], UntoldUptime> {
    switch owner {
    case .model:
      return .failure(
        UntoldUptime(
          reason:
            "it belongs to no component, so nothing says when it is down; --of \(entry.path)=COMPONENT does"))
    case .domain(let pool) where domains[pool].kind == .pool: return nodes(of: pool, entry, agreement)
    case .domain: return .success([AgreedMember(name: entry.path, owner: owner, unit: nil)])
    case .component(let index):
      let units = components[index].units
      guard agreement.isOfEach, units.count > 1 || entry.count > 1 else {
        return .success([AgreedMember(name: entry.path, owner: owner, unit: nil)])
      }
      return each(entry, of: units.count, "units of \(components[index].name)") { unit in
        AgreedMember(
          name: entry.path + units[unit].name.dropFirst(components[index].name.count), owner: owner,
          unit: unit)
      }
    }
  }

  private func nodes(
    of pool: Int, _ entry: CostEntry, _ agreement: ServiceLevelAgreement
  ) -> Result<[AgreedMember], UntoldUptime> {
    guard agreement.isOfEach else {
      return .failure(UntoldUptime(reason: "it is promised as one, and belongs to the nodes of a pool"))
    }
    guard domains[pool].nodeAutoscaling == nil else {
      return .failure(UntoldUptime(reason: "nodes of \(domains[pool].name) come and go"))
    }
    let nodes = domains.indices.filter { domains[$0].kind == .node && domains[$0].parents.contains(pool) }
    return each(entry, of: nodes.count, "nodes of \(domains[pool].name)") { node in
      AgreedMember(
        name: entry.path + "/" + domains[nodes[node]].name, owner: .domain(nodes[node]), unit: nil)
    }
  }

  /// One member for each part of an owner that has the same whole number of instances.
  private func each(
    _ entry: CostEntry, of parts: Int, _ what: String, _ member: (Int) -> AgreedMember
  ) -> Result<[AgreedMember], UntoldUptime> {
    let instances = entry.scope == .once ? entry.count : entry.count * Decimal(parts)
    let share = parts > 0 ? instances / Decimal(parts) : 0
    guard share >= 1, Int("\(share)") != nil else {
      return .failure(
        UntoldUptime(
          reason:
            "each is promised by itself, and nothing says which of the \(instances) is which of the \(parts) \(what)"
        ))
    }
    guard parts <= Self.mostMembers else {
      return .failure(UntoldUptime(reason: "more than \(Self.mostMembers) \(what) would have to be followed"))
    }
    return .success((0..<parts).map(member))
  }
}
