public import CloudCost
internal import Diagnostics
internal import FoundationEssentials
internal import Quantities
public import ServiceModel

extension Model {
  /// The model whose pools and nodes have for units what their machines have, where they state nothing themselves.
  ///
  /// What a node keeps for its system and for daemons is not taken off, since nobody stated it.
  ///
  /// - Parameter book: holds the facts of instance types.
  /// - Returns: the model, and in words what was taken from where; empty when nothing was.
  public func withRoomOfMachines(_ book: PriceBook) -> (model: Model, taken: [String]) {
    var taken: [String] = []
    var rooms: [Int: ComputeResources] = [:]
    for entry in costs.entries {
      guard case .domain(let domain) = entry.owner, entry.scope == .node, entry.kind.kind == EC2Instance.kind,
        domains[domain].allocatable == nil, rooms[domain] == nil,
        let type = entry.resource.text("type")?.value,
        let facts = book.facts(of: type, service: "ec2", in: entry.region),
        let room = ComputeResources(facts)
      else { continue }
      rooms[domain] = room
      taken.append("\(entry.ownerName): \(room.text) on each node, all that a \(type) has")
    }
    return (stating(allocatable: rooms), taken)
  }

  /// Whether a pool or node buys machines and does not say what they have for units.
  public var leavesRoomToMachines: Bool {
    costs.entries.contains { entry in
      guard case .domain(let domain) = entry.owner else { return false }
      return entry.scope == .node && entry.kind.kind == EC2Instance.kind && domains[domain].allocatable == nil
    }
  }
}

extension ComputeResources {
  /// All that an instance type has; `nil` for numbers that are none.
  fileprivate init?(_ facts: InstanceFacts) {
    guard let cpu = Double("\(facts.vcpu)"), let memory = Double("\(facts.memoryGiB)"),
      let size = DataSize(bytes: memory * 1_073_741_824)
    else { return nil }
    self.init(cpu: cpu, memory: size)
  }
}
