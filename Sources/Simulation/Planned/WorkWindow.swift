internal import Recovery

/// Hours of the week in which work begins, in ticks.
struct WorkWindow: Sendable {
  private static let week = Ticks.from(hours: OnCallHours.weekHours)

  /// From when to when it is open, in ticks of the week, ascending; what runs over the end of the week is one stretch, with
  /// an end in the next.
  private let stretches: [Range<Int64>]

  init(_ hours: OnCallHours) {
    var stretches = hours.shifts.map {
      Ticks.from(hours: $0.lowerBound)..<Ticks.from(hours: $0.upperBound)
    }
    if stretches.count > 1, stretches[0].lowerBound == 0,
      let last = stretches.last, last.upperBound == Self.week
    {
      stretches[stretches.count - 1] = last.lowerBound..<Self.week + stretches[0].upperBound
      stretches.removeFirst()
    }
    self.stretches = stretches
  }

  /// The first time at or after a time at which it opens; one that never closes is open then.
  func opening(notBefore time: Int64) -> Int64 {
    if stretches[0].count >= Self.week { return time }
    let start = weekStart(time)
    let next = stretches.first { start + $0.lowerBound >= time }
    return next.map { start + $0.lowerBound } ?? start + Self.week + stretches[0].lowerBound
  }

  /// Whether it is open.
  func isOpen(at time: Int64) -> Bool {
    let hour = time - weekStart(time)
    return stretches.contains { $0.contains(hour) || $0.contains(hour + Self.week) }
  }

  /// The beginning of the week that a time lies in, which may be before time 0.
  private func weekStart(_ time: Int64) -> Int64 {
    let rest = time % Self.week
    return time - (rest < 0 ? rest + Self.week : rest)
  }
}
