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
    tellOfEdges(at: time)
    edgesAreQuiet = edges.isQuiet
    edgeTime = edgesAreQuiet ? .max : Ticks.notBefore(hours: edges.nextHours)
    return anyChanged
  }

  private mutating func followCallee(_ edge: Int, atHours hours: Double) {
    let isUp = units.gates.isUp(layout.edges.edges[edge].callee)
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
    let own = layout.edges.edges[edge]
    let (wasDown, callerWasDown) = (units.edges.isDown(edge), units.edges.callerIsDown(edge))
    units.edges.lost[edge] = shares.lost
    units.edges.callerLost[edge] = shares.callerLost
    let (isDown, callerIsDown) = (units.edges.isDown(edge), units.edges.callerIsDown(edge))
    // What goes down for an earlier outage goes down for that one's origin.
    if (isDown && !wasDown) || (callerIsDown && !callerWasDown) { trigger = units.edges.origins[edge] }
    if let gate = own.gate, isDown != wasDown { units.gates.change(gate: gate, by: isDown ? -1 : 1) }
    if let gate = own.callerGate, callerIsDown != callerWasDown {
      units.gates.change(gate: gate, by: callerIsDown ? -1 : 1)
    }
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
