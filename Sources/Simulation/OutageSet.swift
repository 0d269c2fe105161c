/// Outages that are under way at once, few enough to look through.
struct OutageSet: ~Copyable {
  /// The most that it holds.
  static let limit = 32

  private let ends = FixedArray<Int64>(repeating: 0, count: OutageSet.limit)
  private let processes = FixedArray<Int32>(repeating: 0, count: OutageSet.limit)
  private(set) var count = 0

  /// When the next of them ends; the largest time when there is none.
  @inline(__always)
  var nextEnd: Int64 {
    var least = Int64.max
    for place in 0..<count { least = min(least, ends[place]) }
    return least
  }

  @inline(__always)
  subscript(place: Int) -> Int32 { processes[place] }

  /// Takes an outage in, in the order of the processes.
  @inline(__always)
  mutating func insert(_ process: Int32, until end: Int64) {
    var place = count
    while place > 0, processes[place - 1] > process {
      processes[place] = processes[place - 1]
      ends[place] = ends[place - 1]
      place -= 1
    }
    processes[place] = process
    ends[place] = end
    count += 1
  }

  /// Whether an outage of a process is under way.
  func contains(_ process: Int32) -> Bool {
    for place in 0..<count where processes[place] == process { return true }
    return false
  }

  /// Lets go of those that end at a time.
  @inline(__always)
  mutating func remove(endingAt time: Int64) {
    var kept = 0
    for place in 0..<count {
      let end = ends[place]
      processes[kept] = processes[place]
      ends[kept] = end
      kept += end == time ? 0 : 1
    }
    count = kept
  }

  /// The key of two processes, the smaller number first; 0 where numbers are too large.
  @inline(__always)
  static func key(_ low: Int32, _ high: Int32) -> UInt64 {
    high < 0xffff ? UInt64(low + 1) << 16 | UInt64(high + 1) : 0
  }

  /// What tells sets of two to four processes apart; 0 for other sets, and where numbers are too large.
  @inline(__always)
  var key: UInt64 {
    guard count <= 4, processes[count - 1] < 0xffff else { return 0 }
    var key: UInt64 = 0
    for place in 0..<count { key = key << 16 | UInt64(processes[place] + 1) }
    return key
  }
}
