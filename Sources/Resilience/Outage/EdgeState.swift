/// One dependency through an outage of its callee: a state machine on time, without requests.
///
/// It knows nothing of the future: whoever drives it tells when the callee goes down and comes back, asks for
/// ``nextChangeHours`` and calls ``advance(toHours:_:)`` then. It holds numbers only and allocates nothing. All methods take
/// the timings that the outage began with.
public struct EdgeState: Sendable {
  /// What the breaker does.
  public enum Breaker: UInt8, Sendable { case closed, open, halfOpen }

  /// What the breaker does now.
  public private(set) var breaker = Breaker.closed
  /// Whether the callee is down.
  public private(set) var calleeIsDown = false
  /// Whether the caller is down for everything, its slots all taken.
  public private(set) var callerIsDown = false
  /// Whether the bulkhead is full and refuses calls.
  public private(set) var isBulkheadFull = false
  /// What has happened since the last ``reset()``.
  public private(set) var outcome = EdgeOutcome()
  /// When something changes unless the callee does; ∞ when nothing will.
  public private(set) var nextChangeHours = Double.infinity
  /// When the share of calls that fail may change unless the callee does: a breaker that only probes a callee that stays
  /// down, and opens again, changes nothing for anybody. Never before ``nextChangeHours``.
  public private(set) var nextLossChangeHours = Double.infinity

  /// Whether calls fail as a consequence: the first ones have run out of attempts.
  private var isFailing = false
  /// Those that fail after a callee that failed in part has got worse.
  private var turning = TurningShare()
  private var hasExhaustionPassed = false
  private var hasCredit = false
  /// Whether the probes under way were sent before the callee returned.
  private var isDoomed = false
  private var downSinceHours = 0.0
  /// Failed time when the callee went down.
  private var countedBeforeHours = 0.0
  private var fallbackUntilHours = 0.0
  private var breakerSinceHours = 0.0
  private var breakerUntilHours = Double.infinity
  private var armedHours = 0.0
  /// When the calls that fill the caller's pool, or are about to, began to arrive.
  private var fillingSinceHours = 0.0
  private var drainedHours = Double.infinity
  private var bulkheadUntilHours = Double.infinity
  /// When late time-outs open the breaker, and when calls fail for it.
  private var lateOpeningHours = Double.infinity
  private var lateFailingHours = Double.infinity
  private var chargedHours = 0.0
  /// What the breaker takes to open in the outage under way, or the last.
  private var opensAfterHours = Double.infinity
  /// For how long attempts that fail in it are still answered if the callee comes back.
  private var maskedHours = 0.0
  /// From when to when calls are seen to fail that had waited in vain when the callee returned: they come so much later than
  /// those that found it down.
  private var strandedHours = (from: Double.infinity, until: Double.infinity)
  /// How much later an outage in which the breaker opened was seen for them, and when it opened.
  private var owedHours = 0.0
  private var openedHours = 0.0

  /// Whether the slots of the caller are followed apart, with the calls to its other callees, in a ``SharedPool``.
  private let sharesSlots: Bool

  /// Everything is well.
  public init(sharesSlots: Bool = false) { self.sharesSlots = sharesSlots }

  /// Whether all is well again, so that the outcome is complete.
  public var isSettled: Bool {
    !calleeIsDown && breaker == .closed && !callerIsDown
      && min(bulkheadUntilHours, lateOpeningHours) == .infinity && !holdsStrandedCalls
  }

  /// Whether calls are still to fail that had waited in vain when the callee returned.
  public var holdsStrandedCalls: Bool { strandedHours.until < .infinity }

  /// Forgets the outcome; call it when settled.
  public mutating func reset() { outcome = EdgeOutcome() }

  /// The share of calls that fail now, fallback not counted: 0, all, or those of a callee that fails in part.
  public func failedShare(_ timings: EdgeTimings) -> Double {
    let failed = isFailing ? passedFailedShare(timings) : turnedFailedShare(timings) ?? 0
    return callerIsDown ? failed + (1 - failed) * timings.callerRefusedShare : failed
  }

