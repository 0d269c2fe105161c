/// The counter-based random number generator Philox4x32-10: four 32-bit words from a counter and a key.
///
/// A draw is a pure function of its index, so a stream needs no state but its position, and any draw can be
/// made on any machine in any order.
///
/// Source: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011; the
/// constants and known answers are those of the Random123 library, version 1.14.
public enum Philox4x32 {
  /// One block: the four words that belong to a counter under a key.
  ///
  /// For counter 0 and key 0 the block is `6627e8d5 e169c58d bc57ac4c 9b00dbd8`.
  public static func block(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    let values = block(
      index: counter.x, replication: counter.y, process: UInt64(counter.z) | UInt64(counter.w) << 32,
      seed: UInt64(key.x) | UInt64(key.y) << 32)
    return SIMD4(
      UInt32(truncatingIfNeeded: values.low), UInt32(truncatingIfNeeded: values.low >> 32),
      UInt32(truncatingIfNeeded: values.high), UInt32(truncatingIfNeeded: values.high >> 32))
  }

  /// One block as two 64-bit values: `low` holds words 0 and 1, `high` words 2 and 3, little end first.
  ///
  /// The counter is (`index`, `replication`, `process` low, `process` high), the key `seed` low and high.
  @inlinable @inline(__always)
  static func block(
    index: UInt32, replication: UInt32, process: UInt64, seed: UInt64
  ) -> (low: UInt64, high: UInt64) {
    // Words in scalars, not in a vector: the multiplies then stay in general registers.
    var (word0, word1) = (UInt64(index), UInt64(replication))
    var (word2, word3) = (process & 0xffff_ffff, process >> 32)
    var (key0, key1) = (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    for _ in 0..<10 {
      let product0 = word0 &* multiplier0
      let product1 = word2 &* multiplier1
      word0 = (product1 >> 32) ^ word1 ^ UInt64(key0)
      word1 = product1 & 0xffff_ffff
      word2 = (product0 >> 32) ^ word3 ^ UInt64(key1)
      word3 = product0 & 0xffff_ffff
      key0 &+= weyl0
      key1 &+= weyl1
    }
    return (word0 | word1 << 32, word2 | word3 << 32)
  }

  @inlinable @inline(__always) static var multiplier0: UInt64 { 0xd251_1f53 }
  @inlinable @inline(__always) static var multiplier1: UInt64 { 0xcd9e_8d57 }
  @inlinable @inline(__always) static var weyl0: UInt32 { 0x9e37_79b9 }
  @inlinable @inline(__always) static var weyl1: UInt32 { 0xbb67_ae85 }
}
