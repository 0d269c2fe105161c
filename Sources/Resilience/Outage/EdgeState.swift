/// One dependency through an outage of its callee: a state machine on time, without requests.
///
/// It knows nothing of the future: whoever drives it tells when the callee goes down and comes back, asks for
/// ``nextChangeHours`` and calls ``advance(toHours:_:)`` then. It holds numbers only and allocates nothing. All methods take
/// the timings that the outage began with.
public struct EdgeState: Sendable {
  /// What the breaker does.
  public enum Breaker: UInt8, Sendable { case closed, open, halfOpen }
  /// What is left to chance while the callee fails in part: when the breaker opens once more, and how its probes fare.
  enum Chance: UInt8 { case opening, probes }

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
  /// What chance has yet to decide; what comes on average stands in for it.
  private(set) var undecided: Chance?

  /// Whether calls fail as a consequence: the first ones have run out of attempts.
  private(set) var isFailing = false
  /// Calls that fail attempt by attempt.
  private(set) var mixed = MixedCalls()
  private var hasExhaustionPassed = false
  private var hasCredit = false
  /// What becomes of the probes under way while the callee is down; `nil`: as on average.
  private(set) var probes: ProbeFate?
  /// Whether they were sent before the callee returned, and open the breaker again.
  private(set) var isDoomed = false
  private var downSinceHours = 0.0
  /// Since when no moment counts twice, and failed time then.
  private var countedSinceHours = 0.0
  private var countedBeforeHours = 0.0
  private(set) var fallbackUntilHours = 0.0
  private var breakerSinceHours = 0.0
  private var breakerUntilHours = Double.infinity
  private var armedHours = 0.0
  /// When the calls that fill the caller's pool, or are about to, began to arrive.
  private var fillingSinceHours = 0.0
  private var drainedHours = Double.infinity
  /// Until when a full pool of the caller refuses all calls, since those that filled it came in one burst.
  private(set) var burstUntilHours = -Double.infinity
  /// Since when the calls arrive that fill the bulkhead.
  private var bulkheadSinceHours = 0.0
  private var bulkheadUntilHours = Double.infinity
  /// When late time-outs open the breaker, and when calls fail for it.
  private var lateOpeningHours = Double.infinity
  private var lateFailingHours = Double.infinity
  private(set) var chargedHours = 0.0
  /// What the breaker takes to open in the outage under way, or the last; after it has closed, to open again.
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
  /// Whether whoever drives it draws what is left to chance, so that nobody asks for what comes on average.
  private let isDrawn: Bool

  /// Everything is well.
  public init(sharesSlots: Bool = false, isDrawn: Bool = false) {
    (self.sharesSlots, self.isDrawn) = (sharesSlots, isDrawn)
  }

  /// Whether all is well again, so that the outcome is complete.
  public var isSettled: Bool {
    !calleeIsDown && breaker == .closed && !callerIsDown
      && min(bulkheadUntilHours, lateOpeningHours) == .infinity && !holdsStrandedCalls
  }

  /// Whether calls are still to fail that had waited in vain when the callee returned.
  public var holdsStrandedCalls: Bool { strandedHours.until < .infinity }

