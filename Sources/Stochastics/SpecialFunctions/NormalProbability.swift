/// The standard normal distribution function Φ(z), with full relative accuracy in the lower tail.
///
/// Worked: Φ(−3) = 0.00134990.
///
/// Source: Cody, "Rational Chebyshev approximations for the error function", Mathematics of Computation 23
/// (1969); arrangement for the normal law from Cody, Algorithm 715, ACM TOMS 19 (1993), routine ANORM.
public func normalCDF(_ z: Double) -> Double { normalSurvival(-z) }

/// The standard normal upper tail 1 − Φ(z), with full relative accuracy however far out.
///
/// Source: as ``normalCDF(_:)``.
public func normalSurvival(_ z: Double) -> Double {
  let size = abs(z)
  if size <= 0.67448975 { return 0.5 - codyCentre(z) }
  if size > 38.6 { return z > 0 ? 0 : 1 }
  let ratio = size <= 5.656854249492381 ? codyTail(size) : codyFarTail(size)
  // exp(−z²/2) in two factors, the first exact in its argument.
  let head = (size * 16).rounded(.towardZero) / 16
  let rest = (size - head) * (size + head)
  let tail = portableExp(-head * head * 0.5) * portableExp(-rest * 0.5) * ratio
  return z > 0 ? tail : 1 - tail
}

/// The logarithm of the standard normal upper tail, and the hazard φ(z) / (1 − Φ(z)); both however far out.
func normalTail(_ z: Double) -> (logSurvival: Double, hazard: Double) {
  if z > 0.67448975 {
    let ratio = z <= 5.656854249492381 ? codyTail(z) : codyFarTail(z)
    return (portableLog(ratio) - 0.5 * z * z, 0.3989422804014327 / ratio)
  }
  let below = normalCDF(z)
  return (portableLog1p(-below), normalDensity(z) / (1 - below))
}

/// The standard normal density.
func normalDensity(_ z: Double) -> Double { 0.3989422804014327 * portableExp(-0.5 * z * z) }

/// Φ(z) − ½ for |z| ≤ 0.67449.
private func codyCentre(_ z: Double) -> Double {
  let s = z * z
  var top = 0.065682337918207449113 * s + 2.2352520354606839287
  top = top * s + 161.02823106855587881
  top = top * s + 1067.6894854603709582
  top = top * s + 18154.981253343561249
  var bottom = s + 47.20258190468824187
  bottom = bottom * s + 976.09855173777669322
  bottom = bottom * s + 10260.932208618978205
  bottom = bottom * s + 45507.789335026729956
  return z * top / bottom
}

/// (1 − Φ(z)) exp(z²/2) for z from 0.67449 to √32.
private func codyTail(_ z: Double) -> Double {
  var top = 1.0765576773720192317e-8 * z + 0.39894151208813466764
  top = top * z + 8.8831497943883759412
  top = top * z + 93.506656132177855979
  top = top * z + 597.27027639480026226
  top = top * z + 2494.5375852903726711
  top = top * z + 6848.1904505362823326
  top = top * z + 11602.651437647350124
  top = top * z + 9842.7148383839780218
  var bottom = z + 22.266688044328115691
  bottom = bottom * z + 235.38790178262499861
  bottom = bottom * z + 1519.377599407554805
  bottom = bottom * z + 6485.558298266760755
  bottom = bottom * z + 18615.571640885098091
  bottom = bottom * z + 34900.952721145977266
  bottom = bottom * z + 38912.003286093271411
  return top / (bottom * z + 19685.429676859990727)
}

/// (1 − Φ(z)) exp(z²/2) for z above √32.
private func codyFarTail(_ z: Double) -> Double {
  let s = 1 / (z * z)
  var top = 0.02307344176494017303 * s + 0.21589853405795699
  top = top * s + 0.1274011611602473639
  top = top * s + 0.022235277870649807
  top = top * s + 0.001421619193227893466
  top = top * s + 2.9112874951168792e-5
  var bottom = s + 1.28426009614491121
  bottom = bottom * s + 0.468238212480865118
  bottom = bottom * s + 0.0659881378689285515
  bottom = bottom * s + 0.00378239633202758244
  bottom = bottom * s + 7.29751555083966205e-5
  return (0.3989422804014327 - s * top / bottom) / z
}
