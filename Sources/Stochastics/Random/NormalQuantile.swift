// `squareRoot()` compiles to the processor's exact instruction plus a call of libm for negative numbers, so
// libm has to be linked, which this import does. Nothing else of it is used.
#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The standard normal quantile, with the same bits on every CPU; relative error about 10⁻¹⁵.
///
/// −∞ at 0 and ∞ at 1. Built on ``portableLog(_:)`` and the square root, so it may transform random draws.
/// Worked: the quantile of 0.975 is 1.959964.
///
/// Source: Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics
/// 37 (1988), routine PPND16.
///
/// - Parameter p: a probability, from 0 to 1.
@inlinable
public func normalQuantile(_ p: Double) -> Double {
  let q = p - 0.5
  if abs(q) <= 0.425 { return q * wichuraCentre(0.180625 - q * q) }
  let tail = q < 0 ? p : 1 - p
  guard tail > 0 else { return q < 0 ? -.infinity : .infinity }
  let r = (-portableLog(tail)).squareRoot()
  let size = r <= 5 ? wichuraTail(r - 1.6) : wichuraFarTail(r - 5)
  return q < 0 ? -size : size
}

/// AS 241, |p − ½| ≤ 0.425.
@inlinable @inline(__always)
func wichuraCentre(_ r: Double) -> Double {
  var top = 2509.0809287301226727 * r + 33430.575583588128105
  top = top * r + 67265.770927008700853
  top = top * r + 45921.953931549871457
  top = top * r + 13731.693765509461125
  top = top * r + 1971.5909503065514427
  top = top * r + 133.14166789178437745
  top = top * r + 3.387132872796366608
  var bottom = 5226.495278852854561 * r + 28729.085735721942674
  bottom = bottom * r + 39307.89580009271061
  bottom = bottom * r + 21213.794301586595867
  bottom = bottom * r + 5394.1960214247511077
  bottom = bottom * r + 687.1870074920579083
  bottom = bottom * r + 42.313330701600911252
  return top / (bottom * r + 1)
}

/// AS 241, tail probability down to exp(−25).
@inlinable @inline(__always)
func wichuraTail(_ r: Double) -> Double {
  var top = 7.7454501427834140764e-4 * r + 0.0227238449892691845833
  top = top * r + 0.24178072517745061177
  top = top * r + 1.27045825245236838258
  top = top * r + 3.64784832476320460504
  top = top * r + 5.7694972214606914055
  top = top * r + 4.6303378461565452959
  top = top * r + 1.42343711074968357734
  var bottom = 1.05075007164441684324e-9 * r + 5.475938084995344946e-4
  bottom = bottom * r + 0.0151986665636164571966
  bottom = bottom * r + 0.14810397642748007459
  bottom = bottom * r + 0.68976733498510000455
  bottom = bottom * r + 1.6763848301838038494
  bottom = bottom * r + 2.05319162663775882187
  return top / (bottom * r + 1)
}

/// AS 241, tail probability below exp(−25).
@inlinable @inline(__always)
func wichuraFarTail(_ r: Double) -> Double {
  var top = 2.01033439929228813265e-7 * r + 2.71155556874348757815e-5
  top = top * r + 1.24266094738807843860e-3
  top = top * r + 0.026532189526576123093
  top = top * r + 0.29656057182850489123
  top = top * r + 1.7848265399172913358
  top = top * r + 5.4637849111641143699
  top = top * r + 6.6579046435011037772
  var bottom = 2.04426310338993978564e-15 * r + 1.4215117583164458887e-7
  bottom = bottom * r + 1.8463183175100546818e-5
  bottom = bottom * r + 7.868691311456132591e-4
  bottom = bottom * r + 0.0148753612908506148525
  bottom = bottom * r + 0.13692988092273580531
  bottom = bottom * r + 0.59983220655588793769
  return top / (bottom * r + 1)
}