  /// Forgets the outcome; call it when settled.
  public mutating func reset() { outcome = EdgeOutcome() }

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
    countSince(now)
    (isBulkheadFull, bulkheadSinceHours, bulkheadUntilHours) = (false, now, .infinity)
    (lateOpeningHours, lateFailingHours) = (.infinity, .infinity)
    fallbackUntilHours = now + timings.fallbackHours
    (hasExhaustionPassed, hasCredit) = (false, breaker != .closed)
    if breaker == .halfOpen { probe(fromHours: now, timings) }
    if breaker == .closed, let feltSinceHours = mixed.feltSinceHours(atHours: now, timings.schedule) {
      mix(timings)
      // Calls of the outage before fail in this one.
      countedSinceHours = feltSinceHours
    }
    let isSeenLater = breaker == .closed && timings.result.failedShare == 1
    noteAttempts(atHours: now + (isSeenLater ? maskedHours : 0), timings)
    schedule(timings)
  }

  /// The callee that is down treats calls otherwise from now on; nothing if it is up.
  ///
  /// Calls that made attempts before fail as those and the later ones do. Where all were answered, it is as if the callee had
  /// gone down now.
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
    (armedHours, undecided) = (now, nil)
    if breaker == .halfOpen { probe(fromHours: now, timings) }
    if callerIsDown, timings.callerFullAfterHours == .infinity {
      drainedHours = min(drainedHours, now + old.drainHours(sinceHours: now - fillingSinceHours))
    }
    if old.callerFullAfterHours == .infinity { fillingSinceHours = now }
    hasExhaustionPassed = false
    if timings.bulkheadFullAfterHours == .infinity { isBulkheadFull = false }
    if timings.refreshesFallback || old.refreshesFallback { fallbackUntilHours = now + timings.fallbackHours }
    let isMuchWorse = timings.isMuchWorse(than: old)
    if old.callFailedShare > 0, !timings.schedule.fails(as: old.schedule) {
      mix(timings, keepsFailing: isMuchWorse && isFailing && breaker == .closed)
    }
    // What goes on to fail is seen as late as before; what the callee still tries again fares as later attempts do.
    var seenHours = max(downSinceHours, now - (old.result.failedShare == 1 ? self.maskedHours : 0))
    if timings.result.failedShare == 1 { seenHours = now + (isMuchWorse ? maskedHours : self.maskedHours) }
    if isMuchWorse {
      if breaker == .closed, !mixed.isUnderWay { isFailing = false }
      (downSinceHours, bulkheadSinceHours, self.maskedHours) = (now, now, maskedHours)
      if !mixed.isUnderWay { countSince(now) }
      hasCredit = breaker != .closed
    }
    noteAttempts(atHours: breaker == .closed ? seenHours : now, timings)
    schedule(timings)
  }

  /// The callee comes back; nothing if it is up.
  ///
  /// - Parameters:
  ///   - answersWaiting: whether that answers attempts under way for which the callee still tries again.
  ///   - trialsUntilRun: results until a run of failures of a length, so many of which have happened already, where each fails
  ///     with one half.
  mutating func calleeCameBack(
    atHours now: Double, _ timings: EdgeTimings, _ answersWaiting: Bool,
    trialsUntilRun: (_ length: Int, _ begun: Int) -> Double
  ) {
    advance(toHours: now, timings)
    guard calleeIsDown else { return }
    (calleeIsDown, undecided) = (false, nil)
    let waitedHours = timings.result.failedShare == 1 ? maskedHours : 0
    let answeredHours = answersWaiting ? waitedHours : 0
    if callerIsDown {
      drainedHours = min(drainedHours, now + timings.drainHours(sinceHours: now - fillingSinceHours))
    }
    switch breaker {
    case .closed:
      if let late = timings.late, answeredHours == 0 || now - downSinceHours > answeredHours {
        lateOpeningHours =
          downSinceHours
          + late.hours(outageHours: now - downSinceHours - answeredHours, trialsUntilRun: trialsUntilRun)
      }
      if isBulkheadFull {
        bulkheadUntilHours = now + timings.bulkheadDrainHours(sinceHours: now - downSinceHours)
      } else if waitedHours > answeredHours {
        strandedHours = (failingHours(timings, isDown: true), now + waitedHours)
      } else {
        endFailing(timings)
      }
    case .open: oweLess(answeredHours, at: now)
    case .halfOpen:
      oweLess(answeredHours, at: now)
      let probedHours = now - breakerSinceHours - answeredHours
      isDoomed = probedHours > 0 && probedHours >= fate(timings).tippingHours
      if !isDoomed {
        // Probes that were waiting are answered now.
        breakerUntilHours = max(now, breakerSinceHours + timings.closesAfterHours)
      }
    }
    noteAttempts(atHours: now + (breaker == .closed ? waitedHours - answeredHours : 0), timings)
    schedule(timings)
  }

  /// What the callee's calls had waited for is back: those that had not failed by now are answered.
  public mutating func waitingEnds(atHours now: Double, _ timings: EdgeTimings) {
    advance(toHours: now, timings)
    guard holdsStrandedCalls else { return }
    strandedHours.until = min(strandedHours.until, now)
    schedule(timings)
    advance(toHours: now, timings)
    if !calleeIsDown { noteAttempts(atHours: now, timings) }
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
    let served = share > 0 ? 1 - lostShare(ofFailed: share, timings) / share : 0
    outcome.failedHours += hours * share * (1 - served)
    outcome.fallbackHours += hours * share * served
    if calleeIsDown { outcome.calleeDownHours += hours } else if share > 0 { outcome.tailHours += hours }
    outcome.callerDownHours += hours * callerRefusedShare(timings)
    if mixed.isUnderWay { mixed.count(hours, failedShare: passedFailedShare(timings)) }
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
    return bulkheadSinceHours + timings.bulkheadFullAfterHours
  }

  private mutating func schedule(_ timings: EdgeTimings) {
    let breakerHours = breaker == .closed ? openingHours(timings) : breakerUntilHours
    let endOfFallback =
      isFailing && timings.fallback.share > 0 && chargedHours < fallbackUntilHours
      ? fallbackUntilHours : .infinity
    let pools = min(
      exhaustionHours(timings), drainedHours, burstEndHours(timings), bulkheadHours(timings))
    let mixes = nextMixHours(timings)
    let others = min(failingHours(timings), pools, endOfFallback, strandedHours.until, mixes)
    let onlyProbes =
      calleeIsDown && breaker != .closed && !callerIsDown && timings.result.failedShare == 1
      && timings.meanProbes.reopens
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
      if breaker == .closed, !(mixed.isUnderWay && calleeIsDown) { endFailing(timings) }
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
    if calleeIsDown, closedFailedShare(timings) > 0, closedFailedShare(timings) < 1 { mix(timings) }
    noteAttempts(atHours: now, timings)
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
      if calleeIsDown {
        probe(fromHours: now, timings)
      } else {
        breakerUntilHours = now + timings.closesAfterHours
      }
      noteAttempts(atHours: now, timings)
    } else if opensAgain(timings) {
      open(at: now, timings)
    } else {
      breaker = .closed
      (armedHours, breakerUntilHours, lateFailingHours) = (now, .infinity, .infinity)
      if calleeIsDown {
        (isBulkheadFull, bulkheadSinceHours) = (false, now - timings.bulkheadRefillsSoonerHours)
        mix(timings)
        opensAfterHours =
          isDrawn
          ? .infinity : timings.reopensAfterHours(openedAfterHours: timings.opensAfterHoursWhenEmpty)
        undecided = .opening
      } else {
        endFailing(timings)
      }
      noteAttempts(atHours: now, timings)
      isFailing = calleeIsDown || owedHours > 0
      if !calleeIsDown, owedHours > 0 { strandedHours = (now, now + owedHours) }
      owedHours = 0
    }
  }

  /// Whether the probes of a half-open breaker have failed: the callee is down, or came back too late for them.
  private func opensAgain(_ timings: EdgeTimings) -> Bool {
    calleeIsDown ? fate(timings).reopens : isDoomed
  }

  /// The breaker tries a callee that is down, with probes that fare as on average until chance decides.
  private mutating func probe(fromHours now: Double, _ timings: EdgeTimings) {
    probes = nil
    breakerUntilHours = now + timings.meanProbes.decidesAfterHours
    if !timings.result.isCertain { undecided = .probes }
  }

  /// The probes under way fare so.
  mutating func decide(_ fate: ProbeFate, _ timings: EdgeTimings) {
    (probes, undecided) = (fate, nil)
    breakerUntilHours = chargedHours + fate.decidesAfterHours
    noteAttempts(atHours: chargedHours, timings)
    schedule(timings)
  }

  /// The breaker that has closed on a callee that is down opens after so long.
  mutating func decide(opensAfterHours hours: Double, _ timings: EdgeTimings) {
    (opensAfterHours, undecided) = (hours, nil)
    schedule(timings)
  }

  /// The bulkhead is full, or after the callee's return has slots again.
  private mutating func stepBulkhead(_ timings: EdgeTimings) {
    if calleeIsDown {
      isBulkheadFull = true
      if timings.refusal != nil { noteAttempts(atHours: chargedHours, timings) }
      addCredit(timings)
    } else {
      (isBulkheadFull, bulkheadUntilHours) = (false, .infinity)
      endFailing(timings)
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
      burstUntilHours = fillingSinceHours + (timings.poolDemand?.confined.firstLeaveHours ?? 0)
    }
  }

  // MARK: Attempts of one call that fare differently

  /// From now on calls fail as each of their attempts does; a call with one attempt only has no others.
  ///
  /// - Parameter keepsFailing: whether as many calls fail as before until later ones are seen to, be it with one attempt.
  private mutating func mix(_ timings: EdgeTimings, keepsFailing: Bool = false) {
    guard timings.schedule.retries || keepsFailing else { return }
    mixed.begin()
    isFailing = true
  }

  /// Attempts fare from a time on as the callee and the breaker are now.
  private mutating func noteAttempts(atHours hours: Double, _ timings: EdgeTimings) {
    let isPassed = breaker == .closed && calleeIsDown
    mixed.note(
      atHours: hours, failedShare: attemptFailedShare(timings),
      failureHours: isPassed ? timings.result.failureHours : 0, timings.schedule)
  }

  private func nextMixHours(_ timings: EdgeTimings) -> Double {
    guard mixed.isUnderWay else { return .infinity }
    let share = mixed.excessHours > 0 ? passedFailedShare(timings) : 1
    return mixed.nextHours(after: chargedHours, failedShare: share, timings.schedule)
  }

  /// No call fails any more; those that have failed without being counted are.
  private mutating func endFailing(_ timings: EdgeTimings) {
    isFailing = false
    let excessHours = mixed.end()
    if excessHours > 0 { credit(excessHours, timings) }
  }

  // MARK: Calls that had arrived before failing was seen

  private mutating func addCredit(_ timings: EdgeTimings) {
    let isOpen = breaker == .open
    let isCounted = mixed.isUnderWay && timings.schedule.retries
    guard isFailing, isOpen || isBulkheadFull, !hasCredit, !callerIsDown, !isCounted else { return }
    hasCredit = true
    // What is seen later is made up for when the breaker has closed.
    credit(timings.arrivalCreditHours(isOpen: isOpen, maskedHours: isOpen ? 0 : maskedHours), timings)
    guard isOpen, calleeIsDown, timings.result.failedShare == 1 else { return }
    openedHours = breakerSinceHours
    owedHours =
      timings.failingAfterHours(isOpen: true, maskedHours: maskedHours)
      - timings.failingAfterHours(isOpen: true)
  }

  private mutating func countSince(_ now: Double) {
    (countedSinceHours, countedBeforeHours) = (now, outcome.failedHours + outcome.fallbackHours)
  }

  /// No moment of the outage counts twice.
  private mutating func credit(_ lateHours: Double, _ timings: EdgeTimings) {
    let counted = outcome.failedHours + outcome.fallbackHours - countedBeforeHours
    let hours = min(lateHours, max(0, chargedHours - countedSinceHours - counted))
    let served = chargedHours < fallbackUntilHours ? timings.fallback.share : 0
    outcome.failedHours += hours * (1 - served)
    outcome.fallbackHours += hours * served
  }
}
