/// Replaces uniforms by standard exponentials, −log u, in place.
///
/// Eight numbers at a time; the bits are those of `-portableLog(u)`.
///
/// - Parameter buffer: numbers strictly between 0 and 1, as ``RandomStream/fillUniforms(_:)`` gives them.
@inlinable
public func replaceUniformsByExponentials(_ buffer: UnsafeMutableBufferPointer<Double>) {
  let bytes = UnsafeMutableRawBufferPointer(buffer)
  let stride = MemoryLayout<SIMD8<Double>>.stride
  var offset = 0
  while offset + stride <= bytes.count {
    let uniforms = bytes.loadUnaligned(fromByteOffset: offset, as: SIMD8<Double>.self)
    bytes.storeBytes(of: -logarithms(uniforms), toByteOffset: offset, as: SIMD8<Double>.self)
    offset += stride
  }
  for index in (offset / MemoryLayout<Double>.stride)..<buffer.count {
    buffer[index] = -logarithmOfNormal(buffer[index])
  }
}

/// The logarithms of eight positive normal numbers: ``logarithmOfNormal(_:)`` in lanes, operation by
/// operation.
@inlinable @inline(__always)
func logarithms(_ x: SIMD8<Double>) -> SIMD8<Double> {
  let offset = SIMD8<UInt64>(repeating: 0x3fe6_a09e_0000_0000)
  let shifted =
    unsafeBitCast(x, to: SIMD8<UInt64>.self) &+ (SIMD8(repeating: 0x3ff0_0000_0000_0000) &- offset)
  let exponent =
    unsafeBitCast(shifted &>> 52 | 0x4330_0000_0000_0000, to: SIMD8<Double>.self) - 0x1.00000000003ffp52
  let mantissa = unsafeBitCast((shifted & 0x000f_ffff_ffff_ffff) &+ offset, to: SIMD8<Double>.self)
  let f = mantissa - 1
  let s = f / (2 + f)
  let z = s * s
  var r = 0.13086627556452163 * z + 0.1326877300396345
  r = r * z + 0.15386239707844115
  r = r * z + 0.18181795640040438
  r = r * z + 0.22222222391714783
  r = r * z + 0.2857142857080361
  r = r * z + 0.4000000000000088
  r = r * z + 0.6666666666666666
  let half = 0.5 * f * f
  let correction = s * (half + r * z) + exponent * 7.440617110012397e-11
  return exponent * 0.6931471804855391 - ((half - correction) - f)
}
