import Stochastics
import Testing

/// A stream for a test, fixed by a name.
func stream(_ name: String, seed: UInt64 = 2024, replication: UInt32 = 0) -> RandomStream {
  RandomStream(seed: seed, process: ProcessKey(name: name), replication: replication)
}

@Suite("Random streams")
struct RandomStreamTests {
  @Test(
    "hash a name with FNV-1a before mixing",
    arguments: [("", 0xcbf2_9ce4_8422_2325), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8)]
      as [(String, UInt64)])
  func publishedHashes(name: String, hash: UInt64) {
    #expect(ProcessKey.fnv1a(name.utf8) == hash, "source: RFC 9923, appendix C")
  }

  @Test("lay out the counter as block index, replication and process hash")
  func counterLayout() {
    let key = ProcessKey(name: "ledger/crash")
    var draws = RandomStream(seed: 0x0123_4567_89ab_cdef, process: key, replication: 7)
    for index in 0..<UInt32(3) {
      let words = Philox4x32.block(
        counter: SIMD4(
          index, 7, UInt32(truncatingIfNeeded: key.hash), UInt32(truncatingIfNeeded: key.hash >> 32)),
        key: SIMD2(0x89ab_cdef, 0x0123_4567))
      #expect(draws.nextBits() == UInt64(words.x) | UInt64(words.y) << 32)
      #expect(draws.nextBits() == UInt64(words.z) | UInt64(words.w) << 32)
    }
  }

  @Test("turn the extreme bits into numbers inside (0, 1)")
  func uniformBounds() {
    #expect(RandomStream.uniform(bits: 0) == 0x1p-53)
    #expect(RandomStream.uniform(bits: .max) == 1 - 0x1p-53)
    #expect(RandomStream.uniform(bits: 1 << 63) == 0.5 + 0x1p-53)
  }

  @Test("repeat their draws after a copy and differ by process, replication and seed")
  func independence() {
    var original = stream("a")
    var copy = original
    let first = original.uniform()
    #expect(copy.uniform() == first)
    var others = [stream("b"), stream("a", seed: 1), stream("a", replication: 1)]
    for index in others.indices { #expect(others[index].uniform() != first) }
  }

  @Test(
    "fill a buffer with the numbers of single draws",
    arguments: [0, 1, 2, 15, 16, 17, 31, 32, 33, 100], [0, 1, 2, 3])
  func filling(count: Int, drawnBefore: Int) {
    var single = stream("fill")
    var filled = single
    for _ in 0..<drawnBefore {
      _ = single.uniform()
      _ = filled.uniform()
    }
    var buffer = [Double](repeating: -1, count: count)
    buffer.withUnsafeMutableBufferPointer { filled.fillUniforms($0) }
    #expect(buffer == (0..<count).map { _ in single.uniform() })
    #expect(filled.uniform() == single.uniform())
  }

  @Test("fill a buffer with the bits of single exponentials", arguments: [0, 1, 7, 8, 9, 1000, 100_001])
  func exponentials(count: Int) {
    var single = stream("exponentials")
    var filled = single
    var buffer = [Double](repeating: -1, count: count)
    buffer.withUnsafeMutableBufferPointer { filled.fillExponentials($0) }
    let differences = buffer.filter { $0.bitPattern != (-portableLog(single.uniform())).bitPattern }
    #expect(differences.isEmpty)
  }

  @Test("are uniform: mean ½ and variance 1/12 within 4 standard errors")
  func moments() {
    var draws = stream("moments")
    let n = 1_000_000
    var (sum, squares) = (0.0, 0.0)
    for _ in 0..<n {
      let distance = draws.uniform() - 0.5
      sum += distance
      squares += distance * distance
    }
    let size = Double(n)
    #expect(abs(sum / size) < 4 * (1 / (12 * size)).squareRoot())
    // The variance of (u − ½)² is 1/80 − 1/144 = 1/180.
    #expect(abs(squares / size - 1.0 / 12) < 4 * (1 / (180 * size)).squareRoot())
  }
}
