public import Diagnostics
public import Quantities
public import Recovery
public import Stochastics

/// Work on purpose that takes units down again and again: deploys, patches, drains of nodes.
///
/// An *occasion* comes every so often and goes through the units in *waves*, one after the other. Failures of units go on
/// meanwhile, and work makes no unit younger.
public struct PlannedWork: Sendable {
  /// How many places, units or nodes, a wave takes.
  public enum AtOnce: Sendable, Hashable {
    /// So many, at least 1.
    case places(Int)
    /// All of them.
    case all
  }

  /// The name, unique within its component or domain.
  public let name: String
  /// From one occasion to the next.
  public let every: TimeSpan
  /// How long a wave holds its units down, in hours.
  public let takes: any Distribution
  /// How many places a wave takes.
  public let atOnce: AtOnce
  /// The hours of the week in which waves begin; `nil`: at any time. Time 0 is Monday 1 January, 00:00 UTC.
  public let window: OnCallHours?
  /// Where it was written.
  public let location: SourceLocation
}

/// Planned work as written.
public struct PlannedWorkDraft: Sendable {
  /// The hours of the week in which waves begin, as written.
  public struct Window: Sendable {
    /// When they begin on each day.
    public var from: TimeSpan
    /// When they end.
    public var to: TimeSpan
    /// The days on which they begin.
    public var days: Set<OnCallHours.Day>

    /// A window.
    public init(from: TimeSpan, to: TimeSpan, days: Set<OnCallHours.Day>) {
      self.from = from
      self.to = to
      self.days = days
    }
  }

  /// The name.
  public var name: Located<String>
  /// From one occasion to the next.
  public var every: TimeSpan
  /// How long a wave takes, in hours.
  public var takes: any Distribution
  /// How many places a wave takes.
  public var atOnce = PlannedWork.AtOnce.places(1)
  /// When waves begin; `nil`: at any time.
  public var window: Located<Window>?

  /// Work on one place at a time, at any time.
  public init(name: Located<String>, every: TimeSpan, takes: any Distribution) {
    self.name = name
    self.every = every
    self.takes = takes
  }
}
