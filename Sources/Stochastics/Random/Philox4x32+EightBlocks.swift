extension Philox4x32 {
  /// Eight consecutive blocks at once, one in each lane, as two 64-bit values per block.
  ///
  /// Lane *i* holds the block whose counter is (`firstIndex` + i, `replication`, `process` low, `process`
  /// high): `low` its words 0 and 1, `high` its words 2 and 3, each little end first. The bits are those of
  /// ``block(counter:key:)``.
  ///
  /// - Precondition: `firstIndex` + 7 fits in 32 bits; lanes beyond wrap to 0.
  @inlinable
  public static func eightBlocks(
    firstIndex: UInt32, replication: UInt32, process: UInt64, seed: UInt64
  ) -> (low: SIMD8<UInt64>, high: SIMD8<UInt64>) {
    var lanes = Lanes(firstIndex: firstIndex, replication: replication, process: process)
    var key0 = UInt32(truncatingIfNeeded: seed)
    var key1 = UInt32(truncatingIfNeeded: seed >> 32)
    // Ten rounds written out: in a loop LLVM picks a 64-bit multiply that is three times slower.
    lanes.round(&key0, &key1)
    lanes.round(&key0, &key1)
    lanes.round(&key0, &key1)
    lanes.round(&key0, &key1)
    lanes.round(&key0, &key1)
    lanes.round(&key0, &key1)
    lanes.round(&key0, &key1)
    lanes.round(&key0, &key1)
    lanes.round(&key0, &key1)
    lanes.round(&key0, &key1)
    return (lanes.joined(lanes.word0, lanes.word1), lanes.joined(lanes.word2, lanes.word3))
  }

  /// Eight Philox states side by side. Only the low 32 bits of a lane count; the high ones hold leftovers of
  /// a product until the next multiply masks them.
  @frozen @usableFromInline
  struct Lanes {
    @usableFromInline var word0: SIMD8<UInt64>
    @usableFromInline var word1: SIMD8<UInt64>
    @usableFromInline var word2: SIMD8<UInt64>
    @usableFromInline var word3: SIMD8<UInt64>

    @inlinable @inline(__always)
    init(firstIndex: UInt32, replication: UInt32, process: UInt64) {
      word0 = SIMD8(repeating: UInt64(firstIndex)) &+ SIMD8(0, 1, 2, 3, 4, 5, 6, 7)
      word1 = SIMD8(repeating: UInt64(replication))
      word2 = SIMD8(repeating: process & 0xffff_ffff)
      word3 = SIMD8(repeating: process >> 32)
    }

    @inlinable @inline(__always)
    mutating func round(_ key0: inout UInt32, _ key1: inout UInt32) {
      let mask = SIMD8<UInt64>(repeating: 0xffff_ffff)
      let product0 = (word0 & mask) &* SIMD8(repeating: Philox4x32.multiplier0)
      let product1 = (word2 & mask) &* SIMD8(repeating: Philox4x32.multiplier1)
      word0 = (product1 &>> 32) ^ word1 ^ SIMD8(repeating: UInt64(key0))
      word1 = product1
      word2 = (product0 &>> 32) ^ word3 ^ SIMD8(repeating: UInt64(key1))
      word3 = product0
      key0 &+= Philox4x32.weyl0
      key1 &+= Philox4x32.weyl1
    }

    @inlinable @inline(__always)
    func joined(_ low: SIMD8<UInt64>, _ high: SIMD8<UInt64>) -> SIMD8<UInt64> {
      (low & SIMD8(repeating: 0xffff_ffff)) | (high &<< 32)
    }
  }
}
