/// One of several laws, chosen at random for each value.
public struct Mixture: Distribution {
  /// The word for this law in a model.
  public static let kind = "mixture"

  /// The laws, without those of weight 0.
  public let components: [any Distribution]

  /// The probability of each component; they add up to 1.
  public let probabilities: [Double]

  private let choice: CumulativeWeights
  private let lengthBiasedChoice: CumulativeWeights

  /// The law that follows each component with a probability proportional to its weight.
  ///
  /// - Parameters:
  ///   - weights: one for each component, none negative, not all 0.
  ///   - components: at least one, not all of them always 0.
  public init(weights: [Double], components: [any Distribution]) throws(InvalidParameter) {
    try InvalidParameter.requireWeights(weights, of: components.count, "component of the mixture")
    let parts = zip(weights, components).filter { $0.0 > 0 }
    guard parts.contains(where: { $0.1.mean > 0 }) else {
      throw InvalidParameter(message: "all components of the mixture are always 0; one must not be")
    }
    self.init(validWeights: parts.map { $0.0 }, components: parts.map { $0.1 })
    try InvalidParameter.requireFiniteMoments(self)
  }

  private init(validWeights weights: [Double], components: [any Distribution]) {
    let total = weights.reduce(0, +)
    self.components = components
    probabilities = weights.map { $0 / total }
    choice = CumulativeWeights(weights)
    lengthBiasedChoice = CumulativeWeights(zip(weights, components).map { $0 / total * $1.mean })
  }

  /// The weighted average of a property of the components.
  private func average(_ property: (any Distribution) -> Double) -> Double {
    zip(probabilities, components).reduce(0) { $0 + $1.0 * property($1.1) }
  }

  /// The weighted average of the means.
  public var mean: Double { average { $0.mean } }

  /// The weighted average of the variances plus the variance of the means.
  public var variance: Double {
    let mean = self.mean
    return average { $0.variance + ($0.mean - mean) * ($0.mean - mean) }
  }

  /// The weighted average of the survival probabilities.
  public func survival(_ x: Double) -> Double { min(1, average { $0.survival(x) }) }

  /// The weighted average of the densities.
  public func density(_ x: Double) -> Double { average { $0.density(x) } }

  /// Those of the components.
  public var atoms: [(value: Double, probability: Double)] {
    zip(probabilities, components)
      .flatMap { share, part in part.atoms.map { ($0.value, share * $0.probability) } }
      .sorted { $0.0 < $1.0 }
  }

  /// Those of the components.
  public var kinks: [Double] { Set(components.flatMap(\.kinks)).sorted() }

  /// The value at which the survival falls to 1 − p, between the components' quantiles.
  ///
  /// - Complexity: at most 64 survival probabilities: halving the interval by bits ends at one number.
  public func quantile(_ p: Double) -> Double {
    preconditionProbability(p)
    let quantiles = components.map { abs($0.quantile(p)) }.sorted()
    guard var low = quantiles.first?.bitPattern, var high = quantiles.last?.bitPattern else { return 0 }
    while low < high {
      let middle = low + (high - low) / 2
      if survival(Double(bitPattern: middle)) <= 1 - p { high = middle } else { low = middle + 1 }
    }
    return Double(bitPattern: high)
  }

  /// A draw from a component chosen by weight; not monotone in its uniforms.
  public func sample(using stream: inout RandomStream) -> Double {
    components[choice.index(at: 1 - stream.uniform())].sample(using: &stream)
  }

  /// A length-biased draw from a component chosen by weight · mean.
  public func lengthBiasedSample(using stream: inout RandomStream) -> Double {
    components[lengthBiasedChoice.index(at: 1 - stream.uniform())].lengthBiasedSample(using: &stream)
  }

  /// The mixture of the components' laws of `factor` times the quantity.
  public func scaled(by factor: Double) -> any Distribution {
    Mixture(validWeights: probabilities, components: components.map { $0.scaled(by: factor) })
  }

  /// For example `mixture of 0.9 × (always 1) and 0.1 × (exponential with mean 8)`.
  public var description: String {
    let parts = zip(probabilities, components).map { "\(plain($0)) × (\($1))" }
    return "mixture of " + parts.joined(separator: " and ")
  }
}
