/// Sorts outages by their start: a counting sort into slices of the horizon, then insertion inside each.
struct OutageSorter: ~Copyable {
  private var slices = TimeSlices()
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
    outages.close()
  }

  private mutating func distribute(
    _ outages: inout OutageList, _ made: borrowing CycleDraws, horizon: Int64
  ) {
    let listed = outages.count
    slices.open(count: listed + made.count, horizon: horizon)
    scattered.resize(to: listed + made.count)
    for place in 0..<listed { slices.add(outages[place].start, at: place) }
    for place in 0..<made.count { slices.add(made.start(place), at: listed + place) }
    slices.close()
    for place in 0..<listed { scattered[slices.next(place)] = outages[place] }
    for place in 0..<made.count { scattered[slices.next(listed + place)] = made[place] }
    swap(&outages, &scattered)
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
