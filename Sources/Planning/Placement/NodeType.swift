/// A node that can be bought.
public struct NodeType: Hashable, Sendable {
  /// Its name.
  public var name: String
  /// What it has for pods, by resource.
  public var room: [Int]
  /// Its price, in whole units of anything; at least 1.
  public var price: Int
  /// What pods know it by.
  public var kind: Int

  /// A type of node.
  public init(name: String, room: [Int], price: Int, kind: Int = 0) {
    (self.name, self.room, self.price, self.kind) = (name, room, max(1, price), kind)
  }
}
