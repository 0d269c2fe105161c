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
