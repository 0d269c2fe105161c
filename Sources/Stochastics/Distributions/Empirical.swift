/// One of a list of observed values, equally likely or by weight.
public struct Empirical: Distribution, Hashable {
  /// The word for this law in a model.
  public static let kind = "empirical"

  /// The values in ascending order, without those of weight 0.
  public let values: [Double]

  /// The average.
  public let mean: Double

  /// The average squared distance from the mean.
  public let variance: Double

  private let probabilities: CumulativeWeights
  private let lengthBiased: CumulativeWeights

  /// The law of these values.
  ///
  /// - Parameters:
  ///   - values: at least one, in any order, none negative, not all 0.
  ///   - weights: one for each value, none negative, not all 0; without them all values are equally likely.
  public init(values: [Double], weights: [Double]? = nil) throws(InvalidParameter) {
    let weights = weights ?? Array(repeating: 1, count: values.count)
    for value in values { try InvalidParameter.requireNonNegative(value, "an observed value") }
    try InvalidParameter.requireWeights(weights, of: values.count, "observed value")
    let observations = zip(values, weights).filter { $0.1 > 0 }.sorted { $0 < $1 }
    guard observations.contains(where: { $0.0 > 0 }) else {
      throw InvalidParameter(message: "all observed values are 0; at least one must be greater than 0")
    }
    self.init(validValues: observations.map { $0.0 }, weights: observations.map { $0.1 })
    try InvalidParameter.requireFiniteMoments(self)
  }

  private init(validValues values: [Double], weights: [Double]) {
    let total = weights.reduce(0, +)
    let shares = weights.map { $0 / total }
    let mean = zip(values, shares).reduce(0) { $0 + $1.0 * $1.1 }
    self.values = values
    self.mean = mean
    variance = zip(values, shares).reduce(0) { $0 + ($1.0 - mean) * ($1.0 - mean) * $1.1 }
    probabilities = CumulativeWeights(weights)
    lengthBiased = CumulativeWeights(zip(values, shares).map { $0 / mean * $1 })
  }

  private init(_ other: Empirical, factor: Double) {
    values = other.values.map { $0 * factor }
    mean = other.mean * factor
    variance = other.variance * factor * factor
    probabilities = other.probabilities
    lengthBiased = other.lengthBiased
  }

  /// The share of the values above `x`.
  ///
  /// - Complexity: O(log n).
  public func survival(_ x: Double) -> Double {
    var low = 0
    var high = values.count
    while low < high {
      let middle = (low + high) / 2
      if values[middle] <= x { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? 1 : 1 - probabilities.shares[low - 1]
  }

  /// 0: all probability lies in points.
  public func density(_ x: Double) -> Double { 0 }

  /// Each value once, with its probability.
  public var atoms: [(value: Double, probability: Double)] {
    var above = 1.0
    return Set(values).sorted().map { value in
      let survival = survival(value)
      defer { above = survival }
      return (value, above - survival)
    }
  }

  /// None: there is no density.
  public var kinks: [Double] { [] }

  /// The smallest value whose share of values up to it reaches `p`.
  public func quantile(_ p: Double) -> Double {
    preconditionProbability(p)
    return values[probabilities.index(at: p)]
  }

  /// A draw by inversion.
  public func sample(using stream: inout RandomStream) -> Double {
    values[probabilities.index(at: 1 - stream.uniform())]
  }

  /// A draw with weight · value in place of the weights.
  public func lengthBiasedSample(using stream: inout RandomStream) -> Double {
    values[lengthBiased.index(at: 1 - stream.uniform())]
  }

  /// The law of `factor` times the values.
  public func scaled(by factor: Double) -> any Distribution {
    preconditionValidFactor(factor)
    return Empirical(self, factor: factor)
  }

  /// For example `12 observed values with mean 3.5`.
  public var description: String {
    "\(values.count) observed value\(values.count == 1 ? "" : "s") with mean \(plain(mean))"
  }
}

extension InvalidParameter {
  /// Refuses weights that do not match in number, are negative, or do not have a finite sum above 0.
  static func requireWeights(
    _ weights: [Double], of count: Int, _ name: String
  ) throws(InvalidParameter) {
    guard count > 0 else { throw InvalidParameter(message: "there is no \(name); give at least one") }
    guard weights.count == count else {
      throw InvalidParameter(
        message: "the number of weights is \(weights.count); it must be \(count), one for each \(name)")
    }
    for weight in weights { try requireNonNegative(weight, "the weight of a \(name)") }
    let sum = weights.reduce(0, +)
    guard sum > 0, sum.isFinite else {
      throw InvalidParameter(message: "the weights add up to \(plain(sum)); one must be greater than 0")
    }
  }
}
