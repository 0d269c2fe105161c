internal import Resilience
internal import ServiceGraph

/// What a callee makes of calls by ways to fail of its own.
extension EdgeMachines {
  /// What units that fail in ways of their own make of calls, each way for itself.
  ///
  /// Of each component a call meets one unit, here the one that fails most calls. All errors of that unit are met; of what makes it
  /// late, that by which most calls fail.
  func effects(ofOwn failing: [FailingUnit], _ edge: Int) -> [CalleeEffect] {
    guard !failing.isEmpty else { return [] }
    var ofComponents: [Int: (failedShare: Double, processes: [Int])] = [:]
    for failingUnit in failing.sorted(by: { $0.unit < $1.unit }) {
      let met = processesMet(failingUnit.processes, edge)
      let failed = 1 - met.reduce(1.0) { $0 * (1 - failedShare($1, edge)) }
      let component = layout.componentOfUnit[failingUnit.unit]
      if failed > ofComponents[component]?.failedShare ?? -1 { ofComponents[component] = (failed, met) }
    }
    return Set(ofComponents.values.flatMap(\.processes)).sorted().map { process in
      CalleeEffect(manner: .way(layout.wayOfProcess[process]), source: .process(process))
    }
  }

  /// The processes that a call meets at a unit.
  private func processesMet(_ processes: [Int], _ edge: Int) -> [Int] {
    func isLate(_ process: Int) -> Bool {
      CalleeManner.way(layout.wayOfProcess[process]).lateHours(layout.failures) > 0
    }
    let latest = processes.filter(isLate).max { (failedShare($0, edge), -$0) < (failedShare($1, edge), -$1) }
    return processes.filter { !isLate($0) || $0 == latest }
  }

  /// The share of the attempts of an edge that a process fails.
  private func failedShare(_ process: Int, _ edge: Int) -> Double {
    layout.timings[edge][layout.wayOfProcess[process]].result.failedShare
  }
}
