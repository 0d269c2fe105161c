/// Sums over the states of a chain, each with weights of its own: probabilities of sets of states, frequencies of moves.
struct ChainFunctionals: Sendable {
  /// How many sums there are.
  let count: Int
  private var starts: [Int] = [0]
  private var columns: [Int] = []
  private var weights: [Double] = []

  /// No states yet.
  init(count: Int) { self.count = count }

  /// Adds the next state by the sums that it counts in, with its weight in each.
  mutating func append(_ entries: [(sum: Int, weight: Double)]) {
    for entry in entries where entry.weight > 0 {
      columns.append(entry.sum)
      weights.append(entry.weight)
    }
    starts.append(columns.count)
  }

  /// How many weights there are.
  var weightCount: Int { weights.count }

  /// The sums when the states have some probabilities.
  func values(_ probabilities: [Double]) -> [Double] {
    var values = [Double](repeating: 0, count: count)
    for (state, probability) in probabilities.enumerated() where probability > 0 {
      for place in starts[state]..<starts[state + 1] {
        values[columns[place]] += weights[place] * probability
      }
    }
    return values
  }
}
