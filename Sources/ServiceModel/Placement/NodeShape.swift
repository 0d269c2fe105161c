/// What a node is, beside the room that it has for units.
public struct NodeShape: Sendable, Hashable {
  /// Its instance type, whose CPU, memory and price the price book knows; `nil`: not stated.
  public let machine: String?
  /// What is taken off for the system and for what runs on every node.
  public let withheld: ComputeResources
  /// The most units that a node takes; `nil`: as many as have room.
  public let mostUnits: Int?

  /// At which share of its CPU somebody is told; `nil`: nothing is stated.
  public let cpuAlert: PoolAlert?
  /// At which share of its memory.
  public let memoryAlert: PoolAlert?

  /// Nothing is stated.
  public static let unstated = NodeShape(
    machine: nil, withheld: .none, mostUnits: nil, cpuAlert: nil, memoryAlert: nil)
}
