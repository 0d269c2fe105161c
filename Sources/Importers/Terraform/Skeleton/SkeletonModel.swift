internal import CloudCost

/// The parts of a plan as places, components and costs of a model.
struct SkeletonModel {
  /// The regions with what is in them, sorted.
  let regions: [String]
  /// The zones, sorted; each with its region.
  let zones: [String]
  /// Groups of nodes.
  let pools: [SkeletonPart]
  /// What runs.
  let components: [SkeletonPart]
  /// What only costs.
  let costs: [SkeletonCost]

  init(_ parts: PlanParts, zones subnets: [String]) {
    let places = Set(subnets + parts.entries.flatMap { $0.part.zones + ($0.region.map { [$0] } ?? []) })
    let named = SkeletonNaming(parts, taken: places.union(["service", "workload"])).parts
    pools = named.filter { $0.owner == .pool }
    components = named.filter { $0.owner == .component }
    let all = Set(subnets + named.flatMap(\.zones))
    zones = all.filter { AWSRegion(of: $0) != nil }.sorted()
    costs = SkeletonCost.named(parts.entries.filter { $0.part.owner == .service }.flatMap(\.costs))
    let said = named.compactMap(\.region) + costs.compactMap(\.cost.region)
    regions = Set(said + zones.compactMap { AWSRegion(of: $0)?.code }).sorted()
  }
}

/// A component or pool of the model.
struct SkeletonPart {
  var name: String
  /// The address, or that of the resource whose instances it holds.
  let title: String
  let owner: PlannedPart.Owner
  /// How many equal instances it holds, with its units.
  let units: PlannedPart.Units
  /// The zone of each instance, where each has one.
  let members: [String]
  /// The zones that its units can be in, sorted.
  let zones: [String]
  /// The zone of each of its readers, where each has one.
  let readers: [String]
  let region: String?
  let costs: [SkeletonCost]
  let notes: [String]
}

/// An entry under `costs:`.
struct SkeletonCost {
  var name: String
  /// The costs that are equal and written once.
  let equals: [PlannedCost]
  /// Whether it is counted by unit or node.
  let isPerUnit: Bool

  /// What is written.
  var cost: PlannedCost { equals[0] }

  /// How many, of each unit or in all.
  var count: Int { isPerUnit ? 1 : equals.compactMap(\.count).reduce(0, +) }

  /// Equal costs of one resource written once, under names that differ.
  static func named(_ costs: [PlannedCost]) -> [SkeletonCost] {
    var order: [String] = []
    var groups: [String: [PlannedCost]] = [:]
    for cost in costs {
      let key =
        "\(cost.resource) \(cost.part) \(cost.kind) \(cost.bought ?? "") \(cost.region ?? "") "
        + FlowText.text(cost.stated)
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(cost)
    }
    var names = UniqueNames()
    return order.map { key in
      let group = groups[key] ?? []
      return SkeletonCost(name: names.name(group[0].entryName), equals: group, isPerUnit: false)
    }
  }
}

extension PlannedCost {
  /// The address without the key in brackets at its end.
  var resource: String {
    guard address.hasSuffix("]"), let bracket = address.lastIndex(of: "[") else { return address }
    return String(address[..<bracket])
  }

  /// A name for the entry: the resource's own and the part.
  var entryName: String {
    let own = resource.split(separator: ".").last.map(String.init) ?? part
    return own == part ? part : "\(own)-\(part)"
  }
}

/// Names that are valid in a model and differ from each other.
struct UniqueNames {
  private var taken: Set<String> = []
  private var numbers: [String: Int] = [:]

  /// - Parameter taken: names that are not given.
  init(taken: Set<String> = []) { self.taken = taken }

  /// A text as a name that was not given before.
  mutating func name(_ text: String) -> String {
    let plain = Self.valid(text)
    var name = plain
    while !taken.insert(name).inserted {
      let number = numbers[plain, default: 1] + 1
      numbers[plain] = number
      name = "\(plain)-\(number)"
    }
    return name
  }

  /// A text with everything replaced that a name can not hold.
  static func valid(_ text: String) -> String {
    var name = ""
    for character in text.unicodeScalars {
      let isPlain =
        character.isASCII && (character.properties.isAlphabetic || character.properties.numericType != nil)
      if isPlain || character == "_" {
        name.unicodeScalars.append(character)
      } else if !name.hasSuffix("-"), !name.isEmpty {
        name += "-"
      }
    }
    while name.hasSuffix("-") { name.removeLast() }
    while name.hasPrefix("_") { name.removeFirst() }
    return name.isEmpty ? "part" : String(name.prefix(90))
  }
}
