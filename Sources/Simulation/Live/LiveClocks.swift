/// One clock for each live process and takeover: so many hours are left on it, and it runs down at a rate that may
/// change.
///
/// The hours on the clock of a process that is up are its age still to come. What has passed at another rate counts by
/// that rate (cumulative exposure: Nelson, *Accelerated testing*, 1990, chapter 10), so a spare at a fifth of the
/// load ages by a fifth of the time, whatever its law. A clock at rate 0 stands still and keeps its hours.
struct LiveClocks: ~Copyable {
  private let remaining: FixedArray<Double>
  private let rates: FixedArray<Double>
  private let since: FixedArray<Double>
  private let schedule: LiveSchedule

  init(count: Int) {
    remaining = FixedArray(repeating: 0, count: count)
    rates = FixedArray(repeating: 0, count: count)
    since = FixedArray(repeating: 0, count: count)
    schedule = LiveSchedule(count: count)
  }

  /// The clock that runs out first.
  var next: Int { schedule.next }

  /// When it does, in hours; ∞ when none runs.
  var nextHours: Double { schedule.nextHours }

  /// Stops every clock.
  func reset() {
    rates.fill(with: 0)
    schedule.reset()
  }

  /// Sets a clock. `isEnd`: of those that run out at one instant it comes first.
  func set(_ clock: Int, hours: Double, rate: Double, at now: Double, isEnd: Bool) {
    remaining[clock] = hours
    rates[clock] = rate
    since[clock] = now
    schedule.set(clock, hours: rate > 0 ? now + hours / rate : .infinity, isEnd: isEnd)
  }

  /// Lets a clock go on at another rate.
  func setRate(_ clock: Int, _ rate: Double, at now: Double, isEnd: Bool) {
    guard rates[clock] != rate else { return }
    set(clock, hours: hoursLeft(clock, at: now), rate: rate, at: now, isEnd: isEnd)
  }

  /// Sets the rate of a clock that has not begun to run.
  func setFirstRate(_ clock: Int, _ rate: Double) {
    set(clock, hours: remaining[clock], rate: rate, at: since[clock], isEnd: false)
  }

  /// Stops a clock that has not begun to run.
  func hold(_ clock: Int) {
    rates[clock] = 0
    schedule.set(clock, hours: .infinity, isEnd: false)
  }

  /// The hours left on a clock.
  func hoursLeft(_ clock: Int, at now: Double) -> Double {
    max(0, remaining[clock] - rates[clock] * (now - since[clock]))
  }
}
