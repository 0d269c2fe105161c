/// What sets of outages do together, for the sets seen most recently: the structure function is asked once for each, and
/// memory does not grow with the run.
struct SetStates: ~Copyable {
  private static let slotBits: UInt64 = 12

  /// Which set each slot holds; 0 for none.
  private let keys = FixedArray<UInt64>(repeating: 0, count: 1 << SetStates.slotBits)
  /// Where each slot's state is, negative when everything is fully served.
  private let indices = FixedArray<Int32>(repeating: -1, count: 1 << SetStates.slotBits)
  /// The place of each slot among the states; −1 for one that has needed none.
  private let places = FixedArray<Int32>(repeating: -1, count: 1 << SetStates.slotBits)
  private(set) var states = ServiceStateList()

  /// The index of a set's state, negative when everything is fully served; `nil` for a set that is not here and for 0,
  /// the key of none.
  @inline(__always)
  func index(of key: UInt64) -> Int? {
    let slot = SetStates.slot(key)
    return keys[slot] == key && key != 0 ? Int(indices[slot]) : nil
  }

  /// Notes that everything is fully served while a set is under way.
  func keepPerfect(for key: UInt64) {
    let slot = SetStates.slot(key)
    keys[slot] = key
    indices[slot] = -1
  }

  /// Keeps a set's state, which is not perfect, in place of whatever was in its slot, and returns its index.
  mutating func keep(_ state: borrowing ServiceState, for key: UInt64) -> Int {
    let slot = SetStates.slot(key)
    keys[slot] = key
    let index = place(state, slot)
    indices[slot] = index
    return Int(index)
  }

  private mutating func place(_ state: borrowing ServiceState, _ slot: Int) -> Int32 {
    if places[slot] >= 0 {
      states.replace(Int(places[slot]), by: state)
    } else {
      states.append(copyOf: state)
      places[slot] = Int32(states.count - 1)
    }
    return places[slot]
  }

  /// Fibonacci hashing (Knuth, volume 3, section 6.4).
  @inline(__always)
  private static func slot(_ key: UInt64) -> Int { Int((key &* 0x9e37_79b9_7f4a_7c15) >> (64 - slotBits)) }
}
