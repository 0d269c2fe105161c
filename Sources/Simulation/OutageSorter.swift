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
    if counts.count <= slices { counts = [Int32](repeating: 0, count: 2 * slices) }
    sorted.removeAll(keepingCapacity: true)
    sorted.append(contentsOf: outages)
    let scale = Double(slices) / Double(horizon)
    counts.withUnsafeMutableBufferPointer { counts in
      sorted.withUnsafeMutableBufferPointer { sorted in
        for slice in 0...slices { counts[slice] = 0 }
        for outage in outages { counts[OutageSorter.slice(outage, scale, slices) + 1] += 1 }
        for slice in 1...slices { counts[slice] += counts[slice - 1] }
        for outage in outages {
          let slice = OutageSorter.slice(outage, scale, slices)
          sorted[Int(counts[slice])] = outage
          counts[slice] += 1
        }
      }
    }
    swap(&outages, &sorted)
  }

  /// The slice of the horizon that an outage begins in.
  @inline(__always)
  private static func slice(_ outage: OutageInterval, _ scale: Double, _ slices: Int) -> Int {
    min(slices - 1, Int(Double(outage.start) * scale))
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
