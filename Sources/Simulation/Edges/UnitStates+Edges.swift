extension UnitStates {
  /// Sets what becomes of the calls of an edge, and its gates by that.
  ///
  /// - Returns: whether the dependency, or the slots of its caller, go down for it.
  @discardableResult
  func setLosses(ofEdge edge: Int, _ own: EdgeGates, lost: Double, callerLost: Double) -> Bool {
    let (wasDown, callerWasDown) = (edges.isDown(edge), edges.callerIsDown(edge))
    edges.lost[edge] = lost
    edges.callerLost[edge] = callerLost
    let (isDown, callerIsDown) = (edges.isDown(edge), edges.callerIsDown(edge))
    if own.own >= 0, isDown != wasDown { gates.change(gate: own.own, by: isDown ? -1 : 1) }
    if own.caller >= 0, callerIsDown != callerWasDown {
      gates.change(gate: own.caller, by: callerIsDown ? -1 : 1)
    }
    return (isDown && !wasDown) || (callerIsDown && !callerWasDown)
  }
}
