/// Why no allocation keeps to the limits, and how little would be enough.
extension RedundancyPlanner {
  /// What stands in the way.
  public enum Obstacle: Sendable, Hashable {
    /// No design of a subsystem fits, even if all else took its least: it alone needs so much of a resource.
    case subsystem(Int, resource: Int, least: Double)
    /// The subsystems at their least need more of a resource than there is.
    case resource(Int, least: Double)
    /// With the other limits as they are, so much of a resource is needed for limits and target.
    case together(resource: Int, least: Double)
    /// The target is not reached with more of any one resource.
    case target(best: Double?)
  }

  /// What stands in the way of a question without an answer: the resources of which more would help, with the least that
  /// is enough while the others stay as they are.
  public func obstacles(target: Double) -> [Obstacle] {
    let simple = simpleObstacles
    if !simple.isEmpty { return simple }
    let relaxed = limits.indices.filter { limits[$0].isFinite }.compactMap { resource -> Obstacle? in
      least(of: resource, target: target).map { .together(resource: resource, least: $0) }
    }
    return relaxed.isEmpty ? [.target(best: best(.unavailability)?.unavailability)] : relaxed
  }

  private var simpleObstacles: [Obstacle] {
    let least = subsystems.map { $0.leastUse(limits.count) }
    var found: [Obstacle] = []
    for resource in limits.indices {
      let roomy = limits[resource] + 1e-9 * abs(limits[resource])
      for (place, least) in least.enumerated() where least[resource] > roomy {
        found.append(.subsystem(place, resource: resource, least: least[resource]))
      }
      let sum = least.reduce(0) { $0 + $1[resource] }
      if sum > roomy { found.append(.resource(resource, least: sum)) }
    }
    return found
  }

  /// The least of a resource with the other limits as they are; `nil` when sixteen times the limit is not enough.
  private func least(of resource: Int, target: Double) -> Double? {
    var wider = limits
    for _ in 0..<4 {
      wider[resource] *= 2
      if let plan = best(.use(resource), limits: wider, target: target) { return plan.use[resource] }
    }
    return nil
  }
}
