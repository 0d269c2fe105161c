/// What became of attempts of late: stretches of time, and how often the attempts that began in each have failed.
///
/// A call fails when all of its attempts do: Π qⱼ, each as often as attempts fail when it is made. Its attempts before the
/// last lie a wait and a failing attempt apart, as long as one takes in the stretch it falls into; where that gets shorter,
/// calls of two stretches make their last attempts at a time, and where it gets longer, nobody does for a while.
///
/// Before the first stretch all attempts are answered. Eight stretches are known; where more matter, the two oldest become one
/// that fails as often as both on average. A crash every 25 s under retries that last 60 s takes six.
struct PastAttempts: Sendable {
  private var count = 0
  private var sinceHours = SIMD8<Double>()
  private var failedShares = SIMD8<Double>()
  /// How long an attempt takes that fails.
  private var failureHours = SIMD8<Double>()

  /// What rounding may do to a time; a stretch is never as short.
  private static let roundingHours = 1e-7
  /// Ways for attempts to fall into stretches that are followed at a time, at most.
  private static let mostWays = 1000

  /// Attempts fare otherwise from a time on, whatever was to begin later.
  mutating func add(
    atHours hours: Double, failedShare: Double, failureHours takes: Double, _ schedule: AttemptSchedule
  ) {
    while count > 0, sinceHours[count - 1] >= hours { count -= 1 }
    let last = count - 1
    if last < 0 ? failedShare == 0 : failedShares[last] == failedShare && failureHours[last] == takes {
      return
    }
    forget(atHours: hours, schedule)
    if count == 8 { joinOldest() }
    (sinceHours[count], failedShares[count], failureHours[count]) = (hours, failedShare, takes)
    count += 1
  }

  /// Since when calls that make their last attempt from now on may have made others in vain; `nil`: never.
  mutating func feltSinceHours(atHours now: Double, _ schedule: AttemptSchedule) -> Double? {
    forget(atHours: now, schedule)
    return count > 0 && schedule.retries ? sinceHours[0] : nil
  }

  /// Forgets stretches that lie further back than a call's first attempt.
  private mutating func forget(atHours now: Double, _ schedule: AttemptSchedule) {
    let reachHours =
      schedule.refusedSpanHours + Double(schedule.waitHours.count)
      * (0..<count).reduce(0.0) { max($0, failureHours[$1]) }
    while count > 0,
      failedShares[0] == 0 || (count > 1 && sinceHours[1] + reachHours < now - PastAttempts.roundingHours)
    { removeFirst() }
  }

  private mutating func removeFirst() {
    for place in 1..<max(1, count) {
      (sinceHours[place - 1], failedShares[place - 1], failureHours[place - 1]) = (
        sinceHours[place], failedShares[place], failureHours[place]
      )
    }
    count -= 1
  }

  private mutating func joinOldest() {
    let (first, second) = (sinceHours[1] - sinceHours[0], sinceHours[2] - sinceHours[1])
    let failed = (first: failedShares[0] * first, second: failedShares[1] * second)
    failureHours[1] =
      (failed.first * failureHours[0] + failed.second * failureHours[1]) / (failed.first + failed.second)
    failedShares[1] = (failed.first + failed.second) / (first + second)
    sinceHours[1] = sinceHours[0]
    removeFirst()
  }

  /// The stretch that a time lies in; `nil` before the first.
  private func stretch(atHours hours: Double) -> Int? {
    var place = count - 1
    while place >= 0, sinceHours[place] > hours + PastAttempts.roundingHours { place -= 1 }
    return place < 0 ? nil : place
  }

  /// The calls that fail of those that make their last attempt now, over those that arrive in as much time; above 1 where
  /// more make it than arrive.
  func failedShare(atHours now: Double, _ schedule: AttemptSchedule) -> Double {
    guard let last = stretch(atHours: now) else { return 0 }
    var ways = PastAttempts.mostWays
    return failedShare(ofAttempt: schedule.waitHours.count, atHours: now, in: last, schedule, &ways)
  }

  private func failedShare(
    ofAttempt attempt: Int, atHours hours: Double, in place: Int, _ schedule: AttemptSchedule,
    _ ways: inout Int
  ) -> Double {
    guard attempt > 0, failedShares[place] > 0 else { return failedShares[place] }
    var before = 0.0
    for earlier in 0...place where failedShares[earlier] > 0 {
      let began = hours - schedule.waitHours[attempt - 1] - failureHours[earlier]
      guard stretch(atHours: began) == earlier, ways > 0 else { continue }
      ways -= 1
      before += failedShare(ofAttempt: attempt - 1, atHours: began, in: earlier, schedule, &ways)
    }
    return failedShares[place] * before
  }

  /// When that share changes next unless attempts fare otherwise; ∞ when it will not.
  func nextHours(after now: Double, _ schedule: AttemptSchedule) -> Double {
    var next = Double.infinity
    for place in 0..<count {
      for attempt in 0...schedule.waitHours.count {
        // The last attempt before the stretch, and the first in it.
        for from in max(0, place - 1)...place {
          let hours = lastAttemptHours(from: attempt, atHours: sinceHours[place], in: from, schedule)
          if hours > now + PastAttempts.roundingHours { next = min(next, hours) }
        }
      }
    }
    return next
  }

  /// When a call makes its last attempt whose others fail from one on; ∞ where they do not.
  private func lastAttemptHours(
    from attempt: Int, atHours begin: Double, in place: Int, _ schedule: AttemptSchedule
  ) -> Double {
    var (hours, place) = (begin, place)
    for wait in schedule.waitHours[attempt...] {
      guard failedShares[place] > 0 else { return .infinity }
      hours += wait + failureHours[place]
      place = stretch(atHours: hours) ?? place
    }
    return hours
  }
}
