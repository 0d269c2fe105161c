/// Running sums of weights, scaled to end at 1, for choosing an index by a uniform number.
struct CumulativeWeights: Hashable, Sendable {
  /// Entry i is the share of the weights 0 … i; the last is 1.
  let shares: [Double]

  /// - Parameter weights: at least one, none negative, with a finite sum above 0.
  init(_ weights: [Double]) {
    var sum = 0.0
    let sums = weights.map { weight in
      sum += weight
      return sum
    }
    shares = sums.dropLast().map { $0 / sum } + [1]
  }

  /// The share of weight number `index` alone.
  func share(_ index: Int) -> Double {
    index == 0 ? shares[0] : shares[index] - shares[index - 1]
  }

  /// The first index whose running share reaches `p`, 0 ≤ p ≤ 1.
  ///
  /// - Complexity: O(log n).
  func index(at p: Double) -> Int {
    var low = 0
    var high = shares.count - 1
    while low < high {
      let middle = (low + high) / 2
      if shares[middle] >= p { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
