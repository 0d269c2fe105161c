public import Stochastics

/// An outcome as the law of a duration in hours: what a restore or a procedure says of its time.
///
/// Exact where the outcome's law is. A sample becomes a mixture of uniform laws, one for each twelfth of its draws with
/// their mean and variance: the mean is the sample's, the variance as far as no part reaches below 0, and whoever integrates
/// meets a dozen pieces and not 20,000 steps. What never comes is left out.
public struct OutcomeTimes: Sendable {
  /// The probability that it never comes; that of a sample where the law is one.
  let probabilityOfNever: Double
  /// What all times are multiplied by.
  let factor: Double
  private let law: Law
  /// Drawn times, equally likely.
  private let values: Empirical

  private enum Law: Sendable {
    case exact(PiecewiseLaw)
    case sampled(any Distribution)
  }

  /// The times of an outcome, and draws of them for those that are to cover a random instant.
  ///
  /// - Throws: when it takes no time at all, or never comes.
  init(_ outcome: OutcomeLaw, draws: [Double]) throws(InvalidParameter) {
    values = try Empirical(values: draws.filter(\.isFinite))
    factor = 1
    switch outcome {
    case .exact(let exact):
      law = .exact(exact)
      probabilityOfNever = exact.probabilityOfNever
    case .sampled(let sample):
      law = .sampled(try sample.mixture(of: 12))
      probabilityOfNever = 1 - Double(sample.valueCount) / Double(sample.draws.count)
    }
  }

  private init(_ other: OutcomeTimes, factor: Double) {
    probabilityOfNever = other.probabilityOfNever
    law = other.law
    values = other.values
    self.factor = other.factor * factor
  }

  /// Whether there is no sampling error.
  var isExact: Bool { if case .exact = law { true } else { false } }

  var mean: Double {
    switch law {
    case .exact(let law): law.mean * factor
    case .sampled(let law): law.mean * factor
    }
  }

  var variance: Double {
    switch law {
    case .exact(let law): law.variance * factor * factor
    case .sampled(let law): law.variance * factor * factor
    }
  }

  func survival(_ x: Double) -> Double {
    guard x >= 0 else { return 1 }
    return switch law {
    case .exact(let law): max(0, 1 - law.cumulative(x / factor) / law.total)
    case .sampled(let law): law.survival(x / factor)
    }
  }

  func density(_ x: Double) -> Double {
    switch law {
    case .exact(let law): law.density(x / factor) / law.total / factor
    case .sampled(let law): law.density(x / factor) / factor
    }
  }

  var atoms: [(value: Double, probability: Double)] {
    switch law {
    case .exact(let law): law.atoms.map { ($0.value * factor, $0.probability / law.total) }
    case .sampled(let law): law.atoms.map { ($0.value * factor, $0.probability) }
    }
  }

  var kinks: [Double] {
    switch law {
    case .exact(let law): law.isAtomic ? [] : law.breakPoints.map { $0 * factor }
    case .sampled(let law): law.kinks.map { $0 * factor }
    }
  }

  func quantile(_ p: Double) -> Double {
    switch law {
    case .exact(let law): law.quantile(p * law.total) * factor
    case .sampled(let law): law.quantile(p) * factor
    }
  }

  func lengthBiasedSample(using stream: inout RandomStream) -> Double {
    values.lengthBiasedSample(using: &stream) * factor
  }

  func scaled(by factor: Double) -> OutcomeTimes { OutcomeTimes(self, factor: factor) }
}

/// A law of durations that an outcome tells; draws are made by what the outcome is of.
public protocol OutcomeDistribution: Distribution {
  /// The times of the outcome.
  var times: OutcomeTimes { get }
}

extension OutcomeDistribution {
  /// Whether its mean is exact, and not that of a sample.
  public var isExact: Bool { times.isExact }

  /// The mean time.
  public var mean: Double { times.mean }

  /// The variance.
  public var variance: Double { times.variance }

  /// The probability of a longer time.
  public func survival(_ x: Double) -> Double { times.survival(x) }

  /// The density where the law is continuous.
  public func density(_ x: Double) -> Double { times.density(x) }

  /// The times of positive probability.
  public var atoms: [(value: Double, probability: Double)] { times.atoms }

  /// Where the density is not smooth.
  public var kinks: [Double] { times.kinks }

  /// The time that is not exceeded with a probability.
  public func quantile(_ p: Double) -> Double { times.quantile(p) }

  /// A time of the sample, the longer the likelier.
  public func lengthBiasedSample(using stream: inout RandomStream) -> Double {
    times.lengthBiasedSample(using: &stream)
  }
}

extension SampledLaw {
  /// The values as a mixture of as many uniform laws, each with the mean and the variance of its share of them.
  ///
  /// - Throws: when all values are 0, or none is finite.
  fileprivate func mixture(of count: Int) throws(InvalidParameter) -> any Distribution {
    let ends = (0...count).map { $0 * valueCount / count }
    var (weights, parts): ([Double], [any Distribution]) = ([], [])
    for (start, end) in zip(ends, ends.dropFirst()) where end > start {
      weights.append(Double(end - start))
      parts.append(try Self.uniform(like: draws[start..<end]))
    }
    return try Mixture(weights: weights, components: parts)
  }

  /// A uniform law with the mean and the variance of values, as far as it stays above 0; a fixed one without variance.
  private static func uniform(like values: ArraySlice<Double>) throws(InvalidParameter) -> any Distribution {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    let reach = min(mean, (3 * variance).squareRoot())
    guard reach > 1e-9 * mean else { return try Deterministic(value: mean) }
    return try Uniform(minimum: mean - reach, maximum: mean + reach)
  }
}
