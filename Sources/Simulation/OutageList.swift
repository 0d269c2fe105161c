/// One outage of a process in a replication, in ticks.
struct OutageInterval: BitwiseCopyable {
  let start: Int64
  /// When it is noticed.
  let noticed: Int64
  let end: Int64
  let process: Int32

  /// A place that holds no outage yet.
  static let none = OutageInterval(start: 0, noticed: 0, end: 0, process: 0)
  /// What comes after the last.
  static let never = OutageInterval(start: .max, noticed: .max, end: .max, process: 0)
}

/// The outages of a replication, in memory with one owner that grows and never shrinks.
struct OutageList: ~Copyable {
  private var memory = FixedArray<OutageInterval>(repeating: .none, count: 256)
  private(set) var count = 0

  @inline(__always)
  subscript(index: Int) -> OutageInterval {
    get { memory[index] }
    nonmutating set { memory[index] = newValue }
  }

  mutating func removeAll() { count = 0 }

  /// Keeps those for whose place 1 comes back, and not 0, in their order.
  @inline(__always)
  mutating func keep(_ share: (Int) -> Int) {
    var kept = 0
    for place in 0..<count {
      memory[kept] = memory[place]
      kept &+= share(place)
    }
    count = kept
  }

  @inline(__always)
  mutating func append(_ outage: OutageInterval) {
    if count == memory.count { grow(to: 2 * count) }
    memory[count] = outage
    count += 1
  }

  /// Holds `count` outages from here on; the new ones are whatever is there.
  mutating func resize(to count: Int) {
    if count > memory.count { grow(to: 2 * count) }
    self.count = count
  }

  /// Puts one that never begins behind the last.
  mutating func close() {
    if count == memory.count { grow(to: 2 * count) }
    memory[count] = .never
  }

  private mutating func grow(to capacity: Int) {
    let larger = FixedArray<OutageInterval>(repeating: .none, count: capacity)
    for place in 0..<min(count, memory.count) { larger[place] = memory[place] }
    memory = larger
  }
}
