/// The share of calls that fail after a callee that failed in part has got worse.
///
/// A call fails when all of its attempts do, each as often as attempts fail when it is made: Π qⱼ. Calls that make their last
/// attempt now have made the others before, so that the share goes from qⁿ to that of the new manner in as many steps as there
/// are attempts. The latest two changes are known; of attempts before both, only how often they failed then.
struct TurningShare: Sendable {
  /// When attempts began to fail otherwise, and how often they failed until then.
  private typealias Turn = (hours: Double, failedShare: Double)

  private static let none: Turn = (-.infinity, 0)
  private var earlier = TurningShare.none
  private var latest = TurningShare.none

  /// Whether a callee that failed in part has got worse in the outage under way.
  var hasBegun: Bool { latest.hours > -.infinity }

  /// Whether calls make their last attempts now that made others before the latest change.
  func isActive(atHours now: Double, _ schedule: AttemptSchedule) -> Bool {
    latest.hours + schedule.spanHours > now
  }

  /// Attempts fail in another share from now on.
  mutating func turn(atHours now: Double, from old: AttemptSchedule) {
    earlier = isActive(atHours: now, old) ? latest : (-.infinity, old.failedShare)
    latest = (now, old.failedShare)
  }

  mutating func end() { (earlier, latest) = (TurningShare.none, TurningShare.none) }

  /// The share of the calls that fail of those that make their last attempt now.
  func share(atHours now: Double, _ schedule: AttemptSchedule) -> Double {
    schedule.startHours.reduce(1.0) { share, start in
      let lagHours = schedule.spanHours - start
      if latest.hours + lagHours <= now { return share * schedule.failedShare }
      return share * (earlier.hours + lagHours <= now ? latest.failedShare : earlier.failedShare)
    }
  }

  /// When that share changes next; ∞ when it will not.
  func nextHours(after now: Double, _ schedule: AttemptSchedule) -> Double {
    guard isActive(atHours: now, schedule) else { return .infinity }
    return schedule.startHours.reduce(Double.infinity) { next, start in
      let lagHours = schedule.spanHours - start
      let changes = [earlier.hours + lagHours, latest.hours + lagHours]
      return changes.reduce(next) { $1 > now ? min($0, $1) : $0 }
    }
  }
}
