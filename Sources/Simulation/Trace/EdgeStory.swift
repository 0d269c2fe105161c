internal import Resilience

/// Where the calls of a dependency with policies stand.
struct EdgeStanding {
  var breaker = EdgeState.Breaker.closed
  var calleeIsDown = false
  /// The share of calls that fail, and that get no fallback either.
  var failedShare = 0.0
  var lostShare = 0.0
  /// The share of the caller's requests that it has no slot for.
  var callerRefusedShare = 0.0
  var bulkheadIsFull = false
  var alertFires = false
}

/// The story of one dependency: what has changed since it was last looked at.
///
/// What a breaker tries while the callee is down is counted, and told only where it changes how many calls fail.
struct EdgeStory {
  private var last = EdgeStanding()
  private var tries = 0

  /// What leads to a standing, calls last.
  mutating func steps(to next: EdgeStanding) -> [DependencyStep] {
    defer { last = next }
    var steps = pools(next)
    if let step = breaker(next) { steps.append(step) }
    if next.failedShare != last.failedShare || next.lostShare != last.lostShare {
      steps.append(.calls(failedShare: next.failedShare, lostShare: next.lostShare))
    }
    if next.alertFires != last.alertFires { steps.append(next.alertFires ? .alertFires : .alertStops) }
    return steps
  }

  private func pools(_ next: EdgeStanding) -> [DependencyStep] {
    var steps: [DependencyStep] = []
    if next.bulkheadIsFull != last.bulkheadIsFull {
      steps.append(next.bulkheadIsFull ? .bulkheadFills : .bulkheadIsFree)
    }
    if next.callerRefusedShare != last.callerRefusedShare {
      steps.append(
        next.callerRefusedShare > 0 ? .callerFills(refusedShare: next.callerRefusedShare) : .callerIsFree)
    }
    return steps
  }

  private mutating func breaker(_ next: EdgeStanding) -> DependencyStep? {
    guard next.breaker != last.breaker else { return nil }
    let isFelt =
      !next.calleeIsDown || next.failedShare != last.failedShare || next.lostShare != last.lostShare
    switch next.breaker {
    case .open:
      if last.breaker == .closed {
        tries = 0
        return .breakerOpens(again: false)
      }
      return isFelt ? .breakerOpens(again: true) : nil
    case .halfOpen:
      tries += 1
      return isFelt ? .breakerTries : nil
    case .closed: return .breakerCloses(tries: tries)
    }
  }
}
