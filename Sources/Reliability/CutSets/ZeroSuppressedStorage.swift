/// A node of a zero-suppressed diagram: the sets without its level's element, and the rests of those with it.
struct ZeroSuppressedNode {
  var level: UInt32
  var low: UInt32
  var high: UInt32
}

/// A remembered result of an operation, with its limit of elements.
struct ZeroSuppressedCacheEntry {
  var tag: UInt32
  var left: UInt32
  var right: UInt32
  var result: UInt32
}

/// A suspended step of an operation on two families.
struct ZeroSuppressedFrame {
  var left: UInt32
  var right: UInt32
  var tag: UInt32
  var step: UInt32
  var low: UInt32
  var spare: UInt32
}

/// The mutable tables of a zero-suppressed diagram.
///
/// Reached through a constant pointer, so that no exclusivity check runs on every access.
struct ZeroSuppressedStorage {
  /// All nodes; 0 is the family of no sets, 1 the family of the empty set alone. Children come before parents.
  var nodes: UnsafeMutablePointer<ZeroSuppressedNode>
  var count = 2
  var capacity: Int
  /// Open addressing over node numbers, at most half full; 0 is an empty place.
  var table: UnsafeMutablePointer<UInt32>
  var tableMask: Int
  /// A direct-mapped cache; a newer result overwrites an older one.
  var cache: UnsafeMutablePointer<ZeroSuppressedCacheEntry>
  var cacheMask: Int
  /// The most entries that the cache may have.
  let cacheLimit: Int
  /// How many results operations have made so far: what a budget of work counts.
  var steps = 0
  /// Whether a limit of elements has left out a set.
  var isTruncated = false
  /// The steps under way.
  var frames: UnsafeMutablePointer<ZeroSuppressedFrame>
  var frameCapacity: Int

  static let terminalLevel = UInt32.max

  static func allocate(nodeLimit: Int) -> ZeroSuppressedStorage {
    let capacity = 1 << 10
    var storage = ZeroSuppressedStorage(
      nodes: .allocate(capacity: capacity), capacity: capacity,
      table: .allocate(capacity: capacity * 2), tableMask: capacity * 2 - 1,
      cache: .allocate(capacity: capacity), cacheMask: capacity - 1,
      cacheLimit: min(max(nodeLimit, 1 << 12), 1 << 23),
      frames: .allocate(capacity: 256), frameCapacity: 256)
    storage.nodes[0] = ZeroSuppressedNode(level: terminalLevel, low: 0, high: 0)
    storage.nodes[1] = ZeroSuppressedNode(level: terminalLevel, low: 1, high: 1)
    storage.table.initialize(repeating: 0, count: capacity * 2)
    storage.clearCache()
    return storage
  }

  func deallocate() {
    nodes.deallocate()
    table.deallocate()
    cache.deallocate()
    frames.deallocate()
  }

  private mutating func clearCache() {
    cache.initialize(
      repeating: ZeroSuppressedCacheEntry(tag: .max, left: .max, right: .max, result: 0), count: cacheMask + 1
    )
  }

  /// Mixes three numbers so that the low bits depend on all of them.
  @inline(__always)
  static func hash(_ a: UInt32, _ b: UInt32, _ c: UInt32) -> Int {
    var mixed = (UInt64(b) << 32 | UInt64(c)) &* 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ (mixed >> 32) ^ UInt64(a)) &* 0xBF58_476D_1CE4_E5B9
    return Int(truncatingIfNeeded: (mixed ^ (mixed >> 32)) >> 1)
  }

  /// The node with these parts, found or made.
  mutating func node(_ level: UInt32, _ low: UInt32, _ high: UInt32) -> UInt32 {
    if high == 0 { return low }
    if count == capacity { grow() }
    var place = ZeroSuppressedStorage.hash(level, low, high) & tableMask
    while table[place] != 0 {
      let found = table[place]
      let node = nodes[Int(found)]
      if node.low == low, node.high == high, node.level == level { return found }
      place = (place + 1) & tableMask
    }
    nodes[count] = ZeroSuppressedNode(level: level, low: low, high: high)
    table[place] = UInt32(count)
    count += 1
    return UInt32(count - 1)
  }

  /// Doubles every table and puts the nodes into the new one.
  private mutating func grow() {
    let larger = UnsafeMutablePointer<ZeroSuppressedNode>.allocate(capacity: capacity * 2)
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
      var place = ZeroSuppressedStorage.hash(node.level, node.low, node.high) & tableMask
      while table[place] != 0 { place = (place + 1) & tableMask }
      table[place] = UInt32(number)
    }
  }

  /// Remembers a result, overwriting another.
  ///
  /// The cache doubles when it has been filled a few times over: a small diagram can need many operations.
  @inline(__always)
  mutating func remember(_ tag: UInt32, _ left: UInt32, _ right: UInt32, _ result: UInt32) {
    steps += 1
    if steps > cacheMask * 2, cacheMask < cacheLimit { growCache() }
    cache[ZeroSuppressedStorage.hash(tag, left, right) & cacheMask] = ZeroSuppressedCacheEntry(
      tag: tag, left: left, right: right, result: result)
  }

  /// Doubles the cache and keeps what it knew.
  private mutating func growCache() {
    let older = cache
    let olderCount = cacheMask + 1
    cache = .allocate(capacity: olderCount * 2)
    cacheMask = olderCount * 2 - 1
    clearCache()
    for place in 0..<olderCount where older[place].tag != .max {
      let entry = older[place]
      cache[ZeroSuppressedStorage.hash(entry.tag, entry.left, entry.right) & cacheMask] = entry
    }
    older.deallocate()
  }

  /// Makes room for one more step than `depth`.
  mutating func reserveFrame(_ depth: Int) {
    if depth < frameCapacity { return }
    let larger = UnsafeMutablePointer<ZeroSuppressedFrame>.allocate(capacity: frameCapacity * 2)
    larger.moveInitialize(from: frames, count: depth)
    frames.deallocate()
    frames = larger
    frameCapacity *= 2
  }
}
