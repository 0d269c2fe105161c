public import Stochastics

/// What is believed of a result whose inputs are uncertain, as a sample.
public struct SampledDistribution: Sendable {
  /// The values, ascending.
  public let values: [Double]
  /// How many samples had no value; they are left out.
  public let undefined: Int
  /// The mean, with the Student-t interval of the sampling.
  public let mean: Estimate
  /// The standard deviation.
  public let standardDeviation: Double

  /// The distribution of a sample; `nil` when fewer than two values are finite.
  public init?(_ sample: [Double], confidence: Double = 0.95) {
    let finite = sample.filter(\.isFinite).sorted()
    guard finite.count > 1 else { return nil }
    let count = Double(finite.count)
    let centre = finite[finite.count / 2]
    let sum = finite.reduce(0) { $0 + ($1 - centre) }
    let squares = finite.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
    guard
      let shifted = meanEstimate(
        count: finite.count, sum: sum, sumOfSquares: squares, confidence: confidence)
    else { return nil }
    values = finite
    undefined = sample.count - finite.count
    mean = Estimate(
      value: centre + shifted.value, low: centre + shifted.low, high: centre + shifted.high,
      confidence: confidence)
    standardDeviation = (max(0, squares - sum * sum / count) / (count - 1)).squareRoot()
  }

  /// The value that a share of the sample does not exceed, with the interval of the sampling.
  ///
  /// Between two values of the sample by linear interpolation (Hyndman and Fan, *Sample quantiles in statistical
  /// packages*, The American Statistician 50 (1996), definition 7). The interval is between order statistics, which
  /// needs no law (Hahn and Meeker, *Statistical intervals*, 1991, section 5.2), with the normal approximation of the
  /// binomial.
  ///
  /// - Parameter p: from 0 to 1.
  public func percentile(_ p: Double, confidence: Double = 0.95) -> Estimate {
    let count = Double(values.count)
    let half = normalQuantile((1 + confidence) / 2) * (count * p * (1 - p)).squareRoot()
    return Estimate(
      value: value(atRank: p * (count - 1)), low: value(atRank: (p * count - half).rounded(.down) - 1),
      high: value(atRank: (p * count + half).rounded(.up)), confidence: confidence)
  }

  private func value(atRank rank: Double) -> Double {
    let rank = min(max(0, rank), Double(values.count - 1))
    let below = Int(rank)
    guard below + 1 < values.count else { return values[below] }
    return values[below] + (values[below + 1] - values[below]) * (rank - Double(below))
  }
}

/// The uncertainty of results that follow from uncertain inputs, by keyed sampling.
public enum UncertaintyPropagation {
  /// The distribution of every result.
  ///
  /// - Parameters:
  ///   - inputs: what is uncertain, independent of each other.
  ///   - samples: how many to draw, at least 2.
  ///   - seed: the same seed gives the same bits.
  ///   - outputs: how many results there are.
  ///   - evaluate: the results for values of the inputs, in their order.
  /// - Returns: for each result its distribution; `nil` when it has no value.
  public static func distributions(
    of inputs: [UncertainInput], samples: Int, seed: UInt64, outputs: Int,
    _ evaluate: ([Double]) -> [Double]
  ) -> [SampledDistribution?] {
    let draws = inputs.map { $0.draws(samples, seed: seed) }
    var results = [[Double]](repeating: [], count: outputs)
    for sample in 0..<samples {
      let values = evaluate(draws.map { $0[sample] })
      for output in 0..<outputs { results[output].append(values[output]) }
    }
    return results.map { SampledDistribution($0) }
  }
}
