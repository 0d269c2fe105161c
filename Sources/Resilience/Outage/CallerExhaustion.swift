internal import Quantities

/// Whether, and when, calls to a failing callee use up the slots that everything the caller does needs.
///
/// A bulkhead of connections that rejects confines the outage: at most its capacity, and the calls that wait between two
/// attempts, hold slots of the caller. One that lets calls wait does not, they hold the caller's slots meanwhile. A pool of
/// threads takes calls over, and the caller's own slots fill with what overflows, unless it rejects.
struct CallerExhaustion {
  /// Hours until the caller's pool is full without a breaker; ∞ when it never is.
  private(set) var afterHours = Double.infinity
  /// Hours until it would be full without a bulkhead.
  private(set) var unconfinedHours = Double.infinity
  /// Whether the calls that a breaker refuses, and that wait for their next attempt, leave room.
  private(set) var isRelievedByBreaker = true
  /// Hours until the bulkhead is full; ∞ when it never is.
  private(set) var bulkheadAfterHours = Double.infinity

  /// The share of calls that a full pool refuses: all while calls of one burst hold it, on average what exceeds the slots.
  private(set) var refusedShare = 1.0

  /// Nothing to exhaust where the caller's pool or the traffic is unknown.
  init(
    _ policies: EdgePolicies, failure: CalleeFailure, schedule: AttemptSchedule, callsPerHour: Double
  ) {
    guard callsPerHour.isFinite else { return }
    let wall = policies.bulkhead.map { PoolFilling($0) }
    bulkheadAfterHours =
      wall?.fullAfterHours(callsPerHour: callsPerHour, schedule: schedule) ?? .infinity
    guard let pool = policies.callerPool else { return }
    let filling = PoolFilling(pool, held: policies.slotsHeldByOthers)
    unconfinedHours = filling.fullAfterHours(callsPerHour: callsPerHour, holdHours: schedule.holdHours)
    if let attempts = SlowAttempts(failure), schedule.waitHours.isEmpty {
      unconfinedHours = filling.fullAfterHours(
        callsPerHour: callsPerHour, attempts, timeoutHours: policies.timeout?.hours ?? .infinity)
    }
    if schedule.failedShare < 1 {
      refusedShare = max(0, 1 - filling.slots / (callsPerHour * schedule.holdHours))
    }
    let sleeping = callsPerHour * schedule.refusedSpanHours
    isRelievedByBreaker = sleeping <= filling.slots
    guard let bulkhead = policies.bulkhead, let wall else {
      afterHours = unconfinedHours
      return
    }
    switch (bulkhead.kind, bulkhead.overflow) {
    case (.connections, .reject):
      afterHours = wall.capacity + sleeping <= filling.slots ? .infinity : unconfinedHours
    case (.connections, _):
      afterHours = unconfinedHours
    case (.threads, .reject):
      afterHours = isRelievedByBreaker ? .infinity : unconfinedHours
    case (.threads, _):
      let overflow = callsPerHour * schedule.meanAttempts - wall.slots / schedule.meanHours
      guard bulkheadAfterHours.isFinite, overflow * schedule.meanHours > filling.slots else { return }
      afterHours = bulkheadAfterHours + filling.capacity / overflow
    }
  }
}
