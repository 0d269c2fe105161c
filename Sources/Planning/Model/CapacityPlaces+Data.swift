internal import Quantities
internal import Resilience
internal import ServiceModel
internal import Stochastics

extension CapacityPlaces {
  /// Memory and storage: of one unit where each keeps all, of all where each has its part.
  func dataPools() -> [CapacityLimit] {
    model.policies.dataPools.map { pool in
      let all = Double(model.components[pool.component].units.count)
      return limit(
        pool.name, .data(pool.kind, pool.overflow), of: Target(component: pool.component),
        growthPerYear: pool.outlook.growthPerYear,
        alert: pool.outlook.alert
      ) { survivors in
        let left = Double(survivors.count(pool.component))
        switch pool.holding {
        case .copies:
          return CapacityLoad(used: pool.used?.bytes, capacity: left > 0 ? pool.size.bytes : 0)
        case .parts:
          return CapacityLoad(used: pool.used.map { $0.bytes * all }, capacity: pool.size.bytes * left)
        }
      }
    }
  }

  /// What becomes of the work of pools whose calls are stated, in each unit by itself.
  func overflows() -> [PoolOverflow] {
    model.policies.pools.compactMap { named in
      let calls = edges(inside: named).compactMap { edge -> (perHour: Double, hours: Double)? in
        guard let latency = edge.policies.traffic?.latency, let calls = edge.policies.callsPerHourOfUnit
        else { return nil }
        return (calls, latency.mean)
      }
      let perHour = calls.reduce(0) { $0 + $1.perHour }
      guard perHour > 0, let rate = Rate(perHour: perHour),
        let mean = TimeSpan(hours: calls.reduce(0) { $0 + $1.perHour * $1.hours } / perHour),
        let workload = try? Workload(arrivals: rate, service: mean, servers: named.pool.slots)
      else { return nil }
      return PoolOverflow(named, workload)
    }
  }
}
