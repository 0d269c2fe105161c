internal import Simulation
internal import Stochastics

/// What a simulation saw of something rare, and what may be true of it beside what was seen.
///
/// Replications are the events of a compound Poisson law, each with as much as it saw. Few outages of unequal length
/// lean a mean far to one side, so neither limit is taken from a normal law.
struct CrossCheckEvidence {
  /// As many equal outages, at least, tell whether a mean is right.
  static let enough = 50.0
  /// With fewer than so many, one outage may still be longer than any seen.
  private static let plenty = 100.0
  /// How many times longer, at most.
  static let mostTimesSeen = 10.0

  /// The sum over replications, and its variance.
  private let sum, variance: Double
  private let most: Double

  /// Replications with as much of it as they had; `isComplement` takes what they had not, where 1 is all.
  init(_ spread: ReplicationSpread, isComplement: Bool = false) {
    let count = Double(spread.replications)
    most = isComplement ? 1 - spread.least : spread.most
    // Shares that ought to be whole may be off in the last digit.
    let total = most < 1e-13 ? 0 : max(0, isComplement ? count - spread.sum : spread.sum)
    sum = total
    // One replication shows no spread: all of it may be one event.
    guard spread.replications > 1 else {
      variance = total * total
      return
    }
    // A variance that is itself estimated: Student's t in place of the normal law.
    let tail = (1 + CrossCheck.confidence) / 2
    let widening = studentTQuantile(tail, degreesOfFreedom: count - 1) / normalQuantile(tail)
    let deviations = max(0, spread.squaredDeviations)
    variance = min(total * total, deviations * count / (count - 1) * widening * widening)
  }

  /// The number of equal events that would tell as much: (Σ d)² / variance, n / 2 for n exponential outages.
  ///
  /// Source: Kish, *Survey sampling*, 1965, section 11.7.
  var effectiveCount: Double {
    guard sum > 0 else { return 0 }
    return variance > 0 ? sum / variance * sum : .infinity
  }

  /// Whether a mean can be told to be right.
  var isEnough: Bool { effectiveCount >= CrossCheckEvidence.enough }

  /// Whether none weighs more than those seen.
  var isPlenty: Bool { effectiveCount >= CrossCheckEvidence.plenty }

  /// What the sum may be.
  ///
  /// - Parameters:
  ///   - typical: what one event is expected to weigh.
  ///   - limit: what one replication can have at most.
  func interval(typical: Double, limit: Double) -> (low: Double, high: Double) {
    let times =
      sum > 0
      ? min(CrossCheckEvidence.mostTimesSeen, max(1, CrossCheckEvidence.plenty / effectiveCount))
      : CrossCheckEvidence.mostTimesSeen
    let heaviest = isEnough ? most : max(most, typical)
    return compoundPoissonInterval(
      sum: sum, variance: variance, unseenWeight: max(1e-100, min(limit, times * heaviest)),
      confidence: CrossCheck.confidence)
  }

  /// Whether so many may be expected, where these were counted and a share of them may not have been seen.
  func contains(count expected: Double, unseenShare: Double) -> Bool {
    let limits = interval(typical: 1, limit: .greatestFiniteMagnitude)
    return limits.low <= expected && expected * (1 - unseenShare) <= limits.high
  }
}
