/// Sorts outages by their start: a counting sort into equal slices of the horizon, then insertion inside each.
///
/// Outages spread evenly over the horizon, so the work is proportional to their number.
struct OutageSorter: ~Copyable {
  /// Four slices for each outage, so that few share one.
  private static let slicesPerOutage = 4

  private var ends = FixedArray<Int32>(repeating: 0, count: 1024)
  private var slices = FixedArray<Int32>(repeating: 0, count: 256)
  private var scattered = OutageList()

  /// Joins two lists and sorts them; of equal starts the processes stand in the order of their numbers, and the outages of
  /// one process in the order they came in.
  mutating func sort(_ outages: inout OutageList, and made: borrowing CycleDraws, horizon: Int64) {
    if outages.count + made.count > 32 {
      distribute(&outages, made, horizon: horizon)
    } else {
      for place in 0..<made.count { outages.append(made[place]) }
    }
    OutageSorter.insertionSort(outages)
  }

  private mutating func distribute(
    _ outages: inout OutageList, _ made: borrowing CycleDraws, horizon: Int64
  ) {
    let (listed, count) = (outages.count, outages.count + made.count)
    let sliceCount = count * OutageSorter.slicesPerOutage
    reserve(outages: count, slices: sliceCount)
    for slice in 0..<sliceCount { ends[slice] = 0 }
    // The high half of a product: slices in 2⁶⁴ths of a tick, rounded down, never reach past the last one.
    let perTick = UInt64.max / UInt64(max(1, horizon))
    for place in 0..<count {
      let start = place < listed ? outages[place].start : made.start(place - listed)
      let share = min(UInt64(bitPattern: start), UInt64(horizon)) &* perTick
      let slice = Int32(truncatingIfNeeded: share.multipliedFullWidth(by: UInt64(sliceCount)).high)
      slices[place] = slice
      ends[Int(slice)] += 1
    }
    var sum: Int32 = 0
    for slice in 0..<sliceCount {
      let own = ends[slice]
      ends[slice] = sum
      sum &+= own
    }
    for place in 0..<count {
      let slice = Int(slices[place])
      scattered[Int(ends[slice])] = place < listed ? outages[place] : made[place - listed]
      ends[slice] += 1
    }
    swap(&outages, &scattered)
  }

  private mutating func reserve(outages: Int, slices count: Int) {
    if ends.count < count { ends = FixedArray(repeating: 0, count: 2 * count) }
    if slices.count < outages { slices = FixedArray(repeating: 0, count: 2 * outages) }
    scattered.resize(to: outages)
  }

  private static func insertionSort(_ outages: borrowing OutageList) {
    guard outages.count > 1 else { return }
    for index in 1..<outages.count where outages[index].comes(before: outages[index - 1]) {
      let moved = outages[index]
      var place = index
      while place > 0, moved.comes(before: outages[place - 1]) {
        outages[place] = outages[place - 1]
        place -= 1
      }
      outages[place] = moved
    }
  }
}

extension OutageInterval {
  @inline(__always)
  fileprivate func comes(before other: OutageInterval) -> Bool {
    start < other.start || (start == other.start && process < other.process)
  }
}
