/// The stationary distribution of a large irreducible chain by iteration on coarser and coarser chains.
///
/// Gauss–Seidel sweeps settle what is close together; what is far apart settles on a chain over groups of states, which
/// is treated in the same way. Every step adds and multiplies positive numbers, so small probabilities keep their
/// digits. Source: Horton and Leutenegger, *A multi-level solution algorithm for steady-state Markov chains*,
/// SIGMETRICS 1994.
struct MultilevelIteration {
  private static let cycles = 500
  /// What the relative error of any probability is estimated to be when the iteration ends.
  private static let tolerance = 5e-13
  /// Changes this small are mostly rounding, and say nothing about how fast the iteration converges.
  private static let noise = 2e-14

  private let count: Int
  private var hierarchy: ChainHierarchy
  private var weights: [Double]

  /// The rates of an irreducible chain.
  init(_ rates: RateMatrix) {
    count = rates.count
    hierarchy = ChainHierarchy(rates)
    weights = [Double](repeating: 1 / Double(count), count: count)
  }

  /// The stationary probabilities.
  ///
  /// - Throws: `notConverged` when the error can not be shown to be below 5e-13 after 500 cycles.
  mutating func stationary() throws(MarkovChain.Unsolved) -> [Double] {
    var changes: [Double] = []
    for cycle in 0..<Self.cycles {
      // Groups follow the flows, which are known better after each of the first cycles.
      if cycle == 0 || cycle == 2 || cycle == 6 { hierarchy.regroup(&weights) }
      let before = weights
      hierarchy.refine(&weights)
      weights = normalized(weights)
      changes.append(largestRelativeChange(from: before, to: weights))
      if cycle > 7, remainingError(changes) <= Self.tolerance { return weights }
    }
    throw .notConverged(states: count, relativeChange: changes.last ?? 1)
  }

  /// What is left of a geometric convergence, change × ratio / (1 − ratio), with the slowest of the last ratios that
  /// are not rounding.
  private func remainingError(_ changes: [Double]) -> Double {
    let telling = changes.dropFirst(2).prefix { $0 > Self.noise }.suffix(6)
    guard let last = changes.last else { return .infinity }
    let ratio = zip(telling, telling.dropFirst()).map { $1 / $0 }.max() ?? 0.5
    guard ratio < 0.9999 else { return .infinity }
    return last * ratio / (1 - ratio)
  }

  private func largestRelativeChange(from old: [Double], to new: [Double]) -> Double {
    var largest = 0.0
    for index in old.indices where new[index] > 1e-290 {
      largest = max(largest, abs(new[index] - old[index]) / new[index])
    }
    return largest
  }
}
