/// A part of a model with states of its own, as the rest of the model sees it: which of its gates are down, jointly with
/// the outages that others depend on too.
///
/// An outcome is a set of gates that are down, a bit each; a situation is a set of shared outages under way, a bit
/// each. Both are read off the states of a Markov chain.
struct OutcomeModule: Sendable {
  /// How often the module passes from one outcome to another.
  struct Flow: Sendable, Hashable {
    let situation: Int
    let from: Int
    let to: Int
  }

  /// How many gates there are.
  let gateCount: Int
  /// How many outages are shared.
  let sharedCount: Int
  /// For each situation, the outcomes that occur in it, the least likely first.
  private(set) var outcomes: [[Int]]
  /// The long-run probability of each situation and outcome.
  private(set) var probabilities: [[Int: Double]]
  /// The same without the outages of a cause.
  private(set) var probabilitiesWithout: [Int: [[Int: Double]]] = [:]
  /// The flows, per hour, that bring another gate down while the situation stays; in a fixed order.
  private(set) var flows: [(flow: Flow, rate: Double)] = []
  /// For each shared outage: the flows, per hour, with which it begins, from situations without it.
  private(set) var starts: [[(flow: Flow, rate: Double)]]
  /// What was approximated.
  let approximations: [String]

  /// Reads a module off a chain.
  ///
  /// - Parameters:
  ///   - place: the situation and the outcome of a state, without the outages of a cause if one is given.
  ///   - causes: the causes whose absence is of interest.
  ///   - resting: the outcome of a situation in which the chain never is.
  init<State>(
    _ space: StateSpace<State>, probabilities chances: [Double], gateCount: Int, sharedCount: Int,
    causes: [Int],
    approximations: [String], resting: (Int) -> Int,
    place: (State, _ without: Int?) -> (situation: Int, outcome: Int)
  ) {
    self.gateCount = gateCount
    self.sharedCount = sharedCount
    self.approximations = approximations
    starts = [[(flow: Flow, rate: Double)]](repeating: [], count: sharedCount)
    func table(_ cause: Int?) -> [[Int: Double]] {
      var table = [[Int: Double]](repeating: [:], count: 1 << sharedCount)
      for (state, chance) in zip(space.states, chances) where chance > 0 {
        let at = place(state, cause)
        table[at.situation][at.outcome, default: 0] += chance
      }
      return table
    }
    probabilities = table(nil)
    for cause in causes { probabilitiesWithout[cause] = table(cause) }
    outcomes = []
    for situation in 0..<1 << sharedCount {
      let chances = probabilities[situation]
      var found = Set(chances.keys)
      for cause in causes { found.formUnion(probabilitiesWithout[cause]?[situation].keys ?? [:].keys) }
      if found.isEmpty { found = [resting(situation)] }
      outcomes.append(found.sorted { (chances[$0] ?? 0, $0) < (chances[$1] ?? 0, $1) })
    }
    addFlows(space, chances: chances, places: space.states.map { place($0, nil) })
  }

  private mutating func addFlows<State>(
    _ space: StateSpace<State>, chances: [Double], places: [(situation: Int, outcome: Int)]
  ) {
    var inside: [Flow: Double] = [:]
    var begun = [[Flow: Double]](repeating: [:], count: sharedCount)
    for move in space.chain.transitions {
      let (before, after) = (places[move.from], places[move.to])
      let flow = Flow(situation: before.situation, from: before.outcome, to: after.outcome)
      let rate = chances[move.from] * move.rate
      if before.situation == after.situation {
        if after.outcome & ~before.outcome != 0 { inside[flow, default: 0] += rate }
      } else if after.situation > before.situation {
        begun[(after.situation ^ before.situation).trailingZeroBitCount][flow, default: 0] += rate
      }
    }
    flows = Self.ordered(inside)
    starts = begun.map(Self.ordered)
  }

  private static func ordered(_ flows: [Flow: Double]) -> [(flow: Flow, rate: Double)] {
    flows.map { (flow: $0.key, rate: $0.value) }.sorted {
      let (one, other) = ($0.flow, $1.flow)
      return (one.situation, one.from, one.to) < (other.situation, other.from, other.to)
    }
  }

  /// Adds outcomes that do not occur by themselves but in a question, as the least likely.
  mutating func addOutcomes(of tables: [FailoverCensus.Table]) {
    for situation in outcomes.indices {
      let asked = tables.reduce(into: Set<Int>()) { $0.formUnion($1[situation].keys) }
      outcomes[situation] = asked.subtracting(outcomes[situation]).sorted() + outcomes[situation]
    }
  }

  /// How many variables say which outcome there is.
  var variableCount: Int { outcomes.reduce(0) { $0 + $1.count - 1 } }

  /// The probability of each outcome but the last, given the situation and that it is none of those before.
  func conditionals(situation: Int, without cause: Int? = nil) -> [Double] {
    let table = cause.flatMap { probabilitiesWithout[$0] } ?? probabilities
    let chances = outcomes[situation].map { table[situation][$0] ?? 0 }
    return Self.chained(chances)
  }

  /// Of probabilities in proportion: each, given that it is none of those before; the last is left out.
  static func chained(_ weights: [Double]) -> [Double] {
    var rest = 0.0
    var conditionals: [Double] = []
    for weight in weights.reversed() {
      rest += weight
      conditionals.append(rest > 0 ? weight / rest : 0)
    }
    return conditionals.reversed().dropLast()
  }
}
