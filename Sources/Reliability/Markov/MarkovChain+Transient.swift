/// What the states' probabilities are at a time, and how long each has been taken until then.
extension MarkovChain {
  /// The probability of each state at a time, in the unit of the rates.
  ///
  /// By uniformisation, or, for a small chain whose fast moves happen very often until then, by squaring a matrix of
  /// transition probabilities; whichever takes less work. The error of each is about 1e-13, relative to itself when
  /// the chain is small.
  ///
  /// - Throws: `tooStiff` when moves are too fast for so long a time and so many states.
  package func distribution(at time: Double) throws(Unsolved) -> [Double] {
    guard time > 0, let question = TransientQuestion(self, time: time) else { return initial }
    return try question.solve().distribution
  }

  /// The mean time spent in each state from 0 to a time; divided by that time, the interval availability's parts.
  ///
  /// - Throws: `tooStiff` when moves are too fast for so long a time and so many states.
  package func occupancy(over time: Double) throws(Unsolved) -> [Double] {
    guard time > 0 else { return [Double](repeating: 0, count: stateCount) }
    guard let question = TransientQuestion(self, time: time) else { return initial.map { $0 * time } }
    return try question.solve().occupancy
  }
}

/// The answer to a transient question, over the states of the chain.
struct TransientAnswer {
  var distribution: [Double]
  var occupancy: [Double]
}

/// A chain and a time, with the states that can not be reached left out.
private struct TransientQuestion {
  /// The most multiplications over sparse rows: about half a minute of one core.
  private static let mostWork = 2e10
  /// A product of full matrices does this many times more in the same time.
  private static let denseAdvantage = 12.0

  let chain: MarkovChain
  let time: Double
  let states: [Int]
  let rates: RateMatrix

  /// `nil` when nothing ever happens.
  init?(_ chain: MarkovChain, time: Double) {
    self.chain = chain
    self.time = time
    let reached = chain.reachable()
    states = (0..<chain.stateCount).filter { reached[$0] }
    rates = states.count == chain.stateCount ? chain.rates : chain.rates.restricted(to: states)
    guard rates.totals.contains(where: { $0 > 0 }) else { return nil }
  }

  func solve() throws(MarkovChain.Unsolved) -> TransientAnswer {
    let initial = states.map { chain.initial[$0] }
    let jumps = (rates.totals.max() ?? 0) * time
    guard jumps.isFinite else { throw .tooStiff(states: rates.count, jumps: jumps) }
    let stepWork = Double(rates.values.count + 4 * rates.count)
    let steps = jumps + 15 * jumps.squareRoot() + 60
    let cube = Double(rates.count) * Double(rates.count) * Double(rates.count)
    let squarings = max(0, jumps.exponentAfterScaling)
    let squaringWork = cube * Double(squarings) / Self.denseAdvantage + 30 * stepWork * Double(rates.count)
    let answer: TransientAnswer
    if rates.count <= MatrixSquaring.limit, squaringWork < steps * stepWork {
      answer = MatrixSquaring(rates, time: time, squarings: squarings).answer(from: initial)
    } else {
      let settled = try settledDistribution(jumps: jumps)
      guard settled != nil || steps * stepWork <= Self.mostWork else {
        throw .tooStiff(states: rates.count, jumps: jumps)
      }
      var uniformisation = Uniformisation(
        rates, incoming: rates.transposed, time: time, initial: initial)
      answer = try uniformisation.answer(settled: settled, mostSteps: Self.mostWork / stepWork)
    }
    return spread(answer)
  }

  /// The long-run probabilities, when it is worth watching for them.
  private func settledDistribution(jumps: Double) throws(MarkovChain.Unsolved) -> [Double]? {
    guard jumps > 2_000 else { return nil }
    let reduced = MarkovChain(rates: rates, initial: states.map { chain.initial[$0] })
    return try? reduced.steadyState()
  }

  /// The answer over all states.
  private func spread(_ answer: TransientAnswer) -> TransientAnswer {
    guard states.count < chain.stateCount else { return answer }
    var whole = TransientAnswer(
      distribution: [Double](repeating: 0, count: chain.stateCount),
      occupancy: [Double](repeating: 0, count: chain.stateCount))
    for (index, state) in states.enumerated() {
      whole.distribution[state] = answer.distribution[index]
      whole.occupancy[state] = answer.occupancy[index]
    }
    return whole
  }
}

extension Double {
  /// How often it has to be halved to be at most 1.
  fileprivate var exponentAfterScaling: Int { self <= 1 ? 0 : Int(exponent) + 1 }
}
