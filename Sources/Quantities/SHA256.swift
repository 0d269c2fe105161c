/// The SHA-256 digest of bytes that arrive in pieces (FIPS 180-4, section 6.2).
///
/// Identifies imported files, rows without an id, and models; the digest of `abc` begins `ba7816bf`.
package struct SHA256 {
  private var state = SIMD8<UInt32>(
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19)
  private var pending: [UInt8] = []
  private var length: UInt64 = 0

  /// The digest of an empty message so far.
  package init() {}

  /// Appends bytes to the message.
  package mutating func update(_ bytes: [UInt8]) {
    length += UInt64(bytes.count)
    var start = 0
    if !pending.isEmpty {
      start = min(64 - pending.count, bytes.count)
      pending += bytes[..<start]
      guard pending.count == 64 else { return }
      compress(pending, from: 0)
      pending.removeAll(keepingCapacity: true)
    }
    start = compress(bytes, from: start)
    if start < bytes.count { pending += bytes[start...] }
  }

  /// The first hexadecimal digits, up to 64, of the digest of a message that is there as a whole.
  package static func hexDigest(of message: [UInt8], digits: Int) -> String {
    var digest = SHA256()
    digest.length = UInt64(message.count)
    digest.compress(message + digest.ending, from: 0)
    return digest.hexadecimal(digits: digits)
  }

  /// The digest of everything so far, as 64 hexadecimal digits.
  package func hexDigest() -> String {
    var last = self
    last.update(ending)
    return last.hexadecimal(digits: 64)
  }

  /// What ends a message of this length: a bit, zeros, and the length in bits.
  private var ending: [UInt8] {
    let bits = length &* 8
    var ending = [UInt8](repeating: 0, count: (119 - Int(length % 64)) % 64 + 9)
    ending[0] = 0x80
    for index in 0..<8 {
      ending[ending.count - 8 + index] = UInt8(truncatingIfNeeded: bits >> UInt64(56 - 8 * index))
    }
    return ending
  }

  private func hexadecimal(digits: Int) -> String {
    let state = state
    return String(unsafeUninitializedCapacity: digits) { text in
      for place in 0..<digits {
        let value = UInt8(truncatingIfNeeded: state[place >> 3] >> UInt32(28 - 4 * (place & 7))) & 15
        text[place] = value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
      }
      return digits
    }
  }

  /// The whole blocks of 64 bytes from `start` on into the state; returns where they end.
  ///
  /// Every byte of every file goes through here, so it works on memory without checks of each index.
  @discardableResult
  private mutating func compress(_ bytes: [UInt8], from start: Int) -> Int {
    let blocks = (bytes.count - start) / 64
    var state = state
    bytes.withUnsafeBytes { bytes in
      Self.constants.withUnsafeBufferPointer { constants in
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
          for block in 0..<blocks {
            Self.expand(bytes, at: start + 64 * block, into: schedule)
            state &+= Self.rounds(from: state, schedule, constants)
          }
        }
      }
    }
    self.state = state
    return start + 64 * blocks
  }

  /// The working variables after 64 rounds, eight at a time, after which each letter stands where it stood.
  private static func rounds(
    from state: SIMD8<UInt32>, _ schedule: UnsafeMutableBufferPointer<UInt32>,
    _ constants: UnsafeBufferPointer<UInt32>
  ) -> SIMD8<UInt32> {
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    var round = 0
    while round < 64 {
      mix(a, b, c, &d, e, f, g, &h, constants[round] &+ schedule[round])
      mix(h, a, b, &c, d, e, f, &g, constants[round &+ 1] &+ schedule[round &+ 1])
      mix(g, h, a, &b, c, d, e, &f, constants[round &+ 2] &+ schedule[round &+ 2])
      mix(f, g, h, &a, b, c, d, &e, constants[round &+ 3] &+ schedule[round &+ 3])
      mix(e, f, g, &h, a, b, c, &d, constants[round &+ 4] &+ schedule[round &+ 4])
      mix(d, e, f, &g, h, a, b, &c, constants[round &+ 5] &+ schedule[round &+ 5])
      mix(c, d, e, &f, g, h, a, &b, constants[round &+ 6] &+ schedule[round &+ 6])
      mix(b, c, d, &e, f, g, h, &a, constants[round &+ 7] &+ schedule[round &+ 7])
      round &+= 8
    }
    return SIMD8(a, b, c, d, e, f, g, h)
  }

  /// One round; what the standard calls `d` and `h` change, and every letter then moves on by one.
  @inline(__always)
  private static func mix(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32,
    _ e: UInt32, _ f: UInt32, _ g: UInt32, _ h: inout UInt32, _ word: UInt32
  ) {
    let sum1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
    h = h &+ sum1 &+ ((e & f) ^ (~e & g)) &+ word
    d = d &+ h
    let majority = (a & b) ^ (a & c) ^ (b & c)
    h = h &+ (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) &+ majority
  }

  /// The message schedule of a block.
  private static func expand(
    _ bytes: UnsafeRawBufferPointer, at start: Int, into schedule: UnsafeMutableBufferPointer<UInt32>
  ) {
    for index in 0..<16 {
      let word = bytes.loadUnaligned(fromByteOffset: start + 4 * index, as: UInt32.self)
      schedule[index] = UInt32(bigEndian: word)
    }
    for index in 16..<64 {
      let (early, late) = (schedule[index - 15], schedule[index - 2])
      let sigma0 = rotated(early, 7) ^ rotated(early, 18) ^ (early >> 3)
      let sigma1 = rotated(late, 17) ^ rotated(late, 19) ^ (late >> 10)
      schedule[index] = schedule[index - 16] &+ sigma0 &+ schedule[index - 7] &+ sigma1
    }
  }

  private static func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
    word &>> count | word &<< (32 - count)
  }

  private static let constants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
    0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
    0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
  ]
}
