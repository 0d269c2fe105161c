public import ServiceModel
public import Stochastics

/// Processes that are not independent: repairs wait for the same crew, or units stand by or share their load.
///
/// What happens to one group is independent of everything else. Everything is counted: processes of a class, and units
/// of a pool, can be exchanged for each other.
public struct DependentGroup: Sendable {
  /// Processes with the same law of up times, the same outage and the same crew.
  public struct FailureClass: Sendable {
    /// The processes, ascending.
    public let processes: [Int]
    /// How many parts of the outage pass before a crew is needed: detection, and response unless the crew responds.
    public let partsBeforeRepair: Int
    /// The crew that the repair needs, as an index into the model's crews.
    public let crew: Int?
    /// How urgent the repair is: smaller first.
    public let priority: Int
    /// The pool whose units fail, as an index into the group's pools; `nil`: each process runs by itself.
    public let pool: Int?
  }

  /// The units of a component with spares, or that share their load.
  public struct Pool: Sendable {
    /// The component's index.
    public let component: Int
    /// Its units.
    public let units: [Int]
    /// How many of them work at once.
    public let running: Int
    /// Its spares; `nil`: all units work.
    public let standby: Standby?
    /// How the failure rate grows with the load; `nil`: it does not.
    public let loadSharing: LoadSharing?
    /// The detector that lets spares take over, as an index into the model's delays, where it watches calls; `nil`: it does not.
    public let alert: Int?
    /// How long a loss takes to be noticed of which that detector sees nothing, in hours.
    public let otherwise: (any Distribution)?
  }

  /// What can fail.
  public let classes: [FailureClass]
  /// The pools.
  public let pools: [Pool]
  /// The crews, as indices into the model's crews, ascending.
  public let crews: [Int]

  /// The processes of all classes, ascending.
  public var processes: [Int] { classes.flatMap(\.processes).sorted() }

  /// Whether its processes wait for the same crews, or units stand by or share their load.
  public var isCoupled: Bool { !crews.isEmpty || !pools.isEmpty }
}
