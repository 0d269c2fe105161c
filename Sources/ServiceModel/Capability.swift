public import Diagnostics
public import Quantities
public import Recovery

/// What users call *the service*: something that is up, degraded to a fraction, or down.
public struct Capability: Sendable {
  /// How much of a component's work is needed.
  public struct Demand: Sendable, Hashable {
    /// The component or role that does the work.
    public let target: Target
    /// How many healthy units' worth of it.
    public let units: Double
    /// Where it was written.
    public let location: SourceLocation
  }

  /// The name, unique among capabilities.
  public let name: String
  /// A name for people.
  public let title: String?
  /// What it needs.
  public let dependencies: [Dependency<Target>]
  /// How much work it asks for.
  public let demands: [Demand]
  /// How that changes with time; `nil`: it is the same at all hours.
  public let profile: DemandProfile?
  /// What is promised.
  public let objectives: [Objective]
  /// What its recovery from an outage has to meet.
  public let recoveryObjectives: [RecoveryObjective]
  /// How long its requests may take.
  public let latencyObjectives: [LatencyObjective]
  /// What an hour without it costs.
  public let downtimeCost: MoneyRate?
  /// What being without it costs beside that; `nil` when nothing does.
  public let downtimeTerms: DowntimeTerms?
}

/// A promise about availability over windows of time.
public struct Objective: Sendable, Hashable {
  /// The windows over which a promise is kept or missed.
  public enum Window: Sendable, Hashable {
    /// January, February, …, of a year that is no leap year.
    case calendarMonth
    /// 365 days.
    case year
    /// Windows of this length, one after the other.
    case tumbling(TimeSpan)
  }

  /// The name, unique within its capability.
  public let name: String
  /// The availability promised.
  public let availability: Availability
  /// The windows it is promised for.
  public let window: Window
  /// Whether downtime that planned work alone brings does not count.
  public let excludesPlanned: Bool

  /// A promise.
  public init(name: String, availability: Availability, window: Window, excludesPlanned: Bool = false) {
    self.excludesPlanned = excludesPlanned
    self.name = name
    self.availability = availability
    self.window = window
  }

  /// The window as it is written.
  public var windowText: String {
    switch window {
    case .calendarMonth: "calendar month"
    case .year: "year"
    case .tumbling(let length): length.exactText
    }
  }
}
