internal import Quantities
internal import Resilience
internal import ServiceGraph
internal import Stochastics

/// What becomes of the calls of a dependency, as those who call its caller meet it.
extension EdgeMachines {
  /// Whether something is left of an outage that those who call the caller may meet.
  func matters(_ edge: Int) -> Bool { isOpen(edge) || shares(edge).callerLost > 0 }

  /// How the caller of an edge treats calls for what becomes of its own; `nil`: as usual.
  ///
  /// - Parameter patienceHours: how long those further up wait for an answer.
  private func effect(_ edge: Int, patienceHours: Double) -> CalleeManner? {
    let isHard = layout.edges[edge].isHard
    let (lost, callerLost) = shares(edge)
    guard matters(edge) else { return nil }
    let own = average(edge)
    let isRefused = isRefusing(edge)
    let late = isHard && !isRefused && manner(edge) != nil ? own.retriedShare(afterHours: patienceHours) : 0
    let failed = isHard ? max(1 - (1 - lost) * (1 - callerLost), late) : callerLost
    if failed > 0 {
      let hours = isRefused ? own.schedule.refusedSpanHours : own.failedCallHours
      return .errors(share: failed > 1 - 1e-12 ? 1 : failed, afterHours: failed == callerLost ? 0 : hours)
    }
    guard isHard, let manner = manner(edge) else { return nil }
    if isRefused { return .late(hours: own.schedule.refusedSpanHours) }
    if own.result.failedShare == 1 { return .late(hours: own.failedCallHours) }
    // Late answers that nothing gives up are as late for those further up.
    return own.result.failedShare == 0 && meanHours(of: manner) != nil ? manner : nil
  }

  /// How long answers take on average where a manner is to answer late; `nil` for others.
  private func meanHours(of manner: CalleeManner) -> Double? {
    switch manner {
    case .late(let hours): return hours
    case .errors: return nil
    case .way(let way):
      guard case .slow(let law) = layout.failures.ways[way] else { return nil }
      return law.mean
    }
  }

  /// The share of calls that a manner fails for a timeout of an edge or of one above it, or by itself.
  private func failedShare(_ manner: CalleeManner, _ plan: CalleePlan) -> Double {
    switch manner {
    case .errors(let share, _): return share
    case .late(let hours): return hours > plan.shortestPatienceHours ? 1 : 0
    case .way(let way):
      switch layout.failures.ways[way] {
      case .failsFast(let share, _): return share.value
      case .hangs: return 1
      case .slow(let law):
        return plan.shortestPatienceHours < .infinity ? law.survival(plan.shortestPatienceHours) : 0
      }
    }
  }

  /// How a callee treats calls for what becomes of its own, made one after the other, where it would answer them itself;
  /// `nil`: as usual.
  ///
  /// - Returns: the manner, and the edge that has most to do with it.
  func effect(of plan: CalleePlan) -> (manner: CalleeManner, edge: Int)? {
    var (answered, failed, failedHours, worst) = (1.0, 0.0, 0.0, (share: 0.0, edge: 0))
    var late: (manner: CalleeManner, hours: Double, edge: Int)?
    for edge in plan.further {
      guard let found = effect(edge, patienceHours: plan.patienceHours) else { continue }
      if case .errors(let share, let hours) = found {
        answered *= 1 - share
        (failed, failedHours) = (failed + share, failedHours + share * hours)
        if share > worst.share { worst = (share, edge) }
      } else if let hours = meanHours(of: found), hours > 0 {
        let sum = (late?.hours ?? 0) + hours
        late = (late == nil ? found : .late(hours: sum), sum, edge)
      }
    }
    if let late, late.hours > plan.lateFromHours, failedShare(late.manner, plan) >= 1 - answered {
      return (late.manner, late.edge)
    }
    return failed > 0 ? (.errors(share: 1 - answered, afterHours: failedHours / failed), worst.edge) : nil
  }

  /// What a callee makes of calls that fails in a way of its own while its own calls fail as well; `isOwn`: the way of its own
  /// makes most of them fail.
  func both(
    _ way: CalleeManner, _ effect: CalleeManner, _ plan: CalleePlan
  ) -> (manner: CalleeManner, isOwn: Bool) {
    let (own, other) = (failedShare(way, plan), failedShare(effect, plan))
    if own >= 1 || other == 0 { return (way, true) }
    guard case .errors(_, let hours) = effect, other < 1, own > 0 else { return (effect, false) }
    return (.errors(share: 1 - (1 - own) * (1 - other), afterHours: hours), own > other)
  }

  /// The process, of some that make a callee fail in ways of their own, by which most calls fail, and its way.
  func worst(of processes: [Int], _ edge: Int) -> (process: Int, way: Int)? {
    let failing = processes.map { (process: $0, way: layout.wayOfProcess[$0]) }
    func share(_ way: Int) -> Double { layout.edges[edge].timings[way].result.failedShare }
    return failing.max { (share($0.way), -$0.process) < (share($1.way), -$1.process) }
  }
}
