/// A density that rises in a line from the minimum to the mode and falls in a line to the maximum.
///
/// Source: Kotz and van Dorp, "Beyond beta", 2004, chapter 1.
public struct Triangular: Distribution, Hashable {
  /// The word for this law in a model.
  public static let kind = "triangular"

  /// The smallest value.
  public let minimum: Double

  /// The likeliest value.
  public let mode: Double

  /// The largest value.
  public let maximum: Double

  /// The law with 0 ≤ minimum ≤ mode ≤ maximum and minimum < maximum.
  public init(minimum: Double, mode: Double, maximum: Double) throws(InvalidParameter) {
    try InvalidParameter.requireThreePoints("triangular", minimum, mode, maximum)
    self.init(validMinimum: minimum, mode: mode, maximum: maximum)
    try InvalidParameter.requireFiniteMoments(self)
  }

  private init(validMinimum minimum: Double, mode: Double, maximum: Double) {
    self.minimum = minimum
    self.mode = mode
    self.maximum = maximum
  }

  private var width: Double { maximum - minimum }
  private var rise: Double { mode - minimum }
  private var fall: Double { maximum - mode }

  /// The average of the three points.
  public var mean: Double { (minimum + mode + maximum) / 3 }

  /// (rise² + rise · fall + fall²) / 18.
  public var variance: Double { (rise * rise + rise * fall + fall * fall) / 18 }

  /// 1 − (x − minimum)² / (width · rise) before the mode, (maximum − x)² / (width · fall) after it.
  public func survival(_ x: Double) -> Double {
    if x <= minimum { return 1 }
    if x >= maximum { return 0 }
    if x < mode { return 1 - (x - minimum) / width * ((x - minimum) / rise) }
    return (maximum - x) / width * ((maximum - x) / fall)
  }

  /// The bounds and the mode.
  public var kinks: [Double] { [minimum, mode, maximum] }

  /// 2 / width at the mode, in a line to 0 at both ends.
  public func density(_ x: Double) -> Double {
    if x < minimum || x > maximum { return 0 }
    if x == mode { return 2 / width }
    return 2 / width * (x < mode ? (x - minimum) / rise : (maximum - x) / fall)
  }

  /// The inverse of the distribution function.
  public func quantile(_ p: Double) -> Double {
    preconditionProbability(p)
    return value(below: p, above: 1 - p)
  }

  /// A draw by inversion.
  public func sample(using stream: inout RandomStream) -> Double {
    let u = stream.uniform()
    return value(below: 1 - u, above: u)
  }

  /// A draw from the plain law in minimum of mean cases, else from the law of the part above the minimum,
  /// length-biased.
  ///
  /// With the minimum as the origin that density is proportional to y² up to the mode c; above it, at the
  /// distance v from the maximum and with w = maximum − mode, to c · v + v · (w − v). The three pieces have
  /// the weights 2c², 3cw and w², and are the largest of three, the largest of two and the middle of three
  /// uniforms.
  public func lengthBiasedSample(using stream: inout RandomStream) -> Double {
    if stream.uniform() * mean < minimum { return sample(using: &stream) }
    let (c, w) = (rise, fall)
    let choice = stream.uniform() * (2 * c + w) * (c + w)
    if choice < 2 * c * c { return minimum + c * stream.largestUniform(of: 3) }
    if choice < 2 * c * c + 3 * c * w { return maximum - w * stream.largestUniform(of: 2) }
    return maximum - w * stream.middleUniform()
  }

  private func value(below: Double, above: Double) -> Double {
    if above * width <= fall { return maximum - (above * width * fall).squareRoot() }
    return minimum + (below * width * rise).squareRoot()
  }

  /// The triangular law with `factor` times the three points.
  public func scaled(by factor: Double) -> any Distribution {
    preconditionValidFactor(factor)
    return Triangular(validMinimum: minimum * factor, mode: mode * factor, maximum: maximum * factor)
  }

  /// For example `triangular from 1 over 2 to 6`.
  public var description: String {
    "triangular from \(plain(minimum)) over \(plain(mode)) to \(plain(maximum))"
  }
}

extension InvalidParameter {
  /// Refuses anything but 0 ≤ minimum ≤ mode ≤ maximum with minimum < maximum.
  static func requireThreePoints(
    _ kind: String, _ minimum: Double, _ mode: Double, _ maximum: Double
  ) throws(InvalidParameter) {
    try requireNonNegative(minimum, "the \(kind) minimum")
    guard minimum < maximum, minimum <= mode, mode <= maximum, maximum.isFinite else {
      throw InvalidParameter(
        message: "the \(kind) minimum, mode and maximum are \(plain(minimum)), \(plain(mode)) and "
          + "\(plain(maximum)); the mode must lie between the other two, which must differ")
    }
  }
}

extension RandomStream {
  fileprivate mutating func largestUniform(of count: Int) -> Double {
    (1..<count).reduce(uniform()) { largest, _ in max(largest, uniform()) }
  }

  fileprivate mutating func middleUniform() -> Double {
    let (first, second, third) = (uniform(), uniform(), uniform())
    return max(min(first, second), min(max(first, second), third))
  }
}
