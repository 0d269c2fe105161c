/// Natural numbers of one fixed width, for exact counts of any size.
///
/// A count's bound is known before it is made, so a width that holds it never overflows. A class, so that sums can
/// read and write one table without copying it.
final class WideNaturals {
  /// How many 64-bit limbs a number has.
  let limbs: Int
  /// The limbs of all numbers, lowest first.
  private let values: UnsafeMutablePointer<UInt64>

  /// So many zeros, each able to hold `bits` bits.
  init(count: Int, bits: Int) {
    limbs = bits / 64 + 1
    values = .allocate(capacity: count * limbs)
    values.initialize(repeating: 0, count: count * limbs)
  }

  deinit { values.deallocate() }

  /// Sets a number to a small one.
  func set(_ place: Int, to value: UInt64) {
    for limb in 0..<limbs { values[place * limbs + limb] = limb == 0 ? value : 0 }
  }

  /// Sets a number to another.
  @inline(__always)
  func set(_ place: Int, to source: Int, of other: WideNaturals) {
    for limb in 0..<limbs { values[place * limbs + limb] = other.values[source * limbs + limb] }
  }

  /// Adds another to a number.
  @inline(__always)
  func add(_ source: Int, of other: WideNaturals, to place: Int) {
    var carry: UInt64 = 0
    for limb in 0..<limbs {
      let term = other.values[source * limbs + limb]
      let (partial, first) = values[place * limbs + limb].addingReportingOverflow(term)
      let (sum, second) = partial.addingReportingOverflow(carry)
      values[place * limbs + limb] = sum
      carry = first || second ? 1 : 0
    }
  }

  /// Adds the product of two others to a number.
  func addProduct(
    _ left: Int, of lefts: WideNaturals, _ right: Int, of rights: WideNaturals, to place: Int
  ) {
    for low in 0..<limbs {
      let factor = lefts.values[left * limbs + low]
      if factor == 0 { continue }
      var carry: UInt64 = 0
      for high in 0..<(limbs - low) {
        let product = factor.multipliedFullWidth(by: rights.values[right * limbs + high])
        let target = place * limbs + low + high
        let (partial, first) = values[target].addingReportingOverflow(product.low)
        let (sum, second) = partial.addingReportingOverflow(carry)
        values[target] = sum
        carry = product.high &+ (first ? 1 : 0) &+ (second ? 1 : 0)
      }
    }
  }

  /// A number in decimal digits.
  func decimal(_ place: Int) -> String {
    let chunk: UInt64 = 10_000_000_000_000_000_000
    var rest = (0..<limbs).map { values[place * limbs + $0] }
    var chunks: [String] = []
    repeat {
      var remainder: UInt64 = 0
      for limb in rest.indices.reversed() {
        (rest[limb], remainder) = chunk.dividingFullWidth((remainder, rest[limb]))
      }
      chunks.append(String(remainder))
      while rest.last == 0 { rest.removeLast() }
    } while !rest.isEmpty
    let leading = chunks.removeLast()
    return leading
      + chunks.reversed().map { String(repeating: "0", count: 19 - $0.count) + $0 }.joined()
  }
}
