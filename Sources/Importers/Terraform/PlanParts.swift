/// What one side of a plan comes to: parts of a model with their costs, and what costs nothing or is not supported.
struct PlanParts {
  /// A resource that becomes a part of the model.
  struct Entry {
    let resource: PlannedResource
    let part: PlannedPart
    let region: String?
    let costs: [PlannedCost]
  }

  /// The parts, sorted by address.
  private(set) var entries: [Entry] = []
  /// Resources that cost nothing by themselves.
  private(set) var free: [PlannedResource] = []
  /// Resources whose price is not known to relmodel.
  private(set) var unsupported: [PlannedResource] = []

  /// - Parameter region: of resources of which the plan does not say it.
  init(_ side: PlanSide, region: String?) {
    let context = PlanContext(side, region: region)
    for resource in side.resources { add(resource, context) }
  }

  private mutating func add(_ resource: PlannedResource, _ context: PlanContext) {
    guard let mapping = ResourceMappings.mapping(of: resource.type) else {
      if FreeResources.contains(resource.type) { free.append(resource) } else { unsupported.append(resource) }
      return
    }
    guard let part = mapping.part(resource, context) else { return free.append(resource) }
    let region = context.regions.region(of: resource)
    let costs = part.costs.map { $0.cost(of: resource, units: part.units.count, in: region) }
    entries.append(Entry(resource: resource, part: part, region: region, costs: costs))
  }
}

extension PlannedPart.Units {
  /// How many there are; `nil` when the plan does not say.
  var count: Int? {
    switch self {
    case .one: 1
    case .many(let count): count
    case .roles(let standbys, let readers, _): 1 + standbys + readers
    }
  }
}
