/// Hours of the week, months of the year, or both, in which a failure mode happens more often, or less.
///
/// The stated rate, time between failures or lifetime is that outside of them. Inside, the operating clock runs
/// `factor` times as fast: a constant rate is `factor` times as high, and a part that ages does so `factor` times as
/// quickly (a change of time: Cox and Oakes, *Analysis of survival data*, 1984, section 5.2). Repairs take calendar time.
public struct Season: Hashable, Sendable {
  /// When it is.
  public let when: CalendarHours
  /// How much faster the clock runs inside.
  public let factor: Double

  /// Hours and months with their factor, at least 0.
  public init(_ when: CalendarHours, factor: Double) {
    self.when = when
    self.factor = factor
  }

  /// The mean factor over the long run.
  public var meanFactor: Double { 1 + (factor - 1) * when.share }

  /// What its mean rate is over: a week or a year.
  package var cycle: String { when.months == nil ? "a week" : "a year" }
}

/// A season as written.
public struct SeasonDraft: Sendable {
  /// When it is.
  public var when: CalendarHoursDraft
  /// How much more often it happens in them.
  public var factor: Double

  /// A season that says when, and its factor.
  public init(_ when: CalendarHoursDraft, factor: Double) {
    self.when = when
    self.factor = factor
  }
}
