internal import ServiceGraph
internal import Stochastics

/// The Markov chain of independent processes until a function of them is true for the first time.
///
/// A process with exponential or Erlang parts is a cycle of phases. Processes that have the same phases, each alone
/// in its event, and can be exchanged without changing the function are counted and not told apart. Roles that move, crews,
/// spares and shared load come in by the states of their own chains.
struct FirstFailureChain {
  /// The phases of a process: those up, then those down; rates in the unit of time of the answers.
  struct Cycle: Hashable {
    /// The rate at which each phase ends; a process that is never repaired stays after the last.
    var rates: [Double]
    /// How many phases are up.
    var upCount: Int
    /// Whether it is up again after the last phase.
    var isRepaired = true
    /// The probability that it begins down, in the first such phase.
    var initialDown = 0.0
  }

  /// A process and the variable that is true while it is down.
  struct Part {
    let variable: Int
    let cycle: Cycle
  }

  /// What is asked about: a function of variables.
  struct Function {
    let diagram: NetworkDiagram
    let root: Int
    /// The variables that are true whatever the processes do; as many as the network has.
    var always: [Bool]
  }

  /// The most processes that may begin either way.
  private static let coinLimit = 10

  private let space: StateSpace<[Int32]>
  private let isDown: [Bool]
  private let method: String
  /// What the chains of modules approximate.
  private let approximations: [String]

  /// The chain; `nil` when there are more states than allowed.
  init?(_ function: Function, _ parts: [Part], modules: FirstFailureModules = .none, stateLimit: Int) {
    let cycles = parts.map(\.cycle)
    let groups = FirstFailureChain.groups(function, parts)
    func isFailed(_ state: [Int32]) -> Bool {
      var values = function.always
      for place in cycles.indices where Int(state[place]) >= cycles[place].upCount {
        values[parts[place].variable] = true
      }
      modules.set(state[cycles.count...], in: &values)
      return function.diagram.isTrue(root: function.root, when: values)
    }
    guard let starts = FirstFailureChain.starts(cycles, groups) else { return nil }
    // The chain of a module starts in its first state.
    let atRest = [Int32](repeating: 0, count: modules.count)
    guard
      let space = try? StateSpace(
        from: starts.map { (state: $0.state + atRest, probability: $0.probability) }, limit: stateLimit,
        moves: { state in
          isFailed(state)
            ? []
            : FirstFailureChain.moves(from: state, cycles, groups)
              + modules.moves(from: state, at: cycles.count)
        })
    else { return nil }
    self.space = space
    isDown = space.indicator(isFailed)
    approximations = modules.approximations
    method = "Markov chain of \(space.states.count) states, stopped at the first failure"
  }

  /// The chain of a capability; `nil` when some process has other laws, when units start after one that is no failure by
  /// itself, or when there are more states than allowed.
  init?(_ curves: CapabilityCurves, capability: Int, stateLimit: Int) {
    let support = curves.diagram.support(ofRoot: capability)
    guard let modules = FirstFailureModules(curves.failure, support: support) else { return nil }
    var parts: [Part] = []
    var isDown = [Bool](repeating: false, count: curves.failure.events.count)
    for variable in support where !modules.driven.contains(variable) {
      if case .starting = curves.failure.events[variable].kind { continue }
      guard case .processes(let indices) = curves.failure.events[variable].kind else { return nil }
      isDown[variable] = true
      let endsAll = curves.diagram.isTrue(root: capability, when: isDown)
      isDown[variable] = false
      for index in indices {
        guard endsAll || !curves.graph.processes[index].isFollowedByStarts else { return nil }
        guard let cycle = FirstFailureChain.cycle(of: curves.graph.processes[index]) else { return nil }
        parts.append(Part(variable: variable, cycle: cycle))
      }
    }
    let function = Function(
      diagram: curves.diagram, root: capability,
      always: [Bool](repeating: false, count: curves.failure.events.count))
    self.init(function, parts, modules: modules, stateLimit: stateLimit)
  }

