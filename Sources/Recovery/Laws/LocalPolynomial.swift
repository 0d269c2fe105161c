/// A polynomial over one interval, in the variable t that runs from 0 at its start to 1 at its end.
///
/// Local coefficients stay near the size of the values, so that nothing cancels far from the origin.
struct LocalPolynomial: Hashable, Sendable {
  let start: Double
  let width: Double
  /// The coefficients of 1, t, t², …; at least one.
  let coefficients: [Double]

  var end: Double { start + width }

  /// The value at `x`, by Horner's rule.
  func value(_ x: Double) -> Double {
    let t = (x - start) / width
    return coefficients.reversed().reduce(0) { $0 * t + $1 }
  }

  /// The slope at `x`.
  func slope(_ x: Double) -> Double {
    let t = (x - start) / width
    var slope = 0.0
    for power in coefficients.indices.dropFirst().reversed() {
      slope = slope * t + Double(power) * coefficients[power]
    }
    return slope / width
  }

  /// The value at the end of the interval.
  var endValue: Double { coefficients.reduce(0, +) }

  /// ∫₀¹ tᵏ P(t) dt: the moment of order k over the interval scaled to 1.
  func moment(_ order: Int) -> Double {
    coefficients.enumerated().reduce(0) { $0 + $1.element / Double($1.offset + order + 1) }
  }

  /// The same function over another interval of the variable, by a Taylor shift.
  ///
  /// Source: Knuth, "The art of computer programming", volume 2, section 4.6.4, exercise 7 (synthetic division).
  func expanded(from start: Double, width: Double) -> LocalPolynomial {
    let t = (start - self.start) / self.width
    var shifted = coefficients
    for lowest in coefficients.indices {
      for index in (lowest..<(coefficients.count - 1)).reversed() { shifted[index] += t * shifted[index + 1] }
    }
    return LocalPolynomial(
      start: start, width: width, coefficients: Self.scaled(shifted, by: width / self.width))
  }

  /// P(x) − P(x − lag) over an interval, without the difference of near values: each power loses its own constant.
  ///
  /// tʲ − (t − δ)ʲ = −Σ C(j, k) (−δ)ᵏ tʲ⁻ᵏ for k = 1 … j.
  func difference(lag: Double, from start: Double, width: Double) -> LocalPolynomial {
    let delta = lag / self.width
    var rest = [Double](repeating: 0, count: max(1, coefficients.count - 1))
    for (power, coefficient) in coefficients.enumerated().dropFirst() {
      var term = -coefficient
      for k in 1...power {
        term *= -delta * Double(power - k + 1) / Double(k)
        rest[power - k] += term
      }
    }
    return LocalPolynomial(start: self.start, width: self.width, coefficients: rest)
      .expanded(from: start, width: width)
  }

  /// The sums of the coefficients of two polynomials over one interval.
  static func sum(_ left: [Double], _ right: [Double]) -> [Double] {
    let (long, short) = left.count >= right.count ? (left, right) : (right, left)
    return long.indices.map { long[$0] + ($0 < short.count ? short[$0] : 0) }
  }

  /// The coefficients of the product of two polynomials over one interval.
  static func product(_ left: [Double], _ right: [Double]) -> [Double] {
    var product = [Double](repeating: 0, count: left.count + right.count - 1)
    for (power, factor) in left.enumerated() {
      for (other, term) in right.enumerated() { product[power + other] += factor * term }
    }
    return product
  }

  private static func scaled(_ coefficients: [Double], by ratio: Double) -> [Double] {
    var power = 1.0
    return coefficients.map { coefficient in
      defer { power *= ratio }
      return coefficient * power
    }
  }
}
