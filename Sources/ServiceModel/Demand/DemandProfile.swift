public import Diagnostics
public import Quantities
internal import Stochastics

/// How the demand of a capability changes over the day, the week and the years; what it states as `demand` is 100 %.
///
/// Time 0 is Monday 1 January, 00:00 UTC. The level at a time is that of the hour of the day × `weekend` on Saturdays and
/// Sundays × (1 + `growthPerYear`)^(m / 12), where m whole calendar months have passed.
public struct DemandProfile: Hashable, Sendable {
  /// A level from an hour of the day on.
  public struct Step: Hashable, Sendable {
    /// The hour, 0 or more and less than 24.
    public let hour: Double
    /// The share of the stated demand.
    public let load: Double
  }

  /// The levels of a day by their hour, ascending; the last one holds until the first hour of the next day.
  public let day: [Step]
  /// Multiplies the level on Saturdays and Sundays.
  public let weekend: Double
  /// How much more is asked after a year: 0.2 is a fifth.
  public let growthPerYear: Double

  /// The level at an hour of the week, before growth.
  public func level(atHourOfWeek hour: Double) -> Double {
    let ofDay = hour.truncatingRemainder(dividingBy: 24)
    let step = day.last { $0.hour <= ofDay } ?? day[day.count - 1]
    return step.load * (hour >= DemandProfile.saturday ? weekend : 1)
  }

  /// The lowest level of all times; 0 where less is asked for every year.
  var leastLevel: Double {
    growthPerYear < 0 ? 0 : changes.map { level(atHourOfWeek: $0) }.min() ?? 1
  }

  /// What growth has made of the demand after so many whole months.
  public func growth(afterMonths months: Int) -> Double {
    growthPerYear == 0 ? 1 : portablePower(1 + growthPerYear, Double(months) / 12)
  }

  /// Where the level may change, in hours of the week, ascending; 0 is the first.
  public var changes: [Double] {
    let ofDays = (0..<7).flatMap { day in self.day.map { Double(day) * 24 + $0.hour } }
    return Set(ofDays + [0, DemandProfile.saturday]).sorted()
  }

  /// The hour of the week at which Saturday begins.
  static let saturday = 120.0
}

/// A profile as written.
public struct DemandProfileDraft: Sendable {
  /// Levels by the time of day from which they hold.
  public var day: [(from: Located<TimeSpan>, load: Double)]
  /// Multiplies the level on Saturdays and Sundays; `nil`: days are alike.
  public var weekend: Double?
  /// Growth per year; `nil`: none.
  public var growth: Located<Double>?

  /// A profile.
  public init(day: [(from: Located<TimeSpan>, load: Double)], weekend: Double?, growth: Located<Double>?) {
    (self.day, self.weekend, self.growth) = (day, weekend, growth)
  }
}