  /// Unreliability and mean time to failure.
  func answers(_ mission: Double) -> FirstFailureAnswers? {
    guard isDown.contains(true) else {
      return FirstFailureAnswers(
        unreliability: answer(0), meanTime: .infinite(reason: "nothing can take it down"))
    }
    do throws(MarkovChain.Unsolved) {
      let mean = try space.chain.meanTime(to: isDown)
      let failed = try space.chain.firstPassageProbability(to: isDown, at: mission)
      return FirstFailureAnswers(
        unreliability: answer(min(1, max(0, failed))),
        meanTime: mean.map(answer) ?? .infinite(reason: "it may never happen"))
    } catch {
      return nil
    }
  }

  private func answer(_ value: Double) -> MissionResult.Answer {
    approximations.isEmpty
      ? .exact(value, method: method) : .approximate(value, low: nil, high: nil, method: method)
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
  private static func groups(_ function: Function, _ parts: [Part]) -> [[Int]] {
    var groups: [[Int]] = []
    var uses: [Int: Int] = [:]
    for part in parts { uses[part.variable, default: 0] += 1 }
    for (place, part) in parts.enumerated() {
      let match = groups.firstIndex { group in
        let first = parts[group[0]]
        return first.cycle == part.cycle && uses[first.variable] == 1 && uses[part.variable] == 1
          && canBeExchanged(function, first.variable, part.variable)
      }
      if let match { groups[match].append(place) } else { groups.append([place]) }
    }
    return groups
  }

  /// Whether a function stays the same when two variables change places: its probability is a polynomial, compared
  /// at a few points without a pattern.
  private static func canBeExchanged(_ function: Function, _ first: Int, _ second: Int) -> Bool {
    let golden = 0.6180339887498949
    return (1...3).allSatisfy { round in
      var point = function.always.indices.map { index in
        let place = golden * Double((index + 1) * (2 * round + 1)) + 0.137 * Double(round)
        return 0.05 + 0.9 * (place - place.rounded(.down))
      }
      let before = function.diagram.probability(ofRoot: function.root, point)
      point.swapAt(first, second)
      let after = function.diagram.probability(ofRoot: function.root, point)
      return abs(after - before) <= 1e-11 * before
    }
  }

  // MARK: Moves

  /// The states in which it may begin; `nil` when too many processes may begin either way.
  private static func starts(
    _ cycles: [Cycle], _ groups: [[Int]]
  ) -> [(state: [Int32], probability: Double)]? {
    guard cycles.count(where: { $0.initialDown > 0 && $0.initialDown < 1 }) <= coinLimit else { return nil }
    var starts = [(state: [Int32](repeating: 0, count: cycles.count), probability: 1.0)]
    for (place, cycle) in cycles.enumerated() where cycle.initialDown > 0 {
      let up =
        cycle.initialDown < 1 ? starts.map { ($0.state, $0.probability * (1 - cycle.initialDown)) } : []
      let down = starts.map { start in
        var state = start.state
        state[place] = Int32(cycle.upCount)
        return (state, start.probability * cycle.initialDown)
      }
      starts = up + down
    }
    return starts.map { (ordered($0.state, groups), $0.probability) }
  }

  /// A state with the phases of every group ascending.
  private static func ordered(_ state: [Int32], _ groups: [[Int]]) -> [Int32] {
    var ordered = state
    for group in groups where group.count > 1 {
      for (target, value) in zip(group, group.map { state[$0] }.sorted()) { ordered[target] = value }
    }
    return ordered
  }

  /// The moves out of a state, in which every group's phases are ascending.
  private static func moves(
    from state: [Int32], _ cycles: [Cycle], _ groups: [[Int]]
  ) -> [StateSpace<[Int32]>.Move] {
    var moves: [StateSpace<[Int32]>.Move] = []
    for group in groups {
      for place in group {
        var next = state
        let phase = Int(state[place])
        let cycle = cycles[place]
        guard phase < cycle.rates.count else { continue }
        next[place] = Int32(cycle.isRepaired ? (phase + 1) % cycle.rates.count : phase + 1)
        for (target, value) in zip(group, group.map { next[$0] }.sorted()) { next[target] = value }
        moves.append(StateSpace<[Int32]>.Move(to: next, rate: cycle.rates[phase]))
      }
    }
    return moves
  }
}
