internal import ServiceModel

/// A clock that runs in some hours of the week or the year only, in ticks.
struct HourClock: Sendable {
  private let period: Int64
  /// When it runs within the period: ascending, apart.
  private let starts: [Int64]
  private let ends: [Int64]
  /// What it shows at each start, and at the end of a period.
  private let shown: [Int64]

  init(_ when: CalendarHours) {
    let shifts = when.shifts
    period = Ticks.from(hours: when.periodHours)
    starts = shifts.map { Ticks.from(hours: $0.lowerBound) }
    ends = shifts.map { Ticks.from(hours: $0.upperBound) }
    shown = zip(starts, ends).reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.1 - $1.0) }
  }

  /// What it shows at a time that is not negative: the ticks of its hours since time 0.
  func reading(at time: Int64) -> Int64 {
    let (periods, rest) = time.quotientAndRemainder(dividingBy: period)
    var (low, high) = (0, starts.count)
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= rest { low = middle + 1 } else { high = middle }
    }
    let whole = periods * (shown.last ?? 0)
    return low == 0 ? whole : whole + shown[low - 1] + min(rest, ends[low - 1]) - starts[low - 1]
  }
}
