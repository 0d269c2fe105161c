/// Families of sets as a zero-suppressed decision diagram.
///
/// Elements are numbered by their level, from 0 at the top. Families are node numbers; equal families have equal
/// numbers. Every family that the operations take and return is *minimal*: no set of it contains another. A class,
/// since all families share its tables and handles must stay valid while they grow.
///
/// Sources: Minato, *Zero-suppressed BDDs for set manipulation in combinatorial problems*, DAC (1993); Rauzy, *New
/// algorithms for fault trees analysis*, RESS 40 (1993).
package final class ZeroSuppressedDiagram {
  /// A family of sets.
  package typealias Family = UInt32

  /// The family of no sets.
  package static let none: Family = 0
  /// The family of the empty set alone.
  package static let empty: Family = 1

  /// Thrown when an operation would need more nodes, or steps, than allowed.
  package struct TooLarge: Error {
    /// The limit that was reached.
    package let nodeLimit: Int
  }

  let storage: UnsafeMutablePointer<ZeroSuppressedStorage>
  /// The most nodes before operations give up.
  let nodeLimit: Int
  /// The most results of operations before they give up: time is bounded, too, some 50 s for the default limit.
  let stepLimit: Int

  /// An empty diagram that may grow to `nodeLimit` nodes of 36 bytes with their share of the tables.
  package init(nodeLimit: Int = 16_000_000) {
    storage = .allocate(capacity: 1)
    self.nodeLimit = min(nodeLimit, 1 << 31 - 1)
    stepLimit = 32 * self.nodeLimit
    storage.initialize(to: .allocate(nodeLimit: nodeLimit))
  }

  deinit {
    storage.pointee.deallocate()
    storage.deinitialize(count: 1)
    storage.deallocate()
  }

  /// How many nodes there are, with the two terminals.
  package var nodeCount: Int { storage.pointee.count }

  /// The family of one set with one element.
  package func element(_ level: Int) -> Family {
    storage.pointee.node(UInt32(level), ZeroSuppressedDiagram.none, ZeroSuppressedDiagram.empty)
  }

  /// The sets of `low`, and those of `high` with the element of a level above both.
  package func node(level: Int, low: Family, high: Family) throws(TooLarge) -> Family {
    guard storage.pointee.count < nodeLimit else { throw TooLarge(nodeLimit: nodeLimit) }
    return storage.pointee.node(UInt32(level), low, high)
  }

  /// An element's level, the sets without it, and the rests of the sets with it.
  package func parts(of family: Family) -> (level: Int, low: Family, high: Family)? {
    guard family > 1 else { return nil }
    let node = storage.pointee.nodes[Int(family)]
    return (Int(node.level), node.low, node.high)
  }

  /// The nodes that a family reaches among those numbered from `floor`, terminals left out, children before parents.
  package func nodes(of family: Family, from floor: Int = 2) -> [Family] {
    guard family >= max(floor, 2) else { return [] }
    let nodes = storage.pointee.nodes
    var isReached = [Bool](repeating: false, count: Int(family) + 1)
    isReached[Int(family)] = true
    var reached: [Family] = []
    for number in stride(from: Int(family), through: max(floor, 2), by: -1) where isReached[number] {
      isReached[Int(nodes[number].low)] = true
      isReached[Int(nodes[number].high)] = true
      reached.append(UInt32(number))
    }
    return reached.reversed()
  }

  /// The sets of `left` that contain no set of `right`.
  ///
  /// Source: Rauzy (1993), operation *without*.
  package func without(_ left: Family, _ right: Family) throws(TooLarge) -> Family {
    try result(.without, left, right)
  }

  /// The sets of `left` that are not sets of `right`.
  package func difference(_ left: Family, _ right: Family) throws(TooLarge) -> Family {
    try result(.difference, left, right)
  }

  /// The minimal sets of both.
  package func union(_ left: Family, _ right: Family) throws(TooLarge) -> Family {
    try result(.union, left, right)
  }

  /// The minimal unions of a set of `left` and one of `right` that have at most `limit` elements.
  package func product(
    _ left: Family, _ right: Family, limit: Int? = nil
  ) throws(TooLarge) -> Family {
    try result(.product, left, right, limit: limit.map { UInt32($0) } ?? ZeroSuppressedDiagram.unlimited)
  }

  /// Whether a limit of elements has left out a set in some product.
  package var isTruncated: Bool { storage.pointee.isTruncated }
}
