public import Quantities
public import Recovery

/// Hours of the week, months of the year, or both, in which a failure mode happens more often, or less.
///
/// The stated rate, time between failures or lifetime is that outside of them. Inside, the operating clock runs
/// `factor` times as fast: a constant rate is `factor` times as high, and a part that ages does so `factor` times as
/// quickly (a change of time: Cox and Oakes, *Analysis of survival data*, 1984, section 5.2). Repairs take calendar time.
public struct Season: Hashable, Sendable {
  /// The hours of the week; time 0 is Monday 1 January, 00:00 UTC. `nil`: all.
  public let hours: OnCallHours?
  /// The months, in order; `nil`: all.
  public let months: [CalendarMonth]?
  /// How much faster the clock runs inside.
  public let factor: Double

  /// Hours and months, both of which must hold, with their factor, at least 0.
  public init(hours: OnCallHours?, months: Set<CalendarMonth>? = nil, factor: Double) {
    self.hours = hours
    self.months = months?.sorted()
    self.factor = factor
  }

  /// The mean factor over the long run.
  ///
  /// A year has a day more than whole weeks, so within seven years each day of the year is each day of the week once:
  /// the share of time in both is the product of the shares.
  public var meanFactor: Double { 1 + (factor - 1) * hoursShare * monthsShare }

  private var hoursShare: Double { hours?.share ?? 1 }
  private var monthsShare: Double {
    months.map { $0.reduce(0) { $0 + $1.lengthHours } / CalendarMonth.yearHours } ?? 1
  }
}

/// How a season repeats.
extension Season {
  /// After how many hours it begins anew: a week, a year, or seven years where it is about both.
  package var periodHours: Double {
    guard months != nil else { return OnCallHours.weekHours }
    return CalendarMonth.yearHours * Double(years)
  }

  private var years: Int { hours == nil ? 1 : 7 }

  /// From when to when the factor holds, in hours of the period, ascending and apart.
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

  /// What its mean rate is over: a week or a year.
  package var cycle: String { months == nil ? "a week" : "a year" }
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

/// A season as written.
public struct SeasonDraft: Sendable {
  /// When its hours begin on each day; `nil`: at midnight.
  public var from: TimeSpan?
  /// When they end; `nil`: at midnight.
  public var to: TimeSpan?
  /// The days on which they begin; `nil`: every day.
  public var days: Set<OnCallHours.Day>?
  /// The months; `nil`: all.
  public var months: Set<CalendarMonth>?
  /// How much more often it happens in them.
  public var factor: Double

  /// A season that says when, and its factor.
  public init(
    from: TimeSpan?, to: TimeSpan?, days: Set<OnCallHours.Day>?, months: Set<CalendarMonth>? = nil,
    factor: Double
  ) {
    self.from = from
    self.to = to
    self.days = days
    self.months = months
    self.factor = factor
  }

  /// The hours of the week, where any are named.
  ///
  /// - Throws: when they are impossible.
  func hours() throws(InvalidRecovery) -> OnCallHours? {
    guard from != nil || to != nil || days != nil else { return nil }
    guard let midnight = TimeSpan(hours: 24) else { return nil }
    return try OnCallHours(
      from: from ?? .zero, to: to ?? midnight, days: days ?? Set(OnCallHours.Day.allCases))
  }
}
