internal import DrawKernels
internal import Stochastics

/// How to draw from one law in the event loop: plain numbers for the common laws, so that nothing is retained or
/// called through an existential.
struct Draw: Sendable {
  private enum Kind: UInt8, Sendable { case constant, exponential, uniform, weibull, lognormal, gamma, other }

  private let kind: Kind
  /// The constant, the mean, the maximum, the scale or μ.
  private let first: Double
  /// The width of a uniform law, the reciprocal of a Weibull shape, σ or a gamma shape.
  private let second: Double

  init(_ law: any Distribution) {
    switch law {
    case let law as Deterministic: (kind, first, second) = (.constant, law.mean, 0)
    case let law as Exponential: (kind, first, second) = (.exponential, law.mean, 0)
    case let law as Uniform: (kind, first, second) = (.uniform, law.maximum, law.maximum - law.minimum)
    case let law as Weibull: (kind, first, second) = (.weibull, law.scale, 1 / law.shape)
    case let law as Lognormal: (kind, first, second) = (.lognormal, law.mu, law.sigma)
    case let law as Gamma: (kind, first, second) = (.gamma, law.scale, law.shape)
    default: (kind, first, second) = (.other, 0, 0)
    }
  }

  /// Whether the law is memoryless.
  var isExponential: Bool { kind == .exponential }

  /// Whether one uniform number makes a draw.
  var isInverted: Bool { kind == .exponential || kind == .uniform || kind == .weibull || kind == .lognormal }

  /// Whether a draw takes no random number.
  var isConstant: Bool { kind == .constant }

  /// How a number that a draw is made of comes from a uniform one, where kernels can do that; `nil` where they can not,
  /// and where a draw takes none.
  var kernelLaw: draw_law? {
    switch kind {
    case .exponential: draw_law(kind: Int32(DRAW_EXPONENTIAL.rawValue), first: 1, second: 0)
    case .uniform: draw_law(kind: Int32(DRAW_UNIFORM.rawValue), first: 0, second: 0)
    case .weibull: draw_law(kind: Int32(DRAW_WEIBULL.rawValue), first: first, second: second)
    case .lognormal: draw_law(kind: Int32(DRAW_LOGNORMAL.rawValue), first: first, second: second)
    case .constant, .gamma, .other: nil
    }
  }

  /// The law itself, where kernels can do all of it.
  var wholeKernelLaw: draw_law? {
    switch kind {
    case .exponential: draw_law(kind: Int32(DRAW_EXPONENTIAL.rawValue), first: first, second: 0)
    case .weibull, .lognormal: kernelLaw
    case .constant, .uniform, .gamma, .other: nil
    }
  }

  /// A draw, in hours, of a law that kernels can do; `made` is what they have made for it.
  @inline(__always)
  func sample(_ made: @autoclosure () -> Double) -> Double {
    switch kind {
    case .constant: first
    case .exponential: first * made()
    case .uniform: first - second * made()
    case .weibull, .lognormal, .gamma, .other: made()
    }
  }

  /// As many times the mean of an exponential law, or the scale of a Weibull law.
  @inline(__always)
  func times(_ multiple: Double) -> Double { first * multiple }

  /// Whether a draw is made of uniform numbers only, as many as it takes.
  var takesUniforms: Bool { kind != .other }

  /// A draw, in hours, of a law that takes uniform numbers.
  @inline(__always)
  func sample(uniform: () -> Double) -> Double {
    switch kind {
    case .constant, .other: first
    case .exponential: first * -portableLog(uniform())
    case .uniform: first - second * uniform()
    case .weibull: first * portablePower(-portableLog(uniform()), second)
    case .lognormal: portableExp(first + second * -normalQuantile(uniform()))
    case .gamma: first * standardGamma(shape: second, uniform: uniform)
    }
  }

  /// A draw, in hours; `law` is asked only where this has no numbers of its own.
  @inline(__always)
  func sample(_ stream: inout RandomStream, law: @autoclosure () -> any Distribution) -> Double {
    switch kind {
    case .constant: first
    case .exponential: first * stream.standardExponential()
    case .uniform: first - second * stream.uniform()
    case .gamma: first * stream.standardGamma(shape: second)
    case .weibull, .lognormal, .other: law().sample(using: &stream)
    }
  }
}

/// A sum of independent laws, such as the time to notice and to move a role.
struct DrawSum: Sendable {
  private let draws: [Draw]
  private let laws: [any Distribution]

  init(_ laws: [any Distribution]) {
    self.laws = laws
    draws = laws.map(Draw.init)
  }

  /// A draw of the sum, in hours.
  func sample(_ stream: inout RandomStream) -> Double {
    var total = 0.0
    for part in draws.indices { total += draws[part].sample(&stream, law: laws[part]) }
    return total
  }
}
