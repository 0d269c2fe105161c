internal import Diagnostics
internal import Quantities
internal import Resilience
internal import ServiceModel
internal import Stochastics

extension CapacityPlaces {
  /// The pools whose slots calls hold: all but the connections that a component accepts.
  func slots() -> [CapacityLimit] {
    model.policies.pools.filter { !isAccepting($0) }.map { pool in
      let busy = callsInside(pool)
      let units = Double(model.components[pool.component].units.count)
      let taken = Double(pool.pool.used) * units
      let used = busy.map { $0 + taken } ?? (pool.pool.used > 0 ? taken : nil)
      return limit(
        pool.name, .slots, of: Target(component: pool.component), growthPerYear: pool.outlook.growthPerYear,
        alert: pool.outlook.alert
      ) {
        CapacityLoad(used: used, capacity: Double(pool.pool.size * $0.count(pool.component)))
      }
    }
  }

  /// What all the pools that lead to a target may open, and what else is open, against what its units accept.
  ///
  /// A role has its units' share of the limit; what leads to the whole component and what leads to a role are apart.
  func connections() -> [CapacityLimit] {
    let led = destinations()
    let others = model.policies.pools.filter { pool in
      isAccepting(pool) && !led.contains { $0.component == pool.component }
    }
    let targets = led + others.map { Target(component: $0.component) }
    return targets.map { target in
      let leading = leading(to: target)
      let accepting = model.policies.pools.first { isAccepting($0) && $0.component == target.component }
      let isUsedKnown = !leading.isEmpty || (accepting?.pool.used ?? 0) > 0
      let others = (accepting?.pool.used ?? 0) * Survivors(model).count(target)
      return limit(
        model.name(of: target), .connections(from: leading.map(\.name)), of: target,
        // What pools may open does not grow; what else is open may.
        growthPerYear: leading.isEmpty ? accepting?.outlook.growthPerYear : nil,
        alert: accepting?.outlook.alert
      ) { survivors in
        CapacityLoad(
          used: isUsedKnown ? Double(opened(leading, survivors) + others) : nil,
          capacity: accepting.map { Double($0.pool.size * survivors.count(target)) })
      }
    }
  }

  /// What comes in at components between others, against what they may open themselves.
  func handedOn() -> [CapacityLimit] {
    model.components.indices.compactMap { component in
      let incoming = destinations().filter { $0.component == component }.flatMap(leading)
      let outgoing = model.policies.pools.filter {
        $0.component == component && $0.pool.kind == .connections && $0.destination != nil
      }
      guard !incoming.isEmpty, !outgoing.isEmpty else { return nil }
      return limit(
        model.components[component].name, .handedOn, of: Target(component: component)
      ) { survivors in
        CapacityLoad(
          used: Double(opened(incoming, survivors)), capacity: Double(opened(outgoing, survivors)))
      }
    }
  }

  /// The memory that the slots of one unit take when all are in use.
  func slotMemories() -> [CapacityLimit] {
    model.policies.pools.compactMap { pool in
      guard let each = pool.memory else { return nil }
      let load = CapacityLoad(
        used: each.bytes * Double(pool.pool.size), capacity: model.components[pool.component].requests?.bytes)
      return limit("\(pool.name) memory", .slotMemory) { _ in load }
    }
  }

  private func leading(to target: Target) -> [NamedPool] {
    model.policies.pools.filter { $0.destination == target && $0.pool.kind == .connections }
  }

  /// Connections that pools may open at most, with all units that autoscaling may add.
  private func opened(_ pools: [NamedPool], _ survivors: Survivors) -> Int {
    pools.reduce(0) { $0 + $1.pool.size * survivors.countScaledOut($1.component) }
  }

  /// Where pools of connections lead, each once, in the order of the pools.
  private func destinations() -> [Target] {
    var found: [Target] = []
    for pool in model.policies.pools where pool.pool.kind == .connections {
      if let target = pool.destination, !found.contains(target) { found.append(target) }
    }
    return found
  }

  /// Whether a pool is what its component accepts: connections that lead nowhere, hold no calls of its own and serve no
  /// requests.
  private func isAccepting(_ pool: NamedPool) -> Bool {
    pool.pool.kind == .connections && pool.destination == nil && !pool.servesRequests
      && edges(inside: pool).isEmpty
  }

  /// The mean number of calls inside all pools of this name, Σ calls × latency (Little 1961); `nil` where no traffic is
  /// stated. First tries only; a timeout may end some sooner.
  private func callsInside(_ pool: NamedPool) -> Double? {
    let traffic = edges(inside: pool).compactMap { edge -> Double? in
      guard let latency = edge.policies.traffic?.latency, let calls = edge.policies.callsPerHourOfUnit else {
        return nil
      }
      return calls * Double(edge.policies.callers) * latency.mean
    }
    return traffic.isEmpty ? nil : traffic.reduce(0, +)
  }

  func edges(inside pool: NamedPool) -> [PolicyEdge] {
    model.policies.edges.filter { edge in
      guard edge.owner == .component(pool.component) else { return false }
      let dependency = model.components[pool.component].dependencies[edge.dependency]
      if dependency.policies?.bulkhead?.value == pool.name { return true }
      return pool.servesRequests && edge.policies.usualSlots > 0
    }
  }
}
