internal import Quantities
internal import Stochastics

/// What the calls to one callee take, once it fails, of the slots that a caller unit has for all its calls: Little's law.
public struct PoolDemand: Sendable {
  /// Calls an hour that come to hold a slot.
  let callsPerHour: Double
  /// How long each does on average.
  let holdHours: Double
  /// When they begin to, after the loss of the callee: once a pool of threads overflows.
  private let startHours: Double
  /// The slots that they come to hold.
  let held: HeldSlots
  /// When calls begin to wait for a slot of the bulkhead, and when the first leave that have done so in vain, after the loss of
  /// the callee; ∞ where they do not wait.
  private let (waitingFromHours, givesUpHours): (Double, Double)
  /// How long calls take that are answered late, and when they are given up; `nil`: all of them as long as the mean.
  private let slow: (attempts: SlowAttempts, timeoutHours: Double)?
  /// How long a call takes when all is well.
  private let usualHours: Double
  /// The slots that calls hold between attempts while a breaker refuses these.
  let refusedSlots: Double
  /// Whether calls hold their slots for equal times, so that none leaves before the first does.
  let leavesAtOnce: Bool

  /// The demand of one callee on one caller unit.
  ///
  /// - Parameters:
  ///   - load: the share of attempts that fail, refused by a full bulkhead or not, and how long they hold its slots.
  ///   - isConfined: whether no more than the bulkhead lets through.
  init(
    _ policies: EdgePolicies, failure: CalleeFailure, schedule: AttemptSchedule, callsPerHour: Double,
    load: (failedShare: Double, holdHours: Double), bulkheadAfterHours: Double, isConfined: Bool
  ) {
    let sleeping = callsPerHour * schedule.refusedSpanHours
    let bulkhead = isConfined ? policies.bulkhead : nil
    let overflows = bulkhead?.kind == .threads && bulkhead?.overflow != .reject
    if overflows, let bulkhead {
      let (all, waitHours) = (callsPerHour * schedule.meanAttempts, bulkhead.longestWaitHours)
      let rest = waitHours == nil ? all - PoolFilling(bulkhead).slots / schedule.meanHours : all
      self.callsPerHour = bulkheadAfterHours.isFinite ? max(0, rest) : 0
      holdHours = waitHours ?? schedule.meanHours
      startHours = bulkheadAfterHours.isFinite ? bulkheadAfterHours : 0
    } else {
      (self.callsPerHour, holdHours, startHours) = (callsPerHour, schedule.holdHours, 0)
    }
    held = HeldSlots(
      free: self.callsPerHour * holdHours,
      wall: bulkhead.flatMap {
        PoolDemand.wall($0, schedule, callsPerHour: callsPerHour, load)
      })
    let waitHours = bulkhead?.longestWaitHours ?? .infinity
    waitingFromHours = waitHours < .infinity && held.isConfined(atShare: 1) ? bulkheadAfterHours : .infinity
    givesUpHours =
      bulkheadAfterHours + Double(schedule.startHours.count) * waitHours + schedule.refusedSpanHours
    usualHours = bulkhead?.kind == .threads ? 0 : policies.traffic?.latency.mean ?? 0
    refusedSlots = sleeping
    leavesAtOnce = schedule.failedShare == 1
    if let attempts = SlowAttempts(failure), schedule.waitHours.isEmpty, !overflows {
      slow = (attempts, policies.timeout?.hours ?? .infinity)
    } else {
      slow = nil
    }
  }

  /// Calls hold the slots of a full bulkhead, and the others hold the caller's while they wait: for a slot at most as long as
  /// they may, and between attempts.
  private static func wall(
    _ bulkhead: Pool, _ schedule: AttemptSchedule, callsPerHour: Double,
    _ load: (failedShare: Double, holdHours: Double)
  ) -> HeldSlots.Wall? {
    var (attempts, asleepHours, weight) = (1.0, 0.0, 1.0)
    for wait in schedule.waitHours {
      weight *= load.failedShare
      attempts += weight
      asleepHours += weight * wait
    }
    let (attemptsPerHour, sleeping) = (callsPerHour * attempts, callsPerHour * asleepHours)
    let load = attemptsPerHour * load.holdHours
    let slots = Double(bulkhead.capacity)
    switch (bulkhead.kind, bulkhead.overflow) {
    case (.connections, .reject): return HeldSlots.Wall(slots: slots, load: load, waiting: sleeping)
    case (.connections, .wait(let longest)):
      return HeldSlots.Wall(slots: slots, load: load, waiting: sleeping + attemptsPerHour * longest.hours)
    case (.threads, .reject): return HeldSlots.Wall(slots: 0, load: load, waiting: sleeping)
    default: return nil
    }
  }

  /// The slots that they take in the end.
  var steadySlots: Double { held.inAll }

  /// When the first calls that arrive in the outage leave, after its beginning.
  var firstLeaveHours: Double { leavesAtOnce ? min(startHours + holdHours, givesUpHours) : 0 }

  /// When as many are inside as stay, after the loss of the callee, on average.
  var filledHours: Double { startHours + holdHours }

  /// The slots taken so long after the loss of the callee: λ E[min(H, u)] by calls since, and λ (L − u)⁺ by those before.
  ///
  /// Source: Takács, "Introduction to the theory of queues", 1962, chapter 3.
  func slots(afterHours passed: Double) -> Double {
    let since = max(0, passed - startHours)
    let before = callsPerHour * max(0, usualHours - passed)
    if let wall = held.wall, waitingFromHours < passed {
      return min(wall.slots + wall.waiting, wall.slots + callsPerHour * (passed - waitingFromHours)) + before
    }
    let takes =
      slow.map { $0.attempts.meanCut(atHours: min(since, $0.timeoutHours)) } ?? min(since, holdHours)
    return min(held.isConfined(atShare: 1) ? held.inAll : .infinity, callsPerHour * takes) + before
  }

  /// When that bends, after the loss of the callee.
  var bendHours: [Double] {
    if let wall = held.wall, waitingFromHours < .infinity {
      return [usualHours, waitingFromHours, waitingFromHours + wall.waiting / callsPerHour]
    }
    guard let slow else { return [usualHours, startHours, startHours + holdHours] }
    guard slow.timeoutHours == .infinity else { return [usualHours, slow.timeoutHours] }
    return [usualHours] + (0...20).map { holdHours * Double(1 << $0) }
  }
}
