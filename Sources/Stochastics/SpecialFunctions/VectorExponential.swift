/// The exponentials of eight numbers of at most 0: ``portableExp(_:)`` in lanes, operation by operation; 0 below −708.
@inline(__always)
package func exponentials(ofNonPositive x: SIMD8<Double>) -> SIMD8<Double> {
  let isTiny = x .< -708
  let x = x.replacing(with: -708, where: isTiny)
  let shifted = x * 1.4426950408889634 + 0x1.8p52
  let k = shifted - 0x1.8p52
  let high = x - k * 0.6931471804855391
  let low = k * 7.440617110012397e-11
  let r = high - low
  let remainder = (high - r) - low
  var p = 2.0914686968086876e-09 * r + 2.5105217004720745e-08
  p = p * r + 2.75572736431103e-07
  p = p * r + 2.7557255400206422e-06
  p = p * r + 2.4801587325547743e-05
  p = p * r + 0.00019841269874820627
  p = p * r + 0.0013888888888883748
  p = p * r + 0.008333333333326136
  p = p * r + 0.04166666666666667
  p = p * r + 0.1666666666666667
  p = p * r + 0.5
  let mantissa = 1 + (r + (remainder + r * r * p))
  // The low bits of the shifted number are k; 2ᵏ is put together from its bits.
  let exponent = (unsafeBitCast(shifted, to: SIMD8<UInt64>.self) &+ 1023) &<< 52
  return (mantissa * unsafeBitCast(exponent, to: SIMD8<Double>.self)).replacing(with: 0, where: isTiny)
}
