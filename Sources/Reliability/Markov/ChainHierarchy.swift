/// A chain, a chain over groups of its states, one over groups of those, and so on.
struct ChainHierarchy {
  /// A chain of at most so many states is solved by elimination.
  private static let coarsest = 100
  private var levels: [Level]

  init(_ rates: RateMatrix) { levels = [Level(rates)] }

  /// Forms groups along the strongest flows, after some sweeps.
  mutating func regroup(_ weights: inout [Double]) {
    levels.removeSubrange(1...)
    var current = weights
    while let level = levels.last, level.count > Self.coarsest {
      for _ in 0..<2 { level.sweep(&current) }
      if levels.count == 1 { weights = current }
      let owner = level.groups(current)
      let groupCount = (owner.max() ?? 0) + 1
      guard Double(groupCount) < 0.8 * Double(level.count) else { break }
      let place = levels.count - 1
      let coarse = levels[place].group(by: owner, count: groupCount)
      current = levels[place].sums(current)
      levels.append(coarse)
      levels[place].updateRates(of: &levels[place + 1], weights: weightsBelow(place, finest: weights))
    }
  }

  /// The weights of a level's states, added up from the finest.
  private func weightsBelow(_ place: Int, finest: [Double]) -> [Double] {
    var weights = finest
    for level in levels[..<place] { weights = level.sums(weights) }
    return weights
  }

  /// One cycle: sweeps on the way to the coarsest chain, which is solved, and sweeps on the way back.
  mutating func refine(_ weights: inout [Double]) {
    var stack = [weights]
    for place in levels.indices.dropLast() {
      levels[place].sweep(&stack[place])
      let level = levels[place]
      level.updateRates(of: &levels[place + 1], weights: stack[place])
      stack.append(level.sums(stack[place]))
    }
    let last = levels.count - 1
    var solution = stack[last]
    if levels[last].count <= Self.coarsest * 2 {
      var elimination = DenseElimination(levels[last].rates)
      solution = elimination.stationary()
    } else {
      for _ in 0..<4 { levels[last].sweep(&solution) }
    }
    for place in levels.indices.dropLast().reversed() {
      levels[place].spread(solution, from: levels[place].sums(stack[place]), over: &stack[place])
      levels[place].sweep(&stack[place])
      solution = stack[place]
    }
    weights = solution
  }
}

/// One chain of the hierarchy, by the state entered.
private struct Level {
  let count: Int
  private let starts: [Int]
  private let sources: [Int]
  private var values: [Double]
  /// The rate at which each state is left.
  private var totals: [Double]
  /// The group of each state.
  private var owner: [Int] = []
  private var groupCount = 0
  /// The place in the coarser chain of each move; −1 inside a group.
  private var coarsePlace: [Int] = []

  init(_ rates: RateMatrix) {
    let incoming = rates.transposed
    count = rates.count
    starts = incoming.starts
    sources = incoming.columns
    values = incoming.values
    totals = rates.totals
  }

  private init(starts: [Int], sources: [Int]) {
    count = starts.count - 1
    self.starts = starts
    self.sources = sources
    values = [Double](repeating: 0, count: sources.count)
    totals = [Double](repeating: 0, count: count)
  }

  /// The same chain by the state left.
  var rates: RateMatrix {
    var to: [Int] = []
    for state in 0..<count { for _ in starts[state]..<starts[state + 1] { to.append(state) } }
    return RateMatrix(count: count, from: sources, to: to, rates: values)
  }

  /// Gauss–Seidel, forwards then backwards: each weight becomes what enters, over the rate of leaving.
  func sweep(_ weights: inout [Double]) {
    weights.withUnsafeMutableBufferPointer { weights in
      for state in 0..<count { settle(state, weights) }
      for state in (0..<count).reversed() { settle(state, weights) }
    }
  }

  @inline(__always)
  private func settle(_ state: Int, _ weights: UnsafeMutableBufferPointer<Double>) {
    var total = 0.0
    for place in starts[state]..<starts[state + 1] { total += weights[sources[place]] * values[place] }
    if totals[state] > 0 { weights[state] = total / totals[state] }
  }

