internal import Stochastics

/// What becomes of the attempts that a half-open breaker lets through to a callee that is down: in one try, or on average.
struct ProbeFate: Hashable, Sendable {
  /// The share of them that fails.
  let failedShare: Double
  /// From half-open until the last one is sent that is needed, in hours.
  let sentHours: Double
  /// How long the last one takes.
  let resultHours: Double
  /// When so many have been sent that fail that the breaker opens again, from half-open on; ∞ when it closes.
  let tippingHours: Double

  /// Whether the breaker opens again.
  var reopens: Bool { tippingHours < .infinity }

  /// From half-open until the breaker opens again or closes.
  var decidesAfterHours: Double { sentHours + resultHours }

  /// The share that fails of what comes while the breaker is half-open: what comes while the last one waits for its result is
  /// refused.
  ///
  /// - Parameter failed: the share that fails of what it lets through.
  func halfOpenFailedShare(ofLetThrough failed: Double) -> Double {
    let hours = decidesAfterHours
    return hours > resultHours ? 1 - (1 - failed) * (hours - resultHours) / hours : 1
  }
}

extension EdgeTimings {
  /// What becomes of them on average.
  var meanProbes: ProbeFate {
    let needed = min(
      leastProbes(failing: probes.failures, ofShare: result.failedShare),
      leastProbes(failing: probes.slow, ofShare: result.slowShare))
    let isTipping = needed <= Double(probes.results)
    let sent =
      isTipping && result.failedShare > 0 && !decidesByRate
      ? Double(probes.failures) / result.failedShare : Double(probes.results)
    return ProbeFate(
      failedShare: result.failedShare, sentHours: sent * probeGapHours, resultHours: result.meanHours,
      tippingHours: isTipping ? needed * probeGapHours : .infinity)
  }

  /// The share of calls that fails whose attempts are probes; on average where those are `nil`.
  func callFailedShare(ofProbes probes: ProbeFate?) -> Double {
    guard let probes else { return callFailedShare }
    return portablePower(probes.failedShare, Double(schedule.startHours.count))
  }

  /// How many have to be sent for so many to fail, on average.
  private func leastProbes(failing count: Int, ofShare share: Double) -> Double {
    share > 0 ? (Double(count) / share - 1e-9).rounded(.up) : .infinity
  }

  /// What becomes of them in one try.
  func drawProbes(using stream: inout RandomStream) -> ProbeFate {
    guard let shares = opening?.shares else { return meanProbes }
    var (sent, failed, slow) = (0, 0, 0)
    var lastFails = false
    var tipping: Int?
    while sent < probes.results, tipping == nil || decidesByRate {
      let probe = shares.result(stream.uniform())
      (sent, lastFails) = (sent + 1, probe.failed)
      failed += probe.failed ? 1 : 0
      slow += probe.slow ? 1 : 0
      if tipping == nil, failed >= probes.failures || slow >= probes.slow { tipping = sent }
    }
    return ProbeFate(
      failedShare: Double(failed) / Double(sent), sentHours: Double(sent) * probeGapHours,
      resultHours: lastFails ? result.failureHours : result.answerHours,
      tippingHours: tipping.map { Double($0) * probeGapHours } ?? .infinity)
  }
}
