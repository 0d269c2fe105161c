/// How everything that is asked grows, and from when on.
public struct CapacityOutlook: Hashable, Sendable {
  /// The yearly growth of everything that is asked, in place of what the model states; `nil`: what it states.
  public var growthPerYear: Double?
  /// The least and the most growth, for a range of the date.
  public var range: ClosedRange<Double>?
  /// Today, in days since 1 January 1970; `nil`: years are counted from now on.
  public var today: Double?

  /// What the model states, counted from now on.
  public init() {}

  /// When something is full, in years from now.
  public struct Filling: Hashable, Sendable {
    /// At the growth that is expected.
    public let years: Double
    /// At the most growth.
    public let earliest: Double?
    /// At the least growth; `nil`: never.
    public let latest: Double?
  }

  /// When a share of a limit is used; `nil` where it never is or is not known.
  ///
  /// With the model's own growth there is no range.
  public func filling(of limit: CapacityLimit, until share: Double = 1) -> Filling? {
    let growth = growthPerYear ?? limit.growthPerYear
    guard let years = limit.years(until: share, growthPerYear: growth) else { return nil }
    guard let range, growthPerYear != nil else { return Filling(years: years, earliest: nil, latest: nil) }
    return Filling(
      years: years, earliest: limit.years(until: share, growthPerYear: range.upperBound),
      latest: limit.years(until: share, growthPerYear: range.lowerBound))
  }

  /// Whether a filling has a range.
  public var hasRange: Bool { range != nil && growthPerYear != nil }
}
