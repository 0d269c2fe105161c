internal import Stochastics

extension ExpressionTable {
  /// The law of an uncertain number; its parts are numbers of expressions (Open-PSA MEF 2.0d, section V.2.7).
  public enum Deviate: Sendable, Hashable {
    /// Between two numbers.
    case uniform(lower: Int, upper: Int)
    /// Normal with a mean and a standard deviation.
    case normal(mean: Int, deviation: Int)
    /// Lognormal with a mean and an error factor: the quantile at `level` divided by the median.
    case lognormalFactor(mean: Int, errorFactor: Int, level: Int)
    /// Lognormal with the mean and the standard deviation of its logarithm.
    case lognormal(location: Int, spread: Int)
    /// Gamma with a shape and a scale.
    case gamma(shape: Int, scale: Int)
    /// Beta with two shapes.
    case beta(alpha: Int, beta: Int)
    /// Uniform in each bin: the lower bound of the first, then an upper bound and a weight for each.
    case histogram(lower: Int, bins: [Bin])

    /// A bin of a histogram.
    public struct Bin: Sendable, Hashable {
      /// Where it ends.
      public let upper: Int
      /// How often the number falls into it, relative to the others.
      public let weight: Int

      /// A bin that ends at `upper`.
      public init(upper: Int, weight: Int) {
        self.upper = upper
        self.weight = weight
      }
    }

    /// The numbers of its parts, in the order written.
    public var parts: [Int] {
      switch self {
      case .uniform(let a, let b), .normal(let a, let b), .lognormal(let a, let b), .gamma(let a, let b),
        .beta(let a, let b):
        [a, b]
      case .lognormalFactor(let mean, let factor, let level): [mean, factor, level]
      case .histogram(let lower, let bins): [lower] + bins.flatMap { [$0.upper, $0.weight] }
      }
    }

    /// The mean; NaN when the parts are no law.
    func mean(_ value: (Int) -> Double) -> Double {
      guard fault(value) == nil else { return .nan }
      switch self {
      case .uniform(let lower, let upper): return value(lower) + (value(upper) - value(lower)) / 2
      case .normal(let mean, _), .lognormalFactor(let mean, _, _): return value(mean)
      case .lognormal(let location, let spread):
        return portableExp(value(location) + value(spread) * value(spread) / 2)
      case .gamma(let shape, let scale): return value(shape) * value(scale)
      case .beta(let alpha, let beta): return value(alpha) / (value(alpha) + value(beta))
      case .histogram(let lower, let bins): return Deviate.histogramMean(value(lower), bins, value)
      }
    }

    /// The number below which it lies with probability `uniform`; NaN when the parts are no law.
    func quantile(_ uniform: Double, _ value: (Int) -> Double) -> Double {
      guard fault(value) == nil, uniform > 0, uniform < 1 else { return .nan }
      switch self {
      case .uniform(let lower, let upper): return value(lower) + uniform * (value(upper) - value(lower))
      case .normal(let mean, let deviation): return value(mean) + value(deviation) * normalQuantile(uniform)
      case .lognormalFactor(let mean, let factor, let level):
        let spread = portableLog(value(factor)) / normalQuantile(value(level))
        return value(mean) * portableExp(spread * normalQuantile(uniform) - spread * spread / 2)
      case .lognormal(let location, let spread):
        return portableExp(value(location) + value(spread) * normalQuantile(uniform))
      case .gamma(let shape, let scale):
        return value(scale) * inverseRegularizedGammaP(shape: value(shape), p: uniform)
      case .beta(let alpha, let beta):
        return inverseRegularizedBeta(p: uniform, a: value(alpha), b: value(beta))
      case .histogram(let lower, let bins):
        return Deviate.histogramQuantile(uniform, value(lower), bins, value)
      }
    }

    private static func histogramMean(_ lower: Double, _ bins: [Bin], _ value: (Int) -> Double) -> Double {
      var (bound, moment, total) = (lower, 0.0, 0.0)
      for bin in bins {
        moment += (bound + (value(bin.upper) - bound) / 2) * value(bin.weight)
        total += value(bin.weight)
        bound = value(bin.upper)
      }
      return moment / total
    }

    private static func histogramQuantile(
      _ uniform: Double, _ lower: Double, _ bins: [Bin], _ value: (Int) -> Double
    ) -> Double {
      var rest = uniform * bins.reduce(0) { $0 + value($1.weight) }
      var bound = lower
      for bin in bins {
        let weight = value(bin.weight)
        if rest < weight { return bound + (value(bin.upper) - bound) * (rest / weight) }
        rest -= weight
        bound = value(bin.upper)
      }
      return bound
    }

    /// What is wrong with the numbers of its parts, in words; `nil` when they make a law.
    func fault(_ value: (Int) -> Double) -> String? {
      switch self {
      case .uniform(let lower, let upper):
        return value(lower) < value(upper)
          ? nil : "the upper bound of a uniform deviate must exceed the lower"
      case .normal(_, let deviation):
        return value(deviation) > 0 ? nil : "the standard deviation of a normal deviate must be above 0"
      case .lognormalFactor(let mean, let factor, let level):
        if !(value(mean) > 0) { return "the mean of a lognormal deviate must be above 0" }
        if !(value(factor) > 1) { return "the error factor of a lognormal deviate must be above 1" }
        return value(level) > 0.5 && value(level) < 1
          ? nil : "the level of a lognormal deviate must lie between 0.5 and 1"
      case .lognormal(_, let spread):
        return value(spread) > 0 ? nil : "the second number of a lognormal deviate must be above 0"
      case .gamma(let shape, let scale):
        return value(shape) > 0 && value(scale) > 0
          ? nil : "shape and scale of a gamma deviate must be above 0"
      case .beta(let alpha, let beta):
        return value(alpha) > 0 && value(beta) > 0 ? nil : "the shapes of a beta deviate must be above 0"
      case .histogram(let lower, let bins): return Deviate.histogramFault(value(lower), bins, value)
      }
    }

    private static func histogramFault(
      _ lower: Double, _ bins: [Bin], _ value: (Int) -> Double
    ) -> String? {
      var (bound, total) = (lower, 0.0)
      for bin in bins {
        if !(value(bin.upper) > bound) { return "the bounds of a histogram must rise" }
        if !(value(bin.weight) >= 0) { return "the weights of a histogram can not be negative" }
        bound = value(bin.upper)
        total += value(bin.weight)
      }
      return total > 0 && total < .infinity ? nil : "the weights of a histogram must have a sum above 0"
    }
  }
}
