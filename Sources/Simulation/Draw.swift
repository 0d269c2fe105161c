internal import Stochastics

/// A law ready to be drawn from in the event loop: the common ones without a call through an existential.
enum Draw {
  case constant(Double)
  case exponential(mean: Double)
  case other(any Distribution)

  init(_ law: any Distribution) {
    switch law {
    case let law as Exponential: self = .exponential(mean: law.mean)
    case let law as Deterministic: self = .constant(law.mean)
    default: self = .other(law)
    }
  }

  /// A draw, in hours.
  @inline(__always)
  func sample(_ stream: inout RandomStream) -> Double {
    switch self {
    case .constant(let value): value
    case .exponential(let mean): mean * stream.standardExponential()
    case .other(let law): law.sample(using: &stream)
    }
  }
}

/// A sum of independent laws, such as an outage of detection, response and recovery.
struct DrawSum {
  let draws: [Draw]
  let laws: [any Distribution]
  let means: [Double]
  /// How many of the parts come before the failure is noticed.
  let firstParts: Int

  init(_ laws: [any Distribution], firstParts: Int) {
    self.laws = laws
    self.firstParts = firstParts
    draws = laws.map(Draw.init)
    means = laws.map(\.mean)
  }

  /// A draw: the parts before it is noticed, and the whole.
  @inline(__always)
  func sample(_ stream: inout RandomStream) -> (noticed: Double, whole: Double) {
    if draws.count == 1 {
      let whole = draws[0].sample(&stream)
      return (firstParts == 0 ? 0 : whole, whole)
    }
    var noticed = 0.0
    var whole = 0.0
    for part in draws.indices {
      whole += draws[part].sample(&stream)
      if part + 1 == firstParts { noticed = whole }
    }
    return (noticed, whole)
  }

  /// What is left of an outage that covers a random instant.
  ///
  /// The covering outage is size-biased: one part, chosen with probability in proportion to its mean, is drawn
  /// from its length-biased law and the others from their own (Arratia, Goldstein and Kochman, *Size bias for one
  /// and all*, 2019, eq. 18).
  func residual(_ stream: inout RandomStream) -> (noticed: Double, whole: Double) {
    let chosen = chosenPart(stream.uniform() * means.reduce(0, +))
    var noticed = 0.0
    var whole = 0.0
    for part in draws.indices {
      whole += part == chosen ? laws[part].lengthBiasedSample(using: &stream) : draws[part].sample(&stream)
      if part + 1 == firstParts { noticed = whole }
    }
    let passed = whole * stream.uniform()
    return (max(0, noticed - passed), whole - passed)
  }

  private func chosenPart(_ position: Double) -> Int {
    var rest = position
    for part in means.indices {
      rest -= means[part]
      if rest < 0 { return part }
    }
    return means.count - 1
  }
}
