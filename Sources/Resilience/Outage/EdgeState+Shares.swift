/// How calls and attempts fare.
extension EdgeState {
  /// The share of calls that fail now, fallback not counted: 0, all, or those of a callee that fails in part.
  public func failedShare(_ timings: EdgeTimings) -> Double {
    let failed = mixed.excessHours > 0 ? 1 : isFailing ? min(1, passedFailedShare(timings)) : 0
    return callerIsDown ? failed + (1 - failed) * callerRefusedShare(timings) : failed
  }

  /// The same of the calls that the caller has slots for, once the first ones have run out of attempts; above 1 while more
  /// fail than arrive.
  func passedFailedShare(_ timings: EdgeTimings) -> Double {
    if mixed.isUnderWay, breaker != .closed || !isBulkheadFull {
      return mixed.failedShare(atHours: chargedHours, timings.schedule)
    }
    switch breaker {
    case .open: return 1
    case .halfOpen:
      return halfOpenFailedShare(ofLetThrough: timings.callFailedShare(ofProbes: probes), timings)
    case .closed: break
    }
    return calleeIsDown || isBulkheadFull && timings.refusal != nil ? closedFailedShare(timings) : 1
  }

  /// The share of calls that the caller has no slot for now.
  public func callerRefusedShare(_ timings: EdgeTimings) -> Double {
    guard callerIsDown else { return 0 }
    return chargedHours < burstUntilHours ? 1 : timings.callerRefusedShare
  }

  /// When the first of the calls leave that have filled the caller's pool in one burst, so that it refuses a share from then on.
  func burstEndHours(_ timings: EdgeTimings) -> Double {
    callerIsDown && chargedHours < burstUntilHours && timings.callerRefusedShare < 1
      ? burstUntilHours : .infinity
  }

  /// The share of calls that fail whose attempts are made while the breaker is closed.
  func closedFailedShare(_ timings: EdgeTimings) -> Double {
    guard isBulkheadFull, let refusal = timings.refusal else { return timings.callFailedShare }
    return calleeIsDown ? refusal.callFailedShare : refusal.callRefusedShare
  }

  /// The share of calls that get neither an answer nor a fallback now.
  public func lostShare(_ timings: EdgeTimings) -> Double {
    lostShare(ofFailed: failedShare(timings), timings)
  }

  func lostShare(ofFailed failed: Double, _ timings: EdgeTimings) -> Double {
    callerIsDown || chargedHours >= fallbackUntilHours ? failed : failed * (1 - timings.fallback.share)
  }

  /// The share of attempts that fail now.
  func attemptFailedShare(_ timings: EdgeTimings) -> Double {
    switch breaker {
    case .open: 1
    case .halfOpen: halfOpenFailedShare(ofLetThrough: fate(timings).failedShare, timings)
    case .closed:
      if calleeIsDown, isBulkheadFull, let refusal = timings.refusal {
        refusal.failedShare
      } else {
        calleeIsDown ? timings.result.failedShare : 0
      }
    }
  }

  /// - Parameter failed: the share that fails of what the breaker lets through to a callee that is down.
  private func halfOpenFailedShare(ofLetThrough failed: Double, _ timings: EdgeTimings) -> Double {
    if calleeIsDown { return fate(timings).halfOpenFailedShare(ofLetThrough: failed) }
    return isDoomed ? 1 : timings.halfOpenFailedShareWhenUp
  }

  /// What becomes of the probes under way while the callee is down.
  func fate(_ timings: EdgeTimings) -> ProbeFate { probes ?? timings.meanProbes }
}
