internal import Quantities
public import Stochastics

/// How one dependency takes one kind of failure of its callee: every delay that the state machine of an outage needs, in
/// hours from the loss of the callee unless said otherwise.
///
/// Worked out once for each dependency and kind of failure, on average: calls arrive evenly, waits are their means. One
/// outage's luck is the waits that it draws, when calls arrive until the breaker opens, each time, and how its probes fare.
///
/// Approximations: an attempt's fate is settled when it starts; time-outs still under way when the callee returns mix with as
/// many answers; a rate limit caps calls, not attempts; between two probes passes what passes before the first; errors that
/// come sooner than answers come in no other order (a run of failures among retried calls then takes up to a tenth less); pools
/// fill and empty on average, and calls come out of a full one in the bursts in which they went in; those that get a slot of a
/// bulkhead after a wait have waited as long as they may, so that what they hold of the caller's slots, and what these refuse
/// then, is up to a tenth too much. A full bulkhead refuses the same share from the first. Where attempts of one call
/// fare differently, as ``PastAttempts`` has it, probes count as spread over the half-open state, and more calls than arrive
/// are seen to fail later, or counted at the end. Where calls that wait between attempts are enough to fill the caller's pool,
/// breaker or not, the failed time is an upper bound.
///
/// A class, since the event loop hands the same immutable timings on at every change: a copy would count several references.
public final class EdgeTimings: Sendable {
  /// When attempts are made.
  public let schedule: AttemptSchedule
  /// What becomes of each.
  public let result: AttemptResult
  /// Calls an hour of all caller units together; `nil` without traffic.
  public let callsPerHour: Double?
  /// The probability that a call fails while the breaker is closed.
  public let callFailedShare: Double
  /// When the breaker opens; ∞ when it does not, or there is none.
  public let opensAfterHours: Double
  /// What late time-outs take to open it.
  let late: LateOpening?
  /// How long it stays open.
  public let openHours: Double
  /// From half-open to the first attempt on average, and between attempts.
  let probeGapHours: Double
  /// Results after which it decides, and failures and slow calls among them that open it again.
  let probes: (results: Int, failures: Int, slow: Int)
  /// Whether it waits for all of those results.
  let decidesByRate: Bool
  /// How long an attempt takes when all is well.
  let usualHours: Double
  /// When the caller's pool is full; ∞ when it never is.
  public let callerFullAfterHours: Double
  /// When it would be full without a bulkhead.
  public let callerFullUnconfinedHours: Double
  /// What the calls take of the caller's pool, and would without a bulkhead; `nil` where it has none, or calls are not known.
  public let poolDemand: (confined: PoolDemand, unconfined: PoolDemand)?
  /// The share of calls that the caller's full pool refuses.
  public let callerRefusedShare: Double
  /// Whether a breaker that opens relieves the caller's pool.
  let isRelievedByBreaker: Bool
  /// When the bulkhead is full and refuses; ∞ when it never is, or lets calls wait that fail in any case.
  public let bulkheadFullAfterHours: Double
  /// What it refuses of the calls to a callee that answers some of them, or late; `nil` where nothing, or all.
  let refusal: BulkheadRefusal?
  /// The share of failed calls that the fallback serves, and until when.
  let fallback: (share: Double, untilHours: Double)
  /// The attempts of a call while the callee is down and no breaker refuses them, as far as the rate limit lets them pass:
  /// the load on the callee over the usual one.
  public let amplification: Double

  /// When the breaker opens, given when calls arrive; `nil` without one.
  let opening: BreakerOpening?
  /// When it does for what a full bulkhead refuses as well; `nil` where that refuses nothing.
  let refused: RefusedOpening?
  /// Calls an hour of one caller unit; ∞ without traffic.
  let ownCallsPerHour: Double
  /// Results without which the breaker's window does not count.
  let leastResults: Double

  /// The timings on average.
  ///
  /// - Throws: when calls hang and nothing gives them up.
  public convenience init(_ policies: EdgePolicies, failure: CalleeFailure) throws(InvalidPolicy) {
    self.init(
      policies, failure, result: try AttemptResult(failure, policies: policies),
      waitHours: policies.retry?.waits.map(\.meanHours) ?? [])
  }

