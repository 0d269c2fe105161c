internal import ServiceModel

extension CapacityPlaces {
  /// For each pool of nodes on which something states a priority: with everything up, and after each loss that leaves some of
  /// its nodes and not room for all.
  func sheddings() -> [Shedding] {
    nodePools().flatMap { pool -> [Shedding] in
      let units = model.components.indices.compactMap { SheddableUnits($0, model.components[$0], in: pool) }
      guard units.contains(where: { $0.priority != nil }) else { return [] }
      let planner = SheddingPlanner(model: model, pool: pool, units: units)
      let losses = (nodes + zones).map { (name: Optional($0.name), room: pool.room($0.survivors)) }
      let short = losses.filter {
        $0.room != pool.room(all) && $0.room != .none && !planner.asked.fits(in: $0.room)
      }
      return ([(name: nil, room: pool.room(all))] + short).map {
        planner.shedding(lost: $0.name, room: $0.room)
      }
    }
  }
}

/// The units of a component that may go.
struct SheddableUnits {
  let component: Int
  let name: String
  let count: Int
  let each: ComputeResources
  let priority: UnitPriority?

  init?(_ index: Int, _ component: Component, in pool: NodePool) {
    let own = pool.units(of: component)
    guard !own.isEmpty, let each = component.mostTaken else { return nil }
    (self.component, name, count) = (index, component.name, own.count)
    (self.each, priority) = (each, component.priority)
  }
}

/// Chooses who goes.
struct SheddingPlanner {
  let model: Model
  let pool: NodePool
  let units: [SheddableUnits]

  /// More ways than this are not compared.
  static let mostWays = 20_000

  var asked: ComputeResources { units.reduce(.none) { $0 + $1.each.times($1.count) } }

  func shedding(lost: String?, room: ComputeResources) -> Shedding {
    var gone = [Int](repeating: 0, count: units.count)
    var isProved = true
    for priority in UnitPriority.allCases where !left(gone).fits(in: room) {
      let own = units.indices.filter { units[$0].priority == priority }
      var all = gone
      for index in own { all[index] = units[index].count }
      if left(all).fits(in: room) {
        (gone, isProved) = fewest(of: own, beside: gone, room: room)
      } else {
        gone = all
      }
    }
    return Shedding(
      pool: pool.name, lost: lost, room: room, rungs: rungs, steps: steps(gone),
      lostCapabilities: LostCapabilities(model, without: goneByComponent(gone)).names,
      suffices: left(gone).fits(in: room), isProved: isProved)
  }

  private func left(_ gone: [Int]) -> ComputeResources {
    units.indices.reduce(.none) { $0 + units[$1].each.times(units[$1].count - gone[$1]) }
  }

  private func goneByComponent(_ gone: [Int]) -> [Int: Int] {
    Dictionary(uniqueKeysWithValues: units.indices.map { (units[$0].component, gone[$0]) })
  }

  // MARK: The last priority

  /// Of one priority, as little as makes the rest fit.
  private func fewest(
    of own: [Int], beside gone: [Int], room: ComputeResources
  ) -> (gone: [Int], isProved: Bool) {
    let ways = own.reduce(1.0) { $0 * Double(units[$1].count + 1) }
    guard ways <= Double(SheddingPlanner.mostWays) else {
      return (largestFirst(of: own, beside: gone, room: room), false)
    }
    var best: (gone: [Int], lost: Int, freed: Double)?
    for way in 0..<Int(ways) {
      var (next, rest) = (gone, way)
      for index in own {
        next[index] = rest % (units[index].count + 1)
        rest /= units[index].count + 1
      }
      guard left(next).fits(in: room) else { continue }
      let freed = share(own.reduce(.none) { $0 + units[$1].each.times(next[$1]) }, of: room)
      if let best, best.lost == 0, freed >= best.freed { continue }
      let lost = LostCapabilities(model, without: goneByComponent(next)).names.count
      if let best, (best.lost, best.freed) <= (lost, freed) { continue }
      best = (next, lost, freed)
    }
    return (best?.gone ?? gone, true)
  }

  private func largestFirst(of own: [Int], beside gone: [Int], room: ComputeResources) -> [Int] {
    var next = gone
    let order = own.enumerated().sorted {
      (-share(units[$0.element].each, of: room), $0.offset)
        < (-share(units[$1.element].each, of: room), $1.offset)
    }.map(\.element)
    for index in order {
      while next[index] < units[index].count, !left(next).fits(in: room) { next[index] += 1 }
    }
    return next
  }

  /// CPU and memory alike, each as a share of what there is.
  private func share(_ part: ComputeResources, of room: ComputeResources) -> Double {
    (room.cpu > 0 ? part.cpu / room.cpu : 0) + (room.bytes > 0 ? part.bytes / room.bytes : 0)
  }

  // MARK: What is told

  private func steps(_ gone: [Int]) -> [Shedding.Step] {
    UnitPriority.allCases.flatMap { priority in
      units.indices.filter { units[$0].priority == priority && gone[$0] > 0 }.map { index in
        Shedding.Step(
          component: units[index].name, priority: priority, units: gone[index], of: units[index].count,
          freed: units[index].each.times(gone[index]))
      }
    }
  }

  /// What matters most first; what states no priority does not go, and comes first.
  private var rungs: [Shedding.Rung] {
    var sum = ComputeResources.none
    let priorities = [nil] + UnitPriority.allCases.reversed().map(Optional.some)
    return priorities.compactMap { priority in
      let own = units.filter { $0.priority == priority }
      guard !own.isEmpty else { return nil }
      let asked = own.reduce(ComputeResources.none) { $0 + $1.each.times($1.count) }
      sum = sum + asked
      return Shedding.Rung(
        priority: priority, components: own.map(\.name), asked: asked, upToHere: sum)
    }
  }
}
