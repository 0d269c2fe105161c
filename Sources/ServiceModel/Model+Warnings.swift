public import Diagnostics
internal import Quantities

extension Model {
  /// What is possible, and most likely not meant.
  public var warnings: [Diagnostic] {
    plannedWarnings + retryWarnings
      + capabilities.flatMap { warnings(ofDemands: $0) }
  }

  /// Work of which all units together can not do enough even when the least of it is asked for.
  private func warnings(ofDemands capability: Capability) -> [Diagnostic] {
    let level = capability.profile?.leastLevel ?? 1
    return capability.demands.compactMap { demand in
      let working = mostWorking(demand.target)
      let asked = demand.units * level
      guard asked > Double(working) else { return nil }
      let name = name(of: demand.target)
      let served = significant(100 * Double(working) / asked, digits: 3)
      return Diagnostic(
        .warning, slug: "demand-above-units",
        "\(capability.name) asks \(name) for the work of \(shortest(asked)) units, and \(working) "
          + "\(working == 1 ? "works" : "work") at most: no more than \(served) % is ever served",
        at: demand.location, help: "demand: {\(name): \(working)}")
    }
  }

  /// The most units that ever do the work of a target; of several roles, of the one with the fewest.
  private func mostWorking(_ target: Target) -> Int {
    let component = components[target.component]
    let roles = target.role.map { [$0] } ?? Array(component.roles.indices)
    let counts = roles.map { role in
      if let scaling = component.autoscaling, scaling.role == role { return scaling.most }
      return component.standby?.running ?? component.roles[role].units.count
    }
    return counts.min() ?? 0
  }
}
