public import CloudCost
internal import Diagnostics
internal import FoundationEssentials
internal import Quantities
public import ServiceModel

extension Model {
  /// The model whose pools and nodes have for units what their machines have, where they state nothing themselves.
  ///
  /// What a node keeps for its system and for daemons is taken off as far as it is stated.
  ///
  /// - Parameter book: holds the facts of instance types.
  /// - Returns: the model, and in words what was taken from where; empty when nothing was.
  public func withRoomOfMachines(_ book: PriceBook) -> (model: Model, taken: [String]) {
    var taken: [String] = []
    var rooms: [Int: ComputeResources] = [:]
    for (domain, type, region) in statedMachines {
      guard domains[domain].allocatable == nil, let facts = book.facts(of: type, service: "ec2", in: region),
        let room = ComputeResources(facts)
      else { continue }
      rooms[domain] = room.without(domains[domain].shape.withheld)
      taken.append("\(domains[domain].name): \(roomText(room, of: domain)) \(type) has")
    }
    for entry in costs.entries {
      guard case .domain(let domain) = entry.owner, entry.scope == .node, entry.kind.kind == EC2Instance.kind,
        domains[domain].allocatable == nil, rooms[domain] == nil,
        let type = entry.resource.text("type")?.value,
        let facts = book.facts(of: type, service: "ec2", in: entry.region),
        let room = ComputeResources(facts)
      else { continue }
      rooms[domain] = room.without(domains[domain].shape.withheld)
      taken.append("\(entry.ownerName): \(roomText(room, of: domain)) \(type) has")
    }
    return (stating(allocatable: rooms), taken)
  }

  private func roomText(_ room: ComputeResources, of domain: Int) -> String {
    let withheld = domains[domain].shape.withheld
    let left = room.without(withheld).text
    return "\(left) on each node, "
      + (withheld == .none ? "all that a" : "without the \(withheld.text) withheld of what a")
  }

  /// The pools and nodes that say what machine a node is, with the region whose prices count.
  private var statedMachines: [(domain: Int, type: String, region: String)] {
    domains.indices.compactMap { domain in
      guard let type = domains[domain].shape.machine, domains[domain].causeName == domains[domain].name,
        let region = machineRegion(of: domain)
      else { return nil }
      return (domain, type, region)
    }
  }

  /// The region of AWS that a pool or node is in, by the name of a place; else that whose prices the model asks for.
  public func machineRegion(of domain: Int) -> String? {
    let places = domains.chain(from: domain) + domains.nodes(of: domain).flatMap { domains.chain(from: $0) }
    return places.lazy.compactMap { AWSRegion(of: self.domains[$0].name)?.code }.first ?? costs.region
  }

  /// The tables of a price book that stated machines need.
  public var machineTables: Set<PriceBookReader.Wanted> {
    Set(statedMachines.map { PriceBookReader.Wanted(service: "ec2", region: $0.region) })
  }

  /// Whether a pool or node buys or states machines and does not say what they have for units.
  public var leavesRoomToMachines: Bool {
    statedMachines.contains { domains[$0.domain].allocatable == nil }
      || costs.entries.contains { entry in
        guard case .domain(let domain) = entry.owner else { return false }
        return entry.scope == .node && entry.kind.kind == EC2Instance.kind
          && domains[domain].allocatable == nil
      }
  }
}

extension ComputeResources {
  /// What is left once something is taken off; nothing where that is more.
  fileprivate func without(_ withheld: ComputeResources) -> ComputeResources {
    withheld.fits(in: self) ? self - withheld : .none
  }

  /// All that an instance type has; `nil` for numbers that are none.
  init?(_ facts: InstanceFacts) {
    guard let cpu = Double("\(facts.vcpu)"), let memory = Double("\(facts.memoryGiB)"),
      let size = DataSize(bytes: memory * 1_073_741_824)
    else { return nil }
    self.init(cpu: cpu, memory: size)
  }
}
