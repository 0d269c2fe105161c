/// What is left of a Weibull life at a random instant, sampled by inversion: the quantile function of the equilibrium law, in
/// multiples of the scale.
///
/// A life with shape k has S(y) = exp(−yᵏ), so what is left of it exceeds y with probability Q(1/k, yᵏ) (Cox, "Renewal
/// theory", 1962, section 5.1). With E = −log of that probability, y obeys y′ = Γ(1 + 1/k) exp(yᵏ − E). Its Taylor
/// polynomials about the middles of intervals of E, eight in each power of two, stand in a table.
///
/// Off by less than 10⁻¹⁰ of the larger of the scale and the value. Made of + − × ÷ alone once the table stands, so that a
/// kernel gives the same bits.
public struct WeibullResidual: Sendable {
  /// The shapes that there is a table for.
  public static let shapes = 0.25...32.0

  /// Coefficients of a polynomial, of the lowest power first.
  public static let rowLength = 8

  /// The bits of a number below those that tell its interval.
  public static let intervalBits: UInt64 = 49

  /// The lowest number with an interval of its own; the polynomial about it serves for all below.
  public let least: Double

  /// The polynomials, interval after interval.
  public let coefficients: [Double]

  /// The number of the first interval: the bits of `least` but for the low ones.
  public var firstInterval: Int { Int(least.bitPattern >> WeibullResidual.intervalBits) }

  /// The table of a shape; `nil` where there is none.
  public init?(shape: Double) {
    guard WeibullResidual.shapes.contains(shape) else { return nil }
    let logMean = logGamma(1 + 1 / shape)
    // Below it y is the mean times E but for a share of about yᵏ.
    let smallest = portableExp((portableLog(1e-10) / (shape + 1)) - logMean)
    least = min(0x1p-4, Double(sign: .plus, exponent: smallest.exponent, significand: 1))
    let first = least.bitPattern >> WeibullResidual.intervalBits
    // A uniform number is at least 2⁻⁵³, which makes E at most 36.8.
    let last = (36.8).bitPattern >> WeibullResidual.intervalBits
    var rows = [Double](repeating: 0, count: Int(last - first + 1) * WeibullResidual.rowLength)
    var taylor = Taylor(shape: shape, logMean: logMean)
    var exponential = WeibullResidual.middle(last)
    var y = portablePower(
      inverseRegularizedGammaQ(shape: 1 / shape, q: portableExp(-exponential)), 1 / shape)
    // Downwards, where an error shrinks.
    for interval in stride(from: last, through: first, by: -1) {
      let middle = WeibullResidual.middle(interval)
      if interval < last { y = taylor.value(at: middle - exponential) }
      exponential = middle
      taylor.develop(about: exponential, y)
      let row = Int(interval - first) * WeibullResidual.rowLength
      for power in 0..<WeibullResidual.rowLength { rows[row + power] = taylor.y[power] }
    }
    coefficients = rows
  }

  /// The middle of an interval.
  private static func middle(_ interval: UInt64) -> Double {
    Double(bitPattern: interval << intervalBits | 1 << (intervalBits - 1))
  }

  /// What is left, in multiples of the scale, for a standard exponential draw; a larger one gives more.
  public func value(_ exponential: Double) -> Double {
    let interval = (exponential < least ? least : exponential).bitPattern >> WeibullResidual.intervalBits
    let t = exponential - WeibullResidual.middle(interval)
    let row = (Int(interval) - firstInterval) * WeibullResidual.rowLength
    var value = coefficients[row + WeibullResidual.rowLength - 1]
    for power in stride(from: WeibullResidual.rowLength - 2, through: 0, by: -1) {
      value = value * t + coefficients[row + power]
    }
    return value
  }
}

/// The Taylor series of the solution of y′ = exp(log mean + yᵏ − E) about one point of it.
private struct Taylor {
  /// Enough for the step to the next middle, which is at most an eighth of E away.
  private static let order = 16

  private let shape: Double
  private let logMean: Double
  /// The coefficients of y, of its power, and of its slope.
  private(set) var y = [Double](repeating: 0, count: order)
  private var power = [Double](repeating: 0, count: order)
  private var slope = [Double](repeating: 0, count: order)

  init(shape: Double, logMean: Double) {
    self.shape = shape
    self.logMean = logMean
  }

  /// By the recurrences for powers and exponentials of series (Knuth, *The art of computer programming* 2, 4.7).
  mutating func develop(about exponential: Double, _ value: Double) {
    y[0] = value
    power[0] = portablePower(value, shape)
    slope[0] = portableExp(logMean + power[0] - exponential)
    for order in 1..<Taylor.order {
      y[order] = slope[order - 1] / Double(order)
      var sum = 0.0
      for part in 1...order {
        sum += ((shape + 1) * Double(part) - Double(order)) * y[part] * power[order - part]
      }
      power[order] = sum / (Double(order) * value)
      sum = -slope[order - 1]
      for part in 1...order { sum += Double(part) * power[part] * slope[order - part] }
      slope[order] = sum / Double(order)
    }
  }

  func value(at step: Double) -> Double {
    y.reversed().reduce(0) { $0 * step + $1 }
  }
}
