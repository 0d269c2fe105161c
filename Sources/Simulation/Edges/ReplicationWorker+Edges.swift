internal import ServiceGraph

extension ReplicationWorker {
  /// Lets the policies of every edge follow what happened at this instant, until nothing changes any more. Hard
  /// dependencies and exhausted callers run in no circle, so that it ends.
  ///
  /// - Parameter unitsMayHaveChanged: whether anything else has happened than that time has passed.
  /// - Returns: whether more or fewer calls are lost than before.
  @discardableResult
  mutating func driveEdges(at time: Int64, unitsMayHaveChanged: Bool = true) -> Bool {
    let hours = Ticks.hours(Double(time))
    edges.advance(toHours: hours)
    evaluator.triedWithout = nil
    var (hasChanged, anyChanged) = (true, false)
    var looksAtUnits = unitsMayHaveChanged
    while hasChanged {
      hasChanged = false
      for edge in layout.edges.edges.indices {
        let isLookedAt =
          looksAtUnits || !layout.edges.callees[edge].furtherEdges.isEmpty || edges.blamesPast(edge)
        let turns =
          isLookedAt && followCallee(edge, atHours: hours) || edges.answerWaiting(edge, atHours: hours)
        let isChanged = apply(edge)
        anyChanged = anyChanged || isChanged
        hasChanged = hasChanged || isChanged || turns
      }
      looksAtUnits = false
    }
    if !layout.edges.alerts.isEmpty { driveAlerts(atHours: hours) }
    tellOfEdges(at: time)
    edgesAreQuiet = edges.isQuiet
    edgeTime =
      edgesAreQuiet ? .max : Ticks.notBefore(hours: edges.nextHours(withProbes: Observer.wantsReasons))
    return anyChanged
  }

  /// Tells an edge how its callee treats calls; whether that has changed for others too.
  private mutating func followCallee(_ edge: Int, atHours hours: Double) -> Bool {
    let isUp = units.gates.isUp(layout.edges.gates[edge].callee)
    let plan = layout.edges.callees[edge]
    guard !plan.isPlain else {
      guard isUp == edges.calleeIsDown(edge) else { return false }
      if !isUp { units.edges.origins[edge] = trigger }
      edges.calleeChanges(edge, atHours: hours, isUp ? nil : .way(0))
      return true
    }
    if isUp, edges.manner(edge) == nil, !plan.furtherEdges.contains(where: { edges.matters($0) }) {
      return false
    }
    let found = treatment(of: edge, isUp: isUp)
    let isChanged = found?.manner != edges.manner(edge)
    if let found { blame(found, of: edge, isChanged: isChanged) }
    guard isChanged else { return false }
    edges.calleeChanges(edge, atHours: hours, found?.manner, waiting: found?.waiting ?? [])
    return true
  }

  /// Says what calls fail for: what makes the callee treat them as it does, unless a breaker still refuses them for more than that.
  private mutating func blame(_ found: Treatment, of edge: Int, isChanged: Bool) {
    let isLeft = edges.refusesForMore(edge, than: found.manner)
    if !isLeft {
      setMakeup(found.makeup, of: edge)
      if isChanged || edges.blamesPast(edge) { units.edges.origins[edge] = found.origin }
    }
    edges.setBlamesPast(isLeft && (isChanged || edges.blamesPast(edge)), edge)
  }

  /// Says what together makes a callee treat calls as it does; hardly ever more than one thing.
  private mutating func setMakeup(_ makeup: CalleeMakeup?, of edge: Int) {
    guard makeup != nil || edges.makeups[edge] != nil else { return }
    edges.setMakeup(makeup, of: edge)
    units.edges.makeups.set(makeup, of: edge)
  }

  /// How a callee treats calls, the dependencies whose calls wait, the origin of that, and what makes it up.
  private typealias Treatment = (
    manner: CalleeManner, waiting: [Int], origin: Int32, makeup: CalleeMakeup?
  )

  /// How a callee treats calls, and the origin of that: by its own failures, or by what becomes of its own calls.
  private mutating func treatment(of edge: Int, isUp: Bool) -> Treatment? {
    let plan = layout.edges.callees[edge]
    let failing = evaluator.failingUnits(ofCalleeOf: edge, isUp: isUp, units)
    if isUp, failing.isEmpty {
      return edges.effect(ofCalleeOf: edge, units.gates, failing: []).map {
        ($0.manner, $0.waiting, origin(of: $0.source), $0.makeup)
      }
    }
    let hasOthers = plan.furtherEdges.contains { units.edges.isDown($0) || units.edges.callerIsDown($0) }
    guard !failing.isEmpty || hasOthers else { return (.way(0), [], trigger, nil) }
    let processes = failing.processes
    guard
      evaluator.stands(layout.edges.gates[edge].callee, without: processes, units)
    else { return (.way(0), [], trigger, nil) }
    guard let effect = edges.effect(ofCalleeOf: edge, evaluator.calleeTrial, failing: failing) else {
      return failing.isEmpty ? (.way(0), [], trigger, nil) : nil
    }
    return (effect.manner, effect.waiting, origin(of: effect.source), effect.makeup)
  }

  private func origin(of source: EffectSource) -> Int32 {
    switch source {
    case .edge(let edge): units.edges.origins[edge]
    case .process(let process): facts[process].origin
    }
  }

  /// Sets the gates of an edge by what becomes of its calls; whether that has changed.
  private mutating func apply(_ edge: Int) -> Bool {
    let shares = edges.shares(edge)
    let answeredLost = shares.lost > 0 && edges.isGivenUpFurtherUp(edge) ? 0 : shares.lost
    guard
      (shares.lost, answeredLost, shares.callerLost)
        != (units.edges.lost[edge], units.edges.answeredLost[edge], units.edges.callerLost[edge])
    else { return false }
    units.edges.answeredLost[edge] = answeredLost
    let goesDown = units.setLosses(
      ofEdge: edge, layout.edges.gates[edge], lost: shares.lost, callerLost: shares.callerLost)
    // What goes down for an earlier outage goes down for that one's origin.
    if goesDown { trigger = units.edges.origins[edge] }
    return true
  }
}

extension Ticks {
  /// The first tick that is not before a number of hours.
  static func notBefore(hours: Double) -> Int64 {
    guard hours.isFinite else { return .max }
    let nearest = from(hours: hours)
    return Ticks.hours(Double(nearest)) < hours ? nearest + 1 : nearest
  }
}
