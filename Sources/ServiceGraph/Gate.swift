public import Stochastics

/// One node of the structure function. Gates are numbered so that inputs come before what uses them.
public enum Gate: Sendable, Hashable {
  /// Always up, such as a role that needs no unit.
  case up
  /// A unit is not held down by anything.
  case unit(Int)
  /// At least so many of the gates are up; "and" is all of them, "or" is one.
  case atLeast(Int, [Int])
  /// A role of a component whose roles move. `settled` says when it is up once every failover has worked.
  case movingRole(Int, settled: Int)
}

/// A role of a component with failover: its units change.
public struct MovingRole: Sendable {
  /// The component's index.
  public let component: Int
  /// The role's index.
  public let role: Int
  /// The role as it is written, `ledger/writer`.
  public let name: String
  /// How many units it needs.
  public let required: Int
  /// The units that start in it.
  public let units: [Int]
  /// How it moves; `nil` for a role that only lends units to others.
  public internal(set) var failover: MovingFailover?
}

/// How a role moves, over dense indices.
public struct MovingFailover: Sendable {
  /// The moving roles whose units can take it, in order of preference.
  public let candidates: [Int]
  /// The time to notice, as independent parts in hours.
  public let detection: [any Distribution]
  /// The move, in hours.
  public let takes: any Distribution
  /// The probability that it works.
  public let works: Double
  /// The move by hand, in hours.
  public let manual: (any Distribution)?
  /// What must be up for it to work.
  public let needs: [Int]
  /// The gate that is up while its detector can see; `nil`: it always can.
  public internal(set) var seeingGate: Int?
  /// The detector that watches calls and notices, as an index into the model's delays; `nil`: the time alone does.
  public internal(set) var alert: Int?
  /// How long it takes to be noticed where no call fails.
  public internal(set) var otherwise: (any Distribution)?
}
