extension CompiledGraph {
  /// The roles that move between units of which some fail more often, or for longer, than others, or are worked on while
  /// others are not: whoever begins with the roles where the model puts them begins elsewhere than in the long run.
  public var rolesOfUnequalUnits: [String] {
    guard movingRoles.contains(where: { $0.failover != nil }) else { return [] }
    var failuresPerHour = [Double](repeating: 0, count: unitNames.count)
    var unavailability = failuresPerHour
    for process in processes where process.takesDown {
      for unit in process.units {
        failuresPerHour[unit] += process.frequencyPerHour ?? 0
        unavailability[unit] += process.unavailability
      }
    }
    func areEqual(_ figures: [Double], _ units: [Int]) -> Bool {
      let own = units.map { figures[$0] }
      let (low, high) = (own.min() ?? 0, own.max() ?? 0)
      return high - low <= 1e-9 * high
    }
    return movingRoles.compactMap { role in
      guard let failover = role.failover else { return nil }
      let units = role.units + failover.candidates.flatMap { movingRoles[$0].units }
      let areAlike = areEqual(failuresPerHour, units) && areEqual(unavailability, units)
      return areAlike && !isMovedByWork(units) ? nil : role.name
    }
  }

  /// Whether planned work takes some of the units down and leaves others up, to which a role may go.
  private func isMovedByWork(_ units: [Int]) -> Bool {
    planned.works.contains { work in
      work.waves.contains { wave in
        let hit = Set(wave.units + wave.leaving)
        return units.contains { hit.contains($0) } && !units.allSatisfy { hit.contains($0) }
      }
    }
  }
}