  /// The same of the calls that the caller has slots for, once the first ones have run out of attempts.
  private func passedFailedShare(_ timings: EdgeTimings) -> Double {
    switch breaker {
    case .open: return 1
    case .halfOpen:
      return isDoomed && !calleeIsDown ? 1 : timings.halfOpenFailedShare(calleeIsDown: calleeIsDown)
    case .closed: break
    }
    if isBulkheadFull, let refusal = timings.refusal {
      return calleeIsDown ? refusal.callFailedShare : refusal.callRefusedShare
    }
    guard calleeIsDown else { return 1 }
    return turnedFailedShare(timings) ?? timings.callFailedShare
  }

  /// The same while some of those calls have made attempts before the callee got worse; `nil`: none has.
  private func turnedFailedShare(_ timings: EdgeTimings) -> Double? {
    guard turning.hasBegun, turning.isActive(atHours: chargedHours, timings.schedule) else { return nil }
    return turning.share(atHours: chargedHours, timings.schedule)
  }

  /// The share of calls that get neither an answer nor a fallback now.
  public func lostShare(_ timings: EdgeTimings) -> Double {
    let failed = failedShare(timings)
    return callerIsDown || chargedHours >= fallbackUntilHours ? failed : failed * (1 - timings.fallback.share)
  }

  /// The callee goes down; nothing if it is down already.
  ///
  /// - Parameters:
  ///   - opensAfterHours: what the breaker takes to open; `nil`: as long as on average.
  ///   - maskedHours: for how long an attempt that fails would still be answered if the callee came back, since the callee
  ///     itself tries again.
  public mutating func calleeWentDown(
    atHours now: Double, _ timings: EdgeTimings, opensAfterHours: Double? = nil, maskedHours: Double = 0
  ) {
    advance(toHours: now, timings)
    guard !calleeIsDown else { return }
    self.maskedHours = maskedHours
    self.opensAfterHours = opensAfterHours ?? timings.opensAfterHours
    if isSettled { chargedHours = now }
    calleeIsDown = true
    (downSinceHours, armedHours, fillingSinceHours) = (now, now, now)
    countedBeforeHours = outcome.failedHours + outcome.fallbackHours
    turning.end()
    (isBulkheadFull, bulkheadUntilHours) = (false, .infinity)
    (lateOpeningHours, lateFailingHours) = (.infinity, .infinity)
    fallbackUntilHours = now + timings.fallback.untilHours
    (hasExhaustionPassed, hasCredit) = (false, breaker != .closed)
    if breaker == .halfOpen { breakerUntilHours = now + timings.decidesAfterHours }
    schedule(timings)
  }

  /// The callee that is down treats calls otherwise from now on; nothing if it is up.
  ///
  /// Calls go on to fail where they do and no more of them fail than before; else as many as before, and more with each attempt
  /// that they have made since, until the first of the others have run out of attempts.
  ///
  /// - Parameters:
  ///   - opensAfterHours: what the breaker takes to open from now on; `nil`: as long as on average.
  ///   - maskedHours: for how long an attempt that fails would still be answered if the callee came back.
  public mutating func calleeChanges(
    atHours now: Double, from old: EdgeTimings, to timings: EdgeTimings, opensAfterHours: Double? = nil,
    maskedHours: Double = 0
  ) {
    advance(toHours: now, old)
    guard calleeIsDown else { return }
    let opening = now + (opensAfterHours ?? timings.opensAfterHours)
    let isWorse = timings.result.failedShare > old.result.failedShare
    self.opensAfterHours = (isWorse ? opening : min(opening, openingHours(old))) - now
    armedHours = now
    if breaker == .halfOpen { breakerUntilHours = now + timings.decidesAfterHours }
    if callerIsDown, timings.callerFullAfterHours == .infinity {
      drainedHours = min(drainedHours, now + old.drainHours(sinceHours: now - fillingSinceHours))
    }
    if old.callerFullAfterHours == .infinity { fillingSinceHours = now }
    hasExhaustionPassed = false
    if timings.bulkheadFullAfterHours == .infinity { isBulkheadFull = false }
    let isMuchWorse = timings.callFailedShare > EdgeState.notWorse * old.callFailedShare
    if turning.hasBegun || (isMuchWorse && isFailing && breaker == .closed && old.callFailedShare > 0) {
      let answeredHours = old.result.failedShare == 1 ? self.maskedHours : 0
      turning.turn(atHours: now + (isMuchWorse ? maskedHours : -answeredHours), from: old.schedule)
    }
    if isMuchWorse {
      if breaker == .closed { isFailing = false }
      if old.callFailedShare == 0 { fallbackUntilHours = now + timings.fallback.untilHours }
      (downSinceHours, self.maskedHours) = (now, maskedHours)
      countedBeforeHours = outcome.failedHours + outcome.fallbackHours
      hasCredit = breaker != .closed
    }
    schedule(timings)
  }

