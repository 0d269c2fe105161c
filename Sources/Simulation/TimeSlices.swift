/// A counting sort of times into equal slices of the horizon: spread evenly, the work is proportional to their number.
///
/// Add every time, close, and ask each for its place, in the same order; equal slices keep it.
struct TimeSlices: ~Copyable {
  /// Two slices for each time, so that few share one.
  private static let slicesPerTime = 2

  /// How many times each slice has, then where its next one goes.
  private var places = FixedArray<Int32>(repeating: 0, count: 512)
  /// The slice of each time.
  private var slices = FixedArray<Int32>(repeating: 0, count: 256)
  private var sliceCount = 0
  private var horizon: UInt64 = 0
  private var perTick: UInt64 = 0

  /// Starts a sort of so many times.
  mutating func open(count: Int, horizon: Int64) {
    sliceCount = count * TimeSlices.slicesPerTime
    if places.count < sliceCount { places = FixedArray(repeating: 0, count: 2 * sliceCount) }
    if slices.count < count { slices = FixedArray(repeating: 0, count: 2 * count) }
    for slice in 0..<sliceCount { places[slice] = 0 }
    self.horizon = UInt64(horizon)
    // The high half of a product: slices in 2⁶⁴ths of a tick, rounded down, never reach past the last one.
    perTick = UInt64.max / UInt64(max(1, horizon))
  }

  /// Takes in the time at a place; those after the horizon share the last slice.
  @inline(__always)
  func add(_ time: Int64, at place: Int) {
    let share = min(UInt64(bitPattern: time), horizon) &* perTick
    let slice = Int32(truncatingIfNeeded: share.multipliedFullWidth(by: UInt64(sliceCount)).high)
    slices[place] = slice
    places[Int(slice)] &+= 1
  }

  func close() {
    var sum: Int32 = 0
    for slice in 0..<sliceCount {
      let own = places[slice]
      places[slice] = sum
      sum &+= own
    }
  }

  /// Where the time at a place goes.
  @inline(__always)
  func next(_ place: Int) -> Int {
    let slice = Int(slices[place])
    let next = places[slice]
    places[slice] = next &+ 1
    return Int(next)
  }
}
