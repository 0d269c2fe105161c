public import ServiceGraph

/// One replication, event by event.
public struct ReplicationTrace: Sendable {
  /// Which replication, from 0.
  public let replication: Int
  /// The graph that was followed; the numbers of events are places in it.
  public let graph: CompiledGraph
  /// The seed of the run it belongs to.
  public let seed: UInt64
  /// The time it covers.
  public let horizonHours: Double
  /// What happened, in order; what happened at one instant stands in the order of cause and effect.
  public let events: [TraceEvent]
}

/// Something that happened.
public struct TraceEvent: Sendable, Hashable {
  /// What happened; the numbers are places in the compiled graph.
  public enum Kind: Sendable, Hashable {
    /// A process failed; where its outage does not depend on what happens meanwhile: when it will be noticed, if not at
    /// once, and how long it lasts.
    case failure(process: Int, noticedAfterHours: Double?, lastsHours: Double?)
    /// Somebody or something noticed the failure.
    case noticed(process: Int)
    /// The process is restored.
    case restoration(process: Int)
    /// A role has passed from one unit to another.
    case roleMoved(role: Int, from: Int, to: Int)
    /// A unit that is repaired, and whose gates are up, begins to start.
    case starting(unit: Int)
    /// It has started.
    case started(unit: Int)
    /// A unit whose node may change goes down with the place where it is.
    case carried(unit: Int, process: Int)
    /// A unit comes up on another node, a domain of the model, so long after its own went down; `nil`: it has been there
    /// from before the beginning.
    case rescheduled(unit: Int, domain: Int, afterHours: Double?)
    /// Planned work goes on.
    case planned(work: Int, PlannedStep)
    /// Autoscaling wants another number of units for what is asked, in healthy units' worth.
    case scales(load: Int, from: Int, to: Int, asked: Double)
    /// The units that it ordered all run.
    case scaled(load: Int, running: Int)
    /// A capability is now down, or serves a fraction.
    case service(capability: Int, isDown: Bool, servedFraction: Double)
  }

  /// The hours since the beginning.
  public let hours: Double
  /// What happened.
  public let kind: Kind
}
