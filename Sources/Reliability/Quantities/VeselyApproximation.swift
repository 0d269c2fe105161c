internal import Stochastics

/// The first failure of a repaired system by Vesely's rate, Λ(t) = w(t) / (1 − Q(t)).
///
/// Source: Vesely, *A time-dependent methodology for fault tree evaluation*, Nuclear Engineering and Design 13 (1970).
struct VeselyApproximation {
  let curve: SystemCurve
  let settlingHours: Double

  private static let method =
    "Vesely's rate w / (1 − Q) in place of the failure rate: near the truth while repairs are short and parts do not "
    + "age; a system that failed before is counted among those that can fail"

  /// Unreliability and mean time to failure.
  func answers(_ mission: Double) -> FirstFailureAnswers {
    if curve.events.curves.contains(where: { !$0.failureInstants.isEmpty }) {
      let reason = "up times that take single values have no failure rate; simulate them"
      return FirstFailureAnswers(unreliability: .unknown(reason), meanTime: .unknown(reason))
    }
    let steady = curve.events.steadyMoment
    guard let frequency = curve.frequency(steady) else {
      let reason = "the frequency of a part is not known"
      return FirstFailureAnswers(unreliability: .unknown(reason), meanTime: .unknown(reason))
    }
    return FirstFailureAnswers(
      unreliability: unreliability(mission), meanTime: meanTime(steadyFrequency: frequency, steady))
  }

  /// Vesely's rate, and the frequency.
  private func rates(_ time: Double) -> (rate: Double, frequency: Double) {
    let moment = curve.events.moment(atHours: time)
    let frequency = curve.frequency(moment) ?? 0
    let up = 1 - curve.diagram.probability(ofRoot: curve.root, moment.probabilities)
    return (up > 0 ? frequency / up : .greatestFiniteMagnitude, frequency)
  }

  /// 1 − (1 − Q(0)) exp(−∫ Λ), between max Q and Q(0) + ∫ w, which hold for any process.
  ///
  /// - Precondition: the frequency is known at all times.
  func unreliability(_ mission: Double) -> MissionResult.Answer {
    let initial = curve.unavailability(atHours: 0)
    let (sums, _) = TimeIntegral(tolerance: 1e-9).integrals(
      upTo: mission, breaks: curve.events.breaks, pace: curve.events.pace, count: 2
    ) { time in
      let (rate, frequency) = rates(time)
      return [rate, frequency]
    }
    return .approximate(
      initial - (1 - initial) * portableExpm1(-sums[0]),
      low: max(initial, curve.unavailability(atHours: mission)), high: min(1, initial + sums[1]),
      method: VeselyApproximation.method)
  }

  /// ∫ R over the time until it has settled, in steps, and 1 / Λ from there on.
  func meanTime(steadyFrequency: Double, _ steady: EventCurves.Moment) -> MissionResult.Answer {
    let down = curve.diagram.probability(ofRoot: curve.root, steady.probabilities)
    let isAlwaysDown = 1 - down <= 0x1p-50
    guard steadyFrequency > 0 || isAlwaysDown else {
      return .infinite(reason: "in the long run it never fails")
    }
    var (total, exponent) = (0.0, 0.0)
    for (low, high) in TimeIntegral.pieces(
      upTo: settlingHours, breaks: curve.events.breaks, pace: curve.events.pace)
    {
      let parts = 4
      for part in 0..<parts {
        let start = low + (high - low) * Double(part) / Double(parts)
        let end = low + (high - low) * Double(part + 1) / Double(parts)
        let rate = RatePiece(from: start, to: end) { rates($0).rate }
        total += GaussRule.integral(from: start, to: end) { time in
          portableExp(-exponent - rate.integral(upTo: time))
        }
        exponent += rate.integral(upTo: end)
      }
    }
    let left = portableExp(-exponent)
    if steadyFrequency > 0 {
      total += left * (1 - down) / steadyFrequency
    } else if left > 1e-9 {
      return .unknown("in the long run it is always down")
    }
    return .approximate(
      total * (1 - curve.unavailability(atHours: 0)), low: nil, high: nil, method: VeselyApproximation.method)
  }
}

/// A rate over a piece of time as the polynomial through its Gauss points, so that it is worked out at these only.
private struct RatePiece {
  private let low: Double
  private let half: Double
  private let values: [Double]

  init(from low: Double, to high: Double, _ rate: (Double) -> Double) {
    self.low = low
    half = (high - low) / 2
    // Nothing survives so high a rate, and a polynomial through larger numbers would overflow.
    let highest = 1_000 / half
    values = PanelFunction.points(from: low, to: high).map { min(rate($0), highest) }
  }

  /// ∫ from the start of the piece to a time in it.
  func integral(upTo time: Double) -> Double {
    let sum = GaussRule.integral(from: low, to: time) { inner in
      zip(GaussRule.basis(at: (inner - low) / half - 1), values).reduce(0) { $0 + $1.0 * $1.1 }
    }
    return max(0, sum)
  }
}

extension Distribution {
  /// A time after which a process with these up times and mean outage is near its long run.
  func settlesAfter(outage: Double) -> Double {
    self is Exponential ? 40 * min(mean, outage) : 12 * (mean + outage)
  }
}
