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
          model.name(of: row.demand.target), .work(capabilities: row.capabilities), of: row.demand.target,
          growthPerYear: row.demand.growthPerYear
        ) {
          CapacityLoad(used: row.demand.units, capacity: Double($0.count(row.demand.target)))
        }
      }
    }
  }

  /// What units ask of the nodes of each pool, summed: more than there is can not be placed, less need not fit.
  func rooms() -> [CapacityLimit] {
    nodePools().flatMap { pool in
      room(of: pool, sum(onNodesOf: pool, \.requests), .cpu, .memory, alerts: pool.shape)
    }
  }

  /// What units may take of the nodes of each pool, summed; what states no limits counts as what it asks for.
  func roomsByLimits() -> [CapacityLimit] {
    nodePools().flatMap { pool -> [CapacityLimit] in
      guard sum(onNodesOf: pool, { $0.placement.limits }) != .none else { return [] }
      return room(of: pool, sum(onNodesOf: pool, \.mostTaken), .cpuLimits, .memoryLimits)
    }
  }

  private func room(
    of pool: NodePool, _ asked: ComputeResources, _ cpu: CapacityLimit.Kind, _ memory: CapacityLimit.Kind,
    alerts: NodeShape = .unstated
  ) -> [CapacityLimit] {
    guard asked.cpu > 0 || asked.bytes > 0 else { return [] }
    return [
      limit("\(pool.name) CPU", cpu, alert: alerts.cpuAlert) {
        CapacityLoad(used: asked.cpu, capacity: pool.room($0).cpu)
      },
      limit("\(pool.name) memory", memory, alert: alerts.memoryAlert) {
        CapacityLoad(used: asked.bytes, capacity: pool.room($0).bytes)
      },
    ]
  }

  /// What the units on the nodes of a pool come to, of what each states.
  func sum(
    onNodesOf pool: NodePool, _ each: (Component) -> ComputeResources?
  ) -> ComputeResources {
    model.components.reduce(.none) { sum, component in
      guard let each = each(component) else { return sum }
      return sum + each.times(pool.units(of: component).count)
    }
  }

  /// The pools, and nodes of their own, that say what they have for units.
  func nodePools() -> [NodePool] {
    model.domains.indices.compactMap { pool in
      guard let each = model.domains[pool].allocatable else { return nil }
      let own = model.domains.nodes(of: pool)
      // A generated node states what its pool does.
      guard !own.isEmpty, model.domains[pool].kind == .pool || own == [pool] else { return nil }
      return NodePool(
        name: model.domains[pool].name, nodes: own, each: each, shape: model.domains[pool].shape)
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
