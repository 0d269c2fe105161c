internal import Quantities
internal import ServiceGraph
internal import ServiceModel
internal import Stochastics

/// The moves out of every state of a dependent group, with exponential times of the stated means.
///
/// A crew does its smallest priority first; among equals one is drawn. A unit that comes back takes an empty position
/// at once: one without a spare, else one whose switch did not work, else one that is being switched.
struct DependentMoves: Sendable {
  typealias Move = StateSpace<DependentState>.Move

  fileprivate struct Class: Sendable {
    let members: Int
    let failureRate: Double
    /// 0 when nothing has to be noticed.
    let noticeHours: Double
    let repairHours: Double
    let crew: Int?
    let priority: Int
    let pool: Int?
  }

  fileprivate struct Pool: Sendable {
    let units: Int
    let running: Int
    let classes: [Int]
    /// The failure rate of a spare as a share.
    let dormancy: Double
    let switchWorks: Probability
    let switchHours: Double
    /// `nil`: until a unit is repaired.
    let byHandHours: Double?
    let loadSharing: LoadSharing?
  }

  private let classes: [Class]
  private let pools: [Pool]
  private let crewSize: [Int: Int]
  private let preempts: [Int: Bool]
  private let classesOfCrew: [Int: [Int]]

  init(_ group: DependentGroup, in graph: CompiledGraph) {
    classes = group.classes.map { Class($0, in: graph) }
    let all = group.classes
    pools = group.pools.enumerated().map { index, pool in
      Pool(pool, classes: all.indices.filter { all[$0].pool == index })
    }
    let crews = graph.model.crews
    crewSize = Dictionary(uniqueKeysWithValues: group.crews.map { ($0, crews[$0].count) })
    preempts = Dictionary(uniqueKeysWithValues: group.crews.map { ($0, crews[$0].preempts) })
    classesOfCrew = Dictionary(
      uniqueKeysWithValues: group.crews.map { crew in (crew, all.indices.filter { all[$0].crew == crew }) })
  }

  /// Everything works.
  var start: DependentState { DependentState(classes: classes.count, pools: pools.count) }

  /// How many units of a pool work.
  func working(_ pool: Int, in state: DependentState) -> Int {
    max(0, min(positions(pool, in: state), available(pool, in: state)))
  }

  /// How many would work if the failures of some classes were repaired.
  func working(_ pool: Int, in state: DependentState, withoutFailuresOf repaired: [Int]) -> Int {
    let back = pools[pool].classes.filter { repaired.contains($0) }.reduce(0) { $0 + state.failed($1) }
    return min(pools[pool].running, working(pool, in: state) + back)
  }

  /// The moves out of a state.
  func moves(from state: DependentState) -> [Move] {
    var moves: [Move] = []
    for one in classes.indices {
      addFailures(of: one, from: state, to: &moves)
      addStages(of: one, from: state, to: &moves)
    }
    for pool in pools.indices { addTakeovers(pool, from: state, to: &moves) }
    return moves
  }

  // MARK: Pools

  private func available(_ pool: Int, in state: DependentState) -> Int {
    pools[pool].classes.reduce(pools[pool].units) { $0 - state.failed($1) }
  }

  /// The positions that a unit fills as soon as there is one.
  private func positions(_ pool: Int, in state: DependentState) -> Int {
    pools[pool].running - state[pool: pool, .switching] - state[pool: pool, .byHand]
      - state[pool: pool, .stuck]
  }

  private func addTakeovers(_ pool: Int, from state: DependentState, to moves: inout [Move]) {
    func end(_ takeover: DependentState.Takeover, hours: Double?) {
      let count = state[pool: pool, takeover]
      guard count > 0, let hours, hours > 0 else { return }
      var next = state
      next[pool: pool, takeover] -= 1
      moves.append(Move(to: next, rate: Double(count) / hours))
    }
    end(.switching, hours: pools[pool].switchHours)
    end(.byHand, hours: pools[pool].byHandHours)
  }

  // MARK: Failures

  private func addFailures(of one: Int, from state: DependentState, to moves: inout [Move]) {
    let own = classes[one]
    guard let pool = own.pool else {
      let up = own.members - state.failed(one)
      return fail(one, rate: Double(up) * own.failureRate, from: state, to: &moves)
    }
    let working = working(pool, in: state)
    let spares = available(pool, in: state) - working
    let factor = pools[pool].loadSharing?.factor(working: working, running: pools[pool].running) ?? 1
    let rate = Double(working) * own.failureRate * factor
    if spares > 0 {
      addReplaced(one, pool: pool, rate: rate, from: state, to: &moves)
    } else {
      fail(one, rate: rate, from: state, to: &moves)
    }
    fail(one, rate: Double(spares) * own.failureRate * pools[pool].dormancy, from: state, to: &moves)
  }

  /// A working unit fails, and there are spares.
  private func addReplaced(
    _ one: Int, pool: Int, rate: Double, from state: DependentState, to moves: inout [Move]
  ) {
    let works = pools[pool].switchWorks
    var switched = state
    if pools[pool].switchHours > 0 { switched[pool: pool, .switching] += 1 }
    fail(one, rate: rate * works.value, from: switched, to: &moves)
    var unswitched = state
    if let hours = pools[pool].byHandHours {
      if hours > 0 { unswitched[pool: pool, .byHand] += 1 }
    } else {
      unswitched[pool: pool, .stuck] += 1
    }
    fail(one, rate: rate * works.complement, from: unswitched, to: &moves)
  }

