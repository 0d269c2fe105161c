internal import Resilience
internal import ServiceGraph
internal import Stochastics

/// The state machines of all edges in a replication, and what their outages add up to.
struct EdgeMachines: ~Copyable {
  let layout: EdgeLayout
  private var states: [EdgeState]
  /// The delays of the outage under way, or of the last.
  private var timings: [EdgeTimings]
  /// How each callee treats calls; `nil`: as usual.
  private var manners: [CalleeManner?]
  /// The dependencies whose calls wait for the callees of these, where that is why each callee is late.
  private var waiting: [[Int]]
  /// What makes each callee treat calls as it does, where that is several things together.
  private(set) var makeups: [CalleeMakeup?]
  /// Whether each breaker still refuses calls for more than its callee fails by now.
  private var blamesPast: [Bool]
  /// The timings on average of manners that are none of the graph's ways.
  private var ofManners: [[CalleeManner: EdgeTimings]]
  private static var mostManners: Int { 64 }
  /// The laws of the slow answers that come.
  let slowAnswers: SlowAnswers
  private var streams: [RandomStream]
  private var counts: [EdgeCounts]
  /// Whether an outage, or what it has left behind, is under way.
  private var isOpen: [Bool]
  /// The shares of calls lost since the latest change of each, as `shares` has them.
  private var lost: [(lost: Double, callerLost: Double)]
  /// The request pools that several of them share.
  private var pools: CallerPools
  /// Who sees that calls fail.
  private(set) var alerts: ErrorAlerts

  init(_ layout: EdgeLayout, _ slowAnswers: SlowAnswers) {
    (self.layout, self.slowAnswers) = (layout, slowAnswers)
    states = layout.edges.map { _ in EdgeState() }
    timings = layout.edges.compactMap(\.timings.first)
    manners = layout.edges.map { _ in nil }
    waiting = layout.edges.map { _ in [] }
    makeups = layout.edges.map { _ in nil }
    blamesPast = layout.edges.map { _ in false }
    ofManners = layout.edges.map { _ in [:] }
    streams = layout.keys.map { RandomStream(seed: 0, process: $0, replication: 0) }
    counts = layout.edges.map { _ in EdgeCounts() }
    isOpen = layout.edges.map { _ in false }
    lost = layout.edges.map { _ in (0, 0) }
    pools = CallerPools(layout.pools, edges: layout.edges.count)
    alerts = ErrorAlerts(layout.alerts)
  }

  /// Starts a replication with everything well.
  mutating func begin(seed: UInt64, replication: UInt32) {
    pools.begin()
    alerts.begin(seed: seed, replication: replication)
    if slowAnswers.forgets() { ofManners = ofManners.map { _ in [:] } }
    for edge in states.indices {
      states[edge] = EdgeState(sharesSlots: pools.holds(edge), isDrawn: layout.countsCalls[edge])
      counts[edge] = EdgeCounts()
      isOpen[edge] = false
      manners[edge] = nil
      waiting[edge] = []
      makeups[edge] = nil
      blamesPast[edge] = false
      lost[edge] = (0, 0)
      streams[edge] = RandomStream(seed: seed, process: layout.keys[edge], replication: replication)
    }
  }

  /// Whether nothing is left of any outage.
  var isQuiet: Bool { !isOpen.contains(true) && pools.isQuiet && alerts.isQuiet }

  func isOpen(_ edge: Int) -> Bool { isOpen[edge] }

  /// When something changes by itself, in hours; ∞ when nothing will. Probes that fail are only waited for where somebody
  /// asks about the breaker.
  func nextHours(withProbes: Bool) -> Double {
    var next = min(pools.nextHours, alerts.nextHours)
    for edge in states.indices {
      let asksBreaker = withProbes || pools.holds(edge)
      next = min(next, asksBreaker ? states[edge].nextChangeHours : states[edge].nextLossChangeHours)
    }
    return next
  }

  func calleeIsDown(_ edge: Int) -> Bool { states[edge].calleeIsDown }

  /// How its callee treats calls; `nil`: as usual.
  func manner(_ edge: Int) -> CalleeManner? { manners[edge] }

  // MARK: Events

  /// Lets time pass for those to which something happens by then; the others stand as they stood.
  mutating func advance(toHours now: Double) {
    pools.advance(toHours: now, counts: &counts)
    for edge in states.indices where isOpen[edge] && states[edge].nextChangeHours <= now {
      let own = timings[edge]
      pass(edge, toHours: now, own)
      pools.follow(edge, states[edge], own, atHours: now)
      settle(edge)
      weigh(edge, own)
    }
  }

