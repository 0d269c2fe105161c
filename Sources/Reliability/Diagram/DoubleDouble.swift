/// A number of about 106 bits, the unevaluated sum of two doubles; `high` is the sum rounded.
///
/// Uses + − × ÷ only, which IEEE 754 rounds alike everywhere; a fused multiply-add would call the C library on CPUs
/// that have none. Source: Dekker, *A floating-point technique for extending the available precision*, Numerische
/// Mathematik 18 (1971); error bounds by Joldes, Muller and Popescu, ACM TOMS 44 (2017): some 2⁻¹⁰² of the result
/// where no part underflows.
package struct DoubleDouble: Sendable {
  /// The number, rounded to the nearest double.
  package let high: Double
  /// What rounding took away.
  package let low: Double

  /// A double as it is.
  package init(_ value: Double) { self.init(high: value, low: 0) }

  private init(high: Double, low: Double) {
    self.high = high
    self.low = low
  }

  /// a + b when |a| ≥ |b| or a = 0: Dekker's Fast2Sum.
  @inline(__always)
  private init(larger a: Double, smaller b: Double) {
    let sum = a + b
    self.init(high: sum, low: b - (sum - a))
  }

  /// a + b with the rounding error: Knuth's 2Sum.
  @inline(__always)
  package static func sum(_ a: Double, _ b: Double) -> DoubleDouble {
    let sum = a + b
    let part = sum - a
    return DoubleDouble(high: sum, low: (a - (sum - part)) + (b - part))
  }

  /// a · b with the rounding error, from halves of 26 bits (Veltkamp); |a| and |b| below 2⁹⁹⁶.
  @inline(__always)
  package static func product(_ a: Double, _ b: Double) -> DoubleDouble {
    let product = a * b
    let (aHigh, aLow) = halves(a)
    let (bHigh, bLow) = halves(b)
    let rest = ((aHigh * bHigh - product) + aHigh * bLow + aLow * bHigh) + aLow * bLow
    return DoubleDouble(high: product, low: rest)
  }

  @inline(__always)
  private static func halves(_ a: Double) -> (high: Double, low: Double) {
    let scaled = 134_217_729 * a
    let high = scaled - (scaled - a)
    return (high, a - high)
  }

  @inline(__always)
  package static func + (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let high = sum(a.high, b.high)
    let low = sum(a.low, b.low)
    let middle = DoubleDouble(larger: high.high, smaller: high.low + low.high)
    return DoubleDouble(larger: middle.high, smaller: middle.low + low.low)
  }

  @inline(__always)
  package static func - (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    a + DoubleDouble(high: -b.high, low: -b.low)
  }

  @inline(__always)
  package static func * (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let high = product(a.high, b.high)
    return DoubleDouble(larger: high.high, smaller: high.low + (a.high * b.low + a.low * b.high))
  }

  /// a / b by two steps of long division; b not 0.
  package static func / (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let first = a.high / b.high
    let rest = a - b * DoubleDouble(first)
    return DoubleDouble(larger: first, smaller: rest.high / b.high)
  }
}
