/// Outages as a log has them, and the calendar months in which somebody watched.
public struct ObservedDowntime: Sendable, Hashable {
  /// An outage, in milliseconds since 1970 UTC.
  public struct Outage: Sendable, Hashable {
    /// When it began.
    public let start: Int
    /// When it ended.
    public let end: Int
    /// The share of the service that was down, 0 to 1.
    public let weight: Double

    /// An outage.
    public init(start: Int, end: Int, weight: Double) {
      (self.start, self.end, self.weight) = (start, end, weight)
    }
  }

  /// A calendar month, or the part of it that was watched.
  public struct Month: Sendable, Hashable {
    /// How long it is, in hours.
    public let hours: Double
    /// How much of it was watched.
    public let watchedHours: Double
    /// The downtime in what was watched.
    public let downtimeHours: Double

    /// A month.
    public init(hours: Double, watchedHours: Double, downtimeHours: Double) {
      (self.hours, self.watchedHours, self.downtimeHours) = (hours, watchedHours, downtimeHours)
    }

    /// Whether all of it was watched.
    public var isComplete: Bool { watchedHours >= hours * (1 - 1e-9) }
  }

  /// The outages, each once.
  public let outages: [Outage]
  /// The months, in order.
  public let months: [Month]
  /// How long was watched, in hours.
  public let watchedHours: Double

  /// What a log has.
  public init(outages: [Outage], months: [Month], watchedHours: Double) {
    (self.outages, self.months, self.watchedHours) = (outages, months, watchedHours)
  }
}
