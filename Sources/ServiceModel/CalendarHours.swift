public import Quantities
public import Recovery

/// Hours of the week, months of the year, or the hours that are in both.
public struct CalendarHours: Hashable, Sendable {
  /// The hours of the week; time 0 is Monday 1 January, 00:00 UTC. `nil`: all.
  public let hours: OnCallHours?
  /// The months, in order; `nil`: all.
  public let months: [CalendarMonth]?

  /// Hours and months, both of which must hold.
  public init(hours: OnCallHours?, months: Set<CalendarMonth>? = nil) {
    self.hours = hours
    self.months = months?.sorted()
  }

  /// The share of time in them over the long run.
  ///
  /// A year has a day more than whole weeks, so within seven years each day of the year is each day of the week once:
  /// the share of time in both is the product of the shares.
  public var share: Double { hoursShare * monthsShare }

  private var hoursShare: Double { hours?.share ?? 1 }
  private var monthsShare: Double {
    months.map { $0.reduce(0) { $0 + $1.lengthHours } / CalendarMonth.yearHours } ?? 1
  }
}

/// How they repeat.
extension CalendarHours {
  /// After how many hours all calendars begin anew: seven years of whole weeks.
  static let cycleHours = 7 * CalendarMonth.yearHours

  /// After how many hours they begin anew: a week, a year, or seven years where they are about both.
  package var periodHours: Double {
    guard months != nil else { return OnCallHours.weekHours }
    return CalendarMonth.yearHours * Double(years)
  }

  private var years: Int { hours == nil ? 1 : 7 }

  /// From when to when they are, in hours of the period, ascending and apart.
  package var shifts: [ClosedRange<Double>] {
    guard let months else { return hours?.shifts ?? [0...OnCallHours.weekHours] }
    let ranges = (0..<years).flatMap { year in
      months.map { month in
        let start = Double(year) * CalendarMonth.yearHours
        return (start + month.hours.lowerBound)...(start + month.hours.upperBound)
      }
    }
    guard let hours else { return ranges }
    return ranges.flatMap { range in hours.shifts(within: range) }
  }

  /// Whether some hour is in both.
  func overlaps(_ other: CalendarHours) -> Bool {
    var (own, others) = (cycle[...], other.cycle[...])
    while let first = own.first, let second = others.first {
      if max(first.lowerBound, second.lowerBound) < min(first.upperBound, second.upperBound) { return true }
      if first.upperBound <= second.upperBound { own.removeFirst() } else { others.removeFirst() }
    }
    return false
  }

  /// The shifts of seven years.
  private var cycle: [ClosedRange<Double>] {
    (0..<Int(Self.cycleHours / periodHours)).flatMap { period in
      let start = Double(period) * periodHours
      return shifts.map { (start + $0.lowerBound)...(start + $0.upperBound) }
    }
  }
}

extension OnCallHours {
  /// The shifts of all weeks as far as they lie in a range of hours.
  fileprivate func shifts(within range: ClosedRange<Double>) -> [ClosedRange<Double>] {
    let weeks = Int(range.lowerBound / Self.weekHours)...Int(range.upperBound / Self.weekHours)
    return weeks.flatMap { week in
      shifts.compactMap { shift in
        let monday = Double(week) * Self.weekHours
        let start = max(range.lowerBound, monday + shift.lowerBound)
        let end = min(range.upperBound, monday + shift.upperBound)
        return start < end ? start...end : nil
      }
    }
  }
}

/// Hours of the week and months of the year as written.
public struct CalendarHoursDraft: Sendable {
  /// When its hours begin on each day; `nil`: at midnight.
  public var from: TimeSpan?
  /// When they end; `nil`: at midnight.
  public var to: TimeSpan?
  /// The days on which they begin; `nil`: every day.
  public var days: Set<OnCallHours.Day>?
  /// The months; `nil`: all.
  public var months: Set<CalendarMonth>?

  /// Hours, days and months, as far as they are stated.
  public init(
    from: TimeSpan?, to: TimeSpan?, days: Set<OnCallHours.Day>?, months: Set<CalendarMonth>? = nil
  ) {
    (self.from, self.to, self.days, self.months) = (from, to, days, months)
  }

  /// The hours and months.
  ///
  /// - Throws: when the hours are impossible.
  func resolved() throws(InvalidRecovery) -> CalendarHours {
    CalendarHours(hours: try hours(), months: months)
  }

  /// The hours of the week, where any are named.
  private func hours() throws(InvalidRecovery) -> OnCallHours? {
    guard from != nil || to != nil || days != nil else { return nil }
    guard let midnight = TimeSpan(hours: 24) else { return nil }
    return try OnCallHours(
      from: from ?? .zero, to: to ?? midnight, days: days ?? Set(OnCallHours.Day.allCases))
  }
}
