/// A chain that begins anew whenever it reaches an end: what mean times and probabilities of ends are read from.
///
/// Ends become one state each, left at rate 1 for a state from which the chain starts at rate 1. In the long run,
/// weights are then in proportion to the mean time spent in each state between two starts, which is 1 in the state
/// that starts. So a mean time is a ratio of sums of positive numbers and nothing cancels.
struct RestartedChain {
  /// The rates; irreducible when every state reached can reach an end.
  let rates: RateMatrix
  /// The states before an end, by their number in the original chain; their numbers here are their places.
  let states: [Int]
  /// The number of each end here.
  let endStates: [Int]
  /// The number of the state that starts.
  let start: Int

  /// - Parameter ends: for each state, the number of the end it belongs to, or −1.
  init(_ chain: MarkovChain, ends: [Int], endCount: Int) {
    let reached = chain.reachable(stoppingAt: ends.map { $0 >= 0 })
    states = (0..<chain.stateCount).filter { reached[$0] && ends[$0] < 0 }
    let first = states.count
    // Ends that are never reached have no number, and no state.
    var endNumbers = [Int](repeating: -1, count: endCount)
    var used = 0
    for state in 0..<chain.stateCount where reached[state] && ends[state] >= 0 && endNumbers[ends[state]] < 0
    {
      endNumbers[ends[state]] = first + used
      used += 1
    }
    let start = first + used
    var number = [Int](repeating: -1, count: chain.stateCount)
    for (index, state) in states.enumerated() { number[state] = index }
    for state in 0..<chain.stateCount where reached[state] && ends[state] >= 0 {
      number[state] = endNumbers[ends[state]]
    }
    var moves: [MarkovChain.Transition] = []
    for (index, state) in states.enumerated() {
      for place in chain.rates.row(state) {
        moves.append(
          MarkovChain.Transition(
            from: index, to: number[chain.rates.columns[place]], rate: chain.rates.values[place]))
      }
    }
    for end in 0..<used { moves.append(MarkovChain.Transition(from: first + end, to: start, rate: 1)) }
    for state in 0..<chain.stateCount where chain.initial[state] > 0 {
      moves.append(MarkovChain.Transition(from: start, to: number[state], rate: chain.initial[state]))
    }
    rates = RateMatrix(count: start + 1, transitions: moves)
    endStates = endNumbers
    self.start = start
  }
}
