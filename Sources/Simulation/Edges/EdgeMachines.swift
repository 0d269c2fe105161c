internal import Resilience
internal import ServiceGraph
internal import Stochastics

/// The state machines of all edges in a replication, and what their outages add up to.
struct EdgeMachines: ~Copyable {
  private let layout: EdgeLayout
  private var states: [EdgeState]
  /// The delays of the outage under way, or of the last.
  private var timings: [EdgeTimings]
  /// In which of the graph's ways each callee is down, or was last.
  private var ways: [Int]
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

  init(_ layout: EdgeLayout) {
    self.layout = layout
    states = layout.edges.map { _ in EdgeState() }
    timings = layout.edges.compactMap(\.timings.first)
    ways = layout.edges.map { _ in 0 }
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
    for edge in states.indices {
      states[edge] = EdgeState(sharesSlots: pools.holds(edge))
      counts[edge] = EdgeCounts()
      isOpen[edge] = false
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

  // MARK: Events

  /// Lets time pass for those to which something happens by then; the others stand as they stood.
  mutating func advance(toHours now: Double) {
    pools.advance(toHours: now, counts: &counts)
    for edge in states.indices where isOpen[edge] && states[edge].nextChangeHours <= now {
      let own = timings[edge]
      states[edge].advance(toHours: now, own)
      pools.follow(edge, states[edge], own, atHours: now)
      settle(edge)
      weigh(edge, own)
    }
  }

  /// The callee goes down in one of the graph's ways.
  mutating func calleeWentDown(_ edge: Int, atHours now: Double, way: Int) {
    isOpen[edge] = true
    alerts.calleeWentDown(edge, atHours: now)
    counts[edge].outages += 1
    states[edge].advance(toHours: now, timings[edge])
    let own = drawTimings(edge, way: way)
    timings[edge] = own
    ways[edge] = way
    let opens = layout.countsCalls[edge] ? own.drawOpensAfterHours(using: &streams[edge]) : nil
    states[edge].calleeWentDown(atHours: now, own, opensAfterHours: opens)
    states[edge].advance(toHours: now, own)
    pools.follow(edge, states[edge], own, atHours: now)
    weigh(edge, own)
  }

  mutating func calleeCameBack(_ edge: Int, atHours now: Double) {
    let own = timings[edge]
    states[edge].calleeCameBack(atHours: now, own)
    states[edge].advance(toHours: now, own)
    pools.follow(edge, states[edge], own, atHours: now)
    settle(edge)
    weigh(edge, own)
  }

  /// One outage's delays; those on average where waits are not left to chance.
  private mutating func drawTimings(_ edge: Int, way: Int) -> EdgeTimings {
    let average = layout.edges[edge].timings[way]
    guard layout.drawsWaits[edge] else { return average }
    return average.drawingWaits(
      of: layout.edges[edge].policies, failure: layout.failures.ways[way], using: &streams[edge])
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
    let refused = states[edge].callerIsDown && !pools.holds(edge) ? own.callerRefusedShare : 0
    lost[edge] = (refused < 1 ? max(0, (all - refused) / (1 - refused)) : 1, refused)
  }

  /// How the calls of an edge stand, for those who ask how long they take.
  func standingCode(_ edge: Int) -> UInt8 {
    guard isOpen[edge] else { return 0 }
    if states[edge].breaker != .closed { return 1 }
    return states[edge].calleeIsDown ? UInt8(clamping: 2 + ways[edge]) : 0
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
      callerRefusedShare: state.callerIsDown ? own.callerRefusedShare : shared,
      bulkheadIsFull: state.isBulkheadFull, alertFires: alert)
  }

  /// Ends the replication: what is under way counts as far as it has come.
  mutating func close(atHours now: Double, into tallies: inout [EdgeTally], _ alerting: inout [AlertTally]) {
    alerts.close(atHours: now, into: &alerting)
    pools.advance(toHours: now, counts: &counts)
    for edge in states.indices {
      if isOpen[edge] {
        states[edge].advance(toHours: now, timings[edge])
        counts[edge].add(states[edge].outcome)
      }
      tallies[edge].add(counts[edge])
    }
  }
}
