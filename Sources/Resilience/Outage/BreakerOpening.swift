internal import Quantities
internal import Stochastics

/// When a breaker opens in an outage.
///
/// Its window is full of usual results when the outage begins. The results of the outage come in as calls arrive and retry,
/// and it opens as soon as they alone, diluted by what is left of the usual ones, reach a threshold. Rates are compared on
/// average; where they stay below the threshold on average, or results are drawn, chance counts as ``WindowOpening`` says. How
/// many results a run of failures takes is for the caller to say. Once it has closed in the same outage, its window is empty.
struct BreakerOpening {
  let breaker: CircuitBreaker
  let result: AttemptResult
  /// The share of attempts that fail, and that are slow, when all is well.
  let usualErrors: Double
  let usualSlow: Double
  /// How long an attempt takes when all is well.
  let usualHours: Double
  /// What becomes of attempts in the outage.
  let shares: WindowOpening.Shares
  /// What chance does to a window; `nil` where there is none, or chance is left out.
  private(set) var chance: WindowOpening?

  /// More calls than this in a window of time are counted in as many groups, which come evenly.
  private static let mostGroups = 10_000.0
  /// After more results of the outage than this the chance of when each comes is left out.
  private static let mostCounted = 300.0

  /// Whether calls are so many that when each arrives makes no difference.
  func isEven(callsPerHour: Double) -> Bool {
    guard case .timeWindow(let length, _) = breaker.trip else { return false }
    return callsPerHour * length.hours > BreakerOpening.mostGroups
  }

  /// - Parameters:
  ///   - attemptsPerHour: in the outage, of one caller unit; ∞ for one so busy that waiting for calls takes no time.
  ///   - sinceHours: for how long the callee has been lost by then.
  init(
    _ breaker: CircuitBreaker, result: AttemptResult, traffic: Traffic?, attemptsPerHour: Double,
    sinceHours: Double = 0
  ) {
    (self.breaker, self.result) = (breaker, result)
    usualErrors = traffic?.errors.value ?? 0
    usualHours = max(0, (traffic?.latency.mean ?? 0) - sinceHours)
    let slow = breaker.trip.threshold?.slow
    usualSlow = slow.flatMap { slow in traffic?.latency.survival(slow.longerThan.hours) } ?? 0
    let areFailuresSlow = slow.map { $0.longerThan.hours < result.failureHours } ?? false
    shares = WindowOpening.Shares(
      failed: result.failedShare, slow: result.slowShare, areNested: areFailuresSlow)
    chance = WindowOpening(
      breaker.trip, outage: shares,
      usual: WindowOpening.Shares(failed: usualErrors, slow: usualSlow, areNested: false),
      resultsPerHour: attemptsPerHour, reached: resultsNeeded)
  }

  /// Hours until it opens; ∞ when it does not.
  ///
  /// - Parameters:
  ///   - callsPerHour: of one caller unit; ∞ for one so busy that waiting for calls takes no time.
  ///   - isEmpty: whether the window begins empty, as after the breaker has closed, rather than full of usual results.
  ///   - arrivals: when the j-th call arrives.
  ///   - trialsUntilRun: how many results a run of so many failures takes, each failing with a probability.
  func hours(
    _ schedule: AttemptSchedule, callsPerHour: Double, isEmpty: Bool, arrivals: (Int) -> Double,
    trialsUntilRun: (_ length: Int, _ probability: Double) -> Double
  ) -> Double {
    switch breaker.trip {
    case .consecutive(let failures):
      let needed = trialsUntilRun(failures, result.failedShare)
      return hours(until: needed, schedule, callsPerHour, arrivals)
        + max(0, lastSuccessHours(callsPerHour) - result.meanHours)
    case .countWindow(let size, let threshold):
      let needed =
        isEmpty
        ? chance?.meanResultsWhenEmpty ?? resultsNeededWhenEmpty(threshold)
        : chance?.meanResults ?? resultsNeeded(size, threshold)
      return hours(until: needed, schedule, callsPerHour, arrivals)
    case .timeWindow(let length, let threshold):
      guard isEmpty else { return hours(in: length.hours, threshold, schedule, callsPerHour, arrivals) }
      let needed = chance?.meanResultsWhenEmpty ?? resultsNeededWhenEmpty(threshold)
      return hours(until: needed, schedule, callsPerHour, arrivals)
    }
  }

  /// The same on average, where calls arrive evenly.
  func meanHours(_ schedule: AttemptSchedule, callsPerHour: Double, isEmpty: Bool) -> Double {
    hours(
      schedule, callsPerHour: callsPerHour, isEmpty: isEmpty, arrivals: { Double($0) / callsPerHour },
      trialsUntilRun: meanTrialsUntilRun(length:probability:))
  }

