/// The random numbers of one process in one replication.
///
/// Philox4x32-10 with key = seed and counter = block index | replication | process hash, each block giving
/// two 64-bit values. Creating a stream does no work and a copy repeats the draws of the original. The
/// sequence depends on seed, process and replication only, on every CPU.
///
/// A stream holds 2³³ values; drawing beyond them stops the program rather than repeat the sequence.
@frozen
public struct RandomStream: Sendable {
  @usableFromInline let seed: UInt64
  @usableFromInline let process: UInt64
  @usableFromInline let replication: UInt32
  @usableFromInline var nextBlock: UInt32 = 0
  @usableFromInline var heldBits: UInt64 = 0
  @usableFromInline var holdsBits = false

  /// The stream of a process in a replication, at its first draw.
  @inlinable
  public init(seed: UInt64, process: ProcessKey, replication: UInt32) {
    self.seed = seed
    self.process = process.hash
    self.replication = replication
  }

  /// The stream of a process in a replication, when the two draws of each earlier block have been made.
  @inlinable
  package init(seed: UInt64, process: ProcessKey, replication: UInt32, startingAtBlock block: UInt32) {
    self.init(seed: seed, process: process, replication: replication)
    nextBlock = block
  }

  /// How far the stream has come: the block that its next draw is of, and whether it is that block's second.
  @inlinable
  package var position: (block: UInt32, isOdd: Bool) {
    holdsBits ? (nextBlock - 1, true) : (nextBlock, false)
  }

  /// The next 64 random bits.
  @inlinable
  public mutating func nextBits() -> UInt64 {
    if holdsBits {
      holdsBits = false
      return heldBits
    }
    let values = Philox4x32.block(
      index: nextBlock, replication: replication, process: process, seed: seed)
    nextBlock += 1
    heldBits = values.high
    holdsBits = true
    return values.low
  }

  /// The next uniform number, strictly between 0 and 1: (k + ½) · 2⁻⁵² with the 52 high bits k of a draw.
  ///
  /// With 53 bits the largest k + ½ would round to 1; with 52 every value is exact, from 2⁻⁵³ to 1 − 2⁻⁵³.
  @inlinable
  public mutating func uniform() -> Double { Self.uniform(bits: nextBits()) }

  /// 1 + k · 2⁻⁵² put together from its bits, less 1 − 2⁻⁵³; the difference is exact.
  @inlinable @inline(__always)
  package static func uniform(bits: UInt64) -> Double {
    Double(bitPattern: bits >> 12 | 0x3ff0_0000_0000_0000) - 0x1.fffffffffffffp-1
  }
}
