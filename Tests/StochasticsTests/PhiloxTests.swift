import Stochastics
import Testing

@Suite("Philox4x32-10")
struct PhiloxTests {
  struct KnownAnswer: Sendable {
    let counter: SIMD4<UInt32>
    let key: SIMD2<UInt32>
    let block: SIMD4<UInt32>
    let source = "Random123 1.14, tests/kat_vectors, philox4x32 10"
  }

  static let knownAnswers = [
    KnownAnswer(
      counter: SIMD4(0, 0, 0, 0), key: SIMD2(0, 0),
      block: SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8)),
    KnownAnswer(
      counter: SIMD4(repeating: .max), key: SIMD2(repeating: .max),
      block: SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd)),
    KnownAnswer(
      counter: SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344),
      key: SIMD2(0xa409_3822, 0x299f_31d0),
      block: SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1)),
  ]

  @Test("gives the published blocks", arguments: knownAnswers)
  func publishedBlocks(row: KnownAnswer) {
    #expect(Philox4x32.block(counter: row.counter, key: row.key) == row.block, "\(row.source)")
  }

  @Test("gives the same bits eight at a time", arguments: [0, 1, 1_000_003, UInt32.max - 7])
  func eightBlocks(first: UInt32) {
    let (replication, process, seed): (UInt32, UInt64, UInt64) = (
      0x85a3_08d3, 0x0370_7344_1319_8a2e, 0x299f_31d0_a409_3822
    )
    let blocks = Philox4x32.eightBlocks(
      firstIndex: first, replication: replication, process: process, seed: seed)
    for lane in 0..<8 {
      let words = Philox4x32.block(
        counter: SIMD4(first + UInt32(lane), replication, 0x1319_8a2e, 0x0370_7344),
        key: SIMD2(0xa409_3822, 0x299f_31d0))
      #expect(blocks.low[lane] == UInt64(words.x) | UInt64(words.y) << 32)
      #expect(blocks.high[lane] == UInt64(words.z) | UInt64(words.w) << 32)
    }
  }
}
