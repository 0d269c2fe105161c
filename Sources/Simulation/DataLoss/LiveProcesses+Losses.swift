extension LiveProcesses {
  /// Runs on beyond the horizon until the outages that lost data in it have ended: how long they take is part of the
  /// answer. What has not ended for ten years never does.
  ///
  /// - Returns: what was lost in the horizon.
  mutating func incidents(horizonHours: Double) -> [LiveLosses.Incident] {
    guard !losses.isEmpty else { return [] }
    while losses.isAnyOpen(before: horizonHours), nextHours < horizonHours + 87_600 {
      advance()
      log.removeAll()
    }
    losses.endAll(horizonHours: horizonHours)
    return losses.incidents
  }
}
