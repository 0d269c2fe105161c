public import ServiceModel

/// A node that can be bought.
public struct NodeOffer: Hashable, Sendable {
  /// Its instance type.
  public let name: String
  /// All that it has.
  public let capacity: ComputeResources
  /// What it costs, in millionths of the currency per hour.
  public let microsPerHour: Int

  /// A node that can be bought.
  public init(name: String, capacity: ComputeResources, microsPerHour: Int) {
    (self.name, self.capacity, self.microsPerHour) = (name, capacity, microsPerHour)
  }
}
