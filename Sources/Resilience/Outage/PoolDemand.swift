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
  /// What a bulkhead lets through at most.
  private let mostSlots: Double
  /// How long calls take that are answered late, and when they are given up; `nil`: all of them as long as the mean.
  private let slow: (attempts: SlowAttempts, timeoutHours: Double)?
  /// How long a call takes when all is well.
  private let usualHours: Double
  /// The slots that calls hold between attempts while a breaker refuses these.
  let refusedSlots: Double
  /// Whether calls hold their slots for equal times, so that none leaves before the first does.
  let leavesAtOnce: Bool

  /// The demand of one callee on one caller unit; `confined`: as far as the bulkhead lets through.
  init(
    _ policies: EdgePolicies, failure: CalleeFailure, schedule: AttemptSchedule, callsPerHour: Double,
    bulkheadAfterHours: Double, isConfined: Bool
  ) {
    let sleeping = callsPerHour * schedule.refusedSpanHours
    let bulkhead = isConfined ? policies.bulkhead : nil
    let overflows = bulkhead?.kind == .threads && bulkhead?.overflow != .reject
    if overflows, let bulkhead {
      let rest = callsPerHour * schedule.meanAttempts - PoolFilling(bulkhead).slots / schedule.meanHours
      self.callsPerHour = bulkheadAfterHours.isFinite ? max(0, rest) : 0
      (holdHours, startHours) = (schedule.meanHours, bulkheadAfterHours.isFinite ? bulkheadAfterHours : 0)
    } else {
      (self.callsPerHour, holdHours, startHours) = (callsPerHour, schedule.holdHours, 0)
    }
    mostSlots = PoolDemand.mostSlots(bulkhead, sleeping: sleeping)
    usualHours = bulkhead?.kind == .threads ? 0 : policies.traffic?.latency.mean ?? 0
    refusedSlots = sleeping
    leavesAtOnce = schedule.failedShare == 1
    if let attempts = SlowAttempts(failure), schedule.waitHours.isEmpty, !overflows {
      slow = (attempts, policies.timeout?.hours ?? .infinity)
    } else {
      slow = nil
    }
  }

  private static func mostSlots(_ bulkhead: Pool?, sleeping: Double) -> Double {
    switch (bulkhead?.kind, bulkhead?.overflow) {
    case (.connections, .reject): Double(bulkhead?.capacity ?? 0) + sleeping
    case (.threads, .reject): sleeping
    default: .infinity
    }
  }

  /// The slots that they take in the end.
  var steadySlots: Double { min(mostSlots, callsPerHour * holdHours) }

  /// When the first calls that arrive in the outage leave, after its beginning.
  var firstLeaveHours: Double { leavesAtOnce ? startHours + holdHours : 0 }

  /// The slots taken so long after the loss of the callee: λ E[min(H, u)] by calls since, and λ (L − u)⁺ by those before.
  ///
  /// Source: Takács, "Introduction to the theory of queues", 1962, chapter 3.
  func slots(afterHours passed: Double) -> Double {
    let since = max(0, passed - startHours)
    let held = slow.map { $0.attempts.meanCut(atHours: min(since, $0.timeoutHours)) } ?? min(since, holdHours)
    return min(mostSlots, callsPerHour * held) + callsPerHour * max(0, usualHours - passed)
  }

  /// When that bends, after the loss of the callee.
  var bendHours: [Double] {
    guard let slow else { return [usualHours, startHours, startHours + holdHours] }
    guard slow.timeoutHours == .infinity else { return [usualHours, slow.timeoutHours] }
    return [usualHours] + (0...20).map { holdHours * Double(1 << $0) }
  }
}
