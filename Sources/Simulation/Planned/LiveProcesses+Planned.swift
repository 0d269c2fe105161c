/// Planned work on units that stand by or share their load.
extension LiveProcesses {
  /// Work on units begins: spares take over from them, by a move that nobody has to notice the need of.
  mutating func beginWork(on units: [Int32], at now: Double) {
    for unit in units {
      guard let (pool, place) = layout.placeInPool(ofUnit: unit) else { continue }
      if let takeover = pools[pool].leave(place, log: &log) {
        clocks.set(takeover.clock, hours: takeover.hours, rate: 1, at: now, isEnd: true)
      }
      setRates(ofPool: pool, at: now)
    }
  }

  /// It ends: they take an empty position or stand by, unless they are down.
  mutating func endWork(on units: [Int32], at now: Double) {
    for unit in units {
      guard let (pool, place) = layout.placeInPool(ofUnit: unit), pools[pool].endWork(on: place),
        !layout.pools[pool].processesOfUnit[place].contains(where: { phases[$0] >= 0 })
      else { continue }
      if let needless = pools[pool].comeBack(place, log: &log) {
        clocks.set(needless, hours: 0, rate: 0, at: now, isEnd: true)
      }
      setRates(ofPool: pool, at: now)
    }
  }

  /// Whether a unit is healthy and stands by.
  func standsBy(_ unit: Int) -> Bool {
    guard let (pool, place) = layout.placeInPool(ofUnit: Int32(unit)) else { return false }
    return pools[pool].standsBy(place)
  }
}

extension LiveLayout {
  /// The pool of a unit, and its place there.
  func placeInPool(ofUnit unit: Int32) -> (pool: Int, place: Int)? {
    for (number, pool) in pools.enumerated() {
      if let place = pool.units.firstIndex(of: unit) { return (number, place) }
    }
    return nil
  }
}
