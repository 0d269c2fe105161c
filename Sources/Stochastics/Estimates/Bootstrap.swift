/// Resampling of observed values with replacement, from streams that are a function of a seed and a name.
///
/// Source: Efron, "Better bootstrap confidence intervals", JASA 82 (1987).
public struct Bootstrap: Hashable, Sendable {
  /// The seed of all draws.
  public let seed: UInt64

  /// The name of the stream; two questions with two names draw independently.
  public let process: ProcessKey

  /// How many resamples are drawn.
  public let replications: Int

  /// - Parameters:
  ///   - name: what is resampled, for example `ledger/durations`.
  ///   - replications: at least 100.
  public init(seed: UInt64, name: String, replications: Int = 2000) {
    precondition(replications >= 100, "a bootstrap needs at least 100 resamples")
    (self.seed, process, self.replications) = (seed, ProcessKey(name: name), replications)
  }

  /// A statistic of the values with the percentile interval of its resamples.
  ///
  /// - Parameters:
  ///   - values: at least two; with fewer there is no answer.
  ///   - confidence: between 0 and 1.
  ///   - statistic: of values in ascending order.
  public func percentileInterval(
    of values: [Double], confidence: Double, _ statistic: ([Double]) -> Double
  ) -> Estimate? {
    preconditionConfidence(confidence)
    guard values.count > 1 else { return nil }
    let resampled = resamples(of: values, statistic)
    let tail = (1 - confidence) / 2
    return Estimate(
      value: statistic(values.sorted()), low: sortedQuantile(resampled, tail),
      high: sortedQuantile(resampled, 1 - tail), confidence: confidence)
  }

  /// The mean of the values with the bias-corrected and accelerated interval of its resamples, which follows the skew
  /// of the values.
  ///
  /// - Parameters:
  ///   - values: at least two; with fewer there is no answer.
  ///   - confidence: between 0 and 1.
  public func meanInterval(of values: [Double], confidence: Double) -> Estimate? {
    preconditionConfidence(confidence)
    guard values.count > 1 else { return nil }
    let mean = sortedMean(values)
    let means = resamples(of: values, sortedMean)
    let below = means.reduce(0.0) { $1 < mean ? $0 + 1 : $1 == mean ? $0 + 0.5 : $0 }
    let share = min(
      max(below / Double(means.count), 0.5 / Double(means.count)), 1 - 0.5 / Double(means.count))
    let correction = normalQuantile(share)
    let acceleration = Self.acceleration(values, mean)
    func limit(_ p: Double) -> Double {
      let shifted = correction + normalQuantile(p)
      return sortedQuantile(means, normalCDF(correction + shifted / max(0.01, 1 - acceleration * shifted)))
    }
    return Estimate(
      value: mean, low: min(mean, limit((1 - confidence) / 2)), high: max(mean, limit((1 + confidence) / 2)),
      confidence: confidence)
  }

  /// A sixth of the skewness of a mean, Σ (x − x̄)³ / (6 (Σ (x − x̄)²)^1.5), Efron 1987, equation (4.4).
  private static func acceleration(_ values: [Double], _ mean: Double) -> Double {
    let (squares, cubes) = values.reduce((0.0, 0.0)) { sums, value in
      let away = value - mean
      return (sums.0 + away * away, sums.1 + away * away * away)
    }
    return squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
  }

  /// The statistic of every resample, ascending.
  private func resamples(of values: [Double], _ statistic: ([Double]) -> Double) -> [Double] {
    let sorted = values.sorted()
    let n = sorted.count
    return (0..<replications).map { replication in
      var stream = RandomStream(
        seed: seed, process: process, replication: UInt32(truncatingIfNeeded: replication))
      var counts = Array(repeating: 0, count: n)
      for _ in 0..<n { counts[min(n - 1, Int(stream.uniform() * Double(n)))] += 1 }
      // Putting the draws down by rank leaves them sorted.
      return statistic(counts.indices.flatMap { repeatElement(sorted[$0], count: counts[$0]) })
    }.sorted()
  }
}

private func sortedMean(_ values: [Double]) -> Double {
  let first = values[0]
  return first + values.reduce(0) { $0 + ($1 - first) } / Double(values.count)
}

/// The quantile of ascending values, interpolated between them as R's default does.
///
/// Source: Hyndman and Fan, "Sample quantiles in statistical packages", American Statistician 50 (1996), definition 7.
package func sortedQuantile(_ values: [Double], _ p: Double) -> Double {
  let position = p * Double(values.count - 1)
  let index = min(values.count - 1, max(0, Int(position)))
  guard index + 1 < values.count else { return values[index] }
  return values[index] + (position - Double(index)) * (values[index + 1] - values[index])
}
