internal import ServiceGraph
internal import Stochastics

/// Moves roles from units that are down to units that are up.
///
/// A role is down while its holder is. When the holder goes down, the time to notice and to move passes; then the
/// first candidate that is up takes the role and the old holder joins the candidates. A holder that returns sooner
/// keeps it. When no candidate is up, the move begins anew once one is.
struct RoleMover {
  private enum Move: UInt8 { case none, pending, waiting, givenUp, unseen }

  /// What a move needs to know of one role.
  private struct Plan {
    let candidates: [Int]
    let detection: DrawSum
    let takes: DrawSum
    let works: Double
    let manual: DrawSum?
    let needs: [Int]
    let seeingGate: Int?
    /// The detector that watches calls, and how long it takes where none fails.
    let alert: Int?
    let otherwise: DrawSum?
    let key: ProcessKey
  }

  private let plans: [Plan?]
  private let gates: FlatGates
  private var streams: [RandomStream]
  private var moves: [Move]
  private var attempts: [Int32]
  private var isAutomatic: [Bool]
  /// How long each move takes once somebody knows, in hours, and when it is due; `Int64.max`: nobody will know yet.
  private var moveHours: [Double]
  private var dues: [Int64]
  /// When each move began, and when somebody knows.
  private var begun: [Int64]
  private var noticed: [Int64]
  /// Where the outage that took each holder down began.
  private(set) var origins: [Int32]
  /// Completed moves of each role in this replication.
  private(set) var completed: [Int64]
  /// Those of them that planned work did not set off.
  private(set) var completedUnplanned: [Int64]
  /// Whether planned work took down the holder whose role moves.
  private var isPlanned: [Bool]
  /// The units that were down before time 0 and whose moves go on.
  private var isCarriedOver: [Bool]
  /// How many lost holders wait for a detector that can not see.
  private(set) var unseen = 0

  init(layout: SimulationLayout) {
    plans = layout.graph.movingRoles.map { role in
      role.failover.map { failover in
        Plan(
          candidates: failover.candidates, detection: DrawSum(failover.detection),
          takes: DrawSum([failover.takes]), works: failover.works,
          manual: failover.manual.map { DrawSum([$0]) },
          needs: failover.needs, seeingGate: failover.seeingGate, alert: failover.alert,
          otherwise: failover.otherwise.map { DrawSum([$0]) },
          key: ProcessKey(name: "\(role.name)#failover"))
      }
    }
    gates = layout.gates
    let units = layout.graph.unitNames.count
    streams = []
    moves = [Move](repeating: .none, count: units)
    attempts = [Int32](repeating: 0, count: units)
    isAutomatic = [Bool](repeating: true, count: units)
    moveHours = [Double](repeating: 0, count: units)
    dues = [Int64](repeating: .max, count: units)
    begun = [Int64](repeating: 0, count: units)
    noticed = begun
    origins = [Int32](repeating: 0, count: units)
    completed = [Int64](repeating: 0, count: plans.count)
    completedUnplanned = completed
    isPlanned = [Bool](repeating: false, count: units)
    isCarriedOver = [Bool](repeating: false, count: units)
  }

  /// Forgets the last replication.
  mutating func begin(seed: UInt64, replication: UInt32) {
    streams = plans.map {
      RandomStream(seed: seed, process: $0?.key ?? ProcessKey(name: ""), replication: replication)
    }
    for unit in moves.indices { (moves[unit], isCarriedOver[unit], isPlanned[unit]) = (.none, false, false) }
    unseen = 0
    forgetCompleted()
  }

  private mutating func forgetCompleted() {
    for role in completed.indices { (completed[role], completedUnplanned[role]) = (0, 0) }
  }

