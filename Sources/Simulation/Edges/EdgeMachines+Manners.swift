internal import Resilience
internal import ServiceGraph

/// What becomes of the calls of a dependency, as those who call its caller meet it.
extension EdgeMachines {
  /// How the caller of an edge treats calls for what becomes of its own; `nil`: as usual.
  ///
  /// - Parameter isHard: whether it can not answer without this one.
  func effect(_ edge: Int, isHard: Bool) -> CalleeManner? {
    let (lost, callerLost) = shares(edge)
    let failed = isHard ? 1 - (1 - lost) * (1 - callerLost) : callerLost
    guard failed > 0 || isOpen(edge) else { return nil }
    let own = average(edge)
    let isRefused = isRefusing(edge)
    if failed > 0 {
      let hours = isRefused ? own.schedule.refusedSpanHours : own.failedCallHours
      return .errors(share: failed > 1 - 1e-12 ? 1 : failed, afterHours: failed == callerLost ? 0 : hours)
    }
    guard isHard, let manner = manner(edge) else { return nil }
    if isRefused { return .late(hours: own.schedule.refusedSpanHours) }
    if own.result.failedShare == 1 { return .late(hours: own.failedCallHours) }
    // Slow answers that nothing gives up are as slow for those further up.
    return own.result.failedShare == 0 && manner.isSlow(layout.failures.ways) ? manner : nil
  }

  /// How a callee treats calls for what becomes of its own, where it would answer them itself; `nil`: as usual.
  ///
  /// - Returns: the manner, and the edge that has most to do with it.
  func effect(of plan: CalleePlan) -> (manner: CalleeManner, edge: Int)? {
    var (answered, failed, failedHours, worst) = (1.0, 0.0, 0.0, (share: 0.0, edge: 0))
    var slow: (manner: CalleeManner, edge: Int)?
    var late = (hours: 0.0, edge: 0)
    for edge in plan.further {
      switch effect(edge, isHard: layout.edges[edge].isHard) {
      case nil: break
      case .errors(let share, let hours)?:
        answered *= 1 - share
        (failed, failedHours) = (failed + share, failedHours + share * hours)
        if share > worst.share { worst = (share, edge) }
      case .late(let hours)?: if hours > late.hours { late = (hours, edge) }
      case .way?: slow = manner(edge).map { ($0, edge) }
      }
    }
    if failed > 0 { return (.errors(share: 1 - answered, afterHours: failedHours / failed), worst.edge) }
    if let slow, plan.lateFromHours < .infinity { return slow }
    return late.hours > plan.lateFromHours ? (.late(hours: late.hours), late.edge) : nil
  }
}

extension EdgeMachines {
  /// The process, of some that make a callee fail in ways of their own, by which most calls fail, and its way.
  func worst(of processes: [Int], _ edge: Int) -> (process: Int, way: Int)? {
    let failing = processes.map { (process: $0, way: layout.wayOfProcess[$0]) }
    func share(_ way: Int) -> Double { layout.edges[edge].timings[way].result.failedShare }
    return failing.max { (share($0.way), -$0.process) < (share($1.way), -$1.process) }
  }
}

extension CalleeManner {
  fileprivate func isSlow(_ ways: [CalleeFailure]) -> Bool {
    if case .way(let way) = self, case .slow = ways[way] { true } else { false }
  }
}
