public import Stochastics

/// The law of a time or an amount, exact where its parts allow it and else from a seeded sample.
///
/// Every answer is an estimate; an exact one has an interval without width.
public enum OutcomeLaw: Hashable, Sendable {
  /// No approximation and no sampling error.
  case exact(PiecewiseLaw)
  /// From a sample.
  case sampled(SampledLaw)

  /// Whether there is no sampling error.
  public var isExact: Bool {
    if case .exact = self { true } else { false }
  }

  /// The mean of what has a value; `nil` when nothing, or in a sample only one draw, has.
  public func mean(confidence: Double = 0.95) -> Estimate? {
    switch self {
    case .exact(let law): law.total > 0 ? Self.certain(law.mean, confidence) : nil
    case .sampled(let law): law.mean(confidence: confidence)
    }
  }

  /// The value not exceeded with probability `p`; ∞ where that many have none.
  public func quantile(_ p: Double, confidence: Double = 0.95) -> Estimate {
    switch self {
    case .exact(let law): Self.certain(law.quantile(p), confidence)
    case .sampled(let law): law.quantile(p, confidence: confidence)
    }
  }

  /// The probability of a value of at most `x`.
  public func probability(atMost x: Double, confidence: Double = 0.95) -> Estimate? {
    switch self {
    case .exact(let law): Self.certain(law.cumulative(x), confidence)
    case .sampled(let law): law.probability(atMost: x, confidence: confidence)
    }
  }

  /// The probability of any value at all.
  public func probabilityOfValue(confidence: Double = 0.95) -> Estimate? {
    probability(atMost: .infinity, confidence: confidence)
  }

  /// The largest value possible, or the largest drawn; `nil` without any.
  public var maximum: Double? {
    switch self {
    case .exact(let law): law.total > 0 ? law.maximum : nil
    case .sampled(let law): law.valueCount > 0 ? law.draws[law.valueCount - 1] : nil
    }
  }

  /// The worst of it: the largest value possible, or the largest drawn; ∞ where there may be none.
  ///
  /// That is not the quantile of 1, which ends where all but the rounding of a probability lies below.
  public var worst: Double {
    switch self {
    case .exact(let law): law.total < 1 ? .infinity : law.maximum
    case .sampled(let law): law.draws.last ?? .infinity
    }
  }

  /// The law of a sum of independent parts in one unit: exact where all are fixed, observed, uniform or mixtures of
  /// these, else from draws of the stream `name`.
  public init(sumOf parts: [any Distribution], plan: SamplingPlan, name: String) {
    if let exact = PiecewiseLaw(sumOf: parts) {
      self = .exact(exact)
    } else {
      self = .sampled(plan.law(name) { stream in parts.reduce(0) { $0 + $1.sample(using: &stream) } })
    }
  }

  private static func certain(_ value: Double, _ confidence: Double) -> Estimate {
    Estimate(value: value, low: value, high: value, confidence: confidence)
  }
}

/// How a sample is taken: how many draws, from which seed.
public struct SamplingPlan: Hashable, Sendable {
  /// How many draws, at least 2.
  public let count: Int
  /// The seed: the same one gives the same draws.
  public let seed: UInt64

  /// A plan; 20,000 draws put a probability near one half within 0.7 % at 95 %.
  public init(count: Int = 20_000, seed: UInt64 = 42) {
    precondition(count >= 2 && count < Int(UInt32.max), "a sample has at least two draws")
    self.count = count
    self.seed = seed
  }

  /// A sample of a quantity, each draw from its own replication of the stream `name`.
  func law(_ name: String, _ draw: (inout RandomStream) -> Double) -> SampledLaw {
    SampledLaw(draws: draws(name, draw))
  }

  /// Draws in the order of their replications.
  func draws<Draw>(_ name: String, _ draw: (inout RandomStream) -> Draw) -> [Draw] {
    let process = ProcessKey(name: name)
    return (0..<count).map { replication in
      var stream = RandomStream(seed: seed, process: process, replication: UInt32(replication))
      return draw(&stream)
    }
  }
}
