/// The long run.
extension MarkovChain {
  /// The probability of each state in the long run, from where the chain starts.
  ///
  /// States left for good get 0; when several sets of states are never left, each gets the probability of ending in
  /// it. Small chains are solved by elimination without subtraction, dense or sparse, large ones by iteration; either
  /// way each probability has a relative error of about 1e-12 or better, however small it is.
  ///
  /// - Parameter memory: how a chain with the same moves was solved before.
  /// - Throws: `notConverged` when the iteration of a large chain does not settle.
  package func steadyState(memory: EliminationMemory? = nil) throws(Unsolved) -> [Double] {
    let classes = recurrentClasses
    var result = [Double](repeating: 0, count: stateCount)
    let shares = classes.count == 1 ? [1] : try probabilitiesOfEnding(in: classes)
    for (members, share) in zip(classes, shares) {
      let inside = try rates.restricted(to: members).stationary(memory: memory)
      for (state, probability) in zip(members, inside) { result[state] = share * probability }
    }
    return result
  }

  /// The probability of ending in each of several sets that are never left.
  private func probabilitiesOfEnding(in classes: [[Int]]) throws(Unsolved) -> [Double] {
    var ends = [Int](repeating: -1, count: stateCount)
    for (index, members) in classes.enumerated() { for state in members { ends[state] = index } }
    let chain = RestartedChain(self, ends: ends, endCount: classes.count)
    let weights = try chain.rates.stationary()
    let visits = chain.endStates.map { weights[$0] }
    return normalized(visits)
  }

  /// How often a set is entered in the long run, or whenever the states have the probabilities given; per unit of
  /// time.
  package func frequency(ofEntering set: [Bool], in probabilities: [Double]) -> Double {
    var total = 0.0
    for state in 0..<stateCount where !set[state] && probabilities[state] > 0 {
      var rate = 0.0
      for place in rates.row(state) where set[rates.columns[place]] { rate += rates.values[place] }
      total += probabilities[state] * rate
    }
    return total
  }

  /// What the long run knows about a set of states.
  package struct LongRunShare: Sendable, Hashable {
    /// The share of time spent in the set.
    package let probability: Double
    /// How often it is entered, per unit of time.
    package let frequency: Double
    /// The mean length of a stay; `nil` when it is never entered.
    package let meanStay: Double?
    /// The mean time from leaving it to entering it again; `nil` when it is never entered.
    package let meanAbsence: Double?
  }

  /// How much, how often and how long a set of states lasts in the long run: for the down states, the
  /// unavailability, the failure frequency, the mean down time and the mean up time.
  package func longRunShare(of set: [Bool]) throws(Unsolved) -> LongRunShare {
    let probabilities = try steadyState()
    let inside = probability(of: set, in: probabilities)
    let outside = probability(of: set.map { !$0 }, in: probabilities)
    let frequency = frequency(ofEntering: set, in: probabilities)
    return LongRunShare(
      probability: inside, frequency: frequency, meanStay: frequency > 0 ? inside / frequency : nil,
      meanAbsence: frequency > 0 ? outside / frequency : nil)
  }

  /// The probability of a set of states.
  package func probability(of set: [Bool], in probabilities: [Double]) -> Double {
    compensatedSum(probabilities.indices.filter { set[$0] }.map { probabilities[$0] })
  }
}

extension RateMatrix {
  /// Up to so many states a full matrix is at once done.
  private static let alwaysDense = 200
  /// Up to so many, a full matrix takes about a second.
  private static let usuallyDense = 1_500
  private static let fillLimit = 20_000_000
  private static let usualWork = 2e8
  private static let mostWork = 5e10

  /// The stationary probabilities of an irreducible chain.
  func stationary(memory: EliminationMemory? = nil) throws(MarkovChain.Unsolved) -> [Double] {
    if count <= Self.alwaysDense { return dense() }
    let usual = SparseElimination(
      self, fillLimit: Self.fillLimit, workLimit: Self.usualWork, memory: memory)
    if let sparse = usual {
      return sparse.stationary()
    }
    if count <= Self.usuallyDense { return dense() }
    do throws(MarkovChain.Unsolved) {
      var iteration = MultilevelIteration(self)
      return try iteration.stationary()
    } catch {
      if count <= DenseElimination.limit { return dense() }
      guard let sparse = SparseElimination(self, fillLimit: 2 * Self.fillLimit, workLimit: Self.mostWork)
      else { throw error }
      return sparse.stationary()
    }
  }

  private func dense() -> [Double] {
    var elimination = DenseElimination(self)
    return elimination.stationary()
  }
}
