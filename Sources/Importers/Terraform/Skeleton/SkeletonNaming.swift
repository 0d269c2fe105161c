/// Gathers equal instances of a resource into one part, joins what belongs to others, and gives names.
struct SkeletonNaming {
  private(set) var parts: [SkeletonPart] = []

  /// - Parameter taken: names that are not given.
  init(_ plan: PlanParts, taken: Set<String>) {
    var joined: [ResourceAddress: [PlanParts.Entry]] = [:]
    var groups: [[PlanParts.Entry]] = []
    var places: [String: Int] = [:]
    let owners = Set(plan.entries.filter(\.isOwner).map(\.resource.address))
    for entry in plan.entries {
      if case .other(let address) = entry.part.owner, owners.contains(address) {
        joined[address, default: []].append(entry)
      }
    }
    for entry in plan.entries where entry.isOwner {
      let key = Self.key(of: entry, joined: joined[entry.resource.address] ?? [])
      if let key, let place = places[key] {
        groups[place].append(entry)
      } else {
        if let key { places[key] = groups.count }
        groups.append([entry])
      }
    }
    parts = groups.map { Self.part($0, joined: $0.flatMap { joined[$0.resource.address] ?? [] }) }
    name(groups, taken: taken)
  }

  /// What instances have in common that become replicas of one component; `nil` for one that stays alone.
  private static func key(of entry: PlanParts.Entry, joined: [PlanParts.Entry]) -> String? {
    guard entry.part.owner == .component, entry.part.units == .one, entry.resource.address.key != nil else {
      return nil
    }
    let costs = (entry.costs + joined.flatMap(\.costs)).map {
      "\($0.part) \($0.kind) \($0.bought ?? "") \(FlowText.text($0.stated))"
    }
    return "\(entry.resource.address.resource) \(entry.region ?? "") \(costs.joined(separator: " "))"
  }

  private static func part(_ group: [PlanParts.Entry], joined: [PlanParts.Entry]) -> SkeletonPart {
    let first = group[0]
    let isGroup = group.count > 1
    let zones = group.map(\.part.zones)
    let all = group + joined
    let readers = joined.map(\.part.zones)
    return SkeletonPart(
      name: "", title: isGroup ? first.resource.address.resource : first.resource.address.text,
      owner: first.part.owner, units: isGroup ? .many(group.count) : first.part.units,
      members: zones.allSatisfy { $0.count == 1 } ? zones.flatMap { $0 } : [],
      zones: Set(zones.flatMap { $0 }).sorted(),
      readers: readers.allSatisfy { $0.count == 1 } ? readers.flatMap { $0 } : [], region: first.region,
      costs: costs(all, isGroup: isGroup), notes: unique(all.flatMap(\.part.notes)))
  }

  /// The costs of a part; of instances that became replicas those of one, for each unit.
  private static func costs(_ entries: [PlanParts.Entry], isGroup: Bool) -> [SkeletonCost] {
    let costs = entries.flatMap(\.costs)
    let perUnit = costs.contains(where: \.isPerUnit)
    var names = UniqueNames()
    return SkeletonCost.named(costs).map { one in
      let part = one.cost.part
      return SkeletonCost(
        name: names.name(part), equals: one.equals, isPerUnit: perUnit ? one.cost.isPerUnit : isGroup)
    }
  }

  private static func unique(_ notes: [String]) -> [String] {
    var seen: Set<String> = []
    return notes.filter { seen.insert($0).inserted }
  }

  // MARK: Names

  /// Names that say nothing by themselves.
  private static let generic: Set<String> = [
    "main", "this", "default", "self", "primary", "instance", "example",
  ]

  private mutating func name(_ groups: [[PlanParts.Entry]], taken: Set<String>) {
    var parts: [String: Int] = [:]
    for group in groups { parts[group[0].resource.address.resource, default: 0] += 1 }
    let wanted = groups.map { group in
      Self.name(of: group[0], isAlone: group.count > 1 || parts[group[0].resource.address.resource] == 1)
    }
    var times: [String: Int] = [:]
    for name in wanted { times[UniqueNames.valid(name), default: 0] += 1 }
    var names = UniqueNames(taken: taken)
    for index in self.parts.indices {
      let isTaken = times[UniqueNames.valid(wanted[index]), default: 0] > 1
      self.parts[index].name = names.name(
        isTaken ? "\(wanted[index])-\(groups[index][0].part.noun)" : wanted[index])
    }
  }

  /// Modules and the resource's own name; of one that says nothing what it is; of one of several its key.
  private static func name(of entry: PlanParts.Entry, isAlone: Bool) -> String {
    let address = entry.resource.address
    var steps: [String] = []
    for module in address.modules { steps += [module.name] + (module.key.map { [$0] } ?? []) }
    steps.append(generic.contains(address.name) ? entry.part.noun : address.name)
    if !isAlone, let key = address.key { steps.append(key) }
    return steps.joined(separator: "-")
  }
}

extension PlanParts.Entry {
  /// Whether it becomes a component or pool of its own.
  var isOwner: Bool { part.owner == .component || part.owner == .pool }
}
