internal import ServiceGraph

extension ReplicationWorker {
  /// Lets the policies of every edge follow what happened at this instant, until nothing changes any more. Hard
  /// dependencies and exhausted callers run in no circle, so that it ends.
  ///
  /// - Returns: whether more or fewer calls are lost than before.
  @discardableResult
  mutating func driveEdges(at time: Int64) -> Bool {
    let hours = Ticks.hours(Double(time))
    edges.advance(toHours: hours)
    var (hasChanged, anyChanged) = (true, false)
    while hasChanged {
      hasChanged = false
      for edge in layout.edges.edges.indices {
        followCallee(edge, atHours: hours)
        if apply(edge) { hasChanged = true }
      }
      anyChanged = anyChanged || hasChanged
    }
    if !layout.edges.alerts.isEmpty { driveAlerts(atHours: hours) }
    tellOfEdges(at: time)
    edgesAreQuiet = edges.isQuiet
    edgeTime =
      edgesAreQuiet ? .max : Ticks.notBefore(hours: edges.nextHours(withProbes: Observer.wantsReasons))
    return anyChanged
  }

  private mutating func followCallee(_ edge: Int, atHours hours: Double) {
    let isUp = units.gates.isUp(layout.edges.gates[edge].callee)
    guard isUp == edges.calleeIsDown(edge) else { return }
    if isUp { return edges.calleeCameBack(edge, atHours: hours) }
    units.edges.origins[edge] = trigger
    let cause = layout.origins[Int(trigger)].cause
    edges.calleeWentDown(edge, atHours: hours, way: layout.edges.way(ofCause: cause))
  }

  /// Sets the gates of an edge by what becomes of its calls; whether that has changed.
  private mutating func apply(_ edge: Int) -> Bool {
    let shares = edges.shares(edge)
    guard shares != (units.edges.lost[edge], units.edges.callerLost[edge]) else { return false }
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
