internal import Quantities

/// The slots that a caller unit has for its calls to several callees, through their outages: they are full when the calls to
/// all of them together hold them, Σ calls × holding time by Little's law.
///
/// While all are well, and for each that is, its calls hold λ L. Once full, the pool refuses every request until the first
/// of the calls that filled it leave; from then on what finds no slot: Erlang's loss for Σ λ H where requests are refused at
/// once, 1 − slots / Σ λ H on average where they queue or wait. Where there are slots enough on average, chance fills them at
/// times once as many calls are inside as stay. It holds numbers only; whoever drives it tells when callees fail and their
/// calls end, asks for ``nextChangeHours`` and calls ``advance(toHours:)`` then.
///
/// Source: Little, "A proof for the queuing formula L = λ W", Operations Research 9 (1961).
public struct SharedPool: Sendable {
  private enum Member {
    case settled(slots: Double)
    case failing(PoolDemand, sinceHours: Double)
    /// Calls under way hold their slots until they end; what comes after holds fewer.
    case leaving(slots: Double, untilHours: Double, then: Double)
  }

  private let slots: Double
  private let capacity: Double
  private let callsPerHour: Double
  private let loss: PoolLoss
  /// What the calls to each callee hold when all is well.
  private let usualSlots: [Double]
  private var members: [Member]
  private var nowHours = 0.0
  private var firstLeaveHours = 0.0
  private var fullAtHours = Double.infinity
  /// The share of the caller's requests that find no slot.
  public private(set) var refusedShare = 0.0
  /// How long so many were refused, as time in which all are.
  public private(set) var refusedHours = 0.0
  /// When something changes unless somebody tells of a change; ∞ when nothing will.
  public private(set) var nextChangeHours = Double.infinity

  /// A pool and what the calls of each dependency on it are when all is well.
  ///
  /// - Parameters:
  ///   - pool: the slots of one unit of the caller.
  ///   - usualSlots: how many the calls to each callee hold, λ L.
  ///   - callsPerHour: of one unit of the caller, to all callees together.
  public init(_ pool: Pool, usualSlots: [Double], callsPerHour: Double) {
    let filling = PoolFilling(pool)
    (slots, capacity, self.callsPerHour) = (filling.slots, filling.capacity, callsPerHour)
    (loss, self.usualSlots) = (PoolLoss(pool), usualSlots)
    members = usualSlots.map { .settled(slots: $0) }
  }

  /// Whether nothing is left of any outage.
  public var isSettled: Bool {
    refusedShare == 0 && members.allSatisfy { if case .settled = $0 { true } else { false } }
  }

  // MARK: Changes

  /// The calls to a callee begin to fail.
  public mutating func fail(_ member: Int, _ demand: PoolDemand, atHours now: Double) {
    advance(toHours: now)
    members[member] = .failing(demand, sinceHours: now)
    change()
  }

  /// A callee that fails treats calls otherwise: those that hold no fewer slots go on to, and more come as from its failure.
  public mutating func change(_ member: Int, _ demand: PoolDemand, atHours now: Double) {
    guard case .failing(let old, let since) = members[member], demand.steadySlots <= 2 * old.steadySlots
    else {
      return fail(member, demand, atHours: now)
    }
    advance(toHours: now)
    members[member] = .failing(demand, sinceHours: since)
    change()
  }

  /// The calls to a callee are as usual again, or refused by a breaker.
  ///
  /// - Parameters:
  ///   - wait: how long those under way go on to hold their slots.
  ///   - slots: how many those after them hold.
  public mutating func relieve(
    _ member: Int, afterHours wait: Double, slots: Double, atHours now: Double
  ) {
    advance(toHours: now)
    let held = slotsHeld(by: members[member], atHours: now)
    members[member] =
      wait > 0 ? .leaving(slots: held, untilHours: now + wait, then: slots) : .settled(slots: slots)
    change()
  }

  /// Lets time pass.
  public mutating func advance(toHours now: Double) {
    while nextChangeHours <= now {
      pass(to: nextChangeHours)
      step()
    }
    pass(to: now)
  }

  private mutating func pass(to now: Double) {
    refusedHours += refusedShare * max(0, now - nowHours)
    nowHours = max(nowHours, now)
  }

  private mutating func step() {
    for place in members.indices {
      if case .leaving(_, let until, let then) = members[place], until <= nowHours {
        members[place] = .settled(slots: then)
      }
    }
    if refusedShare == 0, nowHours >= fullAtHours {
      (firstLeaveHours, refusedShare) = (firstLeave, 1)
    }
    change()
  }

