internal import Stochastics

/// The two ways to notice an outage whose detector can be down: so much is left of each.
///
/// One runs while the detector can see, the other while it can not; that which runs stands on the process's clock. The
/// first to run out notices.
struct WatchState {
  /// What is left while the detector can see, and while it can not, in hours; ∞: nobody notices.
  var seenHours: Double
  var unseenHours: Double

  static let none = WatchState(seenHours: 0, unseenHours: 0)
}

extension LiveProcesses {
  /// Begins to watch for an outage.
  ///
  /// - Returns: whether it is noticed at once.
  mutating func isNoticedAtOnce(_ process: Int, by watch: WatchLayout.Watch, at now: Double) -> Bool {
    let drawn = watch.seen.sample(&streams[process])
    // An alert counts its delay itself; before time 0, where none is played, the delay stands for it.
    let seen = watch.isAlert && now >= 0 ? 0 : drawn
    let unseen = watch.unseen.map { $0.sample(&streams[process]) } ?? .infinity
    watching[process] = WatchState(seenHours: seen, unseenHours: unseen)
    return setWatchClock(process, canSee: sight.isClear[watch.sight], at: now)
  }

  /// Sets the clock of a watched process to the way that runs now.
  ///
  /// - Returns: whether nothing is left on it.
  @discardableResult
  private func setWatchClock(_ process: Int, canSee: Bool, at now: Double) -> Bool {
    let hours = canSee ? watching[process].seenHours : watching[process].unseenHours
    clocks.set(
      process, hours: hours.isFinite ? hours : 0, rate: hours.isFinite ? 1 : 0, at: now, isEnd: true)
    return hours == 0
  }

  /// Lets detectors see, or not, by the gates of what they need.
  mutating func followSight(_ gates: borrowing GateStates, at now: Double) {
    for place in sight.follow(gates) {
      for process in layout.watches.watchedLive[place] where isWatched(process) {
        swapWatch(of: process, canSee: sight.isClear[place], at: now)
      }
    }
  }

  /// An alert on failing calls begins to fire, or stops; what waits for it is noticed.
  mutating func setAlert(_ detector: Int, isFiring: Bool, at now: Double) {
    guard let place = sight.setAlert(detector, isFiring: isFiring) else { return }
    for process in layout.watches.watchedLive[place] where isWatched(process) {
      swapWatch(of: process, canSee: isFiring, at: now, seenHours: now >= 0 ? 0 : nil)
    }
    for pool in pools.indices where layout.pools[pool].watch?.sight == place {
      for takeover in pools[pool].setAlert(isFiring: isFiring, at: now) {
        let hours = min(takeover.hours, clocks.hoursLeft(takeover.clock, at: now))
        clocks.set(takeover.clock, hours: hours, rate: 1, at: now, isEnd: true)
      }
    }
  }

  /// Lets the other way to notice run; what is left of this one is kept, unless it is said anew.
  private mutating func swapWatch(
    of process: Int, canSee: Bool, at now: Double, seenHours: Double? = nil
  ) {
    let left = clocks.hoursLeft(process, at: now)
    if canSee {
      if watching[process].unseenHours.isFinite { watching[process].unseenHours = left }
    } else {
      watching[process].seenHours = left
    }
    if let seenHours { watching[process].seenHours = seenHours }
    setWatchClock(process, canSee: canSee, at: now)
  }

  private func isWatched(_ process: Int) -> Bool {
    guard phases[process] >= 0, phases[process] < facts[process].endOfPhases,
      case .watched = steps[Int(phases[process])]
    else { return false }
    return true
  }
}
