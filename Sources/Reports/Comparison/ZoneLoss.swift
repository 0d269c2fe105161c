internal import Planning
internal import Reliability
public import ServiceGraph
internal import ServiceModel

/// What is left of a design when it loses the zone that hurts most.
public struct ZoneLoss: Sendable {
  /// What is left of a capability.
  public struct Service: Sendable, Hashable {
    /// The capability.
    public let capability: String
    /// The zone whose loss leaves least of it, once failover is over.
    public let zone: String
    /// The share served right after the loss, 0…1.
    public let atOnce: Double
    /// The share served once failover is over, 0…1.
    public let afterFailover: Double
  }

  /// The limit that is fullest after the loss of a zone.
  public struct Fullest: Sendable, Hashable {
    /// What is limited: a component, a role, a pool.
    public let name: String
    /// The zone that is lost.
    public let zone: String
    /// The share that is used of what is left; `nil` when nothing is left and something is asked.
    public let share: Double?
  }

  /// Each capability with its worst zone, in the order of the model.
  public let services: [Service]
  /// The fullest of the limits of which enough is known; `nil` when there is none.
  public let fullest: Fullest?

  /// What a model loses with a zone; `nil` when it has no zone.
  public init?(_ graph: CompiledGraph) {
    guard graph.model.domains.contains(where: { $0.kind == .zone }) else { return nil }
    let losses = DomainLossTable(graph, kind: .zone).rows
    services = graph.model.capabilities.indices.compactMap { index in
      losses.map { loss in
        let own = loss.capabilities[index]
        return Service(
          capability: own.capability, zone: loss.name, atOnce: own.atOnce.servedFraction,
          afterFailover: own.afterFailover.servedFraction)
      }.min { ($0.afterFailover, $0.atOnce) < ($1.afterFailover, $1.atOnce) }
    }
    fullest = Self.fullest(of: CapacityPlan(graph.model).limits)
  }

  private static func fullest(of limits: [CapacityLimit]) -> Fullest? {
    let known = limits.compactMap { limit -> Fullest? in
      guard let worst = CapacityLimit.worst(limit.zones) else { return nil }
      switch worst.load.fullness {
      case .share(let share): return Fullest(name: limit.name, zone: worst.domain, share: share)
      case .gone: return Fullest(name: limit.name, zone: worst.domain, share: nil)
      case .unknown: return nil
      }
    }
    return known.max { ($0.share ?? .infinity) < ($1.share ?? .infinity) }
  }
}