  /// The timings of one outage, in which waits are drawn once for all its calls; calls arrive evenly.
  ///
  /// The mean of the time that calls fail is then right, jitter or not; its spread is wider than that of calls which each
  /// draw waits of their own. The breaker is that of these timings, and is not worked out again.
  ///
  /// - Parameters:
  ///   - policies: those that these timings were worked out from.
  ///   - failure: likewise.
  public func drawingWaits(
    of policies: EdgePolicies, failure: CalleeFailure, using stream: inout RandomStream
  ) -> EdgeTimings {
    EdgeTimings(
      policies, failure, result: result,
      waitHours: policies.retry?.waits.map { $0.sample(using: &stream) } ?? [],
      opening: opening.map { ($0, refused) })
  }

  /// When the breaker opens in one outage, where calls arrive at random: what ``opensAfterHours`` is where they arrive evenly,
  /// and a run of failures, or a window of them, among calls of which some are answered takes its mean number.
  public func drawOpensAfterHours(using stream: inout RandomStream) -> Double {
    drawOpensAfterHours(isEmpty: false, using: &stream)
  }

  /// - Parameter isEmpty: whether the breaker's window is, since it has just closed.
  func drawOpensAfterHours(isEmpty: Bool, using stream: inout RandomStream) -> Double {
    guard let opening else { return .infinity }
    guard !opening.isEven(callsPerHour: ownCallsPerHour) else {
      return isEmpty ? opensAfterHoursWhenEmpty : opensAfterHours
    }
    let hours = drawnHours(opening, schedule, isEmpty: isEmpty, using: &stream)
    guard let refused, hours > refused.sinceHours else { return hours }
    let drawn = drawnHours(refused.opening, refused.schedule, isEmpty: isEmpty, using: &stream)
    return refused.hours(unrefused: hours, refused: refused.sinceHours + drawn)
  }

  private func drawnHours(
    _ opening: BreakerOpening, _ schedule: AttemptSchedule, isEmpty: Bool, using stream: inout RandomStream
  ) -> Double {
    if let chance = opening.chance, ownCallsPerHour.isFinite {
      return opening.drawnHours(
        chance, schedule, callsPerHour: ownCallsPerHour, isEmpty: isEmpty, using: &stream)
    }
    var draws = stream
    var arrivals = RandomArrivals(callsPerHour: ownCallsPerHour)
    let hours = opening.hours(
      schedule, callsPerHour: ownCallsPerHour, isEmpty: isEmpty,
      arrivals: { arrivals.hours(ofCall: $0, using: &draws) },
      trialsUntilRun: { drawnTrialsUntilRun(length: $0, probability: $1, using: &draws) })
    stream = draws
    return hours
  }

  /// Calls an hour of one caller unit, as far as the rate limit lets them pass; ∞ without traffic.
  private static func callsPerHour(_ policies: EdgePolicies) -> Double {
    policies.callsPerHourOfUnit ?? .infinity
  }

  /// What the calls take of the caller's slots, and what the bulkhead refuses of those that the caller has slots for.
  private static func exhaustion(
    _ policies: EdgePolicies, _ failure: CalleeFailure, _ result: AttemptResult, _ schedule: AttemptSchedule,
    _ ownCalls: Double
  ) -> (CallerExhaustion, BulkheadRefusal?) {
    func refusal(ofCalls calls: Double) -> BulkheadRefusal? {
      BulkheadRefusal(
        policies, failure: failure, result: result, attempts: schedule.startHours.count, callsPerHour: calls)
    }
    let all = refusal(ofCalls: ownCalls)
    let load = (
      all?.failedShare ?? result.failedShare, BulkheadRefusal.served(policies, failure, result).holdHours
    )
    let exhaustion = CallerExhaustion(
      policies, failure: failure, schedule: schedule, load: load, callsPerHour: ownCalls)
    guard all != nil, exhaustion.afterHours < .infinity else { return (exhaustion, all) }
    return (exhaustion, refusal(ofCalls: ownCalls * (1 - exhaustion.refusedShare)))
  }

