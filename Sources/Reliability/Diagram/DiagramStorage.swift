/// A node of a decision diagram: what holds when its variable is false, and when it is true.
struct DiagramNode {
  var variable: UInt32
  var low: UInt32
  var high: UInt32
}

/// A remembered result of if-then-else.
struct DiagramCacheEntry {
  var test: UInt32
  var then: UInt32
  var otherwise: UInt32
  var result: UInt32
}

/// The mutable tables of a decision diagram.
///
/// Reached through a constant pointer, so that no exclusivity check runs on every access; that halves the
/// instructions compared with stored properties of the class.
struct DiagramStorage {
  /// All nodes; 0 and 1 are the terminals. Children come before parents.
  var nodes: UnsafeMutablePointer<DiagramNode>
  var count: Int
  var capacity: Int
  /// Open addressing over node numbers; 0 is an empty place.
  var table: UnsafeMutablePointer<UInt32>
  var tableMask: Int
  /// A direct-mapped cache; a newer result overwrites an older one.
  var cache: UnsafeMutablePointer<DiagramCacheEntry>
  var cacheMask: Int

  static let terminalVariable = UInt32.max

  static func allocate() -> DiagramStorage {
    let capacity = 1 << 10
    var storage = DiagramStorage(
      nodes: .allocate(capacity: capacity), count: 2, capacity: capacity,
      table: .allocate(capacity: capacity * 2), tableMask: capacity * 2 - 1,
      cache: .allocate(capacity: capacity * 2), cacheMask: capacity * 2 - 1)
    storage.nodes[0] = DiagramNode(variable: terminalVariable, low: 0, high: 0)
    storage.nodes[1] = DiagramNode(variable: terminalVariable, low: 1, high: 1)
    storage.table.initialize(repeating: 0, count: capacity * 2)
    storage.clearCache()
    return storage
  }

  func deallocate() {
    nodes.deallocate()
    table.deallocate()
    cache.deallocate()
  }

  mutating func clearCache() {
    cache.initialize(
      repeating: DiagramCacheEntry(test: .max, then: 0, otherwise: 0, result: 0), count: cacheMask + 1)
  }

  /// Mixes three numbers so that the low bits depend on all of them.
  static func hash(_ a: UInt32, _ b: UInt32, _ c: UInt32) -> Int {
    var mixed = UInt64(a) &* 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ UInt64(b)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 29) ^ UInt64(c)) &* 0x94D0_49BB_1331_11EB
    return Int(truncatingIfNeeded: (mixed ^ (mixed >> 32)) & 0x7FFF_FFFF_FFFF_FFFF)
  }

  /// The node with these parts, found or made.
  mutating func node(_ variable: UInt32, _ low: UInt32, _ high: UInt32) -> UInt32 {
    if low == high { return low }
    var place = DiagramStorage.hash(variable, low, high) & tableMask
    while table[place] != 0 {
      let found = table[place]
      if nodes[Int(found)].variable == variable, nodes[Int(found)].low == low, nodes[Int(found)].high == high
      {
        return found
      }
      place = (place + 1) & tableMask
    }
    if count == capacity {
      grow()
      return node(variable, low, high)
    }
    nodes[count] = DiagramNode(variable: variable, low: low, high: high)
    table[place] = UInt32(count)
    count += 1
    return UInt32(count - 1)
  }

  /// Doubles every table and puts the nodes into the new one.
  private mutating func grow() {
    let larger = UnsafeMutablePointer<DiagramNode>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: nodes, count: count)
    nodes.deallocate()
    nodes = larger
    capacity *= 2
    table.deallocate()
    table = .allocate(capacity: capacity * 2)
    table.initialize(repeating: 0, count: capacity * 2)
    tableMask = capacity * 2 - 1
    for number in 2..<count {
      let node = nodes[number]
      var place = DiagramStorage.hash(node.variable, node.low, node.high) & tableMask
      while table[place] != 0 { place = (place + 1) & tableMask }
      table[place] = UInt32(number)
    }
    cache.deallocate()
    cache = .allocate(capacity: capacity)
    cacheMask = capacity - 1
    clearCache()
  }
}
