/// Reaching a set of states for the first time.
extension MarkovChain {
  /// The mean time until a set is reached, from where the chain starts: for the down states, the mean time to
  /// failure.
  ///
  /// - Returns: `nil` when the chain may never reach the set, so that the mean is infinite.
  /// - Throws: `notConverged` when the iteration of a large chain does not settle.
  package func meanTime(to set: [Bool]) throws(Unsolved) -> Double? {
    let reached = reachable(stoppingAt: set)
    guard (0..<stateCount).contains(where: { reached[$0] && set[$0] }) else { return nil }
    guard stopping(at: set).recurrentClasses.allSatisfy({ $0.contains { set[$0] } }) else { return nil }
    let chain = RestartedChain(self, ends: set.map { $0 ? 0 : -1 }, endCount: 1)
    guard !chain.states.isEmpty else { return 0 }
    let weights = try chain.rates.stationary()
    return compensatedSum(Array(weights[..<chain.states.count])) / weights[chain.start]
  }

  /// The probability that a set has been reached by a time: for the down states, the unreliability of a mission.
  ///
  /// Every probability keeps its digits, however small it is.
  ///
  /// - Throws: `tooStiff` when moves are too fast for so long a time and so many states.
  package func firstPassageProbability(to set: [Bool], at time: Double) throws(Unsolved) -> Double {
    let stopped = stopping(at: set)
    return stopped.probability(of: set, in: try stopped.distribution(at: time))
  }

  /// The same chain, ended where it reaches a set.
  func stopping(at set: [Bool]) -> MarkovChain {
    MarkovChain(
      stateCount: stateCount, transitions: transitions.filter { !set[$0.from] }, initial: initial)
  }
}