  /// Up to so many times the share of calls that failed before, those that fail now are taken for the same.
  private static let notWorse = 2.0

  /// The callee comes back; nothing if it is up.
  ///
  /// - Parameter answersWaiting: whether that answers attempts under way for which the callee still tries again. It does not
  ///   where another does the callee's work from now on.
  public mutating func calleeCameBack(
    atHours now: Double, _ timings: EdgeTimings, answersWaiting: Bool = true
  ) {
    advance(toHours: now, timings)
    guard calleeIsDown else { return }
    calleeIsDown = false
    turning.end()
    let waitedHours = timings.result.failedShare == 1 ? maskedHours : 0
    let answeredHours = answersWaiting ? waitedHours : 0
    if callerIsDown {
      drainedHours = min(drainedHours, now + timings.drainHours(sinceHours: now - fillingSinceHours))
    }
    switch breaker {
    case .closed:
      if let late = timings.late, answeredHours == 0 || now - downSinceHours > answeredHours {
        lateOpeningHours = downSinceHours + late.hours(outageHours: now - downSinceHours - answeredHours)
      }
      if isBulkheadFull {
        bulkheadUntilHours = now + timings.bulkheadDrainHours(sinceHours: now - downSinceHours)
      } else if waitedHours > answeredHours {
        strandedHours = (failingHours(timings, isDown: true), now + waitedHours)
      } else {
        isFailing = false
      }
    case .open: oweLess(answeredHours, at: now)
    case .halfOpen:
      oweLess(answeredHours, at: now)
      isDoomed = timings.isDoomed(halfOpenHours: now - breakerSinceHours)
      if !isDoomed {
        breakerUntilHours = breakerSinceHours + timings.closesAfterHours
      }
    }
    schedule(timings)
  }

  /// What the callee's calls had waited for is back: those that had not failed by now are answered.
  public mutating func waitingEnds(atHours now: Double, _ timings: EdgeTimings) {
    advance(toHours: now, timings)
    guard holdsStrandedCalls else { return }
    strandedHours.until = min(strandedHours.until, now)
    schedule(timings)
    advance(toHours: now, timings)
  }

  /// Calls that were answered as the callee came back fail neither before nor after the breaker has opened.
  private mutating func oweLess(_ answeredHours: Double, at now: Double) {
    owedHours = max(0, owedHours - max(0, answeredHours - (now - openedHours)))
  }

  /// Lets time pass up to `now`, with all that changes by itself until then.
  public mutating func advance(toHours now: Double, _ timings: EdgeTimings) {
    while nextChangeHours <= now {
      let change = nextChangeHours
      charge(to: change, timings)
      step(at: change, timings)
      schedule(timings)
    }
    charge(to: now, timings)
  }

