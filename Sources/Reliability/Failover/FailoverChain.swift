internal import ServiceGraph
internal import Stochastics

/// The rules by which a component's roles move, as moves of a Markov chain.
///
/// They are those of the simulation: a role is down while its holder is. When a holder goes down, the time to notice
/// and to move passes; then the first candidate that is up takes the role and the old holder joins the candidates. A
/// holder that returns sooner keeps it. When no candidate is up, the move begins anew once one is.
struct FailoverChain: Sendable {
  /// What is known of one role.
  struct Role: Sendable {
    let required: Int
    /// Whether it moves, and not only lends units to others.
    let moves: Bool
    /// The roles whose units can take it, as places in `roles`.
    let candidates: [Int]
    /// The probability that a move works, given the outages under way.
    let works: @Sendable (State) -> Double
    /// That probability where it is always the same; `nil` where it depends on what is under way.
    let worksAlways: Double?
    /// For each kind of outage: the stages of the move, by itself and by hand; `nil` when there is none.
    let automatic: [ExponentialStages?]
    let byHand: [ExponentialStages?]
  }

  let outages: [FailoverProcess]
  /// For each outage: its kind, the index of the stages of the moves that it causes.
  let kinds: [Int]
  let roles: [Role]
  /// The role that each unit starts in.
  let startRoles: [Int]
  let mostOutages: Int
  /// The rates of the stages of each outage, and the outages that hold each unit down: every move asks for them.
  private let stageRates: [[Double]]
  private let outagesOfUnit: [[Int]]

  init(outages: [FailoverProcess], kinds: [Int], roles: [Role], startRoles: [Int], mostOutages: Int) {
    self.outages = outages
    self.kinds = kinds
    self.roles = roles
    self.startRoles = startRoles
    self.mostOutages = mostOutages
    stageRates = outages.map(\.stageRates)
    outagesOfUnit = startRoles.indices.map { unit in
      outages.indices.filter { outages[$0].units.contains(unit) }
    }
  }

  private var unitCount: Int { startRoles.count }
  private var firstRole: Int { outages.count }
  private var firstMove: Int { outages.count + startRoles.count }
  private var firstStart: Int { outages.count + 2 * startRoles.count }

  // MARK: Moves of units

  /// A role that is moving away from a unit that is down.
  private struct Move {
    let kind: Int
    let isByHand: Bool
    /// The stage; 0 while it waits for a candidate.
    let stage: Int
  }

  private static let givenUp: UInt16 = 1
  private static let stages = 64

  private func code(_ move: Move) -> UInt16 {
    UInt16(2 + (move.kind * 2 + (move.isByHand ? 1 : 0)) * Self.stages + move.stage)
  }

  private func move(_ code: UInt16) -> Move? {
    guard code > Self.givenUp else { return nil }
    let number = Int(code) - 2
    let law = number / Self.stages
    return Move(kind: law / 2, isByHand: law % 2 == 1, stage: number % Self.stages)
  }

  private func stages(_ move: Move, role: Int) -> ExponentialStages? {
    move.isByHand ? roles[role].byHand[move.kind] : roles[role].automatic[move.kind]
  }

  // MARK: Starts of units

  /// A unit that starts after an outage; the stage begins at 1.
  private struct Start {
    let outage: Int
    let stage: Int
  }

  private func code(_ start: Start) -> UInt16 { UInt16(start.outage * Self.stages + start.stage) }

  private func start(of unit: Int, _ state: State) -> Start? {
    let number = Int(state[firstStart + unit])
    return number > 0 ? Start(outage: number / Self.stages, stage: number % Self.stages) : nil
  }

  /// The rates of the stages of a unit's own start after an outage; none where it has no start of its own.
  private func startRates(_ unit: Int, after number: Int) -> [Double] {
    let outage = outages[number]
    guard let place = outage.units.firstIndex(of: unit), place < outage.starts.count else { return [] }
    return outage.starts[place].rates
  }

  /// Whether an outage holds a unit down that has to be over before it starts.
  private func isHeld(_ unit: Int, _ state: State) -> Bool {
    outagesOfUnit[unit].contains { isHolding($0, state) && !outages[$0].containsStart }
  }

