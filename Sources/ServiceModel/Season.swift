public import Quantities
public import Recovery

/// Hours of the week in which a failure mode happens more often, or less.
///
/// The stated rate, time between failures or lifetime is that outside these hours. Inside, the operating clock runs
/// `factor` times as fast: a constant rate is `factor` times as high, and a part that ages does so `factor` times as
/// quickly (a change of time: Cox and Oakes, *Analysis of survival data*, 1984, section 5.2). Repairs take calendar time.
public struct Season: Hashable, Sendable {
  /// The hours; time 0 is Monday 1 January, 00:00 UTC.
  public let hours: OnCallHours
  /// How much faster the clock runs inside.
  public let factor: Double

  /// Hours with their factor, at least 0.
  public init(hours: OnCallHours, factor: Double) {
    self.hours = hours
    self.factor = factor
  }

  /// The hours in a week.
  package static let weekHours = OnCallHours.weekHours

  /// From when to when the factor holds, in hours of the week, ascending and apart.
  package var shifts: [ClosedRange<Double>] { hours.shifts }

  /// The mean factor over a week.
  public var meanFactor: Double { 1 + (factor - 1) * hours.share }
}

/// A season as written.
public struct SeasonDraft: Sendable {
  /// When its hours begin on each day.
  public var from: TimeSpan
  /// When they end.
  public var to: TimeSpan
  /// The days on which they begin.
  public var days: Set<OnCallHours.Day>
  /// How much more often it happens in them.
  public var factor: Double

  /// Hours and their factor.
  public init(from: TimeSpan, to: TimeSpan, days: Set<OnCallHours.Day>, factor: Double) {
    self.from = from
    self.to = to
    self.days = days
    self.factor = factor
  }
}
