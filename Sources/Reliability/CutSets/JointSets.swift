/// Minimal sets of which some events depend on each other: a set's probability is that of the counts of its members in
/// the chains, times the product over its independent events.
///
/// Sums are passes over the diagram that carry, for each number of members of each law, the sum of the products over the
/// independent events; only then are the joint probabilities put in.
struct JointSets {
  private let sets: MinimalCutSets
  private let joint: JointProbabilities
  /// For each variable: its law, −1 for an independent event.
  private let lawOfVariable: [Int]
  /// Where the count of each law stands in a key.
  private let shifts: [Int]
  private let bits: [Int]

  /// More terms than are carried.
  private static let termLimit = 4_000_000

  /// `nil` when there are more laws than can be kept apart.
  init?(_ sets: MinimalCutSets, _ joint: JointProbabilities, lawOfVariable: [Int]) {
    self.sets = sets
    self.joint = joint
    self.lawOfVariable = lawOfVariable
    bits = joint.laws.map { Int.bitWidth - $0.members.leadingZeroBitCount }
    var shift = 0
    var shifts: [Int] = []
    for width in bits {
      shifts.append(shift)
      shift += width
    }
    guard shift <= 63 else { return nil }
    self.shifts = shifts
  }

  /// The probability of one set.
  func probability(of literals: [CutSetLiteral], _ probabilities: [Double]) -> Double {
    var counts = [Int](repeating: 0, count: joint.laws.count)
    var product = 1.0
    for literal in literals {
      if lawOfVariable[literal.variable] >= 0 {
        counts[lawOfVariable[literal.variable]] += 1
      } else {
        product *= literal.probability(probabilities)
      }
    }
    return product * joint.probability(counts)
  }

  private struct Term {
    let key: Int
    var value: Double
  }

  /// The sum of the probabilities of all sets; those with an event of probability 0 do not count, whatever chains say.
  /// `nil` when there are too many combinations.
  func sum(_ probabilities: [Double]) -> Double? {
    var left = Self.termLimit
    let values: [[Term]] = sets.values(
      none: [], empty: [Term(key: 0, value: 1)],
      literal: { term($0, probabilities) },
      join: { low, element, high in
        guard left > 0 else { return [] }
        let result = merged(low, product(element, high))
        left -= result.count
        return result
      })
    guard left > 0 else { return nil }
    return values[sets.root].reduce(0) { $0 + $1.value * joint.probability(counts($1.key)) }
  }

  private func term(_ literal: CutSetLiteral, _ probabilities: [Double]) -> [Term] {
    let law = lawOfVariable[literal.variable]
    guard law >= 0 else { return [Term(key: 0, value: literal.probability(probabilities))] }
    return probabilities[literal.variable] > 0 ? [Term(key: 1 << shifts[law], value: 1)] : []
  }

  private func counts(_ key: Int) -> [Int] {
    zip(shifts, bits).map { key >> $0 & (1 << $1 - 1) }
  }

  private func product(_ one: [Term], _ other: [Term]) -> [Term] {
    if one.count > other.count { return product(other, one) }
    return one.reduce([]) { sum, factor in
      merged(sum, other.map { Term(key: $0.key + factor.key, value: $0.value * factor.value) })
    }
  }

  /// Both, by rising keys.
  private func merged(_ one: [Term], _ other: [Term]) -> [Term] {
    if one.isEmpty { return other }
    if other.isEmpty { return one }
    var result: [Term] = []
    result.reserveCapacity(one.count + other.count)
    var (left, right) = (0, 0)
    while left < one.count || right < other.count {
      if right == other.count || left < one.count && one[left].key < other[right].key {
        result.append(one[left])
        left += 1
      } else if left == one.count || other[right].key < one[left].key {
        result.append(other[right])
        right += 1
      } else {
        result.append(Term(key: one[left].key, value: one[left].value + other[right].value))
        (left, right) = (left + 1, right + 1)
      }
    }
    return result
  }
}