  /// Adds the time since the last change to the outcome.
  private mutating func charge(to now: Double, _ timings: EdgeTimings) {
    let hours = now - chargedHours
    guard hours > 0 else { return }
    let share = failedShare(timings)
    let served = share > 0 ? 1 - lostShare(timings) / share : 0
    outcome.failedHours += hours * share * (1 - served)
    outcome.fallbackHours += hours * share * served
    if calleeIsDown { outcome.calleeDownHours += hours } else if share > 0 { outcome.tailHours += hours }
    if callerIsDown { outcome.callerDownHours += hours * timings.callerRefusedShare }
    chargedHours = now
  }

  // MARK: What changes by itself

  private func failingHours(_ timings: EdgeTimings) -> Double {
    guard !isFailing else { return .infinity }
    return min(
      strandedHours.from, failingHours(timings, isDown: calleeIsDown || breaker != .closed))
  }

  /// When the calls of this outage begin to fail, or began.
  private func failingHours(_ timings: EdgeTimings, isDown: Bool) -> Double {
    guard isDown else { return .infinity }
    if lateFailingHours < .infinity { return lateFailingHours }
    let opened = opensAfterHours + (armedHours - downSinceHours)
    return downSinceHours
      + timings.failingAfterHours(
        isOpen: breaker != .closed, openedAfterHours: opened, maskedHours: maskedHours)
  }

  private func openingHours(_ timings: EdgeTimings) -> Double {
    guard breaker == .closed else { return .infinity }
    return calleeIsDown ? armedHours + opensAfterHours : lateOpeningHours
  }

  private func exhaustionHours(_ timings: EdgeTimings) -> Double {
    guard calleeIsDown, !callerIsDown, !hasExhaustionPassed, !sharesSlots else { return .infinity }
    return fillingSinceHours + min(timings.callerFullAfterHours, timings.callerFullUnconfinedHours)
  }

  private func bulkheadHours(_ timings: EdgeTimings) -> Double {
    guard calleeIsDown, breaker == .closed, !isBulkheadFull else { return bulkheadUntilHours }
    return downSinceHours + timings.bulkheadFullAfterHours
  }

  private mutating func schedule(_ timings: EdgeTimings) {
    let breakerHours = breaker == .closed ? openingHours(timings) : breakerUntilHours
    let endOfFallback =
      (isFailing || turning.hasBegun) && timings.fallback.share > 0 && chargedHours < fallbackUntilHours
      ? fallbackUntilHours : .infinity
    let pools = min(exhaustionHours(timings), drainedHours, bulkheadHours(timings))
    let turns = turning.hasBegun ? turning.nextHours(after: chargedHours, timings.schedule) : .infinity
    let others = min(failingHours(timings), pools, endOfFallback, strandedHours.until, turns)
    let onlyProbes =
      calleeIsDown && breaker != .closed && !callerIsDown && timings.reopens
      && timings.result.failedShare == 1
    nextChangeHours = min(others, breakerHours)
    nextLossChangeHours = onlyProbes ? others : nextChangeHours
  }

  private mutating func step(at now: Double, _ timings: EdgeTimings) {
    if drainedHours <= now {
      callerIsDown = false
      (fillingSinceHours, drainedHours) = (now, .infinity)
    }
    if bulkheadHours(timings) <= now { stepBulkhead(timings) }
    if strandedHours.until <= now {
      strandedHours = (.infinity, .infinity)
      if breaker == .closed { isFailing = false }
    }
    if failingHours(timings) <= now { beginFailing(timings) }
    if breaker == .closed {
      if openingHours(timings) <= now { open(at: now, timings) }
    } else if breakerUntilHours <= now {
      stepBreaker(at: now, timings)
    }
    if exhaustionHours(timings) <= now { exhaust(at: now, timings) }
  }

  private mutating func beginFailing(_ timings: EdgeTimings) {
    isFailing = true
    guard callerIsDown else { return addCredit(timings) }
    // Everything since the pool was full has been counted; those that filled it fail now.
    credit(max(0, timings.callerFullAfterHours), timings)
    hasCredit = true
  }

