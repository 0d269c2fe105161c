/// The labels that no other label is as good as.
///
/// A label beats another when none of its numbers is larger by more than rounding.
struct ParetoFilter {
  /// Room for rounding by number.
  let tolerances: [Double]

  /// The labels that stay, by their first number.
  ///
  /// - Parameters:
  ///   - values: the numbers of all labels, one label after the other.
  ///   - counts: the numbers that are compared, at least one.
  /// - Complexity: O(n log n) for up to three numbers, else up to O(n · kept)
  func kept(_ values: [Double], width: Int, comparing counts: [Int]) -> [Int] {
    let labels = sorted(values, width: width, counts)
    switch counts.count {
    case 1: return Array(labels.prefix(1))
    case 2: return lowest(labels, values, width: width, counts[1])
    case 3: return staircase(labels, values, width: width, counts[1], counts[2])
    default: return pairwise(labels, values, width: width, Array(counts.dropFirst()))
    }
  }

  /// By the first number in steps of the tolerance, so that rounding does not decide, then by the others.
  private func sorted(_ values: [Double], width: Int, _ counts: [Int]) -> [Int] {
    let first = counts[0]
    let step = max(tolerances[first], .leastNormalMagnitude)
    let count = values.count / width
    var keys = (0..<count).map { (values[$0 * width + first], $0) }
    keys.sort { $0.0 != $1.0 ? $0.0 < $1.0 : $0.1 < $1.1 }
    // Neighbours within the tolerance count as equal and go by their other numbers.
    var order: [Int] = []
    order.reserveCapacity(count)
    var begin = 0
    while begin < count {
      var end = begin + 1
      while end < count, keys[end].0 - keys[begin].0 <= step { end += 1 }
      let run = keys[begin..<end].map(\.1)
      order += run.count == 1 ? run : run.sorted { isBefore($0, $1, values, width, counts) }
      begin = end
    }
    return order
  }

  private func isBefore(_ a: Int, _ b: Int, _ values: [Double], _ width: Int, _ counts: [Int]) -> Bool {
    for number in counts.dropFirst() {
      let difference = values[a * width + number] - values[b * width + number]
      if abs(difference) > tolerances[number] { return difference < 0 }
    }
    return a < b
  }

  private func lowest(_ labels: [Int], _ values: [Double], width: Int, _ number: Int) -> [Int] {
    var least = Double.infinity
    return labels.filter { label in
      let value = values[label * width + number]
      guard value < least - tolerances[number] else { return false }
      least = value
      return true
    }
  }

  /// Keeps the best pairs of two numbers so far as a staircase: one rises where the other falls.
  private func staircase(
    _ labels: [Int], _ values: [Double], width: Int, _ second: Int, _ third: Int
  ) -> [Int] {
    var stairs: [(x: Double, y: Double)] = []
    return labels.filter { label in
      let (x, y) = (values[label * width + second], values[label * width + third])
      var low = 0
      var high = stairs.count
      while low < high {
        let middle = (low + high) / 2
        if stairs[middle].x <= x + tolerances[second] { low = middle + 1 } else { high = middle }
      }
      if low > 0, stairs[low - 1].y <= y + tolerances[third] { return false }
      let place = stairs[..<low].lastIndex { $0.x < x }.map { $0 + 1 } ?? 0
      var end = place
      while end < stairs.count, stairs[end].y >= y { end += 1 }
      stairs.replaceSubrange(place..<end, with: CollectionOfOne((x: x, y: y)))
      return true
    }
  }

  private func pairwise(_ labels: [Int], _ values: [Double], width: Int, _ numbers: [Int]) -> [Int] {
    var tree = DominanceTree(width: numbers.count)
    return labels.filter { label in
      let own = numbers.map { values[label * width + $0] }
      guard !tree.holdsNoneLarger(than: zip(own, numbers).map { $0 + tolerances[$1] }) else { return false }
      tree.insert(own)
      return true
    }
  }
}