  /// Groups of about four: pairs by the strongest flow, then pairs of pairs.
  func groups(_ weights: [Double]) -> [Int] {
    var owner = [Int](repeating: -1, count: count)
    var members: [[Int]] = []
    for state in 0..<count where owner[state] < 0 {
      owner[state] = members.count
      var group = [state]
      if let other = strongest(of: [state], owner, weights) {
        owner[other] = members.count
        group.append(other)
      }
      members.append(group)
    }
    var paired = [Int](repeating: -1, count: members.count)
    var next = 0
    for group in members.indices where paired[group] < 0 {
      paired[group] = next
      let partner = strongestGroup(of: members[group], own: group, owner, paired, weights)
      if let partner { paired[partner] = next }
      next += 1
    }
    return owner.map { paired[$0] }
  }

  /// The state without a group from which most flows into some states.
  private func strongest(of states: [Int], _ owner: [Int], _ weights: [Double]) -> Int? {
    var best: Int?
    var most = 0.0
    for state in states {
      for place in starts[state]..<starts[state + 1] where owner[sources[place]] < 0 {
        let flow = weights[sources[place]] * values[place]
        if flow > most { (most, best) = (flow, sources[place]) }
      }
    }
    return best
  }

  private func strongestGroup(
    of states: [Int], own: Int, _ owner: [Int], _ paired: [Int], _ weights: [Double]
  ) -> Int? {
    var best: Int?
    var most = 0.0
    for state in states {
      for place in starts[state]..<starts[state + 1] {
        let group = owner[sources[place]]
        guard group != own, paired[group] < 0 else { continue }
        let flow = weights[sources[place]] * values[place]
        if flow > most { (most, best) = (flow, group) }
      }
    }
    return best
  }

  /// Takes the groups over and returns the chain over them, its rates still 0.
  mutating func group(by owner: [Int], count groupCount: Int) -> Level {
    self.owner = owner
    self.groupCount = groupCount
    var order = (0..<count).sorted { (owner[$0], $0) < (owner[$1], $1) }[...]
    var coarseStarts = [0]
    var coarseSources: [Int] = []
    coarsePlace = [Int](repeating: -1, count: sources.count)
    var found = [Int](repeating: -1, count: groupCount)
    for group in 0..<groupCount {
      let start = coarseSources.count
      while let state = order.first, owner[state] == group {
        order = order.dropFirst()
        for place in starts[state]..<starts[state + 1] where owner[sources[place]] != group {
          let from = owner[sources[place]]
          if found[from] < start {
            found[from] = coarseSources.count
            coarseSources.append(from)
          }
          coarsePlace[place] = found[from]
        }
      }
      coarseStarts.append(coarseSources.count)
    }
    return Level(starts: coarseStarts, sources: coarseSources)
  }

  /// The rates between groups: those of the states, averaged over the weights inside each group.
  func updateRates(of coarse: inout Level, weights: [Double]) {
    let sums = sums(weights)
    for place in coarse.values.indices { coarse.values[place] = 0 }
    for group in coarse.totals.indices { coarse.totals[group] = 0 }
    for state in 0..<count {
      for place in starts[state]..<starts[state + 1] where coarsePlace[place] >= 0 {
        let from = sources[place]
        let sum = sums[owner[from]]
        let rate = sum > 0 ? weights[from] / sum * values[place] : 0
        coarse.values[coarsePlace[place]] += rate
        coarse.totals[owner[from]] += rate
      }
    }
  }

  func sums(_ weights: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: groupCount)
    for state in 0..<count { sums[owner[state]] += weights[state] }
    return sums
  }

  func spread(_ new: [Double], from old: [Double], over weights: inout [Double]) {
    for state in 0..<count where old[owner[state]] > 0 {
      weights[state] *= new[owner[state]] / old[owner[state]]
    }
  }
}
