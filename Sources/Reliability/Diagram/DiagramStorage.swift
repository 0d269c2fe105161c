/// A node of a decision diagram: what holds when its variable is false, and when it is true.
///
/// Edges are functions: twice a node's number, plus one for the opposite. The low edge is never an opposite, which
/// makes nodes unique; the opposite of a function costs nothing.
struct DiagramNode {
  var variable: UInt32
  var low: UInt32
  var high: UInt32
}

/// A remembered result of an operation on three functions; and and xor have a tag in place of the third.
struct DiagramCacheEntry {
  var first: UInt32
  var second: UInt32
  var third: UInt32
  var result: UInt32
}

/// One suspended step of an operation.
struct DiagramFrame {
  var first: UInt32
  var second: UInt32
  var third: UInt32
  var variable: UInt32
  /// The finished low cofactor, or `DiagramStorage.none`.
  var low: UInt32
  /// One when the step's result is to be negated.
  var sign: UInt32
}

/// The mutable tables of a decision diagram.
///
/// Reached through a constant pointer, so that no exclusivity check runs on every access; that halves the
/// instructions compared with stored properties of the class.
struct DiagramStorage {
  /// All nodes; 0 is the terminal. Children come before parents.
  var nodes: UnsafeMutablePointer<DiagramNode>
  var count = 1
  var capacity: Int
  /// Open addressing over node numbers; 0 is an empty place. The highest bits of an entry are some of the node's
  /// hash, so that other nodes are seldom looked at.
  var table: UnsafeMutablePointer<UInt32>
  var tableMask: Int
  /// A direct-mapped cache; a newer result overwrites an older one.
  var cache: UnsafeMutablePointer<DiagramCacheEntry>
  var cacheMask: Int
  /// 64 less the binary logarithm of how many places the cache has, and the same for the table.
  var cacheShift: UInt64
  var tableShift: UInt64
  /// Suspended steps.
  var frames: UnsafeMutablePointer<DiagramFrame>
  var frameCount = 0
  var frameCapacity: Int
  /// Steps that needed work of their own so far, and the most before operations give up.
  var steps = 0
  var stepLimit = Int.max
  /// The most nodes before operations give up.
  var nodeLimit: Int

  static let terminalVariable = UInt32.max
  /// The bits of a table's entry that hold a number.
  static let numberMask: UInt32 = 1 << 26 - 1
  /// No function: not yet known, or given up.
  static let none = UInt32.max
  /// In place of the third operand.
  static let andTag = UInt32.max - 1
  static let xorTag = UInt32.max - 2
  /// 16 MiB of remembered results: more of them miss the processor's caches more often than they save steps.
  static let largestCache = 1 << 20

