internal import Recovery
internal import Stochastics

/// What decides how far planned work is that disruption budgets keep waiting, when a simulation begins in the long run: the
/// outages and the planned work before time 0.
public struct BudgetPast: Sendable {
  /// The processes that take down units of these budgets, as places among the graph's, ascending.
  public let processes: [Int]
  /// The planned work that does, as places among the graph's, ascending.
  public let works: [Int]
  /// How long before time 0 they matter, in hours.
  public let hours: Double
  /// Whether nothing else takes down units of these budgets, and they matter no longer than that.
  public let isWhole: Bool
}

extension CompiledGraph {
  /// The past of planned work whose waves may wait for a disruption budget; `nil` where none may, and where what is up can not be
  /// told by outages before time 0 alone: units come and go with demand, or wait for crews and spares.
  ///
  /// An occasion gives up what the last one left, so that nothing before it matters but what was under way when it came. The
  /// past is as long as from one occasion to the next and, before that, 20 times the longest outage and wave; as far as that
  /// is no more than 2,000 outages and waves, or than the simulation goes through.
  ///
  /// - Parameter horizonHours: how long the simulation is.
  public func budgetPast(horizonHours: Double) -> BudgetPast? {
    let units = unitsWaitedFor
    guard !units.isEmpty, demand.isEmpty, liveProcesses.isEmpty else { return nil }
    let hitting = processes.indices.filter {
      processes[$0].takesDown && !units.isDisjoint(with: unitsEverHit(byProcess: $0))
    }
    let working = planned.works.indices.filter { planned.works[$0].takes(anyOf: units) }
    let own = hitting.filter { processes[$0].season == nil }
    let works = working.filter { number in planned.works[number].waves.allSatisfy(\.leaving.isEmpty) }
    let outages = own.map {
      max(processes[$0].coveringOutageHours ?? 0, processes[$0].meanHoursUntilStarted ?? 0)
    }
    let waves = works.map { planned.works[$0].takes.mean }
    let rounds = works.map { planned.works[$0].longestRoundHours }
    let events = own.reduce(works.reduce(0) { $0 + planned.works[$1].wavesPerHour }) {
      $0 + (processes[$1].frequencyPerHour ?? 0)
    }
    guard events > 0 else { return nil }
    let hours = rounds.reduce(0, max) + 20 * (outages.reduce(0, max) + waves.reduce(0, max))
    let most = max(CompiledGraph.mostPastEvents / events, horizonHours)
    return BudgetPast(
      processes: own, works: works, hours: min(hours, most),
      isWhole: own.count == hitting.count && works.count == working.count && hours <= most)
  }

  /// Whether planned work may wait for a budget before time 0 in a way that no past tells.
  ///
  /// - Parameter horizonHours: how long the simulation is.
  public func beginsBesideBudgets(horizonHours: Double) -> Bool {
    !unitsWaitedFor.isEmpty && budgetPast(horizonHours: horizonHours)?.isWhole != true
  }

  /// The units of budgets that bound some work, and that something else takes down as well.
  private var unitsWaitedFor: Set<Int> {
    var units: Set<Int> = []
    for budget in planned.budgets where budget.kept > 0 {
      let own = Set(budget.units)
      let works = planned.works.count { $0.takes(anyOf: own) }
      guard works > 0 else { continue }
      let isElsewise =
        works > 1
        || processes.indices.contains {
          processes[$0].takesDown && !own.isDisjoint(with: unitsEverHit(byProcess: $0))
        }
      if isElsewise { units.formUnion(own) }
    }
    return units
  }
}

extension CompiledPlannedWork.Work {
  /// Whether some wave takes some of these units, or lets them leave.
  fileprivate func takes(anyOf units: Set<Int>) -> Bool {
    waves.contains { !units.isDisjoint(with: $0.units) || !units.isDisjoint(with: $0.leaving) }
  }

  /// The longest time from one occasion to the next; a window may come but once a week.
  fileprivate var longestRoundHours: Double { everyHours + (window == nil ? 0 : OnCallHours.weekHours) }

  fileprivate var wavesPerHour: Double { Double(waves.count) / everyHours }
}
