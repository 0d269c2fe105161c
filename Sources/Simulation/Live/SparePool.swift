internal import ServiceGraph
internal import ServiceModel
internal import Stochastics

/// What a replication has to know of units that stand by or share their load.
struct SparePoolPlan: Sendable {
  /// An alert on calls that lets spares take over.
  struct Watch: Sendable {
    /// Its place in the sight.
    let sight: Int
    /// How long it takes to fire before time 0, where no calls are played, and how long a loss takes to be noticed without it.
    let seen: DrawSum
    let otherwise: DrawSum
  }

  /// The units.
  let units: [Int32]
  /// The live processes of each unit.
  let processesOfUnit: [[Int]]
  /// How many work at once.
  let running: Int
  /// The rate at which a spare ages.
  let dormancy: Double
  /// The rate at which each working unit ages, with 0, 1, 2, … of them.
  let factors: [Double]
  /// The chance that the move to a spare works.
  let works: Double
  /// How long it takes, and how long by hand; `nil`: until a unit is repaired.
  let takes: DrawSum
  let byHand: DrawSum?
  /// The same without the time to notice, for work that is announced.
  let announced: DrawSum
  let announcedByHand: DrawSum?
  /// Who notices losses by calls that fail; `nil`: nobody waits for that.
  let watch: Watch?
  /// The clocks of takeovers, one for each position.
  let clocks: Range<Int>
  let key: ProcessKey
}

/// The units of a component that stand by or share their load, in a replication.
///
/// The rules are those of the exact engine: a position whose unit fails goes to a spare, if there is one at that
/// instant and the switch works; a unit that comes back takes an empty position at once: one without a spare, else one
/// whose switch did not work, else one that is being switched, else it stands by.
struct SparePool {
  enum UnitState { case working, standby, failed }
  private enum Takeover { case none, switching, byHand }

  let plan: SparePoolPlan
  private var stream: RandomStream
  private(set) var units: [UnitState]
  private var takeovers: [Takeover]
  /// Whether each still waits for calls to fail.
  private var isUnseen: [Bool]
  /// How long each takes once somebody knows, in hours.
  private var moveHours: [Double]
  private var alertFires = false
  /// The process that failed each unit; −1: planned work or autoscaling took it.
  private var failedBy: [Int32]
  /// How many kinds of planned work hold each unit, and autoscaling where it has taken it.
  private var absences: [Int]
  /// Whether each unit is not there: autoscaling has not brought it, or has taken it away.
  private(set) var isAway: [Bool]
  /// Units that failed at work and that none has replaced yet, first ones first.
  private var lost: [Int] = []
  /// Positions whose switch did not work.
  private var stuck = 0
  private(set) var working = 0

  init(_ plan: SparePoolPlan) {
    self.plan = plan
    stream = RandomStream(seed: 0, process: plan.key, replication: 0)
    units = [UnitState](repeating: .working, count: plan.units.count)
    takeovers = [Takeover](repeating: .none, count: plan.clocks.count)
    isUnseen = takeovers.map { _ in false }
    moveHours = takeovers.map { _ in 0 }
    failedBy = [Int32](repeating: 0, count: plan.units.count)
    absences = [Int](repeating: 0, count: plan.units.count)
    isAway = absences.map { _ in false }
  }

  /// The first units work, the others stand by.
  mutating func begin(seed: UInt64, replication: UInt32, log: inout LiveLog) {
    stream = RandomStream(seed: seed, process: plan.key, replication: replication)
    for unit in units.indices {
      units[unit] = unit < plan.running ? .working : .standby
      if unit >= plan.running { log.append(.standsBy(unit: plan.units[unit])) }
      (absences[unit], isAway[unit]) = (0, false)
    }
    for place in takeovers.indices { (takeovers[place], isUnseen[place]) = (.none, false) }
    alertFires = false
    lost.removeAll(keepingCapacity: true)
    stuck = 0
    working = plan.running
  }

  /// The rate at which a unit ages.
  func rate(ofUnit unit: Int) -> Double {
    switch units[unit] {
    case .working: plan.factors[working]
    case .standby: plan.dormancy
    case .failed: 0
    }
  }

  func isWorking(_ unit: Int) -> Bool { units[unit] == .working }

  /// Positions that a unit fills as soon as there is one.
  private var positions: Int { plan.running - stuck - takeovers.count { $0 != .none } }

  // MARK: Failures

  /// A unit fails.
  ///
  /// - Returns: the clock of the takeover that begins, and its length in hours; `nil` when none does.
  mutating func fail(
    _ unit: Int, process: Int32, at now: Double, log: inout LiveLog
  ) -> (clock: Int, hours: Double)? {
    let before = units[unit]
    units[unit] = .failed
    failedBy[unit] = process
    guard before == .working else {
      log.append(.leavesStandby(unit: plan.units[unit]))
      return nil
    }
    working -= 1
    lost.append(unit)
    defer { fillPositions(&log) }
    return units.contains(.standby) ? beginTakeover(from: unit, at: now, &log) : nil
  }

  private mutating func beginTakeover(
    from unit: Int, at now: Double, _ log: inout LiveLog
  ) -> (clock: Int, hours: Double)? {
    let isSwitched = stream.uniform() < plan.works
    guard isSwitched || plan.byHand != nil else {
      stuck += 1
      log.note(.spare(unit: Int(plan.units[unit]), .isStuck))
      return nil
    }
    let isAnnounced = failedBy[unit] < 0
    let (notice, move) =
      isAnnounced || plan.watch != nil
      ? (noticeHours(isAnnounced ? nil : plan.watch, at: now), sampledMove(isSwitched))
      : (0, (isSwitched ? plan.takes : plan.byHand ?? plan.takes).sample(&stream))
    guard notice + move > 0, let place = takeovers.firstIndex(of: .none) else { return nil }
    takeovers[place] = isSwitched ? .switching : .byHand
    isUnseen[place] = !isAnnounced && plan.watch != nil && !alertFires
    moveHours[place] = move
    log.note(.spare(unit: Int(plan.units[unit]), .isReplaced(byHand: !isSwitched)))
    return (plan.clocks.lowerBound + place, notice + move)
  }