  /// Lets time pass for one of them, and chance decide where a breaker counts calls.
  private mutating func pass(_ edge: Int, toHours now: Double, _ own: EdgeTimings) {
    if layout.countsCalls[edge] {
      states[edge].advance(toHours: now, own, using: &streams[edge])
    } else {
      states[edge].advance(toHours: now, own)
    }
  }

  /// The callee treats calls in another manner than before.
  ///
  /// - Parameter waiting: the dependencies whose calls wait, where that makes it late.
  mutating func calleeChanges(
    _ edge: Int, atHours now: Double, _ manner: CalleeManner?, waiting: [Int] = []
  ) {
    if let manner, manner.maskedHours > 0 { self.waiting[edge] = waiting }
    switch (manners[edge], manner) {
    case (_, nil): calleeCameBack(edge, atHours: now)
    case (nil, let manner?): calleeWentDown(edge, atHours: now, manner)
    case (_?, let manner?): calleeTurns(edge, atHours: now, manner)
    }
  }

  /// Says what together makes the callee of an edge treat calls as it does.
  mutating func setMakeup(_ found: CalleeMakeup?, of edge: Int) { makeups[edge] = found }

  /// Whether a breaker still refused calls for what was over when its callee's manner was last looked at.
  func blamesPast(_ edge: Int) -> Bool { blamesPast[edge] }

  mutating func setBlamesPast(_ does: Bool, _ edge: Int) {
    if blamesPast[edge] != does { blamesPast[edge] = does }
  }

  private mutating func calleeTurns(_ edge: Int, atHours now: Double, _ manner: CalleeManner) {
    pass(edge, toHours: now, timings[edge])
    let (old, own) = (timings[edge], drawTimings(edge, manner))
    (timings[edge], manners[edge]) = (own, manner)
    let opens = layout.countsCalls[edge] ? own.drawOpensAfterHours(using: &streams[edge]) : nil
    states[edge].calleeChanges(
      atHours: now, from: old, to: own, opensAfterHours: opens, maskedHours: manner.maskedHours)
    pass(edge, toHours: now, own)
    pools.change(edge, own, atHours: now)
    pools.follow(edge, states[edge], own, atHours: now)
    weigh(edge, own)
  }

  private mutating func calleeWentDown(_ edge: Int, atHours now: Double, _ manner: CalleeManner) {
    isOpen[edge] = true
    alerts.calleeWentDown(edge, atHours: now)
    counts[edge].outages += 1
    pass(edge, toHours: now, timings[edge])
    let own = drawTimings(edge, manner)
    (timings[edge], manners[edge]) = (own, manner)
    let opens = layout.countsCalls[edge] ? own.drawOpensAfterHours(using: &streams[edge]) : nil
    states[edge].calleeWentDown(
      atHours: now, own, opensAfterHours: opens, maskedHours: manner.maskedHours)
    pass(edge, toHours: now, own)
    pools.follow(edge, states[edge], own, atHours: now)
    weigh(edge, own)
  }

  private mutating func calleeCameBack(_ edge: Int, atHours now: Double) {
    let own = timings[edge]
    manners[edge] = nil
    let isWaited = isWaited(edge)
    states[edge].calleeCameBack(atHours: now, own, answersWaiting: !isWaited, using: &streams[edge])
    if !isWaited { waiting[edge] = [] }
    pass(edge, toHours: now, own)
    pools.follow(edge, states[edge], own, atHours: now)
    settle(edge)
    weigh(edge, own)
  }

  /// The dependencies whose calls wait for their callees while the callee of an edge does not answer.
  func waiting(_ edge: Int) -> [Int] { waiting[edge] }

  /// Whether something that its callee waits for, or has waited for, is still down.
  private func isWaited(_ edge: Int) -> Bool { waiting[edge].contains { states[$0].calleeIsDown } }

  /// Answers calls that another did not take over, once what they have waited for is back; whether there were such.
  mutating func answerWaiting(_ edge: Int, atHours now: Double) -> Bool {
    guard states[edge].holdsStrandedCalls, !waiting[edge].isEmpty, !isWaited(edge) else { return false }
    let own = timings[edge]
    waiting[edge] = []
    states[edge].waitingEnds(atHours: now, own)
    pools.follow(edge, states[edge], own, atHours: now)
    settle(edge)
    weigh(edge, own)
    return true
  }