  private func fail(_ one: Int, rate: Double, from state: DependentState, to moves: inout [Move]) {
    guard rate > 0 else { return }
    guard classes[one].noticeHours > 0 else { return arrive(one, rate: rate, from: state, to: &moves) }
    var next = state
    next[one, .noticing] += 1
    moves.append(Move(to: next, rate: rate))
  }

  // MARK: Repairs

  private func addStages(of one: Int, from state: DependentState, to moves: inout [Move]) {
    let own = classes[one]
    if state[one, .noticing] > 0 {
      var next = state
      next[one, .noticing] -= 1
      arrive(one, rate: Double(state[one, .noticing]) / own.noticeHours, from: next, to: &moves)
    }
    guard state[one, .repairing] > 0 else { return }
    var next = state
    next[one, .repairing] -= 1
    if let pool = own.pool { fillPosition(pool, before: state, &next) }
    beginNext(own.crew, rate: Double(state[one, .repairing]) / own.repairHours, from: next, to: &moves)
  }

  /// The unit that came back takes a position of which no other was short of units.
  private func fillPosition(_ pool: Int, before: DependentState, _ next: inout DependentState) {
    guard positions(pool, in: before) <= available(pool, in: before) else { return }
    for takeover in [DependentState.Takeover.stuck, .byHand, .switching] where next[pool: pool, takeover] > 0
    {
      next[pool: pool, takeover] -= 1
      return
    }
  }

  /// A failed unit needs its crew: it is repaired at once, or in the place of something less urgent, or waits.
  private func arrive(_ one: Int, rate: Double, from state: DependentState, to moves: inout [Move]) {
    guard let crew = classes[one].crew, let customers = classesOfCrew[crew] else {
      return begin(one, rate: rate, from: state, to: &moves)
    }
    let busy = customers.reduce(0) { $0 + state[$1, .repairing] }
    if busy < crewSize[crew] ?? 0 { return begin(one, rate: rate, from: state, to: &moves) }
    let lowest = customers.filter { state[$0, .repairing] > 0 }.map { classes[$0].priority }.max()
    guard preempts[crew] == true, let lowest, lowest > classes[one].priority else {
      var next = state
      next[one, .waiting] += 1
      moves.append(Move(to: next, rate: rate))
      return
    }
    let left = customers.filter { classes[$0].priority == lowest }
    draw(left, .repairing, of: state) { chosen, share in
      var next = state
      next[chosen, .repairing] -= 1
      next[chosen, .waiting] += 1
      begin(one, rate: rate * share, from: next, to: &moves)
    }
  }

  private func begin(_ one: Int, rate: Double, from state: DependentState, to moves: inout [Move]) {
    var next = state
    next[one, .repairing] += 1
    moves.append(Move(to: next, rate: rate))
  }

  /// A crew that is free takes the most urgent of what waits.
  private func beginNext(_ crew: Int?, rate: Double, from state: DependentState, to moves: inout [Move]) {
    let customers = crew.flatMap { classesOfCrew[$0] } ?? []
    guard let urgent = customers.filter({ state[$0, .waiting] > 0 }).map({ classes[$0].priority }).min()
    else { return moves.append(Move(to: state, rate: rate)) }
    let next = customers.filter { classes[$0].priority == urgent }
    draw(next, .waiting, of: state) { chosen, share in
      var begun = state
      begun[chosen, .waiting] -= 1
      begun[chosen, .repairing] += 1
      moves.append(Move(to: begun, rate: rate * share))
    }
  }

  /// Each class with its share of those in a stage.
  private func draw(
    _ candidates: [Int], _ stage: DependentState.Stage, of state: DependentState,
    _ body: (_ chosen: Int, _ share: Double) -> Void
  ) {
    let total = candidates.reduce(0) { $0 + state[$1, stage] }
    for one in candidates where state[one, stage] > 0 {
      body(one, Double(state[one, stage]) / Double(total))
    }
  }
}

extension DependentMoves.Class {
  fileprivate init(_ one: DependentGroup.FailureClass, in graph: CompiledGraph) {
    let process = one.processes.first.map { graph.processes[$0] }
    let parts = process?.outage ?? []
    let early = one.crew == nil ? 0 : one.partsBeforeRepair
    members = one.processes.count
    failureRate = process?.uptime.map { 1 / $0.mean } ?? 0
    noticeHours = parts.prefix(early).reduce(0) { $0 + $1.mean }
    repairHours = parts.dropFirst(early).reduce(0) { $0 + $1.mean }
    crew = one.crew
    priority = one.priority
    pool = one.pool
  }
}

extension DependentMoves.Pool {
  fileprivate init(_ pool: DependentGroup.Pool, classes: [Int]) {
    let standby = pool.standby
    let notice = standby?.detection.reduce(0) { $0 + $1.mean } ?? 0
    units = pool.units.count
    running = pool.running
    self.classes = classes
    dormancy = standby?.dormancy.value ?? 1
    switchWorks = standby?.works ?? .one
    switchHours = notice + (standby?.takes?.mean ?? 0)
    byHandHours = standby?.manual.map { notice + $0.mean }
    loadSharing = pool.loadSharing
  }
}
