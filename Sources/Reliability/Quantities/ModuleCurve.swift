/// What a part of a model with a Markov chain of its own does over time, as the rest of the model sees it.
package struct ModuleCurve: Sendable {
  /// Variables that exclude each other: each says, none of those before being true, that its outcome is there.
  struct Selection: Sendable {
    let variables: [Int]
    /// The outcomes, one more than the variables, by their places among the sums.
    let weights: [Int]
  }

  /// Sums over the states of the chain: probabilities of outcomes, frequencies of moves between them.
  let table: ChainTable
  /// The variables of the network that the chain drives.
  let selections: [Selection]
  /// Where the frequencies of the moves inside the module begin among the sums.
  let firstFlow: Int
  /// For each shared outage: where the frequencies of its starts begin.
  let firstStarts: [Int]
  /// The shortest mean stay in a state, in hours.
  let pace: Double

  /// The sums at a time in hours.
  func sums(atHours time: Double) -> [Double] { table.values(at: time) }

  /// The sums in the long run.
  var steadySums: [Double] { table.values(at: .infinity) }

  /// Sets the probabilities of the variables that it drives.
  func set(_ sums: [Double], in probabilities: inout [Double]) {
    for selection in selections {
      Self.set(selection.variables, weights: selection.weights.map { sums[$0] }, in: &probabilities)
    }
  }

  /// Sets variables that choose among weights in proportion.
  static func set(_ variables: [Int], weights: [Double], in probabilities: inout [Double]) {
    for (variable, chance) in zip(variables, OutcomeModule.chained(weights)) {
      probabilities[variable] = min(1, chance)
    }
  }
}

/// The sums of a module, numbered in the order in which they are asked for.
struct SumNumbers<Key: Hashable> {
  private(set) var numbers: [Key: Int] = [:]
  private(set) var count = 0

  /// The number of a sum, a new one if need be.
  mutating func number(_ key: Key) -> Int {
    if let known = numbers[key] { return known }
    numbers[key] = count
    count += 1
    return count - 1
  }
}