  /// A unit that has a role went down; `isNoticed`: planned work took it down, and whoever does that tells of it.
  mutating func unitWentDown(
    _ unit: Int, at time: Int64, origin: Int32, isNoticed: Bool = false, units: borrowing UnitStates,
    events: inout EventHeap
  ) {
    let role = Int(units.roles[unit])
    guard let plan = plans[role], !isCarriedOver[unit] else { return }
    origins[unit] = origin
    isPlanned[unit] = isNoticed
    isAutomatic[unit] = needsAreUp(plan, units) && streams[role].uniform() < plan.works
    guard isAutomatic[unit] || plan.manual != nil else {
      moves[unit] = .givenUp
      return
    }
    if !isNoticed, let gate = plan.seeingGate, !units.gates.isUp(gate) {
      (moves[unit], dues[unit]) = (.unseen, .max)
      unseen += 1
    } else if !isNoticed, plan.alert != nil {
      // Unless calls fail before that.
      schedule(unit, role: role, plan: plan, at: time, events: &events)
      moves[unit] = .unseen
      unseen += 1
    } else {
      schedule(unit, role: role, plan: plan, at: time, isNoticed: isNoticed, events: &events)
    }
  }

  /// Begins to notice the losses of holders whose detectors can see again.
  mutating func look(at time: Int64, _ units: borrowing UnitStates, events: inout EventHeap) {
    for unit in moves.indices where moves[unit] == .unseen {
      let role = Int(units.roles[unit])
      guard let plan = plans[role], plan.alert == nil, plan.seeingGate.map({ units.gates.isUp($0) }) ?? true
      else { continue }
      unseen -= 1
      schedule(unit, role: role, plan: plan, at: time, events: &events)
    }
  }

  /// An alert on calls fires: the losses that wait for it are noticed, unless they have been otherwise.
  mutating func alertFires(
    _ detector: Int, at time: Int64, _ units: borrowing UnitStates, events: inout EventHeap
  ) {
    for unit in moves.indices where moves[unit] == .unseen {
      let role = Int(units.roles[unit])
      guard let plan = plans[role], plan.alert == detector else { continue }
      unseen -= 1
      let told = time + Ticks.from(hours: moveHours[unit])
      if dues[unit] == .max {
        schedule(unit, role: role, plan: plan, at: time, isNoticed: true, events: &events)
      } else if told < dues[unit] {
        noticed[unit] = time
        insertMove(unit, at: told, events: &events)
      } else {
        moves[unit] = .pending
      }
    }
  }

  /// Whether a unit has made no other move since.
  func isLatest(_ event: PendingEvent) -> Bool { attempts[Int(event.subject)] == event.attempt }

  /// Why the role of a unit that is down does not move, or not by itself; `nil` when it does, and when its holder is up.
  func reason(ofHolder unit: Int) -> RoleStep? {
    switch moves[unit] {
    case .none: nil
    case .pending: isAutomatic[unit] ? nil : .byHand
    case .waiting: .waitsForCandidate
    case .givenUp: .waitsForHolder
    case .unseen: .isUnseen
    }
  }

  private func needsAreUp(_ plan: Plan, _ units: borrowing UnitStates) -> Bool {
    for gate in plan.needs where !units.gates.isUp(gate) { return false }
    return true
  }

  private mutating func schedule(
    _ unit: Int, role: Int, plan: Plan, at time: Int64, isNoticed: Bool = false, events: inout EventHeap
  ) {
    let noticedHours = isNoticed ? 0 : (plan.otherwise ?? plan.detection).sample(&streams[role])
    let move = isAutomatic[unit] ? plan.takes : plan.manual ?? plan.takes
    moveHours[unit] = move.sample(&streams[role])
    (begun[unit], noticed[unit]) = (time, time + Ticks.from(hours: noticedHours))
    insertMove(unit, at: time + Ticks.from(hours: noticedHours + moveHours[unit]), events: &events)
  }

  private mutating func insertMove(_ unit: Int, at due: Int64, events: inout EventHeap) {
    attempts[unit] += 1
    (moves[unit], dues[unit]) = (.pending, due)
    events.insert(
      PendingEvent(time: due, kind: .move, subject: Int32(unit), attempt: attempts[unit]))
  }

