/// Observed times, some of them cut short: lifetimes with survivors, gaps between failures with the last one still
/// open, durations of incidents that go on.
///
/// A failure was seen at its time; a censored time says that nothing had happened until then. What happens to a time
/// of 0 is decided by a ``ZeroTimes`` rule when the sample is made, and the sample remembers how many there were.
///
/// All times are in one unit, which the caller settles.
public struct CensoredSample: Hashable, Sendable {
  /// The times of the failures, then the times at which others were still without one; all greater than 0.
  public let times: [Double]

  /// How many of `times` are failures; the others are censored.
  public let failureRows: Int

  /// How often each time was observed; empty when each was once.
  public let counts: [Int]

  /// What was done with times of 0.
  public let zeros: ZeroTimes

  /// How many failures had the time 0, before the rule was applied.
  public let zeroFailures: Int

  /// How many censored times were 0; they say nothing and are left out.
  public let zeroCensored: Int

  /// A sample of failures and of times without a failure.
  ///
  /// - Parameters:
  ///   - failures: times at which something happened, at least 0 and finite, in any order.
  ///   - censored: times until which nothing had happened, at least 0 and finite, in any order.
  ///   - failureCounts: how often each of `failures` was observed, at least 1; once without it.
  ///   - censoredCounts: the same for `censored`.
  ///   - zeros: what a failure at time 0 counts as.
  /// - Throws: the first value that no sample can hold.
  public init(
    failures: [Double], censored: [Double] = [], failureCounts: [Int]? = nil, censoredCounts: [Int]? = nil,
    zeros: ZeroTimes = .leftOut
  ) throws(InvalidParameter) {
    try InvalidParameter.requireTimes(failures, "a failure time")
    try InvalidParameter.requireTimes(censored, "a censored time")
    try InvalidParameter.requireCounts(failureCounts, of: failures.count, "failure time")
    try InvalidParameter.requireCounts(censoredCounts, of: censored.count, "censored time")
    try zeros.requireValid()
    let failed = PositiveTimes(failures, failureCounts, zeroBecomes: zeros.replacement)
    let survived = PositiveTimes(censored, censoredCounts, zeroBecomes: nil)
    guard failed.zeros == 0 || zeros != .refused else { throw ZeroTimes.refusal(count: failed.zeros) }
    self.init(failed, survived, zeros: zeros)
  }

  private init(_ failed: PositiveTimes, _ survived: PositiveTimes, zeros: ZeroTimes) {
    times = survived.times.isEmpty ? failed.times : failed.times + survived.times
    failureRows = failed.times.count
    let isCounted = failed.counts != nil || survived.counts != nil
    counts = isCounted ? failed.countsOrOnes + survived.countsOrOnes : []
    self.zeros = zeros
    zeroFailures = failed.zeros
    zeroCensored = survived.zeros
  }
}

extension CensoredSample {
  /// The number of failures.
  public var failures: Int { counts.isEmpty ? failureRows : counts[..<failureRows].reduce(0, +) }

  /// The number of observations, failures and censored.
  public var observations: Int { counts.isEmpty ? times.count : counts.reduce(0, +) }

  /// The sum of all times, failed or not: the time on test.
  public var totalTime: Double {
    if counts.isEmpty { return times.reduce(0, +) }
    return zip(times, counts).reduce(0) { $0 + $1.0 * Double($1.1) }
  }

  /// How often the time in a row was observed.
  func count(_ row: Int) -> Int { counts.isEmpty ? 1 : counts[row] }

  /// The distinct times in ascending order, with what happened at each.
  ///
  /// - Complexity: O(n log n).
  func groupedAscending() -> [(time: Double, failures: Int, censored: Int)] {
    let order = times.indices.sorted { times[$0] < times[$1] }
    var groups: [(time: Double, failures: Int, censored: Int)] = []
    for row in order {
      if groups.last?.time != times[row] { groups.append((times[row], 0, 0)) }
      if row < failureRows {
        groups[groups.count - 1].failures += count(row)
      } else {
        groups[groups.count - 1].censored += count(row)
      }
    }
    return groups
  }
}

/// The times greater than 0 of a list, after those of 0 were replaced or left out.
private struct PositiveTimes {
  let times: [Double]
  let counts: [Int]?
  let zeros: Int

  init(_ all: [Double], _ counts: [Int]?, zeroBecomes replacement: Double?) {
    guard all.contains(0) else {
      (times, self.counts, zeros) = (all, counts, 0)
      return
    }
    zeros = all.indices.reduce(0) { all[$1] == 0 ? $0 + (counts?[$1] ?? 1) : $0 }
    if let replacement {
      times = all.map { $0 == 0 ? replacement : $0 }
      self.counts = counts
    } else {
      let kept = all.indices.filter { all[$0] > 0 }
      times = kept.map { all[$0] }
      self.counts = counts.map { counts in kept.map { counts[$0] } }
    }
  }

  var countsOrOnes: [Int] { counts ?? Array(repeating: 1, count: times.count) }
}

extension InvalidParameter {
  /// Refuses times that are negative or not finite.
  static func requireTimes(_ times: [Double], _ name: String) throws(InvalidParameter) {
    // One pass without a branch per row; a time that is not a number fails both comparisons.
    var isValid = true
    for time in times { isValid = isValid && time >= 0 && time < .infinity }
    guard !isValid else { return }
    for time in times { try requireNonNegative(time, name) }
  }

  /// A count that leaves room for a million rows in a whole number.
  private static let largestCount = 1_000_000_000_000

  /// Refuses counts that do not match in number, are below 1 or could overflow a sum.
  static func requireCounts(_ counts: [Int]?, of rows: Int, _ name: String) throws(InvalidParameter) {
    guard let counts else { return }
    guard counts.count == rows else {
      throw InvalidParameter(
        message: "the number of counts is \(counts.count); it must be \(rows), one for each \(name)")
    }
    for count in counts where count < 1 || count > largestCount {
      throw InvalidParameter(
        message: "the count of a \(name) is \(count); it must be at least 1 and at most \(largestCount)")
    }
  }
}
