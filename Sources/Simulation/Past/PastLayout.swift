internal import ServiceGraph
internal import Stochastics

/// The outages and the planned work before time 0 that decide who has roles, which units are starting and how far planned work
/// is then, laid out for the event loop.
struct PastLayout: Sendable {
  /// For each process of the graph that is among them, what keys the stream of its past.
  let keys: [ProcessKey?]
  /// How long before time 0 each process matters, in hours.
  let hours: [Double]
  /// Whether no outage of it matters but the latest.
  let onlyLatest: [Bool]
  /// How long before time 0 each kind of planned work matters, in hours; 0 for one that does not.
  let hoursOfWorks: [Double]
  /// Whether they tell who has roles and which moves are under way; else roles are where the model puts them, and moved
  /// from units that are down.
  let movesRoles: Bool
  /// Whether it is played while live processes run before time 0: both may hit a unit that has to start or has a role, or
  /// these follow the other.
  let isPlayedBesideLive: Bool

  /// `nil` where the past decides nothing.
  init?(_ graph: CompiledGraph, _ live: LiveLayout, plan: SimulationPlan) {
    guard plan.start == .steady else { return nil }
    let roles = graph.pastOfRoles(plan)
    let starts = StartPast(graph)
    let budgets = graph.budgetPast(horizonHours: plan.horizonHours)
    let besideLive = graph.workBesideLive(warmUpHours: live.warmUpHours)
    let followed = besideLive?.works ?? []
    guard roles != nil || starts != nil || budgets != nil || !followed.isEmpty else { return nil }
    movesRoles = roles != nil
    let hasLiveHolders = !graph.liveProcesses.isDisjoint(with: roles?.processes ?? [])
    isPlayedBesideLive = !live.isEmpty && (starts != nil || !followed.isEmpty || hasLiveHolders)
    var hours = [Double](repeating: 0, count: graph.processes.count)
    var hoursOfWorks = [Double](repeating: 0, count: graph.planned.works.count)
    for process in starts?.processes ?? [] { hours[process] = starts?.hours(of: process) ?? 0 }
    for work in starts?.works ?? [] { hoursOfWorks[work] = starts?.hoursOfWorks ?? 0 }
    for process in roles?.processes ?? [] { hours[process] = max(hours[process], roles?.hours ?? 0) }
    for work in roles?.works ?? [] { hoursOfWorks[work] = max(hoursOfWorks[work], roles?.hours ?? 0) }
    for process in budgets?.processes ?? [] { hours[process] = max(hours[process], budgets?.hours ?? 0) }
    for work in budgets?.works ?? [] { hoursOfWorks[work] = max(hoursOfWorks[work], budgets?.hours ?? 0) }
    for work in followed { hoursOfWorks[work] = max(hoursOfWorks[work], besideLive?.hours ?? 0) }
    keys = hours.indices.map {
      hours[$0] > 0 ? ProcessKey(name: "\(graph.processes[$0].name)#past") : nil
    }
    let playing = Set(roles?.processes ?? []).union(budgets?.processes ?? [])
    onlyLatest = hours.indices.map { starts?.latest.contains($0) == true && !playing.contains($0) }
    self.hours = hours
    self.hoursOfWorks = hoursOfWorks
  }
}

extension CompiledGraph {
  /// The past of its roles where a simulation begins in the long run.
  func pastOfRoles(_ plan: SimulationPlan) -> RolePast? {
    guard plan.start == .steady else { return nil }
    return rolePast ?? pastOfMoves(horizonHours: plan.horizonHours)
  }
}
