#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

extension ExpressionTable.Function {
  /// The function's value; NaN outside its domain.
  func value(_ x: Double) -> Double {
    switch self {
    case .absolute: abs(x)
    case .arcCosine: acos(x)
    case .arcSine: asin(x)
    case .arcTangent: atan(x)
    case .ceiling: x.rounded(.up)
    case .cosine: cos(x)
    case .hyperbolicCosine: cosh(x)
    case .exponential: exp(x)
    case .floor: x.rounded(.down)
    case .naturalLogarithm: log(x)
    case .decimalLogarithm: log10(x)
    case .negation: x.isNaN ? .nan : x == 0 ? 1 : 0
    case .sine: sin(x)
    case .hyperbolicSine: sinh(x)
    case .squareRoot: x.squareRoot()
    case .tangent: tan(x)
    case .hyperbolicTangent: tanh(x)
    }
  }
}

/// `base` to the power of `exponent`; NaN where there is no real value.
func realPower(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