  /// One draw of when a window opens where chance counts; calls arrive at random.
  ///
  /// - Parameter isEmpty: whether the window begins empty, as after the breaker has closed, rather than full of usual results.
  func drawnHours(
    _ chance: WindowOpening, _ schedule: AttemptSchedule, callsPerHour: Double, isEmpty: Bool,
    using stream: inout RandomStream
  ) -> Double {
    let drawn = chance.drawnHours(
      schedule, callsPerHour: callsPerHour, isEmpty: isEmpty, using: &stream)
    if let drawn { return drawn }
    let needed = chance.drawnResults(isEmpty: isEmpty, using: &stream)
    var arrivals = RandomArrivals(callsPerHour: callsPerHour)
    return hours(until: needed, schedule, callsPerHour) { arrivals.hours(ofCall: $0, using: &stream) }
  }

  /// Answers to attempts from before the outage still come in and break a run: the last of them after
  /// E[(L − X)⁺] = L − (1 − e^(−λL)) / λ, L the usual latency and X the time since the last call before.
  private func lastSuccessHours(_ callsPerHour: Double) -> Double {
    guard callsPerHour.isFinite, result.failedShare == 1 else { return 0 }
    return usualHours + portableExpm1(-callsPerHour * usualHours) / callsPerHour
  }

  private func hours(
    until needed: Double, _ schedule: AttemptSchedule, _ callsPerHour: Double, _ arrivals: (Int) -> Double
  ) -> Double {
    if callsPerHour.isFinite, needed > BreakerOpening.mostCounted, chance != nil || needed <= 1e6 {
      return schedule.evenResultHours(weight: needed, callsPerHour: callsPerHour)
    }
    // A run this long is not worth waiting for: chance decides, and mostly the end of the outage comes first.
    guard needed <= 1e6 else { return .infinity }
    guard callsPerHour.isFinite else { return result.meanHours }
    return schedule.resultHours(latest: .infinity, arrivals: arrivals) { weight, _ in weight >= needed - 1e-9
    }
      ?? .infinity
  }

  /// Results of the outage after which a full window of `size` reaches a threshold: j q + (size − j) p ≥ f size.
  private func resultsNeeded(_ size: Int, _ threshold: CircuitBreaker.Threshold) -> Double {
    func needed(_ share: Double, now: Double, before: Double) -> Double {
      let least = Double(leastCount(of: size, share: share))
      if before * Double(size) >= least { return 1 }
      guard now * Double(size) >= least - 1e-9 else { return .infinity }
      return ((least - before * Double(size)) / (now - before) - 1e-9).rounded(.up)
    }
    let failures = needed(threshold.failures.value, now: result.failedShare, before: usualErrors)
    let slow = threshold.slow.map { needed($0.share.value, now: result.slowShare, before: usualSlow) }
    return min(failures, slow ?? .infinity)
  }

  /// Results of the outage that trip an empty window, on average: its minimum, or none do.
  private func resultsNeededWhenEmpty(_ threshold: CircuitBreaker.Threshold) -> Double {
    canTrip(threshold) ? Double(max(1, threshold.minimum)) : .infinity
  }

  /// Whether so many results of the outage fail, or are slow, as to reach a threshold.
  private func canTrip(_ threshold: CircuitBreaker.Threshold) -> Bool {
    result.failedShare >= threshold.failures.value
      || threshold.slow.map { result.slowShare >= $0.share.value } ?? false
  }

  /// A window of time loses usual results as it gains those of the outage.
  private func hours(
    in windowHours: Double, _ threshold: CircuitBreaker.Threshold, _ schedule: AttemptSchedule,
    _ callsPerHour: Double, _ arrivals: (Int) -> Double
  ) -> Double {
    guard canTrip(threshold) else {
      return hours(until: chance?.meanResults ?? .infinity, schedule, callsPerHour, arrivals)
    }
    guard callsPerHour.isFinite else {
      return result.meanHours + max(0, windowHours - result.meanHours) * leastShare(threshold)
    }
    let group = max(1, callsPerHour * windowHours / BreakerOpening.mostGroups)
    let found = schedule.resultHours(
      latest: windowHours, arrivals: { group > 1 ? Double($0) * group / callsPerHour : arrivals($0) }
    ) { weight, hours in
      let usual = callsPerHour * max(0, windowHours - hours)
      return trips(threshold, outage: weight * group, usual: usual)
    }
    if let found { return found }
    let isBelievedLater =
      callsPerHour * schedule.meanAttempts * windowHours >= Double(threshold.minimum)
    return isBelievedLater ? windowHours + schedule.spanHours + result.meanHours : .infinity
  }

  private func trips(_ threshold: CircuitBreaker.Threshold, outage: Double, usual: Double) -> Bool {
    let total = outage + usual
    guard total >= Double(threshold.minimum) - 1e-9 else { return false }
    if outage * result.failedShare + usual * usualErrors >= threshold.failures.value * total - 1e-9 {
      return true
    }
    guard let slow = threshold.slow else { return false }
    return outage * result.slowShare + usual * usualSlow >= slow.share.value * total - 1e-9
  }

  /// The part of the window that the outage has to fill, for so many calls that each counts nothing.
  private func leastShare(_ threshold: CircuitBreaker.Threshold) -> Double {
    let failures = threshold.failures.value / max(result.failedShare, threshold.failures.value)
    guard let slow = threshold.slow, result.slowShare > 0 else { return failures }
    return min(failures, slow.share.value / max(result.slowShare, slow.share.value))
  }
}
