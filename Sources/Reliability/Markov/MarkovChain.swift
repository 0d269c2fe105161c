/// A continuous-time Markov chain over numbered states.
package struct MarkovChain: Sendable {
  /// A move from one state to another.
  package struct Transition: Sendable, Hashable {
    /// The state left.
    package let from: Int
    /// The state entered.
    package let to: Int
    /// How often while in `from`, per unit of time; more than 0.
    package let rate: Double

    /// A move.
    package init(from: Int, to: Int, rate: Double) {
      self.from = from
      self.to = to
      self.rate = rate
    }
  }

  /// Why a question about a chain has no answer.
  package enum Unsolved: Error, Sendable, Hashable {
    /// The iteration stopped before the probabilities had settled.
    case notConverged(states: Int, relativeChange: Double)
    /// Fast and slow moves are too far apart for a transient answer of so many states.
    case tooStiff(states: Int, jumps: Double)
  }

  /// How many states there are.
  package let stateCount: Int
  /// The moves, row by row.
  let rates: RateMatrix
  /// The probability of each state at time 0.
  package let initial: [Double]

  /// A chain. Moves may come in any order; several between the same states add up, those from a state to itself
  /// or with rate 0 have no effect.
  package init(stateCount: Int, transitions: [Transition], initial: [Double]) {
    self.init(rates: RateMatrix(count: stateCount, transitions: transitions), initial: initial)
  }

  /// A chain over a matrix of rates.
  init(rates: RateMatrix, initial: [Double]) {
    stateCount = rates.count
    self.rates = rates
    self.initial = initial
  }

  /// The moves, by the state left, then the state entered.
  package var transitions: [Transition] {
    var moves: [Transition] = []
    moves.reserveCapacity(rates.values.count)
    for state in 0..<stateCount {
      for place in rates.row(state) {
        moves.append(Transition(from: state, to: rates.columns[place], rate: rates.values[place]))
      }
    }
    return moves
  }
}
