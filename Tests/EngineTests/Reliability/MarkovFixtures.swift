import Reliability

/// Chains of textbooks, built from rates.
enum MarkovFixtures {
  /// Numbers 0…n with rates up and down between neighbours.
  static func birthDeath(up: [Double], down: [Double]) -> MarkovChain {
    var moves: [MarkovChain.Transition] = []
    for (state, rate) in up.enumerated() { moves.append(.init(from: state, to: state + 1, rate: rate)) }
    for (state, rate) in down.enumerated() { moves.append(.init(from: state + 1, to: state, rate: rate)) }
    let count = max(up.count, down.count) + 1
    return MarkovChain(stateCount: count, transitions: moves, initial: start(0, of: count))
  }

  /// All probability in one state.
  static func start(_ state: Int, of count: Int) -> [Double] {
    (0..<count).map { $0 == state ? 1 : 0 }
  }

  /// `units` alike with `crews`: the number of units down.
  static func repair(units: Int, crews: Int, rate: Double, repairRate: Double) -> MarkovChain {
    birthDeath(
      up: (0..<units).map { Double(units - $0) * rate },
      down: (1...units).map { Double(min($0, crews)) * repairRate })
  }

  /// Parts that fail ever more often and are repaired ever faster.
  static func parts(
    _ count: Int, failure: Double = 1e-4, repair: Double = 0.1, step: Double = 0.37
  ) -> [(failure: Double, repair: Double)] {
    (1...count).map { number in
      let position = Double(number)
      return (failure * position, repair + step * (position - 1))
    }
  }

  /// Independent parts, each with a rate of failure and of repair; bit i of a state is whether part i is down.
  static func independent(_ parts: [(failure: Double, repair: Double)]) throws -> StateSpace<Int> {
    try StateSpace(from: 0) { state in
      parts.indices.map { part in
        let isDown = (state >> part) & 1 == 1
        let rate = isDown ? parts[part].repair : parts[part].failure
        return StateSpace<Int>.Move(to: state ^ (1 << part), rate: rate)
      }
    }
  }

  /// Erlang stages: `stages` moves at one rate, the last into the final state.
  static func stages(_ stages: Int, rate: Double) -> MarkovChain {
    birthDeath(up: [Double](repeating: rate, count: stages), down: [])
  }
}

/// How far a number is from another, relative to that.
func relativeError(_ found: Double, _ expected: Double) -> Double {
  expected == 0 ? abs(found) : abs(found - expected) / abs(expected)
}
