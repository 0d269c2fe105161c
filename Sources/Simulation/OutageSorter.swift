/// Sorts outages by their start: a counting sort into equal slices of the horizon, then insertion inside each.
///
/// Outages spread evenly over the horizon, so the work is proportional to their number.
struct OutageSorter {
  private var counts: [Int32] = []
  private var sorted: [OutageInterval] = []

  /// Sorts `outages` in place; equal starts keep their order.
  mutating func sort(_ outages: inout [OutageInterval], horizon: Int64) {
    if outages.count > 32 { distribute(&outages, horizon: horizon) }
    insertionSort(&outages)
  }

  private mutating func distribute(_ outages: inout [OutageInterval], horizon: Int64) {
    let slices = outages.count
    let scale = Double(slices) / Double(horizon)
    if counts.count < slices + 1 { counts = [Int32](repeating: 0, count: slices + 1) }
    for slice in 0...slices { counts[slice] = 0 }
    for outage in outages { counts[min(slices - 1, Int(Double(outage.start) * scale)) + 1] += 1 }
    for slice in 1...slices { counts[slice] += counts[slice - 1] }
    if sorted.count < outages.count { sorted = outages }
    for outage in outages {
      let slice = min(slices - 1, Int(Double(outage.start) * scale))
      sorted[Int(counts[slice])] = outage
      counts[slice] += 1
    }
    for index in outages.indices { outages[index] = sorted[index] }
  }

  private func insertionSort(_ outages: inout [OutageInterval]) {
    outages.withUnsafeMutableBufferPointer { outages in
      for index in outages.indices.dropFirst() where outages[index].start < outages[index - 1].start {
        let moved = outages[index]
        var place = index
        while place > 0, outages[place - 1].start > moved.start {
          outages[place] = outages[place - 1]
          place -= 1
        }
        outages[place] = moved
      }
    }
  }
}
