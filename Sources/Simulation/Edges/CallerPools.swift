internal import Resilience
internal import ServiceGraph

/// A request pool of which the calls to several callees hold slots.
struct CallerPoolPlan: Sendable {
  let pool: Pool
  /// The dependencies, as places among the graph's edges.
  let edges: [Int]
  /// What the calls of each hold when all is well.
  let usualSlots: [Double]
  /// Calls an hour of one unit of the caller, to all of them.
  let callsPerHour: Double

  /// The pools of a graph on which there are two dependencies or more, in the order of their callers.
  static func all(of edges: [CompiledEdge]) -> [CallerPoolPlan] {
    let owners = Set(edges.compactMap(\.poolOwner)).sorted()
    return owners.compactMap { owner in
      let own = edges.indices.filter { edges[$0].poolOwner == owner }
      guard own.count > 1, let pool = edges[own[0]].policies.callerPool else { return nil }
      let policies = own.map { edges[$0].policies }
      return CallerPoolPlan(
        pool: pool, edges: own, usualSlots: policies.map(\.usualSlots),
        callsPerHour: policies.reduce(0) { $0 + ($1.callsPerHourOfUnit ?? 0) })
    }
  }
}

/// The request pools that several dependencies share, in a replication: full when the calls of all of them together are.
struct CallerPools {
  /// What the calls of a dependency do.
  private enum Standing { case usual, failing, refused }

  private struct State {
    /// The slots as they are, and as they would be without breakers and bulkheads.
    var pool: SharedPool
    var unconfined: SharedPool
    var standings: [Standing]
    var sinceHours: [Double]
    /// The dependency for whose outage it is full, or was.
    var carrier = 0

    init(_ plan: CallerPoolPlan) {
      pool = SharedPool(plan.pool, usualSlots: plan.usualSlots, callsPerHour: plan.callsPerHour)
      unconfined = pool
      standings = plan.edges.map { _ in .usual }
      sinceHours = plan.edges.map { _ in -.infinity }
    }
  }

  private let plans: [CallerPoolPlan]
  private let poolOfEdge: [Int]
  private let memberOfEdge: [Int]
  private var states: [State]

  init(_ plans: [CallerPoolPlan], edges: Int) {
    self.plans = plans
    poolOfEdge = (0..<edges).map { edge in plans.firstIndex { $0.edges.contains(edge) } ?? -1 }
    memberOfEdge = (0..<edges).map { edge in
      plans.lazy.compactMap { $0.edges.firstIndex(of: edge) }.first ?? 0
    }
    states = plans.map(State.init)
  }

  /// Starts a replication with everything well.
  mutating func begin() {
    for place in plans.indices { states[place] = State(plans[place]) }
  }

  /// Whether a dependency shares its caller's slots with others.
  func holds(_ edge: Int) -> Bool { poolOfEdge[edge] >= 0 }

  /// Whether nothing is left of any outage.
  var isQuiet: Bool {
    for place in states.indices where !(states[place].pool.isSettled && states[place].unconfined.isSettled) {
      return false
    }
    return true
  }

  /// When something changes by itself, in hours; ∞ when nothing will.
  var nextHours: Double {
    var next = Double.infinity
    for place in states.indices {
      next = min(next, states[place].pool.nextChangeHours, states[place].unconfined.nextChangeHours)
    }
    return next
  }

  /// The share of the caller's requests refused for want of slots, on the dependency for which it is told.
  func refusedShare(_ edge: Int) -> Double {
    guard holds(edge), plans[poolOfEdge[edge]].edges[states[poolOfEdge[edge]].carrier] == edge else {
      return 0
    }
    return states[poolOfEdge[edge]].pool.refusedShare
  }

  // MARK: Events

