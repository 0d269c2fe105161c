internal import ServiceGraph
internal import Stochastics

/// The Markov chain of a capability's processes until its first failure.
///
/// A process with exponential or Erlang parts is a cycle of phases. Processes that have the same phases, each alone
/// in its event, and can be exchanged without changing the function are counted and not told apart.
struct FirstFailureChain {
  /// The phases of a process: those up, then those down; rates per hour.
  private struct Cycle: Hashable {
    var rates: [Double]
    var upCount: Int
  }

  private let space: StateSpace<[UInt8]>
  private let isDown: [Bool]
  private let method: String

  /// The chain; `nil` when some process has other laws, roles move, or there are more states than allowed.
  init?(_ curves: CapabilityCurves, capability: Int, stateLimit: Int) {
    let support = curves.diagram.support(ofRoot: capability)
    var cycles: [Cycle] = []
    var variables: [Int] = []
    for variable in support {
      guard case .processes(let indices) = curves.failure.events[variable].kind else { return nil }
      for index in indices {
        guard let cycle = FirstFailureChain.cycle(of: curves.graph.processes[index]) else { return nil }
        cycles.append(cycle)
        variables.append(variable)
      }
    }
    let groups = FirstFailureChain.groups(curves, capability, cycles, variables)
    let variableCount = curves.failure.events.count
    func isFailed(_ state: [UInt8]) -> Bool {
      var values = [Bool](repeating: false, count: variableCount)
      for (place, phase) in state.enumerated() where Int(phase) >= cycles[place].upCount {
        values[variables[place]] = true
      }
      return curves.diagram.isTrue(root: capability, when: values)
    }
    let start = [UInt8](repeating: 0, count: cycles.count)
    guard
      let space = try? StateSpace(
        from: start, limit: stateLimit,
        moves: { state in
          isFailed(state) ? [] : FirstFailureChain.moves(from: state, cycles, groups)
        })
    else { return nil }
    self.space = space
    isDown = space.indicator(isFailed)
    method = "Markov chain of \(space.states.count) states, stopped at the first failure"
  }

  /// Unreliability and mean time to failure.
  func answers(_ mission: Double) -> FirstFailureAnswers? {
    guard isDown.contains(true) else {
      return FirstFailureAnswers(
        unreliability: .exact(0, method: method), meanTime: .infinite(reason: "nothing can take it down"))
    }
    guard let mean = try? space.chain.meanTime(to: isDown) else { return nil }
    guard let failed = try? space.chain.firstPassageProbability(to: isDown, at: mission) else { return nil }
    return FirstFailureAnswers(
      unreliability: .exact(failed, method: method), meanTime: .exact(mean, method: method))
  }

  // MARK: Phases

  private static func cycle(of process: RenewalProcess) -> Cycle? {
    guard let uptime = process.uptime, !process.outage.isEmpty, let up = phases(of: uptime) else {
      return nil
    }
    var rates = up
    for part in process.outage where part.mean > 0 {
      guard let down = phases(of: part) else { return nil }
      rates += down
    }
    guard rates.count > up.count, rates.count < 256 else { return nil }
    return Cycle(rates: rates, upCount: up.count)
  }

  /// The rates of the phases that a duration is the sum of; `nil` for other laws.
  private static func phases(of law: any Distribution) -> [Double]? {
    switch law {
    case let law as Exponential: return [1 / law.mean]
    case let law as Gamma where law.shape == law.shape.rounded() && law.shape <= 20:
      return [Double](repeating: 1 / law.scale, count: Int(law.shape))
    default: return nil
    }
  }

  // MARK: Exchangeable processes

  /// For each process the places of its group, ascending.
  private static func groups(
    _ curves: CapabilityCurves, _ capability: Int, _ cycles: [Cycle], _ variables: [Int]
  ) -> [[Int]] {
    var groups: [[Int]] = []
    var uses: [Int: Int] = [:]
    for variable in variables { uses[variable, default: 0] += 1 }
    for place in cycles.indices {
      let match = groups.firstIndex { group in
        cycles[group[0]] == cycles[place] && uses[variables[group[0]]] == 1 && uses[variables[place]] == 1
          && canBeExchanged(curves, capability, variables[group[0]], variables[place])
      }
      if let match { groups[match].append(place) } else { groups.append([place]) }
    }
    return groups
  }

  /// Whether a function stays the same when two variables change places: its probability is a polynomial, compared
  /// at a few points without a pattern.
  private static func canBeExchanged(
    _ curves: CapabilityCurves, _ capability: Int, _ first: Int, _ second: Int
  ) -> Bool {
    let golden = 0.6180339887498949
    return (1...3).allSatisfy { round in
      var point = (0..<curves.failure.events.count).map { index in
        let place = golden * Double((index + 1) * (2 * round + 1)) + 0.137 * Double(round)
        return 0.05 + 0.9 * (place - place.rounded(.down))
      }
      let before = curves.diagram.probability(ofRoot: capability, point)
      point.swapAt(first, second)
      let after = curves.diagram.probability(ofRoot: capability, point)
      return abs(after - before) <= 1e-11 * before
    }
  }

  /// The moves out of a state, in which every group's phases are ascending.
  private static func moves(
    from state: [UInt8], _ cycles: [Cycle], _ groups: [[Int]]
  ) -> [StateSpace<[UInt8]>.Move] {
    var moves: [StateSpace<[UInt8]>.Move] = []
    for group in groups {
      for place in group {
        var next = state
        let phase = Int(state[place])
        next[place] = UInt8((phase + 1) % cycles[place].rates.count)
        for (target, value) in zip(group, group.map { next[$0] }.sorted()) { next[target] = value }
        moves.append(StateSpace<[UInt8]>.Move(to: next, rate: cycles[place].rates[phase]))
      }
    }
    return moves
  }
}
