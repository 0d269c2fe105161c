internal import Stochastics

/// A part of the downtime of each replication, and how it goes along with the whole: from both its share has an interval.
struct PartMoments: Sendable, Hashable {
  /// Of the part.
  private(set) var own = Moments()
  /// Σ part × whole.
  private(set) var products: Int128 = 0

  init() {}

  init(own: Moments, products: Int128) { (self.own, self.products) = (own, products) }

  mutating func add(_ part: Int64, of whole: Int64) {
    own.add(part)
    products += Int128(part) * Int128(whole)
  }

  mutating func merge(_ other: PartMoments) {
    own.merge(other.own)
    products += other.products
  }

  /// Whether replications may have these beside a whole: 0 ≤ part ≤ whole ≤ `limit` in each.
  func isPossible(of whole: Moments, replications: Int, limit: Int128) -> Bool {
    own.isPossible(replications: replications, limit: limit)
      && own.sum <= whole.sum && own.squares <= products && products <= whole.squares
  }

  /// The share of the whole of all replications, with the interval of a ratio of two means.
  ///
  /// R = Σx / Σy, its variance Σ(x − R y)² / (n (n − 1) ȳ²), Student's t for n − 1. A part that was the whole wherever it was seen
  /// scatters in nothing, and its interval has no width.
  ///
  /// Source: Cochran, "Sampling Techniques", 3rd edition 1977, section 6.3.
  func share(of whole: Moments, replications: Int, confidence: Double) -> Estimate {
    let total = Double(whole.sum)
    guard total > 0 else { return Estimate(value: 0, low: 0, high: 1, confidence: confidence) }
    let share = Double(own.sum) / total
    guard replications > 1 else { return Estimate(value: share, low: 0, high: 1, confidence: confidence) }
    let count = Double(replications)
    let residuals =
      Double(own.squares) - 2 * share * Double(products) + share * share * Double(whole.squares)
    let error = (max(0, residuals) / (count - 1) * count).squareRoot() / total
    let reach = studentTQuantile((1 + confidence) / 2, degreesOfFreedom: count - 1) * error
    return Estimate(
      value: share, low: max(0, share - reach), high: min(1, share + reach), confidence: confidence)
  }
}
