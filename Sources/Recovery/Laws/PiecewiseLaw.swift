/// The exact law of a time or an amount put together from fixed and uniform parts, which may also never come.
///
/// Phases of a schedule are uniform, periods and delays are fixed; sums, choices, the first and the last of such times
/// have a cumulative probability that is a polynomial between break points, with jumps at fixed values. This type
/// holds it so, without an approximation. What never happens, such as a restore without any backup, is missing
/// probability.
///
/// Values are plain numbers, at least 0; the caller settles the unit.
public struct PiecewiseLaw: Hashable, Sendable {
  /// The cumulative probability between break points, contiguous and ascending.
  let pieces: [LocalPolynomial]
  /// The largest value.
  public let maximum: Double
  /// The probability that there is no value, held by itself so that a small one keeps its digits.
  public let probabilityOfNever: Double

  init(pieces: [LocalPolynomial], maximum: Double, never: Double = 0) {
    self.pieces = pieces
    self.maximum = maximum
    probabilityOfNever = min(1, max(0, never))
  }

  /// The probability that there is a value at all.
  public var total: Double { 1 - probabilityOfNever }

  /// Always `value`, at least 0.
  public static func always(_ value: Double) -> PiecewiseLaw {
    precondition(value >= 0 && value.isFinite, "a value of a law is at least 0")
    return PiecewiseLaw(pieces: [], maximum: value)
  }

  /// No value, ever.
  public static let never = PiecewiseLaw(pieces: [], maximum: 0, never: 1)

  /// Every value from `minimum`, at least 0, to `maximum` equally likely; a single value when they are equal.
  public static func uniform(from minimum: Double, to maximum: Double) -> PiecewiseLaw {
    precondition(minimum >= 0 && minimum <= maximum && maximum.isFinite, "bounds ascend from at least 0")
    guard maximum > minimum else { return always(minimum) }
    let piece = LocalPolynomial(start: minimum, width: maximum - minimum, coefficients: [0, 1])
    return PiecewiseLaw(pieces: [piece], maximum: maximum)
  }

  /// The smallest value.
  public var minimum: Double { pieces.first?.start ?? maximum }

  /// The probability of a value of at most `x`.
  ///
  /// - Complexity: O(log n) in the number of pieces.
  public func cumulative(_ x: Double) -> Double {
    if x >= maximum { return total }
    guard let piece = piece(at: x) else { return 0 }
    return min(total, max(0, piece.value(x)))
  }

  /// The probability density at `x`; fixed values have none and count as 0.
  public func density(_ x: Double) -> Double {
    guard x < maximum, let piece = piece(at: x) else { return 0 }
    return max(0, piece.slope(x))
  }

  /// Whether all values are of positive probability.
  var isAtomic: Bool { pieces.allSatisfy { $0.coefficients.dropFirst().allSatisfy { $0 == 0 } } }

  /// The values of positive probability, with it, ascending.
  ///
  /// Jumps of less than 1e-12 between polynomials are rounding.
  public var atoms: [(value: Double, probability: Double)] {
    var below = 0.0
    let jumps = pieces.map { piece in
      defer { below = piece.endValue }
      return (value: piece.start, probability: piece.coefficients[0] - below)
    }
    return (jumps + [(maximum, total - below)]).filter { $0.probability > 1e-12 }
  }

  /// The mean of the values, those that never come left out; 0 without any.
  ///
  /// ∫ (F(∞) − F(x)) dx / F(∞), exact for polynomials.
  public var mean: Double { total > 0 ? minimum + firstMoment : 0 }

  /// The expected squared distance from the mean, those that never come left out.
  public var variance: Double {
    guard total > 0 else { return 0 }
    let second = pieces.reduce(0) { sum, piece in
      let offset = piece.start - minimum
      let level = offset * (total - piece.moment(0)) + piece.width * (total / 2 - piece.moment(1))
      return sum + piece.width * level
    }
    return max(0, 2 * second / total - firstMoment * firstMoment)
  }

  /// The mean above the smallest value.
  private var firstMoment: Double {
    pieces.reduce(0) { $0 + $1.width * (total - $1.moment(0)) } / total
  }

  /// The smallest value that is not exceeded with probability `p`; ∞ where that many have no value.
  ///
  /// - Complexity: at most 64 cumulative probabilities: halving the interval by bits ends at one number.
  public func quantile(_ p: Double) -> Double {
    precondition(p >= 0 && p <= 1, "a probability lies between 0 and 1")
    guard p <= total, total > 0 else { return .infinity }
    var (low, high) = (minimum.bitPattern, maximum.bitPattern)
    while low < high {
      let middle = low + (high - low) / 2
      if cumulative(Double(bitPattern: middle)) >= p { high = middle } else { low = middle + 1 }
    }
    return Double(bitPattern: high)
  }

  /// The last piece that begins at or before `x`; `nil` below the smallest value.
  func piece(at x: Double) -> LocalPolynomial? {
    var (low, high) = (0, pieces.count)
    while low < high {
      let middle = (low + high) / 2
      if pieces[middle].start <= x { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : pieces[low - 1]
  }

  /// The cumulative probability over an interval that no break point divides, as a polynomial.
  func polynomial(from start: Double, width: Double) -> [Double] {
    let middle = start + width / 2
    guard middle < maximum else { return [total] }
    return piece(at: middle)?.expanded(from: start, width: width).coefficients ?? [0]
  }

  /// The places where pieces begin and end, ascending; those of a fixed value are one.
  var breakPoints: [Double] { pieces.map(\.start) + [maximum] }
}
