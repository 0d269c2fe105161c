#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// The Markov chain of a module, solved for the probability of each pattern of failed outputs.
///
/// Nothing is repaired, so the chain has no cycles: means and limits come from one pass in the order of the
/// states, all terms positive. Probabilities at a time come from uniformisation: P(t) = Σₖ Poisson(k; qt)
/// aₖ, where aₖ is found once for all times. Source: Grassmann, *Transient solutions in Markovian queueing
/// systems*, Computers & Operations Research 4 (1977).
struct ModuleChain {
  /// The patterns of failed outputs, one bit an output, that some state has.
  let patterns: [UInt64]
  /// The probability of each pattern in the long run.
  let limits: [Double]
  /// The mean time spent in each pattern; infinite for one that can last for ever.
  let meanTimes: [Double]

  private let space: ModuleStateSpace
  private let patternOf: [Int]
  private let exitRates: [Double]
  private let uniformRate: Double
  /// The probability of each pattern after k jumps of the uniformised chain, `patterns.count` numbers each.
  private var jumps: [Double] = []
  /// The probability of each state after the last of the jumps.
  private var current: [Double]
  private var next: [Double]
  /// Whether some time needed so many jumps that only about 13 digits after the point are right.
  private(set) var isStiff = false
  /// The most work before jumps are not counted one by one.
  private static let workLimit = 2e9
  /// The most numbers kept for jumps.
  private static let memoryLimit = 4e6
  /// Whether further jumps change nothing.
  private var isSettled = false

  init(_ space: ModuleStateSpace) {
    self.space = space
    var known: [UInt64: Int] = [:]
    var patterns: [UInt64] = []
    var patternOf: [Int] = []
    for failed in space.failed {
      if known[failed] == nil {
        known[failed] = patterns.count
        patterns.append(failed)
      }
      patternOf.append(known[failed] ?? 0)
    }
    self.patterns = patterns
    self.patternOf = patternOf
    exitRates = (0..<space.stateCount).map { state in
      space.transitions[space.starts[state]..<space.starts[state + 1]].reduce(0) { $0 + $1.rate }
    }
    uniformRate = exitRates.max() ?? 0
    current = space.initial
    next = [Double](repeating: 0, count: space.stateCount)
    (limits, meanTimes) = Self.passThrough(space, patternOf, patterns.count, exitRates)
    record()
  }

  /// The work of one jump.
  var jumpCost: Int { space.transitions.count + space.stateCount }

  /// How many further jumps a time needs, at most.
  func jumpCount(for time: Double) -> Double {
    let mean = uniformRate * time
    return isSettled ? 0 : mean + 9 * mean.squareRoot() + 40 - Double(jumps.count / patterns.count)
  }

  /// The probability of each pattern at a time, not negative.
  ///
  /// - Throws: when moves are too fast for so long a time and so many states.
  mutating func probabilities(at time: Double) throws(MarkovChain.Unsolved) -> [Double] {
    if uniformRate == 0 || time == 0 { return Array(jumps.prefix(patterns.count)) }
    if time == .infinity { return limits }
    let further = jumpCount(for: time)
    if further * Double(jumpCost) > Self.workLimit || further * Double(patterns.count) > Self.memoryLimit {
      return try stiffProbabilities(at: time)
    }
    let mean = uniformRate * time
    let spread = 9 * mean.squareRoot() + 40
    let first = max(0, Int((mean - spread).rounded(.down)))
    let last = Int((mean + spread).rounded(.up))
    extend(to: last)
    return mixed(from: first, to: last, mean: mean)
  }

  /// The probabilities where jumps come too often to be counted one by one.
  private mutating func stiffProbabilities(at time: Double) throws(MarkovChain.Unsolved) -> [Double] {
    isStiff = true
    var transitions: [MarkovChain.Transition] = []
    for state in 0..<space.stateCount {
      for move in space.transitions[space.starts[state]..<space.starts[state + 1]] {
        transitions.append(MarkovChain.Transition(from: state, to: move.to, rate: move.rate))
      }
    }
    let chain = MarkovChain(stateCount: space.stateCount, transitions: transitions, initial: space.initial)
    var sums = [Double](repeating: 0, count: patterns.count)
    for (state, mass) in try chain.distribution(at: time).enumerated() {
      sums[patternOf[state]] += max(mass, 0)
    }
    return sums
  }

  /// Σₖ Poisson(k; mean) aₖ, from the largest weight outwards.
  private func mixed(from first: Int, to last: Int, mean: Double) -> [Double] {
    let width = patterns.count
    let known = jumps.count / width - 1
    var sums = [Double](repeating: 0, count: width)
    var total = 0.0
    func add(_ jump: Int, _ weight: Double) {
      let start = min(jump, known) * width
      for pattern in 0..<width { sums[pattern] += weight * jumps[start + pattern] }
      total += weight
    }
    let mode = Int(mean)
    var weight = 1.0
    var jump = mode
    while jump <= last, weight > 1e-300 {
      add(jump, weight)
      jump += 1
      weight *= mean / Double(jump)
    }
    weight = 1.0
    jump = mode
    while jump > first, weight > 1e-300 {
      weight *= Double(jump) / mean
      jump -= 1
      add(jump, weight)
    }
    return sums.map { $0 / total }
  }

  private mutating func extend(to jump: Int) {
    while !isSettled && jumps.count / patterns.count <= jump {
      for state in next.indices { next[state] = 0 }
      var moving = 0.0
      for (state, mass) in current.enumerated() where mass != 0 {
        let share = mass / uniformRate
        if exitRates[state] > 0 { moving += mass }
        next[state] += share * (uniformRate - exitRates[state])
        for move in space.starts[state]..<space.starts[state + 1] {
          next[space.transitions[move].to] += share * space.transitions[move].rate
        }
      }
      swap(&current, &next)
      isSettled = moving < 1e-280
      record()
    }
  }

  private mutating func record() {
    let start = jumps.count
    jumps += [Double](repeating: 0, count: patterns.count)
    for (state, mass) in current.enumerated() { jumps[start + patternOf[state]] += mass }
  }

  /// The long run and the mean times, by what flows through each state.
  private static func passThrough(
    _ space: ModuleStateSpace, _ patternOf: [Int], _ patternCount: Int, _ exitRates: [Double]
  ) -> (limits: [Double], meanTimes: [Double]) {
    var waiting = [Int](repeating: 0, count: space.stateCount)
    for transition in space.transitions { waiting[transition.to] += 1 }
    var ready = waiting.indices.filter { waiting[$0] == 0 }
    var flow = space.initial
    var limits = [Double](repeating: 0, count: patternCount)
    var means = [Double](repeating: 0, count: patternCount)
    while let state = ready.popLast() {
      let pattern = patternOf[state]
      if exitRates[state] > 0 {
        means[pattern] += flow[state] / exitRates[state]
      } else if flow[state] > 0 {
        limits[pattern] += flow[state]
        means[pattern] = .infinity
      }
      for transition in space.transitions[space.starts[state]..<space.starts[state + 1]] {
        flow[transition.to] += flow[state] * (transition.rate / exitRates[state])
        waiting[transition.to] -= 1
        if waiting[transition.to] == 0 { ready.append(transition.to) }
      }
    }
    return (limits, means)
  }
}
