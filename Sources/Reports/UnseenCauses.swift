internal import Reliability
internal import Simulation
internal import Stochastics

/// The part of an exact downtime that a simulation may not have seen anything of, since its causes are seldom and long.
///
/// A cause with the downtime u, which lasts for h as seen from an instant of it, has about u / h outages that matter (the
/// effective number (Σ d)² / Σ d² of a compound Poisson law). None is seen of fewer than log(2000) with a probability
/// above what the cross-check's interval leaves on a side; of more, not seen may be as much as that many.
struct UnseenCauses {
  private let causes: [SteadyStateResult.Contribution]
  private let downtime, horizonHours: Double

  /// - Parameters:
  ///   - downtime: what the exact engine expects of all replications, in horizons.
  ///   - horizonHours: the horizon of one, longer than which no outage counts.
  init(_ causes: [SteadyStateResult.Contribution], downtime: Double, horizonHours: Double) {
    (self.causes, self.downtime, self.horizonHours) = (causes, downtime, horizonHours)
  }

  /// The share of the downtime that causes which last longer may have had without being seen, 0…1.
  func share(longerThanHours limit: Double) -> Double {
    guard downtime > 0 else { return 0 }
    let missed = poissonUpperLimit(count: 0, confidence: (1 + CrossCheck.confidence) / 2)
    let unseen = causes.reduce(0.0) { sum, cause in
      guard cause.coveringHours > limit else { return sum }
      let length = min(1, cause.coveringHours / horizonHours)
      return sum + min(cause.share * downtime, missed * length)
    }
    return min(1, unseen / downtime)
  }
}
