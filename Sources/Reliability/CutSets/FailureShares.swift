internal import ServiceGraph

/// How much of an outage a role that moves, or a position that a spare fills, is down because of it: what chains say
/// about one failure at a time.
///
/// With these shares the sum over minimal cut sets agrees with the chains as long as failures seldom meet.
struct FailureShares {
  /// A component with spares, or whose units share their load.
  struct Pool {
    /// The dependent group, by its place.
    let group: Int
    let component: Int
    let units: [Int]
    /// The processes that the chain counts.
    let processes: Set<Int>
    let spares: Int
    /// The share of the time with one unit failed in which no spare has taken over.
    let share: Double
  }

  /// The moves of roles, each driven by one process.
  let moves: [FailoverOutage.Move]
  let pools: [Pool]
  /// The roles with a chain that lend their units and are not the first to do so: no rule says who holds them at rest.
  let lent: Set<Int>
  /// For processes that a chain counts: which count they are part of.
  let counts: [Int: Int]
  let laws: [JointLaw]

  /// Shares below this are rounding.
  private static let least = 1e-13

  init(_ graph: CompiledGraph, failovers: [FailoverModule], modules: [DependentModule]) {
    let solved = Set(failovers.flatMap(\.roles))
    let means = FailoverOutage(graph: graph)
    let open = graph.movingRoles.indices.filter { !solved.contains($0) }
    moves = failovers.flatMap(Self.moves) + open.flatMap { means.moves(ofRole: $0) }
    let first = Set(graph.movingRoles.compactMap { $0.failover?.candidates.first })
    lent = solved.filter { graph.movingRoles[$0].failover == nil && !first.contains($0) }
    let laws = JointLaw.all(modules)
    self.laws = laws
    counts = Dictionary(
      uniqueKeysWithValues: laws.enumerated().flatMap { number, law in law.processes.map { ($0, number) } })
    pools = modules.indices.flatMap { number in
      let census = modules[number].census
      let pools = graph.dependentGroups[number].pools
      return pools.indices.map { Self.pool($0, census, group: number, component: pools[$0].component) }
    }
  }

  private static func moves(_ failover: FailoverModule) -> [FailoverOutage.Move] {
    var moves: [FailoverOutage.Move] = []
    for (processes, shares) in zip(failover.census.processes, failover.census.sharesAlone) {
      for (bits, share) in shares where share > least {
        let roles = failover.roles.indices.filter { bits >> $0 & 1 == 1 }.map { failover.roles[$0] }
        moves += processes.map {
          FailoverOutage.Move(role: roles[0], others: Array(roles.dropFirst()), process: $0, share: share)
        }
      }
    }
    return moves
  }

  private static func pool(_ number: Int, _ census: DependentCensus, group: Int, component: Int) -> Pool {
    let pool = census.pools[number]
    let spares = pool.units.count - pool.running
    let own = census.classes.indices.filter { census.classes[$0].pool == number }
    var (time, empty) = (0.0, 0.0)
    for entry in census.entries where own.reduce(0, { $0 + entry.failed[$1] }) == 1 {
      time += entry.chance
      empty += entry.chance * Double(max(0, pool.running - entry.working[number]))
    }
    let share = spares > 0 && time > 0 ? min(1, empty / time) : 0
    return Pool(
      group: group, component: component, units: pool.units.sorted(),
      processes: Set(own.flatMap { census.classes[$0].processes }), spares: spares,
      share: share > least ? share : 0)
  }
}

extension FailureNetwork.Moves {
  /// The moves of the roles that no chain was solved for.
  func moves(_ graph: CompiledGraph, solved failovers: [FailoverModule]) -> [FailoverOutage.Move] {
    switch self {
    case .settled: return []
    case .shares(let shares): return shares.moves
    case .approximate:
      let solved = Set(failovers.flatMap(\.roles))
      let means = FailoverOutage(graph: graph)
      return graph.movingRoles.indices.filter { !solved.contains($0) }.flatMap { means.moves(ofRole: $0) }
    }
  }

  /// A mark for each process that is not one variable with all that hit the same units: what drives roles away stands
  /// for itself, as do failures of places that some units leave, and units that a chain counts are apart from others.
  func apart(_ moves: [FailoverOutage.Move], _ left: [Int]) -> [Int: Int] {
    var marks: [Int: Int] = [:]
    if case .shares(let shares) = self {
      for (process, count) in shares.counts { marks[process] = -1 - count }
    }
    for process in moves.map(\.process) + left { marks[process] = process }
    return marks
  }
}