  /// The units of an outage wait for its end before they start, and a start that had begun is lost.
  private func loseStarts(_ outage: Int, _ state: inout State) {
    guard !outages[outage].containsStart else { return }
    for unit in outages[outage].units {
      guard let lost = start(of: unit, state) else { continue }
      let isReplaced = outages[outage].jointStart != nil || !startRates(unit, after: outage).isEmpty
      state[firstStart + unit] = isReplaced ? 0 : code(Start(outage: lost.outage, stage: 1))
    }
  }

  /// An outage is over, and those of its units start that no other does after its own end.
  private func beginStarts(_ outage: Int, _ state: inout State) {
    for unit in outages[outage].units where !startRates(unit, after: outage).isEmpty {
      let another = outages.indices.contains { state[$0] > 0 && !startRates(unit, after: $0).isEmpty }
      if !another { state[firstStart + unit] = code(Start(outage: outage, stage: 1)) }
    }
  }

  private func progress(startOf unit: Int, _ state: State) -> StateSpace<State>.Move? {
    guard let start = start(of: unit, state), !isHeld(unit, state) else { return nil }
    let rates = startRates(unit, after: start.outage)
    var entered = state
    if start.stage < rates.count {
      entered[firstStart + unit] += 1
    } else {
      entered[firstStart + unit] = 0
      if !isDown(unit, entered) { comeBack(unit, &entered) }
    }
    return .init(to: entered, rate: rates[start.stage - 1])
  }

  // MARK: Reading a state

  /// Everything is up, and every role is where it starts.
  var start: State {
    State(
      [UInt16](repeating: 0, count: outages.count) + startRoles.map { UInt16($0) }
        + [UInt16](repeating: 0, count: 2 * unitCount))
  }

  /// A state as it looks to somebody who does not see how far outages and moves have come.
  func withoutProgress(_ state: State) -> State {
    var seen = state
    for outage in outages.indices where seen[outage] > 0 {
      seen[outage] = isHolding(outage, state) ? 1 : UInt16(outages[outage].outage.rates.count + 1)
    }
    for unit in 0..<unitCount {
      seen[firstMove + unit] = 0
      if let start = start(of: unit, state) {
        seen[firstStart + unit] = code(Start(outage: start.outage, stage: 1))
      }
    }
    return seen
  }

  /// Whether an outage is not over.
  func isHolding(_ outage: Int, _ state: State) -> Bool {
    1...max(1, outages[outage].outage.rates.count) ~= Int(state[outage])
  }

  /// Whether an outage is not over, or a unit still starts after it.
  func isUnderWay(_ outage: Int, _ state: State) -> Bool {
    state[outage] > 0
      || !outages[outage].starts.isEmpty
        && outages[outage].units.contains { start(of: $0, state)?.outage == outage }
  }

  private func isDown(_ unit: Int, _ state: State) -> Bool {
    state[firstStart + unit] > 0
      || outagesOfUnit[unit].contains { state[$0] > 0 }
  }

  /// The roles that are down, a bit each, when some outages are not counted.
  func rolesDown(_ state: State, without ignored: (Int) -> Bool = { _ in false }) -> Int {
    var isDown = [Bool](repeating: false, count: unitCount)
    for outage in outages.indices where state[outage] > 0 && !ignored(outage) {
      for unit in outages[outage].units { isDown[unit] = true }
    }
    for unit in 0..<unitCount {
      if let start = start(of: unit, state), !ignored(start.outage) { isDown[unit] = true }
    }
    var up = [Int](repeating: 0, count: roles.count)
    for unit in 0..<unitCount where !isDown[unit] { up[Int(state[firstRole + unit])] += 1 }
    return roles.indices.reduce(0) { up[$1] < roles[$1].required ? $0 | 1 << $1 : $0 }
  }

  /// The roles that are down when some outages have been under way for long and every move has worked.
  func rolesDownAtRest(outages underWay: [Int]) -> Int {
    var state = start
    for outage in underWay { state[outage] = 1 }
    // Each round settles a unit for good, or nothing more can move.
    for _ in 0..<unitCount * roles.count {
      let next = (0..<unitCount).first { unit in
        let role = Int(state[firstRole + unit])
        return isDown(unit, state) && roles[role].moves && candidate(for: role, state) != nil
      }
      guard let unit = next else { break }
      let role = Int(state[firstRole + unit])
      guard let other = candidate(for: role, state) else { break }
      state[firstRole + unit] = state[firstRole + other]
      state[firstRole + other] = UInt16(role)
    }
    return rolesDown(state)
  }

  // MARK: The chain

