public import ServiceModel
internal import Stochastics

/// What is used of something that there is only so much of.
public struct CapacityLoad: Hashable, Sendable {
  /// What is used; `nil`: nobody said.
  public let used: Double?
  /// What there is; `nil`: nobody said.
  public let capacity: Double?

  /// What is used, of what there is.
  public init(used: Double?, capacity: Double?) { (self.used, self.capacity) = (used, capacity) }

  /// How full it is.
  public enum Fullness: Hashable, Sendable {
    /// The share that is used; above 1 more is asked than there is.
    case share(Double)
    /// Nothing is left of it, and something is asked.
    case gone
    /// Nobody said what is used, or what there is.
    case unknown
  }

  /// How full it is.
  public var fullness: Fullness {
    guard let used, let capacity else { return .unknown }
    if capacity > 0 { return .share(used / capacity) }
    return used > 0 ? .gone : .share(0)
  }

  /// By how much what is used may be multiplied until it is all there is; `nil` where nothing is used or it is not known.
  public var growth: Double? {
    guard let used, let capacity, used > 0 else { return nil }
    return capacity / used
  }
}

/// Something of a model that there is only so much of.
public struct CapacityLimit: Sendable {
  /// What is limited.
  public enum Kind: Hashable, Sendable {
    /// Work, in healthy units' worth, that capabilities ask of a component or role.
    case work(capabilities: [String])
    /// Slots of a pool that calls hold: traffic × latency by Little's law, and what other work takes.
    case slots
    /// Connections that a component accepts, against all that pools which lead there may open.
    case connections(from: [String])
    /// Connections that a component takes in, against those it may open itself: what session pooling hands on one by one.
    case handedOn
    /// Memory that all slots of a pool take at once, in bytes, in one unit; against what the unit asks its node for.
    case slotMemory
    /// Memory or storage of what units keep, in bytes: of one unit, or of all where each has a part.
    case data(DataPool.Kind, DataPool.Overflow)
    /// CPU that the units on the nodes of a pool may take, against what these have.
    case cpuLimits
    /// Memory that they may take, in bytes.
    case memoryLimits
    /// CPU of the nodes of a pool, asked for by the units that are on them.
    case cpu
    /// Memory of these nodes, in bytes.
    case memory
  }

  /// The load once a place is lost.
  public struct Loss: Sendable {
    /// The place.
    public let domain: String
    /// What is used of what is left.
    public let load: CapacityLoad
  }

  /// What it is: a component, a role, a pool.
  public let name: String
  /// What is limited.
  public let kind: Kind
  /// With everything up.
  public let now: CapacityLoad
  /// After the loss of one unit of what has it; `nil` where nodes have it, or nothing else.
  public let unit: CapacityLoad?
  /// After the loss of each node, in the order of the model.
  public let nodes: [Loss]
  /// After the loss of each zone.
  public let zones: [Loss]
  /// The yearly growth of what is asked, where the model states it: 0.2 is a fifth.
  public let growthPerYear: Double?
  /// The use at which somebody is told; `nil`: nothing is stated.
  public let alert: PoolAlert?

  /// The loss that leaves least room; `nil` where there is no such place.
  public static func worst(_ losses: [Loss]) -> Loss? {
    losses.enumerated().max { ($0.element.pressure, -$0.offset) < ($1.element.pressure, -$1.offset) }?.element
  }

  /// The years until what is asked is all there is, at the growth that the model states; 0 where it is already, `nil` where
  /// it never is or is not known.
  public var yearsUntilFull: Double? { years(until: 1, growthPerYear: growthPerYear) }

  /// The years until a share is used, ln(share × capacity / used) / ln(1 + g); 0 where it is already, `nil` where it never is
  /// or is not known.
  ///
  /// Worked: 3.8 of 4 GB that grow by a fifth a year are full in 0.281 years.
  public func years(until share: Double, growthPerYear: Double?) -> Double? {
    guard let growth = now.growth.map({ $0 * share }) else { return nil }
    if growth <= 1 { return 0 }
    guard let perYear = growthPerYear, perYear > 0 else { return nil }
    return portableLog(growth) / portableLog1p(perYear)
  }
}

extension CapacityLimit.Loss {
  fileprivate var pressure: Double {
    switch load.fullness {
    case .share(let share): share
    case .gone: .infinity
    case .unknown: -1
    }
  }
}