  /// When a bulkhead begins to refuse attempts; where the calls do not fill it on average, it refuses some by chance once as
  /// many are inside as stay.
  private static func refusesAfterHours(
    _ policies: EdgePolicies, _ exhaustion: CallerExhaustion, _ result: AttemptResult,
    _ refusal: BulkheadRefusal?
  ) -> Double {
    guard let bulkhead = policies.bulkhead, bulkhead.overflow != .callerRuns else { return .infinity }
    let fullAfter = exhaustion.bulkheadAfterHours
    let after = fullAfter == .infinity && refusal != nil ? result.meanHours : fullAfter
    return after + (bulkhead.longestWaitHours ?? 0)
  }

  private static func opening(
    _ policies: EdgePolicies, _ result: AttemptResult, _ schedule: AttemptSchedule,
    _ refusal: BulkheadRefusal?,
    refusesAfterHours: Double, _ ownCalls: Double
  ) -> (BreakerOpening?, RefusedOpening?) {
    let opening = policies.breaker.map {
      BreakerOpening(
        $0, result: result, traffic: policies.traffic, attemptsPerHour: ownCalls * schedule.meanAttempts)
    }
    let refused = RefusedOpening(
      policies, result: result, refusal: refusal, waitHours: schedule.waitHours,
      sinceHours: refusesAfterHours, callsPerHour: ownCalls)
    return (opening, refused)
  }

  /// The slots of one caller unit that calls hold between attempts while a breaker refuses these.
  public var slotsWhileRefused: Double { poolDemand?.confined.refusedSlots ?? 0 }

  private init(
    _ policies: EdgePolicies, _ failure: CalleeFailure, result: AttemptResult, waitHours: [Double],
    opening known: (BreakerOpening, RefusedOpening?)? = nil
  ) {
    let ownCalls = EdgeTimings.callsPerHour(policies)
    let schedule = AttemptSchedule(waitHours: waitHours, result: result)
    let (exhaustion, refusal) = EdgeTimings.exhaustion(policies, failure, result, schedule, ownCalls)
    (self.schedule, self.result) = (schedule, result)
    callsPerHour = policies.traffic?.calls.perHour
    callFailedShare = schedule.callFailedShare
    ownCallsPerHour = ownCalls
    let refusesAfter = EdgeTimings.refusesAfterHours(policies, exhaustion, result, refusal)
    let (opening, refused) =
      known
      ?? EdgeTimings.opening(policies, result, schedule, refusal, refusesAfterHours: refusesAfter, ownCalls)
    (self.opening, self.refused) = (opening, refused)
    leastResults = Double(policies.breaker?.trip.threshold?.minimum ?? 0)
    let opens = opening?.meanHours(schedule, callsPerHour: ownCalls, isEmpty: false) ?? .infinity
    opensAfterHours = refused.map { $0.hours(unrefused: opens, refused: $0.meanHours) } ?? opens
    late = policies.breaker.flatMap {
      LateOpening($0, result: result, callsPerHour: ownCalls)
    }
    openHours = policies.breaker?.open.hours ?? 0
    probeGapHours = schedule.refusedGapHours(callsPerHour: ownCalls)
    probes = (
      policies.breaker?.halfOpenResults ?? 1, policies.breaker?.halfOpenFailures ?? 1,
      policies.breaker?.halfOpenSlowCalls ?? Int.max
    )
    decidesByRate = policies.breaker?.closing == .rate
    usualHours = policies.traffic?.latency.mean ?? 0
    callerFullAfterHours = exhaustion.afterHours
    callerFullUnconfinedHours = exhaustion.unconfinedHours
    poolDemand = exhaustion.demand
    (isRelievedByBreaker, callerRefusedShare) = (exhaustion.isRelievedByBreaker, exhaustion.refusedShare)
    self.refusal = refusal
    let isRejecting = policies.bulkhead?.overflow == .reject
    bulkheadFullAfterHours = isRejecting || refusal != nil ? refusesAfter : .infinity
    fallback = (policies.fallback?.serves.value ?? 0, policies.fallback?.lasts?.hours ?? .infinity)
    let limit = policies.rateLimit.map { $0.perHour / Double(policies.callers) / ownCalls } ?? .infinity
    amplification = min(schedule.meanAttempts, limit)
  }
}
