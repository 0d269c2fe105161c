import Stochastics

/// Whether as many incidents came in one time as another would let expect.
public struct CountComparison: Sendable, Hashable {
  /// How many came.
  public let count: Int
  /// How many the other time lets expect.
  public let expected: Double
  /// The probability of a count at least as far out, if the rate were the same.
  public let pValue: Double

  /// Given all n + m incidents, those of the first time are binomial with its share of the exposure; twice the smaller
  /// tail.
  ///
  /// Worked: 5 in 100 h after 5 in 900 h: 0.56 expected, p = 0.0033.
  ///
  /// Source: Przyborowski and Wilenski, "Homogeneity of results in testing samples from Poisson series", Biometrika 31
  /// (1940).
  ///
  /// - Parameters:
  ///   - hours: the length of the first time, above 0.
  ///   - otherHours: the length of the other, above 0.
  public init(count: Int, hours: Double, other: Int, otherHours: Double) {
    self.count = count
    expected = Double(other) / otherHours * hours
    let share = hours / (hours + otherHours)
    let atLeast =
      count == 0 ? 1 : regularizedBeta(x: share, a: Double(count), b: Double(other + 1))
    let atMost =
      other == 0 ? 1 : regularizedBeta(x: 1 - share, a: Double(other), b: Double(count + 1))
    pValue = min(1, 2 * min(atLeast, atMost))
  }
}
