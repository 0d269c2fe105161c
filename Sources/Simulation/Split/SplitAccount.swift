/// How the downtime of one replication splits up, of each capability, over the places of a list such as causes.
///
/// Only the places that have any are looked at when a replication ends, so that long lists cost nothing.
struct SplitAccount: ~Copyable {
  private let ticks: FixedArray<Int64>
  private let placeCount: Int
  /// Where there are any ticks: capability × places + place.
  private var occupied: [Int] = []

  init(capabilities: Int, places: Int) {
    ticks = FixedArray(repeating: 0, count: capabilities * places)
    placeCount = places
  }

  /// Starts a replication.
  mutating func open() {
    for slot in occupied { ticks[slot] = 0 }
    occupied.removeAll(keepingCapacity: true)
  }

  /// Adds a stretch of downtime to a place.
  @inline(__always)
  mutating func charge(_ capability: Int, _ place: Int, _ length: Int64) {
    let slot = capability * placeCount + place
    if ticks[slot] == 0 { occupied.append(slot) }
    ticks[slot] += length
  }

  /// Hands out what the replication has at each place that has any.
  func forEach(_ body: (_ capability: Int, _ place: Int, _ ticks: Int64) -> Void) {
    for slot in occupied { body(slot / placeCount, slot % placeCount, ticks[slot]) }
  }
}
