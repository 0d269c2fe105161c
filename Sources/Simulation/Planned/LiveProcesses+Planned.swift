/// Planned work on units that stand by or share their load.
extension LiveProcesses {
  /// Work on units begins: spares take over from them, by a move that nobody has to notice the need of.
  mutating func beginWork(on units: [Int32], at now: Double) {
    for unit in units {
      guard let (pool, place) = layout.placeInPool(ofUnit: unit) else { continue }
      begin(pools[pool].leave(place, log: &log), inPool: pool, at: now)
    }
  }

  /// It ends: they take an empty position or stand by, unless they are down.
  mutating func endWork(on units: [Int32], at now: Double) {
    for unit in units {
      guard let (pool, place) = layout.placeInPool(ofUnit: unit), pools[pool].endWork(on: place) else {
        continue
      }
      comeBack(place, toPool: pool, at: now)
    }
  }

  /// Whether a unit is healthy and stands by.
  func standsBy(_ unit: Int) -> Bool {
    guard let (pool, place) = layout.placeInPool(ofUnit: Int32(unit)) else { return false }
    return pools[pool].standsBy(place)
  }

  private func begin(_ takeover: (clock: Int, hours: Double)?, inPool pool: Int, at now: Double) {
    if let takeover { clocks.set(takeover.clock, hours: takeover.hours, rate: 1, at: now, isEnd: true) }
    setRates(ofPool: pool, at: now)
  }

  private mutating func comeBack(_ place: Int, toPool pool: Int, at now: Double) {
    guard !layout.pools[pool].processesOfUnit[place].contains(where: { phases[$0] >= 0 }) else { return }
    if let needless = pools[pool].comeBack(place, log: &log) {
      clocks.set(needless, hours: 0, rate: 0, at: now, isEnd: true)
    }
    setRates(ofPool: pool, at: now)
  }
}

/// Units that stand by where autoscaling decides how many there are.
extension LiveProcesses {
  /// Whether a unit is known not to be there.
  func isAway(_ unit: Int) -> Bool {
    layout.placeInPool(ofUnit: Int32(unit)).map { pools[$0.pool].isAway[$0.place] } ?? false
  }

  /// A unit goes: a spare takes over from it, as before work on purpose.
  mutating func go(_ unit: Int, at now: Double) {
    guard let (pool, place) = layout.placeInPool(ofUnit: Int32(unit)) else { return }
    begin(pools[pool].go(place, log: &log), inPool: pool, at: now)
  }

  /// The same before anything has happened: who is there works from the start.
  mutating func goAtFirst(_ unit: Int) {
    guard let (pool, place) = layout.placeInPool(ofUnit: Int32(unit)) else { return }
    pools[pool].isMissingAtFirst(place, log: &log)
    for process in layout.pools[pool].processesOfUnit.joined() {
      clocks.setFirstRate(process, rate(of: process))
    }
  }

  /// A unit comes: it takes an empty position or stands by, unless it is down.
  mutating func come(_ unit: Int, at now: Double) {
    guard let (pool, place) = layout.placeInPool(ofUnit: Int32(unit)), pools[pool].come(place) else { return }
    comeBack(place, toPool: pool, at: now)
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
