internal import Quantities
internal import Stochastics

/// How chance trips a window that begins empty, by failures or by slow results: the first results are few, and trip it sooner
/// than a full one.
struct WindowFilling {
  /// Trips of the window once it is full.
  let trips: WindowTrips
  private let size: Int
  private let minimum: Int
  private let share: Probability
  private let probability: Double

  /// - Parameters:
  ///   - size: the results that it holds.
  ///   - minimum: results without which it does not count, at most `size`.
  ///   - share: of results that trips it.
  ///   - probability: that a result is one of those.
  init(_ size: Int, _ minimum: Int, _ share: Probability, _ probability: Double) {
    (self.size, self.minimum, self.share, self.probability) = (size, minimum, share, probability)
    trips = WindowTrips(
      window: size, failures: leastCount(of: size, share: share.value), probability: probability)
  }

  /// The results that it takes from empty, on average.
  ///
  /// Σ P(none in n results) until it is full, exactly: the law of the failures among n results, without those laws' parts that
  /// have tripped it; then ``WindowTrips/meanTrialsOnceFull``. Worked: half of 100 at 40 % take 893 results if 100 are needed,
  /// 436 if 10 are enough.
  ///
  /// - Complexity: O(size²).
  var meanResults: Double {
    var masses = [1.0]
    var mean = 0.0
    for results in 1...size {
      mean += masses.reduce(0, +)
      masses.append(0)
      for failures in masses.indices.reversed() {
        let before = failures > 0 ? masses[failures - 1] : 0
        masses[failures] = masses[failures] * (1 - probability) + before * probability
      }
      guard results >= minimum else { continue }
      masses.removeLast(max(0, masses.count - leastCount(of: results, share: share.value)))
    }
    let untripped = masses.reduce(0, +)
    return untripped > 1e-9 ? mean + untripped * trips.meanTrialsOnceFull : mean
  }
}