  static func allocate(nodeLimit: Int) -> DiagramStorage {
    let capacity = 1 << 7
    let storage = DiagramStorage(
      nodes: .allocate(capacity: capacity), capacity: capacity,
      table: .allocate(capacity: capacity * 2), tableMask: capacity * 2 - 1,
      cache: .allocate(capacity: capacity), cacheMask: capacity - 1, cacheShift: 64 - 7, tableShift: 64 - 8,
      frames: .allocate(capacity: 32), frameCapacity: 32, nodeLimit: nodeLimit)
    storage.nodes[0] = DiagramNode(variable: terminalVariable, low: 0, high: 0)
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

  func clearCache() {
    let empty = DiagramCacheEntry(first: DiagramStorage.none, second: 0, third: 0, result: 0)
    cache.initialize(repeating: empty, count: cacheMask + 1)
  }

  /// Mixes three numbers so that the high bits depend on all of them.
  @inline(__always)
  static func hash(_ a: UInt32, _ b: UInt32, _ c: UInt32) -> UInt64 {
    ((UInt64(a) | UInt64(b) << 32) &* 0x9E37_79B9_7F4A_7C15) &+ UInt64(c) &* 0xD6E8_FEB8_6659_FD93
  }

  /// Where a result with these operands is remembered.
  @inline(__always)
  func cachePlace(_ a: UInt32, _ b: UInt32, _ c: UInt32) -> Int {
    Int(truncatingIfNeeded: DiagramStorage.hash(a, b, c) &>> cacheShift)
  }

  /// Where the search for a node begins, and the bits of its hash that its entry holds.
  @inline(__always)
  func tablePlace(_ variable: UInt32, _ low: UInt32, _ high: UInt32) -> (place: Int, mark: UInt32) {
    let hash = DiagramStorage.hash(low, high, variable)
    return (
      Int(truncatingIfNeeded: hash &>> tableShift),
      UInt32(truncatingIfNeeded: hash &>> (tableShift &- 32)) & ~DiagramStorage.numberMask
    )
  }

  /// The function that is `high` when the variable is true and `low` when not, found or made.
  @inline(__always)
  mutating func node(_ variable: UInt32, _ low: UInt32, _ high: UInt32) -> UInt32 {
    if low == high { return low }
    let sign = low & 1
    return regularNode(variable, low ^ sign, high ^ sign, sign)
  }

  @inline(never)
  private mutating func regularNode(
    _ variable: UInt32, _ low: UInt32, _ high: UInt32, _ sign: UInt32
  ) -> UInt32 {
    var (place, mark) = tablePlace(variable, low, high)
    while table[place] != 0 {
      if (table[place] ^ mark) <= DiagramStorage.numberMask {
        let found = Int(table[place] ^ mark)
        if nodes[found].low == low, nodes[found].high == high, nodes[found].variable == variable {
          return UInt32(truncatingIfNeeded: found) << 1 | sign
        }
      }
      place = (place &+ 1) & tableMask
    }
    if count == capacity {
      grow()
      (place, mark) = tablePlace(variable, low, high)
      while table[place] != 0 { place = (place &+ 1) & tableMask }
    }
    nodes[count] = DiagramNode(variable: variable, low: low, high: high)
    table[place] = UInt32(truncatingIfNeeded: count) | mark
    count &+= 1
    return UInt32(truncatingIfNeeded: count &- 1) &<< 1 | sign
  }

  /// Doubles the tables, and puts nodes and remembered results into the new ones.
  private mutating func grow() {
    capacity *= 2
    let moved = UnsafeMutablePointer<DiagramNode>.allocate(paged: capacity)
    moved.moveInitialize(from: nodes, count: count)
    nodes.deallocate()
    nodes = moved
    table.deallocate()
    table = .allocate(paged: capacity * 2)
    tableMask = capacity * 2 - 1
    tableShift -= 1
    fillTable()
    if cacheMask + 1 < min(capacity, DiagramStorage.largestCache) { growCache() }
  }

  /// Puts every node into the emptied table.
  mutating func fillTable() {
    table.initialize(repeating: 0, count: tableMask + 1)
    for number in 1..<max(count, 1) {
      let node = nodes[number]
      var (place, mark) = tablePlace(node.variable, node.low, node.high)
      while table[place] != 0 { place = (place &+ 1) & tableMask }
      table[place] = UInt32(truncatingIfNeeded: number) | mark
    }
  }

  private mutating func growCache() {
    let (old, oldCount) = (cache, cacheMask + 1)
    cache = .allocate(paged: oldCount * 2)
    cacheMask = oldCount * 2 - 1
    cacheShift -= 1
    clearCache()
    for index in 0..<oldCount where old[index].first != DiagramStorage.none {
      let entry = old[index]
      cache[cachePlace(entry.first, entry.second, entry.third)] = entry
    }
    old.deallocate()
  }

  /// Suspends a step; false when there were too many.
  @inline(__always)
  mutating func push(_ frame: DiagramFrame) -> Bool {
    steps &+= 1
    if frameCount == frameCapacity {
      let larger = UnsafeMutablePointer<DiagramFrame>.allocate(capacity: frameCapacity * 2)
      larger.moveInitialize(from: frames, count: frameCount)
      frames.deallocate()
      frames = larger
      frameCapacity *= 2
    }
    frames[frameCount] = frame
    frameCount &+= 1
    return steps <= stepLimit && count < nodeLimit
  }

  /// Keeps what some functions reach, moves it together and renumbers the functions.
  mutating func collect(keeping functions: inout [UInt32]) {
    var numbers = [UInt32](repeating: 0, count: count)
    for function in functions { numbers[Int(function >> 1)] = 1 }
    for number in stride(from: count - 1, to: 0, by: -1) where numbers[number] != 0 {
      numbers[Int(nodes[number].low >> 1)] = 1
      numbers[Int(nodes[number].high >> 1)] = 1
    }
    numbers[0] = 0
    var kept = 1
    for number in 1..<max(count, 1) where numbers[number] != 0 {
      let node = nodes[number]
      numbers[number] = UInt32(truncatingIfNeeded: kept)
      nodes[kept] = DiagramNode(
        variable: node.variable, low: numbers[Int(node.low >> 1)] << 1 | node.low & 1,
        high: numbers[Int(node.high >> 1)] << 1 | node.high & 1)
      kept += 1
    }
    count = kept
    fillTable()
    clearCache()
    for index in functions.indices {
      functions[index] = numbers[Int(functions[index] >> 1)] << 1 | functions[index] & 1
    }
  }
}
