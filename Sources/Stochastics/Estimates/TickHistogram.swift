/// Counts of whole non-negative numbers, such as durations in ticks, from which quantiles are read.
///
/// Numbers below 512 are counted exactly. Above, each power of two is split into 256 equal buckets and a
/// number counts as the middle of its bucket, which differs from it by at most 1/512 (0.2 %) of it. Counts
/// are integers, so merging in any order gives the same histogram, and memory depends on the size of the
/// largest number, not on how many were recorded: at most 14,336 counts (112 KiB). Numbers of things want
/// more: ``Precision/counts``.
///
/// Source: log-linear buckets as in HdrHistogram (Tene, 2012).
public struct TickHistogram: Hashable, Sendable {
  /// The number of recorded numbers.
  public private(set) var count = 0

  /// The smallest recorded number, exactly; nil before the first.
  public var minimum: Int64? { count == 0 ? nil : smallest }

  /// The largest recorded number, exactly; nil before the first.
  public var maximum: Int64? { count == 0 ? nil : largest }

  /// How finely numbers are told apart.
  public enum Precision: Int64, Sendable {
    /// Exactly below 512, to 0.2 % above: for durations.
    case durations = 8
    /// Exactly below 16,384, to 0.006 % above: for numbers of things, which people compare to the last digit. A
    /// power of two above has 8,192 counts (64 KiB).
    case counts = 13
  }

  private let precision: Precision
  private var smallest = Int64.max
  private var largest = Int64.min
  private var counts: [Int] = []

  /// A histogram without a number.
  public init(_ precision: Precision = .durations) { self.precision = precision }

  /// Counts a number, at least 0.
  ///
  /// - Complexity: O(1); allocates only when the number's power of two is the largest so far.
  public mutating func record(_ value: Int64) {
    record(value, count: 1)
  }

  /// Counts a number, at least 0, as often as stated, at least 0 times.
  public mutating func record(_ value: Int64, count added: Int) {
    precondition(value >= 0 && added >= 0, "a histogram counts numbers of at least 0")
    guard added > 0 else { return }
    let bucket = precision.bucket(of: value)
    if bucket >= counts.count { grow(toHold: bucket) }
    counts[bucket] += added
    count += added
    smallest = min(smallest, value)
    largest = max(largest, value)
  }

  /// Adds the counts of another histogram of the same precision.
  public mutating func merge(_ other: TickHistogram) {
    precondition(precision == other.precision, "histograms of one precision are merged")
    if counts.count < other.counts.count { grow(toHold: other.counts.count - 1) }
    for (bucket, added) in other.counts.enumerated() { counts[bucket] += added }
    count += other.count
    smallest = min(smallest, other.smallest)
    largest = max(largest, other.largest)
  }

  /// The smallest number that the share `p` of the recorded numbers does not exceed; nil without any.
  ///
  /// Within 0.2 % of the sample's exact quantile; exact for `p` = 0 (the minimum), 1 (the maximum) and below
  /// 512. Of ``Precision/counts`` within 0.006 %, and exact below 16,384.
  ///
  /// - Parameter p: from 0 to 1.
  public func quantile(_ p: Double) -> Int64? {
    preconditionProbability(p)
    guard count > 0 else { return nil }
    let rank = (p * Double(count)).rounded(.up)
    if rank <= 1 { return smallest }
    if rank >= Double(count) { return largest }
    var seen = 0
    for (bucket, added) in counts.enumerated() {
      seen += added
      if Double(seen) >= rank { return min(largest, max(smallest, precision.middle(of: bucket))) }
    }
    return largest
  }

  /// The share of the recorded numbers above `value`; 0 without any.
  ///
  /// Exact below 512, or 16,384; above, the numbers that share the bucket of `value` are taken as evenly spread in it.
  public func fraction(above value: Int64) -> Double {
    if count == 0 || value >= largest { return 0 }
    if value < smallest { return 1 }
    let bucket = precision.bucket(of: value)
    let above = counts.dropFirst(bucket + 1).reduce(0, +)
    let width = precision.width(of: bucket)
    let part = Double(precision.lowest(of: bucket) + (width - 1) - value) / Double(width)
    return (Double(above) + Double(counts[bucket]) * part) / Double(count)
  }

  /// The numbers that were recorded, ascending: from the least to the most of each bucket, and how many.
  public var buckets: [(low: Int64, high: Int64, count: Int)] {
    counts.enumerated().compactMap { bucket, count in
      guard count > 0 else { return nil }
      let low = precision.lowest(of: bucket)
      return (max(smallest, low), min(largest, low + precision.width(of: bucket) - 1), count)
    }
  }

  /// Makes room for a bucket, and for those of the same 256: of durations up to the end of a power of two.
  private mutating func grow(toHold bucket: Int) {
    let needed = (bucket / 256 + 1) * 256
    counts.append(contentsOf: repeatElement(0, count: needed - counts.count))
  }
}

extension TickHistogram.Precision {
  /// A power of two has 2^b buckets.
  @inline(__always)
  private var bits: Int64 { rawValue }

  /// The bucket of a number v: v itself below 2^(b + 1), else 2^b · (e − b) + ⌊v / 2^(e − b)⌋ with e = ⌊log₂ v⌋.
  @inline(__always)
  fileprivate func bucket(of value: Int64) -> Int {
    let shift = max(0, 63 &- bits &- Int64(value.leadingZeroBitCount))
    return Int((shift &<< bits) &+ (value &>> shift))
  }

  fileprivate func width(of bucket: Int) -> Int64 {
    1 << max(0, Int64(bucket) >> bits - 1)
  }

  fileprivate func lowest(of bucket: Int) -> Int64 {
    let perPower = Int64(1) << bits
    return bucket < perPower ? Int64(bucket) : (Int64(bucket) % perPower + perPower) * width(of: bucket)
  }

  fileprivate func middle(of bucket: Int) -> Int64 {
    lowest(of: bucket) + (width(of: bucket) - 1) / 2
  }
}

extension TickHistogram {
  /// The buckets that hold something, as (bucket, count), ascending: with the smallest and the largest number all that
  /// a histogram is.
  package var occupied: [(bucket: Int, count: Int)] {
    counts.enumerated().compactMap { $1 > 0 ? (bucket: $0, count: $1) : nil }
  }

  /// A histogram from its buckets; `nil` when no numbers from `minimum` to `maximum` could have made it.
  ///
  /// - Parameter occupied: ascending, each count at least 1, with `minimum` in the first and `maximum` in the last.
  package init?(
    occupied: [(bucket: Int, count: Int)], minimum: Int64, maximum: Int64, _ precision: Precision = .durations
  ) {
    self.precision = precision
    guard minimum >= 0, minimum <= maximum, let first = occupied.first, let last = occupied.last,
      first.bucket == precision.bucket(of: minimum), last.bucket == precision.bucket(of: maximum)
    else { return nil }
    counts = [Int](repeating: 0, count: (last.bucket / 256 + 1) * 256)
    var previous = -1
    for (bucket, added) in occupied {
      let (sum, isTooMuch) = count.addingReportingOverflow(added)
      guard bucket > previous, bucket <= last.bucket, added > 0, !isTooMuch else { return nil }
      counts[bucket] = added
      count = sum
      previous = bucket
    }
    guard count > 1 || minimum == maximum else { return nil }
    (smallest, largest) = (minimum, maximum)
  }
}
