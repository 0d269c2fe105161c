/// The planned work that changes what live processes do, before a simulation begins in the long run: spares take over from the
/// units that it takes, detectors that need them can not see, and operating clocks stand still.
public struct WorkBesideLive: Sendable {
  /// The work that is played before time 0, as places among the graph's, ascending.
  public let works: [Int]
  /// How long before time 0 it matters, in hours.
  public let hours: Double
  /// Whether all such work is played, for as long as live processes run.
  public let isWhole: Bool
}

extension CompiledGraph {
  /// The past of such work; `nil` where there is none.
  ///
  /// It is played for as long as live processes run before time 0, up to 2,000 waves. Where demand decides which units run,
  /// and where units leave their nodes for it, it is not played.
  ///
  /// - Parameter warmUpHours: how long live processes run before time 0.
  public func workBesideLive(warmUpHours: Double) -> WorkBesideLive? {
    let units = unitsFollowedByLive
    let own = planned.works.indices.filter { number in
      planned.works[number].waves.contains {
        !units.isDisjoint(with: $0.units) || !units.isDisjoint(with: $0.leaving)
      }
    }
    guard !own.isEmpty else { return nil }
    let works = own.filter { number in
      demand.isEmpty && planned.works[number].waves.allSatisfy(\.leaving.isEmpty)
    }
    let waves = works.reduce(0) {
      $0 + Double(planned.works[$1].waves.count) / planned.works[$1].everyHours
    }
    let hours = waves > 0 ? min(warmUpHours, CompiledGraph.mostPastEvents / waves) : 0
    return WorkBesideLive(
      works: works, hours: hours, isWhole: works.count == own.count && hours >= warmUpHours)
  }

  /// The units whose ups and downs change what live processes do: those that stand by or share their load, those that detectors
  /// need, and those that age on operating clocks.
  private var unitsFollowedByLive: Set<Int> {
    let groups = liveGroups
    let spares = groups.flatMap { $0.pools.flatMap(\.units) }
    let seen = units(below: Set(watched.compactMap(\.gate)).sorted())
    let ageing = groups.flatMap(\.processes).filter { processes[$0].situation.clock != .calendar }
    return ageing.reduce(into: seen.union(spares)) { $0.formUnion(unitsEverHit(byProcess: $1)) }
  }
}
