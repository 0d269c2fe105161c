/// A rate that follows a power of time, fitted to numbers of events in consecutive intervals.
///
/// Worked: ReliaWiki's 12, 6, 15, 3, 18 and 16 events until 62, 100, 187, 210, 350 and 500 h give β = 0.8136 and
/// λ = 0.4459.
///
/// Source: MIL-HDBK-189C, 2011, AMSAA model for grouped data.
public struct GroupedCrowAMSAA: Hashable, Sendable {
  /// β.
  public let shape: Double

  /// λ, in events per time^β.
  public let scale: Double

  /// Where each interval ends.
  public let ends: [Double]

  /// The events expected in each interval.
  public let expected: [Double]

  /// Σ (seen − expected)² / expected, to be compared with chi-square with two degrees of freedom fewer than there are
  /// intervals; the comparison wants about five expected events in each.
  public let chiSquare: Double

  /// The fit.
  ///
  /// - Parameters:
  ///   - counts: the events of each interval, at least 0; not all in the first or all in the last interval.
  ///   - ends: where each interval ends, ascending from above 0; the first begins at 0.
  /// - Returns: nil where all events lie in the first interval or all in the last, so that β has no maximum.
  /// - Throws: the first count or end that is impossible.
  public init?(counts: [Int], ends: [Double]) throws(InvalidParameter) {
    try Self.requireValid(counts, ends)
    let hasLate = counts.dropFirst().contains { $0 > 0 }
    let hasEarly = counts.dropLast().contains { $0 > 0 }
    guard hasLate, hasEarly, let last = ends.last else { return nil }
    let shape = Self.bestShape(counts, ends.map { $0 / last })
    let total = Double(counts.reduce(0, +))
    let reached = ends.map { portablePower($0 / last, shape) }
    self.shape = shape
    self.ends = ends
    scale = total * portableExp(-shape * portableLog(last))
    expected = zip(reached, [0] + reached).map { total * ($0 - $1) }
    chiSquare = zip(counts, expected).reduce(0) { sum, pair in
      let away = Double(pair.0) - pair.1
      return pair.1 > 0 ? sum + away * away / pair.1 : sum
    }
    guard scale > 0, scale.isFinite else { return nil }
  }

  /// Where Σ n (bᵝ log b − aᵝ log a) / (bᵝ − aᵝ) = 0 for the intervals from a to b, as shares of the whole.
  private static func bestShape(_ counts: [Int], _ shares: [Double]) -> Double {
    func slope(_ logShape: Double) -> Double {
      let shape = portableExp(logShape)
      return zip(counts, zip([0] + shares, shares)).reduce(0) { sum, interval in
        let (count, (a, b)) = interval
        guard count > 0 else { return sum }
        let (low, high) = (portablePower(a, shape), portablePower(b, shape))
        let lowTerm = a > 0 ? low * portableLog(a) : 0
        return sum + Double(count) * (high * portableLog(b) - lowTerm) / (high - low)
      }
    }
    var (low, high) = (-15.0, 15.0)
    for _ in 0..<80 {
      let middle = (low + high) / 2
      let value = slope(middle)
      // Large exponents leave nothing of early intervals, 0 / 0; the zero lies below them.
      if value > 0 { low = middle } else { high = middle }
    }
    return portableExp((low + high) / 2)
  }

  private static func requireValid(_ counts: [Int], _ ends: [Double]) throws(InvalidParameter) {
    guard counts.count == ends.count, !ends.isEmpty else {
      throw InvalidParameter(
        message: "there are \(counts.count) counts for \(ends.count) intervals; give one for each")
    }
    for count in counts where count < 0 {
      throw InvalidParameter(
        message: "the number of events in an interval is \(count); it must be at least 0")
    }
    var previous = 0.0
    for end in ends {
      guard end > previous, end.isFinite else {
        throw InvalidParameter(
          message: "an interval ends at \(plain(end)), which must be a number greater than \(plain(previous))"
        )
      }
      previous = end
    }
  }
}
