/// The states that a system can reach, found from where it starts, with the chain over them.
///
/// A state is whatever tells the future: usually a small vector of what each part is doing. Who generates a chain
/// states the moves out of one state; this finds and numbers the rest, in the order in which they are met.
package struct StateSpace<State: Hashable & Sendable>: Sendable {
  /// A move out of a state.
  package struct Move: Sendable {
    /// The state entered.
    package let to: State
    /// How often, per unit of time; moves with rate 0 do not exist.
    package let rate: Double

    /// A move.
    package init(to: State, rate: Double) {
      self.to = to
      self.rate = rate
    }
  }

  /// More states can be reached than were allowed.
  package struct TooManyStates: Error, Sendable, Hashable {
    /// The number allowed.
    package let limit: Int

    /// More than `limit`.
    package init(limit: Int) { self.limit = limit }
  }

  /// The states, those where it starts first.
  package let states: [State]
  /// The chain; its state numbers index `states`.
  package let chain: MarkovChain
  private let numbers: [State: Int]

  /// Explores what can be reached.
  ///
  /// - Parameters:
  ///   - initial: where it starts, with probabilities that add up to 1; a state may stand more than once.
  ///   - limit: the most states allowed.
  ///   - moves: the moves out of a state; several to the same state add up, one to the state itself has no effect.
  /// - Throws: `TooManyStates` when more than `limit` states can be reached.
  /// - Complexity: one call of `moves` and a few look-ups a state and move.
  package init(
    from initial: [(state: State, probability: Double)], limit: Int = 1_000_000,
    moves: (State) -> [Move]
  ) throws(TooManyStates) {
    var explorer = Explorer(limit: limit)
    var starts: [Double] = []
    for (state, probability) in initial where probability > 0 {
      let number = try explorer.number(of: state)
      if number == starts.count { starts.append(0) }
      starts[number] += probability
    }
    var next = 0
    while next < explorer.states.count {
      for move in moves(explorer.states[next]) where move.rate > 0 {
        let entered = try explorer.number(of: move.to)
        if entered != next {
          explorer.from.append(next)
          explorer.to.append(entered)
          explorer.rates.append(move.rate)
        }
      }
      next += 1
    }
    states = explorer.states
    numbers = explorer.numbers
    let rates = RateMatrix(
      count: explorer.states.count, from: explorer.from, to: explorer.to, rates: explorer.rates)
    starts += [Double](repeating: 0, count: states.count - starts.count)
    chain = MarkovChain(rates: rates, initial: starts)
  }

  /// Explores what can be reached from one state.
  package init(
    from start: State, limit: Int = 1_000_000, moves: (State) -> [Move]
  ) throws(TooManyStates) {
    try self.init(from: [(start, 1)], limit: limit, moves: moves)
  }

  /// The number of a state; `nil` when it can not be reached.
  package func number(of state: State) -> Int? { numbers[state] }

  /// For each state, whether it has a property: what questions about sets of states take.
  package func indicator(_ property: (State) -> Bool) -> [Bool] { states.map(property) }

  private struct Explorer {
    let limit: Int
    var states: [State] = []
    var numbers: [State: Int] = [:]
    var from: [Int] = []
    var to: [Int] = []
    var rates: [Double] = []

    mutating func number(of state: State) throws(TooManyStates) -> Int {
      if let known = numbers[state] { return known }
      guard states.count < limit else { throw TooManyStates(limit: limit) }
      numbers[state] = states.count
      states.append(state)
      return states.count - 1
    }
  }
}