  /// What the changed demand means for a pool that is full, and when the next change comes.
  private mutating func change() {
    if refusedShare > 0 {
      firstLeaveHours = min(firstLeaveHours, firstLeave)
      let lost = lostShare
      if lost == 0 || nowHours >= firstLeaveHours { refusedShare = lost }
    }
    fullAtHours = refusedShare > 0 ? .infinity : fullHours
    nextChangeHours = min(fullAtHours, nextBendHours)
  }

  // MARK: Demand

  private func slotsHeld(by member: Member, atHours hours: Double) -> Double {
    switch member {
    case .settled(let slots): slots
    case .failing(let demand, let since): demand.slots(afterHours: hours - since)
    case .leaving(let slots, let until, let then): hours <= until ? slots : then
    }
  }

  private func slotsHeld(atHours hours: Double) -> Double {
    members.reduce(0) { $0 + slotsHeld(by: $1, atHours: hours) }
  }

  /// The slots that calls come to hold if nothing changes but by itself before the next bend.
  private var steadySlots: Double {
    members.reduce(0) { sum, member in
      switch member {
      case .settled(let slots): sum + slots
      case .failing(let demand, _): sum + demand.steadySlots
      case .leaving(let slots, let until, let then): sum + (nowHours < until ? slots : then)
      }
    }
  }

  /// Whether the calls to a callee go on to take more slots than usual, and those to all together do.
  private var areMoreThanUsual: Bool {
    let isMore = zip(members, usualSlots).contains { member, usual in
      switch member {
      case .failing: true
      // Calls that a breaker refuses may wait for their next attempt.
      case .settled(let slots): slots > usual
      case .leaving: false
      }
    }
    return isMore && steadySlots > usualSlots.reduce(0, +)
  }

  /// The share of the requests that find no slot in the long run; where they are enough on average, only while calls take more of
  /// them than usual.
  private var lostShare: Double {
    if steadySlots <= slots {
      guard loss.countsChance, areMoreThanUsual else { return 0 }
    }
    return loss.refusedShare(
      members.map { member in
        switch member {
        case .settled(let slots): HeldSlots(free: slots)
        case .failing(let demand, _): demand.held
        case .leaving(let slots, let until, let then): HeldSlots(free: nowHours < until ? slots : then)
        }
      })
  }

  /// When as many calls are inside as stay.
  private var filledHours: Double {
    members.reduce(nowHours) { last, member in
      if case .failing(let demand, let since) = member { max(last, since + demand.filledHours) } else { last }
    }
  }

  /// When the first of the calls leave that fill the pool; at once where those that do come and go all the time.
  private var firstLeave: Double {
    let first = members.reduce(Double.infinity) { first, member in
      switch member {
      case .settled: first
      case .failing(let demand, let since): min(first, since + demand.firstLeaveHours)
      case .leaving(_, let until, _): min(first, until)
      }
    }
    return first < .infinity ? first : nowHours
  }

  private var nextBendHours: Double {
    let leaving = members.reduce(Double.infinity) { first, member in
      if case .leaving(_, let until, _) = member { min(first, until) } else { first }
    }
    return refusedShare > 0 && firstLeaveHours > nowHours ? min(leaving, firstLeaveHours) : leaving
  }

  /// When the pool is full; ∞ when it never is.
  private var fullHours: Double {
    let steady = steadySlots
    guard steady > slots else { return lostShare > 0 ? filledHours : .infinity }
    if slotsHeld(atHours: nowHours) >= capacity { return nowHours }
    let bends = bendHours
    var begin = bends.last { $0 <= nowHours } ?? nowHours
    for end in bends where end > nowHours {
      if slotsHeld(atHours: end) >= capacity { return crossing(begin, end) }
      begin = end
    }
    // All calls that there will be at once are there; the queue grows by what the slots do not get done.
    return begin + (capacity - slotsHeld(atHours: begin)) / (callsPerHour * (1 - slots / steady))
  }

  private var bendHours: [Double] {
    members.flatMap { member in
      switch member {
      case .settled: [Double]()
      case .failing(let demand, let since): demand.bendHours.map { since + $0 }
      case .leaving(_, let until, _): [until]
      }
    }.sorted()
  }

  private func crossing(_ begin: Double, _ end: Double) -> Double {
    var (low, high) = (begin, end)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if slotsHeld(atHours: middle) < capacity { low = middle } else { high = middle }
    }
    return high
  }
}
