public import Stochastics

/// What a stated part of them does not exceed, with its interval, whatever the law.
///
/// Replications are independent. Outages and months of one replication are not: they count as one observation, as if they
/// were all alike, which makes the interval too wide rather than too narrow.
public struct Percentile: Sendable, Hashable {
  /// Above 0 and below 100: 50 is the median.
  public let percent: Int
  /// The number that so many per cent do not exceed; a limit is 0 or ∞ where replications are too few to set it.
  public let estimate: Estimate

  /// `p90`.
  public var name: String { "p\(percent)" }
}

extension TickHistogram {
  /// Percentiles of what was recorded, but for those that lie among what was not.
  ///
  /// - Parameters:
  ///   - total: how many there are with those that were not recorded for being too large; `nil`: none are.
  ///   - independent: how many independent ones they are worth; `nil`: all are.
  ///   - scale: from whole numbers to what they stand for, never falling; ∞ to ∞.
  func percentiles(
    _ percents: [Int], of total: Int? = nil, worth independent: Int? = nil, confidence: Double,
    scale: (Double) -> Double
  ) -> [Percentile] {
    percents.compactMap { percent in
      let found = quantileEstimate(
        Double(percent) / 100, of: total, worth: independent, confidence: confidence)
      guard let found else { return nil }
      return Percentile(
        percent: percent,
        estimate: Estimate(
          value: scale(found.value), low: scale(found.low), high: scale(found.high), confidence: confidence))
    }
  }
}

extension TickHistogram {
  /// The mean of what was recorded, with Student's interval; how it scatters is known to the error of the buckets.
  ///
  /// - Parameters:
  ///   - sum: of all that was recorded, exactly.
  ///   - independent: how many independent ones they are worth; fewer than two leave the mean open.
  func meanEstimate(sum: Int128, worth independent: Int, confidence: Double) -> Estimate {
    let mean = Double(sum) / Double(max(1, count))
    let squaredDeviations = buckets.reduce(0) { squares, bucket in
      let deviation = (Double(bucket.low) + Double(bucket.high)) / 2 - mean
      return squares + Double(bucket.count) * deviation * deviation
    }
    guard independent > 1 else {
      return Estimate(value: mean, low: 0, high: .infinity, confidence: confidence)
    }
    let degreesOfFreedom = Double(independent - 1)
    let error = (squaredDeviations / Double(count) / degreesOfFreedom).squareRoot()
    let reach = studentTQuantile((1 + confidence) / 2, degreesOfFreedom: degreesOfFreedom) * error
    return Estimate(value: mean, low: max(0, mean - reach), high: mean + reach, confidence: confidence)
  }
}

extension Moments {
  /// How many independent ones so many are worth that came to replications in these numbers, as if those of a
  /// replication were all alike: (Σ m)² / Σ m², never more than there are replications with any.
  ///
  /// It rests on that how many there are in a replication says nothing of what they are like. Where large ones come together,
  /// as the long outages of replications with the most of them do, fewer replications than this decide about high
  /// percentiles, and the interval of those is too narrow.
  ///
  /// Source: Kish, "Survey sampling", 1965, section 8.2, with the largest correlation within a cluster.
  func independent(of count: Int, replications: Int) -> Int {
    let share = squares > 0 ? Double(count) / Double(squares) : 1
    return share < 1 ? max(1, min(replications, Int(share * Double(count)))) : min(replications, count)
  }
}

/// A share of what several of each replication are, as if those of one were all alike; 0 to 1 without a replication.
func clusteredShare(_ share: Double, replications: Int, confidence: Double) -> Estimate {
  let alike = share * Double(replications)
  func limits(_ successes: Double) -> Estimate? {
    proportionEstimate(
      successes: min(replications, max(0, Int(successes))), trials: replications, confidence: confidence)
  }
  return Estimate(
    value: share, low: limits(alike.rounded(.down))?.low ?? 0, high: limits(alike.rounded(.up))?.high ?? 1,
    confidence: confidence)
}