  /// One outage's delays; those on average where waits are not left to chance.
  private mutating func drawTimings(_ edge: Int, _ manner: CalleeManner) -> EdgeTimings {
    let mean = meanTimings(edge, manner)
    guard layout.drawsWaits[edge] else { return mean }
    return mean.drawingWaits(
      of: layout.edges[edge].policies, failure: manner.failure(layout.failures, slowAnswers),
      using: &streams[edge])
  }

  /// The timings on average of the outage under way, or of the last.
  func average(_ edge: Int) -> EdgeTimings {
    switch manners[edge] {
    case .way(let way)?: layout.timings[edge][way]
    case let manner?: ofManners[edge][manner] ?? timings[edge]
    case nil: timings[edge]
    }
  }

  /// Whether its breaker refuses calls.
  func isRefusing(_ edge: Int) -> Bool { states[edge].breaker != .closed }

  /// Whether it refuses all of them.
  func isRefusingAll(_ edge: Int) -> Bool { states[edge].breaker == .open }

  private mutating func meanTimings(_ edge: Int, _ manner: CalleeManner) -> EdgeTimings {
    if case .way(let way) = manner { return layout.timings[edge][way] }
    if let known = ofManners[edge][manner] { return known }
    // Waits that are drawn make shares that hardly ever come again.
    if ofManners[edge].count >= EdgeMachines.mostManners { ofManners[edge].removeAll(keepingCapacity: true) }
    let made = try? EdgeTimings(
      layout.edges[edge].policies, failure: manner.failure(layout.failures, slowAnswers))
    let timings = made ?? layout.timings[edge][0]
    ofManners[edge][manner] = timings
    return timings
  }

  private mutating func settle(_ edge: Int) {
    guard states[edge].isSettled else { return }
    isOpen[edge] = false
    counts[edge].add(states[edge].outcome)
    states[edge].reset()
  }

  /// Lets an alert follow the share of calls that fail, those refused for want of slots included.
  mutating func followAlert(_ alert: Int, _ plan: AlertPlan, canSee: Bool, atHours now: Double) {
    let own = isOpen[plan.edge] ? states[plan.edge].failedShare(timings[plan.edge]) : 0
    let refused = pools.refusedShare(plan.edge)
    alerts.follow(alert, failedShare: own + (1 - own) * refused, canSee: canSee, atHours: now)
  }

  // MARK: Answers

  /// The share of calls lost now, and the share that the caller has no slot for.
  func shares(_ edge: Int) -> (lost: Double, callerLost: Double) {
    pools.holds(edge) ? (lost[edge].lost, pools.refusedShare(edge)) : lost[edge]
  }

  /// Works these shares out after something has happened to an edge.
  private mutating func weigh(_ edge: Int, _ own: EdgeTimings) {
    guard isOpen[edge] else {
      lost[edge] = (0, 0)
      return
    }
    let all = states[edge].lostShare(own)
    let refused = pools.holds(edge) ? 0 : states[edge].callerRefusedShare(own)
    lost[edge] = (refused < 1 ? max(0, (all - refused) / (1 - refused)) : 1, refused)
  }

  /// How the calls of an edge stand, for those who ask how long they take.
  func standingCode(_ edge: Int) -> UInt8 {
    guard isOpen[edge] else { return 0 }
    if states[edge].breaker != .closed { return 1 }
    // What comes from further down is in the time that its own calls take.
    if case .way(let way)? = manners[edge] { return UInt8(clamping: 2 + way) }
    return 0
  }

  /// Where the calls of an edge stand.
  func standing(_ edge: Int) -> EdgeStanding {
    let shared = pools.refusedShare(edge)
    let alert = alerts.isFiring(edge: edge)
    guard isOpen[edge] else { return EdgeStanding(callerRefusedShare: shared, alertFires: alert) }
    let (state, own) = (states[edge], timings[edge])
    return EdgeStanding(
      breaker: state.breaker, calleeIsDown: state.calleeIsDown, failedShare: state.failedShare(own),
      lostShare: state.lostShare(own),
      callerRefusedShare: state.callerIsDown ? state.callerRefusedShare(own) : shared,
      bulkheadIsFull: state.isBulkheadFull, alertFires: alert)
  }

  /// Ends the replication: what is under way counts as far as it has come.
  mutating func close(atHours now: Double, into tallies: inout [EdgeTally], _ alerting: inout [AlertTally]) {
    alerts.close(atHours: now, into: &alerting)
    pools.advance(toHours: now, counts: &counts)
    for edge in states.indices {
      if isOpen[edge] {
        pass(edge, toHours: now, timings[edge])
        counts[edge].add(states[edge].outcome)
      }
      tallies[edge].add(counts[edge])
    }
  }
}