  /// A unit came back: it keeps its role, and a role that waits for a candidate may now move to it.
  mutating func unitCameBack(
    _ unit: Int, at time: Int64, units: borrowing UnitStates, events: inout EventHeap
  ) {
    if moves[unit] == .unseen { unseen -= 1 }
    moves[unit] = .none
    let freed = Int(units.roles[unit])
    for other in moves.indices where moves[other] == .waiting {
      let role = Int(units.roles[other])
      guard let plan = plans[role], plan.candidates.contains(freed) else { continue }
      // Whoever was told by an alert need not be told again.
      schedule(other, role: role, plan: plan, at: time, isNoticed: plan.alert != nil, events: &events)
    }
  }

  /// The time to move has passed: a candidate takes the role if the move still stands.
  ///
  /// - Returns: the role, the unit that took it, and what that took; `nil` when nothing changed.
  mutating func move(
    _ event: PendingEvent, units: inout UnitStates, events: inout EventHeap
  ) -> (role: Int, to: Int, times: RoleMoveTimes)? {
    let unit = Int(event.subject)
    let role = Int(units.roles[unit])
    guard attempts[unit] == event.attempt, isDue(unit, plans[role]),
      let taker = take(from: unit, units: &units)
    else { return nil }
    let times = times(ofMove: unit, until: event.time)
    passOnOutage(of: unit, at: event.time, units: units, events: &events)
    return (role, taker, times)
  }

  private func times(ofMove unit: Int, until time: Int64) -> RoleMoveTimes {
    RoleMoveTimes(
      noticedAfterHours: Ticks.hours(Double(noticed[unit] - begun[unit])),
      takesHours: Ticks.hours(Double(max(0, time - noticed[unit]))), isByHand: !isAutomatic[unit])
  }

  /// The old holder brought its outage to the role it got; that one may move too.
  private mutating func passOnOutage(
    of unit: Int, at time: Int64, units: borrowing UnitStates, events: inout EventHeap
  ) {
    let wasPlanned = isPlanned[unit]
    unitWentDown(unit, at: time, origin: origins[unit], units: units, events: &events)
    isPlanned[unit] = wasPlanned
  }

  /// Whether the time of a move has come; of one that waits for an alert, that somebody has noticed otherwise.
  private mutating func isDue(_ unit: Int, _ plan: Plan?) -> Bool {
    if moves[unit] == .unseen, plan?.alert != nil {
      unseen -= 1
      moves[unit] = .pending
    }
    return moves[unit] == .pending
  }

  /// Hands the role of a unit that is down to the first candidate that is up; else it waits for one.
  private mutating func take(from unit: Int, units: inout UnitStates) -> Int? {
    let role = Int(units.roles[unit])
    guard let candidate = candidate(for: role, units) else {
      moves[unit] = .waiting
      return nil
    }
    units.swapRoles(down: unit, up: candidate)
    moves[unit] = .none
    completed[role] += 1
    if !isPlanned[unit] { completedUnplanned[role] += 1 }
    return candidate
  }

  private func candidate(for role: Int, _ units: borrowing UnitStates) -> Int? {
    for other in plans[role]?.candidates ?? [] {
      for unit in gates.units(ofRole: role)
      where units.roles[Int(unit)] == other && units.downCounts[Int(unit)] == 0 {
        return Int(unit)
      }
    }
    return nil
  }

  /// Roles whose holders are down when the simulation begins have moved already, if their move works and outages before it
  /// were not played: in the long run almost every outage that is under way has outlasted it.
  mutating func settle(_ units: inout UnitStates, events: inout EventHeap) {
    for unit in 0..<units.roles.count where units.roles[unit] >= 0 && units.downCounts[unit] > 0 {
      while !isCarriedOver[unit], isDue(unit, plans[Int(units.roles[unit])]) {
        attempts[unit] += 1
        guard take(from: unit, units: &units) != nil else { break }
        passOnOutage(of: unit, at: 0, units: units, events: &events)
      }
    }
    forgetCompleted()
    for unit in isCarriedOver.indices { isCarriedOver[unit] = false }
  }

  /// Time 0 is reached: what units that are down have begun goes on, and moves count from here.
  mutating func carryOver(_ units: borrowing UnitStates) {
    for unit in isCarriedOver.indices { isCarriedOver[unit] = units.downCounts[unit] > 0 }
    forgetCompleted()
  }
}
