internal import Resilience
internal import ServiceGraph

/// What a callee makes of calls by ways to fail of its own.
extension EdgeMachines {
  /// What processes make of calls that make a callee fail in ways of their own; `nil`: there are none.
  ///
  /// Errors of several are independent: 1 − Π (1 − share). Of those that make it late, the one by which most calls fail counts,
  /// and it or the errors, whichever fail more.
  func effect(ofOwn failing: [FailingUnit], _ edge: Int) -> CalleeEffect? {
    let processes = failing.flatMap(\.processes)
    guard let worst = worst(of: processes, edge) else { return nil }
    let way = CalleeEffect(manner: .way(layout.wayOfProcess[worst]), source: .process(worst))
    guard processes.contains(where: { $0 != worst }) else { return way }
    let met = errorsMet(failing, edge)
    guard met.count > 1 else { return way }
    var sum = SerialEffect()
    for process in met {
      let manner = CalleeManner.way(layout.wayOfProcess[process])
      let one = CalleeEffect(manner: manner, source: .process(process))
      sum.add(one, errors: errors(of: manner), lateHours: nil)
    }
    guard sum.failedShare > failedShare(worst, edge), var together = sum.errors else { return way }
    together.parts = met.map { process in
      let share = errors(of: .way(layout.wayOfProcess[process]))?.share ?? 0
      return CalleePart(source: .process(process), failedShare: share)
    }
    return together
  }

  /// The processes whose errors a call meets, ascending: of each component it meets one unit, here the one that fails most
  /// calls.
  private func errorsMet(_ failing: [FailingUnit], _ edge: Int) -> [Int] {
    var ofComponents: [Int: (answered: Double, processes: [Int])] = [:]
    for failingUnit in failing.sorted(by: { $0.unit < $1.unit }) {
      let own = failingUnit.processes.filter { errors(of: .way(layout.wayOfProcess[$0])) != nil }
      let answered = own.reduce(1.0) { $0 * (1 - failedShare($1, edge)) }
      let component = layout.componentOfUnit[failingUnit.unit]
      if answered < ofComponents[component]?.answered ?? 2 { ofComponents[component] = (answered, own) }
    }
    return Set(ofComponents.values.flatMap(\.processes)).sorted()
  }

  /// The process, of some that make a callee fail in ways of their own, by which most calls fail.
  private func worst(of processes: [Int], _ edge: Int) -> Int? {
    processes.max { (failedShare($0, edge), -$0) < (failedShare($1, edge), -$1) }
  }

  /// The share of the attempts of an edge that a process fails.
  private func failedShare(_ process: Int, _ edge: Int) -> Double {
    layout.timings[edge][layout.wayOfProcess[process]].result.failedShare
  }
}
