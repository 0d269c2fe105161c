internal import Stochastics

/// How to draw from one law in the event loop: plain numbers for the common laws, so that nothing is retained or
/// called through an existential.
struct Draw: Sendable {
  private enum Kind: UInt8, Sendable { case constant, exponential, uniform, other }

  private let kind: Kind
  /// The constant, the mean, or the maximum.
  private let first: Double
  /// The width of a uniform law.
  private let second: Double

  init(_ law: any Distribution) {
    switch law {
    case let law as Deterministic: (kind, first, second) = (.constant, law.mean, 0)
    case let law as Exponential: (kind, first, second) = (.exponential, law.mean, 0)
    case let law as Uniform: (kind, first, second) = (.uniform, law.maximum, law.maximum - law.minimum)
    default: (kind, first, second) = (.other, 0, 0)
    }
  }

  /// Whether the law is memoryless.
  var isExponential: Bool { kind == .exponential }

  /// Whether a draw takes nothing, or one standard exponential.
  var fitsBlocks: Bool { kind == .exponential || kind == .constant }

  /// A draw of a law that fits blocks, in hours.
  @inline(__always)
  func sample(_ block: inout DrawBlock, _ stream: inout RandomStream) -> Double {
    kind == .exponential ? first * block.next(&stream) : first
  }

  /// A draw, in hours; `law` is asked only where this has no numbers of its own.
  @inline(__always)
  func sample(_ stream: inout RandomStream, law: @autoclosure () -> any Distribution) -> Double {
    switch kind {
    case .constant: first
    case .exponential: first * stream.standardExponential()
    case .uniform: first - second * stream.uniform()
    case .other: law().sample(using: &stream)
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
