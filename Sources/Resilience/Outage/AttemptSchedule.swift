internal import Stochastics

/// When the attempts of a call that arrives as the outage begins are made, and when their results are known, in hours.
public struct AttemptSchedule: Hashable, Sendable {
  /// The waits between attempts.
  public let waitHours: [Double]
  /// How long a failing attempt takes.
  public let failureHours: Double
  /// The probability that an attempt fails.
  let failedShare: Double
  /// How long an attempt takes on average, and one that is answered.
  let meanHours: Double
  let answerHours: Double
  /// When each attempt starts.
  public let startHours: [Double]

  init(waitHours: [Double], result: AttemptResult) {
    self.waitHours = waitHours
    failureHours = result.failureHours
    (failedShare, meanHours, answerHours) = (result.failedShare, result.meanHours, result.answerHours)
    startHours = waitHours.reduce(into: [0]) { $0.append(($0.last ?? 0) + result.failureHours + $1) }
  }

  /// Whether a call makes more than one attempt.
  var retries: Bool { !waitHours.isEmpty }

  /// Whether attempts fail as often as those of another schedule, and take as long.
  func fails(as other: AttemptSchedule) -> Bool {
    (failedShare, failureHours) == (other.failedShare, other.failureHours)
  }

  /// The attempts' span: from the first attempt's start to the last's.
  public var spanHours: Double { startHours.last ?? 0 }

  /// The span of a call all whose attempts are refused at once.
  public var refusedSpanHours: Double { waitHours.reduce(0, +) }

  /// The attempts of a call on average: 1 + q + … + q^(n − 1).
  public var meanAttempts: Double { weights.reduce(0, +) }

  /// The probability that a call fails: qⁿ.
  public var callFailedShare: Double { startHours.reduce(1.0) { share, _ in share * failedShare } }

  /// How long a call lasts on average, waits included: Σ q^(i − 1) (mean attempt) + Σ qⁱ wᵢ.
  public var holdHours: Double {
    zip(weights, waitHours + [0]).reduce(0.0) { $0 + $1.0 * (meanHours + failedShare * $1.1) }
  }

  /// The probability that a call gets as far as each attempt.
  var weights: [Double] {
    var weight = 1.0
    return startHours.map { _ in
      defer { weight *= failedShare }
      return weight
    }
  }

  /// The span of a call that arrives as the outage begins when attempts from `openHours` on are refused at once.
  func spanHours(refusedFrom openHours: Double) -> Double {
    waitHours.reduce(0.0) { start, wait in start + (start < openHours ? failureHours : 0) + wait }
  }

  /// The mean time from any instant to the next attempt while all are refused: ∫ exp(−λ (x + Σ min(x, wᵢ))) dx.
  ///
  /// Calls arrive at random, λ an hour, and each makes its attempts after its waits wᵢ. No attempt falls into the next x hours
  /// if no call has arrived at a time that would put one there; those times add up to x + Σ min(x, wᵢ). It is 1 / (n λ) for
  /// many calls and 1 / λ for few.
  func refusedGapHours(callsPerHour: Double) -> Double {
    guard callsPerHour.isFinite else { return 0 }
    var (mean, exponent, from) = (0.0, 0.0, 0.0)
    let sorted = waitHours.sorted()
    for (index, wait) in (sorted + [.infinity]).enumerated() {
      let rate = callsPerHour * Double(1 + sorted.count - index)
      let area = wait.isFinite ? rate * (wait - from) : .infinity
      mean += portableExp(-exponent) * -portableExpm1(-area) / rate
      (exponent, from) = (exponent + area, wait)
    }
    return mean
  }

  /// The earliest time at which results with the given total weight are known; the j-th call arrives at `arrivals(j)`,
  /// j = 1, 2, …, which must not decrease, and `accepts` says of the weight so far and the time whether that is enough.
  ///
  /// - Returns: `nil` when the calls of `latest` are over and it never was.
  /// - Complexity: results until then, times attempts.
  func resultHours(
    latest: Double, arrivals: (Int) -> Double, accepts: (_ weight: Double, _ hours: Double) -> Bool
  ) -> Double? {
    let weights = weights
    var nextCalls = [Int](repeating: 1, count: startHours.count)
    var nextHours = startHours.map { $0 + meanHours + arrivals(1) }
    var weight = 0.0
    while true {
      var first = 0
      for attempt in nextHours.indices where nextHours[attempt] < nextHours[first] { first = attempt }
      let hours = nextHours[first]
      guard hours <= latest else { return nil }
      weight += weights[first]
      if accepts(weight, hours) { return hours }
      nextCalls[first] += 1
      nextHours[first] = arrivals(nextCalls[first]) + startHours[first] + meanHours
    }
  }

  /// The same for very many results of calls that arrive evenly: λ Σ q^(i − 1) (t − start − attempt)⁺ reaches the weight; ∞ for
  /// one that is never reached.
  func evenResultHours(weight needed: Double, callsPerHour: Double) -> Double {
    guard needed < .infinity else { return .infinity }
    var (rate, reached, from) = (0.0, 0.0, 0.0)
    for (start, weight) in zip(startHours, weights) {
      let knownHours = start + meanHours
      let next = reached + rate * (knownHours - from)
      if next >= needed { break }
      (rate, reached, from) = (rate + weight * callsPerHour, next, knownHours)
    }
    return from + (needed - reached) / rate
  }
}
