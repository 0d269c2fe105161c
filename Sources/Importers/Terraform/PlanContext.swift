/// What a mapping may ask about the rest of a plan.
struct PlanContext {
  let side: PlanSide
  let regions: RegionFinder
  private let joined: [Join: [ResourceAddress: [PlannedResource]]]

  /// An attribute by which resources of a type belong to another.
  struct Join: Hashable {
    let type: String
    let attribute: String
    let targets: [String]
  }

  init(_ side: PlanSide, region: String?) {
    self.side = side
    regions = RegionFinder(side, stated: region)
    var joined: [Join: [ResourceAddress: [PlannedResource]]] = [:]
    for resource in side.resources {
      for join in ResourceMappings.joins(of: resource.type) {
        guard let target = side.target(of: resource, through: join.attribute, types: join.targets) else {
          continue
        }
        joined[join, default: [:]][target.address, default: []].append(resource)
      }
    }
    self.joined = joined
  }

  /// The resources that belong to another by a join, sorted by address.
  func resources(_ join: Join, to resource: PlannedResource) -> [PlannedResource] {
    joined[join]?[resource.address] ?? []
  }

  /// The resource that one belongs to by a join; `nil` when it is not in the plan.
  func target(_ join: Join, of resource: PlannedResource) -> PlannedResource? {
    side.target(of: resource, through: join.attribute, types: join.targets)
  }

  /// The zones that the units of a resource can be in.
  func zones(of resource: PlannedResource, through subnets: String...) -> [String] {
    regions.zones(of: resource, subnets: subnets)
  }
}
