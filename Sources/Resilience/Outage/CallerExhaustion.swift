internal import Quantities

/// Whether, and when, calls to a failing callee use up the slots that everything the caller does needs.
///
/// A bulkhead of connections confines the outage: at most its capacity, and the calls that wait between two attempts, hold
/// slots of the caller; where it lets calls wait, so do those that wait for a slot, for as long as they may. A pool of threads
/// takes calls over, and the caller's own slots fill with what overflows, or waits, unless it rejects.
struct CallerExhaustion {
  /// Hours until the caller's pool is full without a breaker; ∞ when it never is.
  private(set) var afterHours = Double.infinity
  /// Hours until it would be full without a bulkhead.
  private(set) var unconfinedHours = Double.infinity
  /// Whether the calls that a breaker refuses, and that wait for their next attempt, leave room.
  private(set) var isRelievedByBreaker = true
  /// Hours until the bulkhead is full; ∞ when it never is.
  private(set) var bulkheadAfterHours = Double.infinity
  /// What the calls take of the caller's pool, and would without a bulkhead; `nil` where it has none, or calls are not known.
  private(set) var demand: (confined: PoolDemand, unconfined: PoolDemand)?

  /// The share of calls that a full pool refuses: all while calls of one burst hold it, else what finds no slot.
  private(set) var refusedShare = 1.0

  /// Nothing to exhaust where the caller's pool or the traffic is unknown.
  ///
  /// - Parameter load: the share of attempts that fail, refused by a full bulkhead or not, and how long they hold its slots.
  init(
    _ policies: EdgePolicies, failure: CalleeFailure, schedule: AttemptSchedule,
    load: (failedShare: Double, holdHours: Double), callsPerHour: Double
  ) {
    guard callsPerHour.isFinite else { return }
    let wall = policies.bulkhead.map { PoolFilling($0) }
    let wallHours = wall?.fullAfterHours(callsPerHour: callsPerHour, schedule: schedule) ?? .infinity
    bulkheadAfterHours = wallHours
    guard let pool = policies.callerPool else { return }
    func demand(isConfined: Bool) -> PoolDemand {
      PoolDemand(
        policies, failure: failure, schedule: schedule, callsPerHour: callsPerHour, load: load,
        bulkheadAfterHours: wallHours, isConfined: isConfined)
    }
    let (confined, unconfined) = (demand(isConfined: true), demand(isConfined: false))
    self.demand = (confined, unconfined)
    let limit = CallerLimit(pool, policies)
    let filling = limit.filling
    isRelievedByBreaker = confined.refusedSlots <= filling.slots
    var fillHours = filling.fullAfterHours(callsPerHour: callsPerHour, holdHours: schedule.holdHours)
    if let attempts = SlowAttempts(failure), schedule.waitHours.isEmpty {
      fillHours = filling.fullAfterHours(
        callsPerHour: callsPerHour, attempts, timeoutHours: policies.timeout?.hours ?? .infinity)
    }
    unconfinedHours = limit.fullAfterHours(unconfined, fillHours: fillHours)
    afterHours = unconfinedHours
    if let bulkhead = policies.bulkhead {
      if bulkhead.kind == .threads, bulkhead.overflow != .reject {
        fillHours = wallHours + filling.capacity / confined.callsPerHour
      } else if bulkhead.longestWaitHours != nil, let wall, filling.capacity > wall.capacity {
        fillHours = wallHours + (filling.capacity - wall.capacity) / callsPerHour
      }
      afterHours = limit.fullAfterHours(confined, fillHours: fillHours)
    }
    refusedShare = limit.refusedShare(confined)
  }
}

/// The slots of a caller as the calls of one dependency find them, beside those to other callees that are well.
private struct CallerLimit {
  let filling: PoolFilling
  private let loss: PoolLoss
  private let others: HeldSlots
  private let usualSlots: Double

  init(_ pool: Pool, _ policies: EdgePolicies) {
    filling = PoolFilling(pool, held: policies.slotsHeldByOthers)
    (loss, others) = (PoolLoss(pool), HeldSlots(free: policies.slotsHeldByOthers))
    usualSlots = policies.usualSlots
  }

  /// The share of the requests that find no slot in the long run.
  private func lostShare(_ demand: PoolDemand) -> Double { loss.refusedShare([demand.held, others]) }

  /// When it is full; ∞ when it never is. By chance it is full at times once as many are inside as stay.
  ///
  /// - Parameter fillHours: when it is on average, if it is at all.
  func fullAfterHours(_ demand: PoolDemand, fillHours: Double) -> Double {
    let isTooMuch = demand.steadySlots > filling.slots
    if isTooMuch, demand.steadySlots >= filling.capacity { return fillHours }
    let lost = lostShare(demand)
    if isTooMuch {
      guard demand.held.wall != nil else { return fillHours }
      // Calls that overflow the queue come one by one.
      return demand.filledHours + (filling.capacity - demand.steadySlots) / (demand.callsPerHour * lost)
    }
    return lost > 0 && demand.steadySlots > usualSlots ? demand.filledHours : .infinity
  }

  /// The share of calls that it refuses once it is full.
  func refusedShare(_ demand: PoolDemand) -> Double {
    let lost = lostShare(demand)
    if demand.leavesAtOnce, lost == 0 { return 1 }
    if demand.leavesAtOnce, !demand.held.isConfined(atShare: 1 - lost) {
      return loss.comeInBursts(demand.steadySlots, in: filling.slots) ? 1 : lost
    }
    if loss.countsChance || demand.held.isConfined(atShare: 1 - lost) { return lost }
    return max(0, 1 - filling.slots / demand.held.free)
  }
}
