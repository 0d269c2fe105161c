/// Poisson probabilities around their mode, with tails.
///
/// From the mode outwards by ratios, then scaled to the sum 1, so that nothing underflows. Source: Fox and Glynn,
/// *Computing Poisson probabilities*, Comm. ACM 31 (1988).
struct PoissonWeights {
  /// Weights below this share of the largest are left out.
  private static let cutOff = 1e-60
  /// Above this mean nobody takes so many steps, and no weights are kept.
  private static let largest = 1e10

  /// The smallest count kept.
  private let first: Int
  private var values: [Double]
  /// For each count kept, the probability of more.
  private var tails: [Double]
  /// For each count kept, the sum of its tail and all later ones.
  private var tailSums: [Double]

  /// The probabilities of each count when `mean` are expected.
  init(mean: Double) {
    guard mean < Self.largest else {
      first = Int(min(mean, 1e18))
      (values, tails, tailSums) = ([1], [0], [0])
      return
    }
    let mode = Int(mean)
    var below: [Double] = []
    var weight = 1.0
    var count = mode
    while count > 0, weight > Self.cutOff {
      weight *= Double(count) / mean
      count -= 1
      below.append(weight)
    }
    first = count
    values = below.reversed() + [1]
    weight = 1
    count = mode
    while weight > Self.cutOff {
      count += 1
      weight *= mean / Double(count)
      values.append(weight)
    }
    let total = compensatedSum(values)
    for index in values.indices { values[index] /= total }
    tails = [Double](repeating: 0, count: values.count)
    tailSums = tails
    for index in values.indices.dropLast().reversed() {
      tails[index] = tails[index + 1] + values[index + 1]
      tailSums[index] = tailSums[index + 1] + tails[index]
    }
  }

  /// The largest count kept.
  var last: Int { first + values.count - 1 }

  /// The probability of a count.
  subscript(count: Int) -> Double {
    count < first || count > last ? 0 : values[count - first]
  }

  /// The probability of more than a count.
  func tail(after count: Int) -> Double {
    if count < first { return 1 }
    return count > last ? 0 : tails[count - first]
  }

  /// The sum of the tails after this and each larger count.
  func tailSum(from count: Int) -> Double {
    if count < first { return Double(first - count) + tailSums[0] }
    return count > last ? 0 : tailSums[count - first]
  }
}