  /// Lets time pass.
  mutating func advance(toHours now: Double, counts: inout [EdgeCounts]) {
    for place in plans.indices where !(states[place].pool.isSettled && states[place].unconfined.isSettled) {
      let before = states[place].pool
      states[place].pool.advance(toHours: now)
      counts[plans[place].edges[states[place].carrier]]
        .addCallerDown(hours: states[place].pool.refusedHours - before.refusedHours)
      if before.refusedShare == 0, states[place].pool.refusedShare > 0 { fill(place, &counts) }
      advanceUnconfined(place, toHours: now, &counts)
    }
  }

  /// The latest of the outages under way has filled it.
  private mutating func fill(_ place: Int, _ counts: inout [EdgeCounts]) {
    states[place].carrier = latest(place)
    counts[plans[place].edges[states[place].carrier]].addCascade(.caused)
  }

  private mutating func advanceUnconfined(_ place: Int, toHours now: Double, _ counts: inout [EdgeCounts]) {
    let wasFull = states[place].unconfined.refusedShare > 0
    states[place].unconfined.advance(toHours: now)
    guard !wasFull, states[place].unconfined.refusedShare > 0, states[place].pool.refusedShare == 0 else {
      return
    }
    let refused = states[place].standings.firstIndex(of: .refused)
    counts[plans[place].edges[refused ?? latest(place)]]
      .addCascade(refused == nil ? .preventedByBulkhead : .preventedByBreaker)
  }

  private func latest(_ place: Int) -> Int {
    let since = states[place].sinceHours
    return since.indices.reduce(0) { since[$1] > since[$0] ? $1 : $0 }
  }

  /// Follows the calls of a dependency after anything has happened to it.
  mutating func follow(_ edge: Int, _ state: EdgeState, _ timings: EdgeTimings, atHours now: Double) {
    guard holds(edge), let demand = timings.poolDemand else { return }
    let (place, member) = (poolOfEdge[edge], memberOfEdge[edge])
    let passed = now - states[place].sinceHours[member]
    followCallee(place, member, isDown: state.calleeIsDown, demand.unconfined, timings, atHours: now)
    let standing: Standing =
      state.breaker != .closed ? .refused : state.calleeIsDown ? .failing : .usual
    let before = states[place].standings[member]
    guard standing != before else { return }
    states[place].standings[member] = standing
    switch standing {
    case .failing: states[place].pool.fail(member, demand.confined, atHours: now)
    case .refused:
      let wait = before == .failing ? timings.drainAfterOpeningHours(sinceHours: passed) : 0
      states[place].pool.relieve(
        member, afterHours: wait, slots: timings.slotsWhileRefused, atHours: now)
    case .usual:
      let wait = before == .failing ? timings.drainHours(sinceHours: passed) : 0
      states[place].pool.relieve(
        member, afterHours: wait, slots: plans[place].usualSlots[member], atHours: now)
    }
  }

  /// A callee that is down treats calls otherwise.
  mutating func change(_ edge: Int, _ timings: EdgeTimings, atHours now: Double) {
    guard holds(edge), let demand = timings.poolDemand else { return }
    let (place, member) = (poolOfEdge[edge], memberOfEdge[edge])
    states[place].unconfined.change(member, demand.unconfined, atHours: now)
    if states[place].standings[member] == .failing {
      states[place].pool.change(member, demand.confined, atHours: now)
    }
  }

  /// What would be without breakers and bulkheads.
  private mutating func followCallee(
    _ place: Int, _ member: Int, isDown: Bool, _ demand: PoolDemand, _ timings: EdgeTimings,
    atHours now: Double
  ) {
    let since = states[place].sinceHours[member]
    if isDown, since == -.infinity {
      states[place].sinceHours[member] = now
      states[place].unconfined.fail(member, demand, atHours: now)
    } else if !isDown, since > -.infinity {
      states[place].unconfined.relieve(
        member, afterHours: timings.drainHours(sinceHours: now - since),
        slots: plans[place].usualSlots[member], atHours: now)
      states[place].sinceHours[member] = -.infinity
    }
  }
}
