internal import Quantities
internal import ServiceModel

extension CapacityPlaces {
  /// What capabilities ask of components, at the busiest hour of their profiles; equal demands are one row.
  func works() -> [CapacityLimit] {
    model.components.indices.flatMap { component -> [CapacityLimit] in
      var rows: [(demand: WorkDemand, capabilities: [String])] = []
      for capability in model.capabilities {
        for demand in capability.demands where demand.target.component == component && demand.units > 0 {
          let found = WorkDemand(demand, capability.profile)
          if let row = rows.firstIndex(where: { $0.demand == found }) {
            rows[row].capabilities.append(capability.name)
          } else {
            rows.append((found, [capability.name]))
          }
        }
      }
      return rows.map { row in
        limit(
          model.name(of: row.demand.target), .work(capabilities: row.capabilities),
          growthPerYear: row.demand.growthPerYear
        ) {
          CapacityLoad(used: row.demand.units, capacity: Double($0.count(row.demand.target)))
        }
      }
    }
  }

  /// What units ask of the nodes of each pool, summed: more than there is can not be placed, less need not fit.
  func rooms() -> [CapacityLimit] {
    model.domains.indices.flatMap { pool -> [CapacityLimit] in
      guard let each = model.domains[pool].allocatable else { return [] }
      let own = model.domains.nodes(of: pool)
      // A generated node states what its pool does.
      guard !own.isEmpty, model.domains[pool].kind == .pool || own == [pool] else { return [] }
      let asked = requests(onNodes: Set(own))
      guard asked.cpu > 0 || asked.bytes > 0 else { return [] }
      let name = model.domains[pool].name
      func left(_ survivors: Survivors) -> Double { Double(own.count { survivors.hasDomain($0) }) }
      return [
        limit("\(name) CPU", .cpu) { CapacityLoad(used: asked.cpu, capacity: each.cpu * left($0)) },
        limit("\(name) memory", .memory) { CapacityLoad(used: asked.bytes, capacity: each.bytes * left($0)) },
      ]
    }
  }

  private func requests(onNodes nodes: Set<Int>) -> ComputeResources {
    model.components.reduce(.none) { sum, component in
      guard let each = component.requests else { return sum }
      let count = component.units.count { $0.domain.map { nodes.contains($0) } ?? false }
      return (0..<count).reduce(sum) { total, _ in total + each }
    }
  }
}

/// What a capability asks of a target.
private struct WorkDemand: Hashable {
  let target: Target
  let units: Double
  let growthPerYear: Double?

  init(_ demand: Capability.Demand, _ profile: DemandProfile?) {
    target = demand.target
    let busiest = profile.map { profile in
      profile.changes.map { profile.level(atHourOfWeek: $0) }.max() ?? 1
    }
    units = demand.units * (busiest ?? 1)
    growthPerYear = profile.map(\.growthPerYear)
  }
}
