public import Quantities
internal import Stochastics

/// All policies of one dependency, consistent with one another.
///
/// Their order, outermost first: retry, breaker, rate limit, timeout, bulkhead. Fallback serves what is left.
public struct EdgePolicies: Sendable {
  /// When an attempt is given up, the wait for a slot included.
  public let timeout: TimeSpan?
  /// How often a call is tried.
  public let retry: Retry?
  /// When attempts are cut off.
  public let breaker: CircuitBreaker?
  /// Slots of this dependency's own.
  public let bulkhead: Pool?
  /// The slots that all calls of one caller unit share.
  public let callerPool: Pool?
  /// Attempts a time.
  public let rateLimit: RateLimit?
  /// What is served instead.
  public let fallback: Fallback?
  /// The calls when all is well; without it the caller is taken as so busy that collecting calls takes no time.
  public let traffic: Traffic?
  /// The slots of the caller's pool that its calls to other callees hold on average when all is well.
  public private(set) var slotsHeldByOthers = 0.0
  /// Units of the caller, each with its breaker and its pools, among which calls are shared evenly.
  public let callers: Int

  /// The policies of a dependency; throws what contradicts.
  public init(
    timeout: TimeSpan? = nil, retry: Retry? = nil, breaker: CircuitBreaker? = nil, bulkhead: Pool? = nil,
    callerPool: Pool? = nil, rateLimit: RateLimit? = nil, fallback: Fallback? = nil, traffic: Traffic? = nil,
    callers: Int = 1
  ) throws(InvalidPolicy) {
    (self.timeout, self.retry, self.breaker, self.bulkhead) = (timeout, retry, breaker, bulkhead)
    (self.callerPool, self.rateLimit, self.fallback) = (callerPool, rateLimit, fallback)
    (self.traffic, self.callers) = (traffic, callers)
    var check = PolicyCheck()
    check.require(callers >= 1, "callers", "callers", "\(callers) units of the caller; expected 1 or more")
    check.requireOrder(timeout: timeout, breaker: breaker, bulkhead: bulkhead)
    check.require(
      traffic != nil || (bulkhead == nil && callerPool == nil && rateLimit == nil), "traffic-missing",
      "traffic",
      "a pool or rate limit says nothing without the calls that use it", help: "traffic: {calls: 20 /s}")
    try check.finish()
  }

  /// The slots of one caller unit that the calls hold on average when all is well, λ L; 0 without traffic, or where a pool
  /// of threads takes them over.
  public var usualSlots: Double {
    guard let traffic, bulkhead?.kind != .threads else { return 0 }
    return (callsPerHourOfUnit ?? 0) * traffic.latency.mean
  }

  /// Calls an hour of one caller unit, as far as the rate limit lets them pass; `nil` without traffic.
  public var callsPerHourOfUnit: Double? {
    traffic.map { min($0.calls.perHour, rateLimit?.perHour ?? .infinity) / Double(callers) }
  }

  /// The same policies beside calls to other callees that hold slots of the caller's pool.
  public func besideCalls(holding slots: Double) -> EdgePolicies {
    var policies = self
    policies.slotsHeldByOthers = slots
    return policies
  }

  /// The number of attempts a failing call makes.
  public var attempts: Int { retry?.attempts ?? 1 }
}

extension PolicyCheck {
  /// What is longer than the timeout never happens before it.
  fileprivate mutating func requireOrder(timeout: TimeSpan?, breaker: CircuitBreaker?, bulkhead: Pool?) {
    guard let timeout else { return }
    require(
      timeout > .zero, "timeout", "timeout", "a timeout of no time fails every call; expected a duration",
      help: "timeout: 10 s")
    if let slow = breaker?.trip.threshold?.slow {
      require(
        slow.longerThan <= timeout, "slow-beyond-timeout", "breaker/slow/longer-than",
        "a call is slow after \(slow.longerThan.exactText), but given up after \(timeout.exactText)",
        help: "longer-than: \(timeout.exactText)")
    }
    if case .wait(let wait)? = bulkhead?.overflow {
      require(
        wait <= timeout, "wait-beyond-timeout", "bulkhead",
        "a call waits \(wait.exactText) for a slot, but is given up after \(timeout.exactText)",
        help: "wait: \(timeout.exactText)")
    }
  }
}