  /// How long it takes to move to a spare once somebody knows.
  private mutating func sampledMove(_ isSwitched: Bool) -> Double {
    (isSwitched ? plan.announced : plan.announcedByHand ?? plan.announced).sample(&stream)
  }

  /// How long it takes until somebody knows, as long as calls go as they do.
  private mutating func noticeHours(_ watch: SparePoolPlan.Watch?, at now: Double) -> Double {
    guard let watch else { return 0 }
    guard alertFires else { return watch.otherwise.sample(&stream) }
    return now < 0 ? watch.seen.sample(&stream) : 0
  }

  /// The alert on calls begins to fire, or stops.
  ///
  /// - Returns: the clocks of the takeovers that have waited for it, and how many hours they take from now on at most: those
  ///   that have been noticed otherwise go on.
  mutating func setAlert(isFiring: Bool, at now: Double) -> [(clock: Int, hours: Double)] {
    alertFires = isFiring
    guard isFiring else { return [] }
    var due: [(clock: Int, hours: Double)] = []
    for place in takeovers.indices where takeovers[place] != .none && isUnseen[place] {
      isUnseen[place] = false
      due.append((plan.clocks.lowerBound + place, noticeHours(plan.watch, at: now) + moveHours[place]))
    }
    return due
  }

  /// The time to move to a spare has passed.
  mutating func endTakeover(clock: Int, log: inout LiveLog) {
    takeovers[clock - plan.clocks.lowerBound] = .none
    fillPositions(&log)
  }

  private mutating func fillPositions(_ log: inout LiveLog) {
    while working < positions, let spare = units.firstIndex(of: .standby) {
      units[spare] = .working
      working += 1
      log.append(.leavesStandby(unit: plan.units[spare]))
      log.note(.spare(unit: Int(plan.units[spare]), .takesOver(from: lost.first.map { Int(plan.units[$0]) })))
      if !lost.isEmpty { tellReplaced(&log) }
    }
  }

  /// The first lost unit is replaced: no requests go to it any more.
  private mutating func tellReplaced(_ log: inout LiveLog) {
    let process = failedBy[lost.removeFirst()]
    if process >= 0 { log.append(.noticed(process: process)) }
  }

  // MARK: Planned work

  /// Work on a unit begins: it goes as one that fails, and everybody knows.
  ///
  /// - Returns: the clock of the takeover that begins, and its length in hours; `nil` when none does.
  mutating func leave(_ unit: Int, log: inout LiveLog) -> (clock: Int, hours: Double)? {
    absences[unit] += 1
    guard absences[unit] == 1, units[unit] != .failed else { return nil }
    return fail(unit, process: -1, at: 0, log: &log)
  }

  /// Work on a unit ends.
  ///
  /// - Returns: whether nothing else works on it.
  mutating func endWork(on unit: Int) -> Bool {
    absences[unit] -= 1
    return absences[unit] == 0
  }

  func isWorkedOn(_ unit: Int) -> Bool { absences[unit] > 0 }

  func standsBy(_ unit: Int) -> Bool { units[unit] == .standby }

  // MARK: Units that come and go

  /// A unit goes: whoever stands by takes over from it, and everybody knows.
  ///
  /// - Returns: the clock of the takeover that begins, and its length in hours; `nil` when none does.
  mutating func go(_ unit: Int, log: inout LiveLog) -> (clock: Int, hours: Double)? {
    isAway[unit] = true
    return leave(unit, log: &log)
  }

  /// A unit is not there when a replication begins: one that is works in its place from the start.
  mutating func isMissingAtFirst(_ unit: Int, log: inout LiveLog) {
    isAway[unit] = true
    absences[unit] += 1
    guard units[unit] == .working else {
      units[unit] = .failed
      return log.append(.leavesStandby(unit: plan.units[unit]))
    }
    (units[unit], failedBy[unit]) = (.failed, -1)
    working -= 1
    lost.append(unit)
    fillPositions(&log)
  }

  /// It comes.
  ///
  /// - Returns: whether no work on purpose keeps it.
  mutating func come(_ unit: Int) -> Bool {
    isAway[unit] = false
    return endWork(on: unit)
  }

  // MARK: Repairs

  /// A unit comes back.
  ///
  /// - Returns: the clock of the takeover that it makes needless, if any.
  mutating func comeBack(_ unit: Int, log: inout LiveLog) -> Int? {
    var needless: Int?
    if working == positions { needless = giveUpTakeover() }
    let own = lost.firstIndex(of: unit)
    if let own { lost.remove(at: own) }
    guard working < positions else {
      units[unit] = .standby
      log.append(.standsBy(unit: plan.units[unit]))
      log.note(.spare(unit: Int(plan.units[unit]), .standsBy))
      return nil
    }
    units[unit] = .working
    working += 1
    if own == nil, !lost.isEmpty {
      log.note(.spare(unit: Int(plan.units[unit]), .takesOver(from: Int(plan.units[lost[0]]))))
      tellReplaced(&log)
    }
    return needless
  }

  private mutating func giveUpTakeover() -> Int? {
    if stuck > 0 {
      stuck -= 1
      return nil
    }
    guard let place = takeovers.firstIndex(of: .byHand) ?? takeovers.firstIndex(of: .switching) else {
      return nil
    }
    takeovers[place] = .none
    return plan.clocks.lowerBound + place
  }
}
