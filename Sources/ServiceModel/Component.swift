public import Quantities
public import Recovery
public import Stochastics

/// A part of the service: one or more units that do the same work, perhaps in several roles.
public struct Component: Sendable {
  /// One replica.
  public struct Unit: Sendable, Hashable {
    /// Its full name: `api/1`, or `ledger/reader/2`.
    public let name: String
    /// The role it starts in, as an index into the component's roles.
    public let role: Int
    /// The domain it is placed in, as an index into the model's domains.
    public let domain: Int?
  }

  /// What some of the units do, such as writer or reader. A component without roles has one without a name.
  public struct Role: Sendable, Hashable {
    /// The role's name; `nil` for the one role of a component that states none.
    public let name: String?
    /// The units that start in it, as indices into the component's units.
    public let units: Range<Int>
    /// How many of them must be up.
    public let required: Int
  }

  /// The name; unique among domains and components.
  public let name: String
  /// A name for people.
  public let title: String?
  /// The roles, at least one.
  public let roles: [Role]
  /// The units of all roles.
  public let units: [Unit]
  /// The ways in which it fails.
  public let modes: [FailureMode]
  /// What it needs from others.
  public let dependencies: [Dependency<Target>]
  /// How roles move to other units.
  public let failovers: [Failover]
  /// Its spares; `nil`: all units work.
  public let standby: Standby?
  /// How the failure rate of its units grows with their load; `nil`: it does not.
  public let loadSharing: LoadSharing?
  /// The data that it keeps; `nil`: none is stated.
  public let data: ComponentData?
  /// What its recovery has to meet.
  public let objectives: [RecoveryObjective]
  /// How its units start after a repair; `nil`: they are up at once.
  public let start: StartRule?
  /// When and where its units come up after their node is lost; `nil`: they wait for it.
  public let rescheduling: Rescheduling?
  /// Work on its units on purpose.
  public let planned: [PlannedWork]
  /// How many of its units planned work leaves up; `nil`: it does not ask.
  public let disruptionBudget: DisruptionBudget?
  /// How many of its units run, by what is asked of them; `nil`: all of them, always.
  public let autoscaling: Autoscaling?
  /// What each of its units asks of its node; `nil`: nothing is stated.
  public let requests: ComputeResources?
  /// Where its units may be beside each other.
  public let placement: PlacementRules
  /// How long a request takes in it beside its calls, in hours; `nil`: nothing is stated.
  public let work: (any Distribution)?
  /// How much its units matter where there is not room for all; `nil`: nothing is stated.
  public let priority: UnitPriority?

  /// The index of the role with a name.
  public func role(named name: String) -> Int? { roles.firstIndex { $0.name == name } }
}

/// How a role moves to another unit when its holder is down.
public struct Failover: Sendable {
  /// The role that moves.
  public let role: Int
  /// The roles whose units can take it, in order of preference.
  public let candidates: [Int]
  /// How long until the loss of the holder is noticed, as a sum of independent parts in hours.
  public let detection: [any Distribution]
  /// How long the move takes once noticed, in hours.
  public let takes: any Distribution
  /// The probability that it works: its coverage.
  public let works: Probability
  /// How long it takes by hand when it does not work, in hours; `nil`: until the holder returns.
  public let manual: (any Distribution)?
  /// The data lost by one failover, as the time by which replication lags.
  public let loses: TimeSpan?
  /// What must be up for an automatic failover.
  public let needs: [Target]
  /// The detector that notices, as an index into the model's delays; `nil`: a stated time.
  public let detector: Int?
}

/// A component or one of its roles.
public struct Target: Sendable, Hashable {
  /// The component's index.
  public let component: Int
  /// The role's index; `nil` for the component as a whole, which is up when all its roles are.
  public let role: Int?
  /// One of the component's units alone, without what the component depends on; `nil` for as many as it needs.
  public let unit: Int?

  /// Names a component, one of its roles or one of its units.
  public init(component: Int, role: Int? = nil, unit: Int? = nil) {
    self.component = component
    self.role = role
    self.unit = unit
  }
}
