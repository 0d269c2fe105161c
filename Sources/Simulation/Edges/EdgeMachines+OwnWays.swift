internal import Resilience
internal import ServiceGraph

/// What a callee makes of calls by ways to fail of its own.
extension EdgeMachines {
  /// What units that fail in ways of their own make of calls, each way for itself, with the units.
  ///
  /// Of each component a call meets one unit, here the one that fails most calls. All errors of that unit are met; of what makes it
  /// late, that by which most calls fail, and of several such the one that is latest.
  func effects(ofOwn failing: [FailingUnit], _ edge: Int) -> [(effect: CalleeEffect, units: [Int])] {
    guard !failing.isEmpty else { return [] }
    var ofComponents: [Int: Met] = [:]
    for failingUnit in failing.sorted(by: { $0.unit < $1.unit }) {
      let met = met(failingUnit, edge)
      let component = layout.componentOfUnit[failingUnit.unit]
      if met.failedShare > ofComponents[component]?.failedShare ?? -1 { ofComponents[component] = met }
    }
    let met = ofComponents.values.sorted { $0.unit < $1.unit }
    return Set(met.flatMap(\.processes)).sorted().map { process in
      let own = met.filter { $0.processes.contains(process) }
      var effect = effect(of: process)
      let lateOnes = Set(own.filter { $0.late.first == process }.flatMap(\.late)).sorted()
      if lateOnes.count > 1 {
        effect.makeup = .worst(lateOnes.map { CalleePart(self.effect(of: $0), layout.failures) })
      }
      return (effect, own.map(\.unit))
    }
  }

  private func effect(of process: Int) -> CalleeEffect {
    CalleeEffect(manner: .way(layout.wayOfProcess[process]), source: .process(process))
  }

  /// What a call meets at a unit.
  private struct Met {
    let unit: Int
    /// The share of attempts that fails.
    let failedShare: Double
    /// The processes that are met.
    let processes: [Int]
    /// Those that make it late; the first is met.
    let late: [Int]
  }

  private func met(_ failing: FailingUnit, _ edge: Int) -> Met {
    func lateHours(_ process: Int) -> Double {
      CalleeManner.way(layout.wayOfProcess[process]).lateHours(layout.failures)
    }
    let late = failing.processes.filter { lateHours($0) > 0 }.sorted {
      (failedShare($0, edge), lateHours($0), -$0) > (failedShare($1, edge), lateHours($1), -$1)
    }
    let processes = failing.processes.filter { $0 == late.first || !late.contains($0) }
    let answered = processes.reduce(1.0) { $0 * (1 - failedShare($1, edge)) }
    return Met(unit: failing.unit, failedShare: 1 - answered, processes: processes, late: late)
  }

  /// The share of the attempts of an edge that a process fails.
  private func failedShare(_ process: Int, _ edge: Int) -> Double {
    layout.timings[edge][layout.wayOfProcess[process]].result.failedShare
  }
}