  private mutating func open(at now: Double, _ timings: EdgeTimings) {
    if lateOpeningHours <= now {
      (lateOpeningHours, lateFailingHours) = (.infinity, now + timings.schedule.refusedSpanHours)
      hasCredit = true
    }
    breaker = .open
    outcome.openings += 1
    (breakerSinceHours, breakerUntilHours) = (now, now + timings.openHours)
    addCredit(timings)
    if callerIsDown, timings.isRelievedByBreaker {
      drainedHours = min(
        drainedHours, now + timings.drainAfterOpeningHours(sinceHours: now - fillingSinceHours))
    }
  }

  /// Open becomes half-open; half-open becomes open or closed.
  private mutating func stepBreaker(at now: Double, _ timings: EdgeTimings) {
    if breaker == .open {
      breaker = .halfOpen
      (breakerSinceHours, isDoomed) = (now, false)
      breakerUntilHours = now + (calleeIsDown ? timings.decidesAfterHours : timings.closesAfterHours)
    } else if opensAgain(timings) {
      open(at: now, timings)
    } else {
      breaker = .closed
      (armedHours, breakerUntilHours, lateFailingHours) = (now, .infinity, .infinity)
      isFailing = calleeIsDown || owedHours > 0
      if !calleeIsDown, owedHours > 0 { strandedHours = (now, now + owedHours) }
      owedHours = 0
    }
  }

  /// Whether the probes of a half-open breaker have failed: the callee is down, or came back too late for them.
  private func opensAgain(_ timings: EdgeTimings) -> Bool {
    calleeIsDown ? timings.reopens : isDoomed
  }

  /// The bulkhead is full, or after the callee's return has slots again.
  private mutating func stepBulkhead(_ timings: EdgeTimings) {
    if calleeIsDown {
      isBulkheadFull = true
      addCredit(timings)
    } else {
      (isBulkheadFull, isFailing, bulkheadUntilHours) = (false, false, .infinity)
    }
  }

  /// The caller's pool is full, or would be but for breaker or bulkhead. It stays full until the first of the calls leave,
  /// and is full again once as many have arrived.
  private mutating func exhaust(at now: Double, _ timings: EdgeTimings) {
    if breaker != .closed, timings.isRelievedByBreaker {
      hasExhaustionPassed = true
      if outcome.cascade == .none { outcome.cascade = .preventedByBreaker }
    } else if timings.callerFullAfterHours == .infinity {
      hasExhaustionPassed = true
      if outcome.cascade == .none { outcome.cascade = .preventedByBulkhead }
    } else {
      outcome.cascade = .caused
      callerIsDown = true
      let leaveHours = fillingSinceHours + timings.failedCallHours
      drainedHours = leaveHours > now && timings.callerRefusedShare == 1 ? leaveHours : .infinity
    }
  }

  // MARK: Calls that had arrived before failing was seen

  private mutating func addCredit(_ timings: EdgeTimings) {
    let isOpen = breaker == .open
    guard isFailing, isOpen || isBulkheadFull, !hasCredit, !callerIsDown else { return }
    hasCredit = true
    // What is seen later is made up for when the breaker has closed.
    credit(timings.arrivalCreditHours(isOpen: isOpen, maskedHours: isOpen ? 0 : maskedHours), timings)
    guard isOpen, calleeIsDown, timings.result.failedShare == 1 else { return }
    openedHours = breakerSinceHours
    owedHours =
      timings.failingAfterHours(isOpen: true, maskedHours: maskedHours)
      - timings.failingAfterHours(isOpen: true)
  }

  /// No moment of the outage counts twice.
  private mutating func credit(_ lateHours: Double, _ timings: EdgeTimings) {
    let counted = outcome.failedHours + outcome.fallbackHours - countedBeforeHours
    let hours = min(lateHours, max(0, chargedHours - downSinceHours - counted))
    let served = chargedHours < fallbackUntilHours ? timings.fallback.share : 0
    outcome.failedHours += hours * (1 - served)
    outcome.fallbackHours += hours * served
  }
}