  /// The moves out of a state.
  func moves(_ state: State) -> [StateSpace<State>.Move] {
    var moves: [StateSpace<State>.Move] = []
    let underWay = outages.indices.count { isUnderWay($0, state) }
    for outage in outages.indices {
      if state[outage] > 0 { moves.append(progress(outage, state)) }
      let mayBegin = underWay < mostOutages || isUnderWay(outage, state)
      if !isHolding(outage, state), mayBegin { moves += begin(outage, state) }
    }
    for unit in 0..<unitCount {
      if let move = progress(startOf: unit, state) { moves.append(move) }
      guard let move = move(state[firstMove + unit]), move.stage > 0 else { continue }
      moves += advance(unit, move, state)
    }
    return moves
  }

  private func begin(_ outage: Int, _ state: State) -> [StateSpace<State>.Move] {
    let fallen = outages[outage].units.filter { !isDown($0, state) }
    var entered = state
    entered[outage] = 1
    loseStarts(outage, &entered)
    var branches: [(state: State, probability: Double)] = [(entered, 1)]
    for unit in fallen {
      branches = branches.flatMap { goDown(unit, kind: kinds[outage], $0.state, $0.probability) }
    }
    return branches.map { .init(to: $0.state, rate: outages[outage].rate * $0.probability) }
  }

  /// A unit went down: its role begins to move, if it does.
  private func goDown(
    _ unit: Int, kind: Int, _ state: State, _ probability: Double
  ) -> [(state: State, probability: Double)] {
    let role = Int(state[firstRole + unit])
    guard roles[role].moves else { return [(state, probability)] }
    let works = roles[role].works(state)
    var branches: [(state: State, probability: Double)] = []
    for (isByHand, share) in [(false, works), (true, 1 - works)] where share > 0 {
      let move = Move(kind: kind, isByHand: isByHand, stage: 1)
      var entered = state
      entered[firstMove + unit] = stages(move, role: role) == nil ? Self.givenUp : code(move)
      branches.append((entered, probability * share))
    }
    return branches
  }

  private func progress(_ outage: Int, _ state: State) -> StateSpace<State>.Move {
    let stage = Int(state[outage])
    let rates = stageRates[outage]
    var entered = state
    if stage < rates.count {
      entered[outage] += 1
    } else {
      entered[outage] = 0
      beginStarts(outage, &entered)
      let returned = outages[outage].units.filter { isDown($0, state) && !isDown($0, entered) }
      for unit in returned { comeBack(unit, &entered) }
    }
    return .init(to: entered, rate: rates[stage - 1])
  }

  /// A unit came back: it keeps its role, and a role that waits for a candidate may move to it.
  private func comeBack(_ unit: Int, _ state: inout State) {
    state[firstMove + unit] = 0
    let freed = Int(state[firstRole + unit])
    for other in 0..<unitCount {
      guard let move = move(state[firstMove + other]), move.stage == 0 else { continue }
      guard roles[Int(state[firstRole + other])].candidates.contains(freed) else { continue }
      state[firstMove + other] = code(Move(kind: move.kind, isByHand: move.isByHand, stage: 1))
    }
  }

  private func advance(_ unit: Int, _ move: Move, _ state: State) -> [StateSpace<State>.Move] {
    let role = Int(state[firstRole + unit])
    guard let rates = stages(move, role: role)?.rates else { return [] }
    let rate = rates[move.stage - 1]
    var entered = state
    guard move.stage == rates.count else {
      entered[firstMove + unit] = code(Move(kind: move.kind, isByHand: move.isByHand, stage: move.stage + 1))
      return [.init(to: entered, rate: rate)]
    }
    guard let candidate = candidate(for: role, state) else {
      entered[firstMove + unit] = code(Move(kind: move.kind, isByHand: move.isByHand, stage: 0))
      return [.init(to: entered, rate: rate)]
    }
    entered[firstRole + unit] = state[firstRole + candidate]
    entered[firstRole + candidate] = UInt16(role)
    entered[firstMove + unit] = 0
    // The old holder brought its outage to the role it got; that one may move too.
    return goDown(unit, kind: move.kind, entered, 1).map { .init(to: $0.state, rate: rate * $0.probability) }
  }

  private func candidate(for role: Int, _ state: State) -> Int? {
    for other in roles[role].candidates {
      for unit in 0..<unitCount where Int(state[firstRole + unit]) == other && !isDown(unit, state) {
        return unit
      }
    }
    return nil
  }
}
