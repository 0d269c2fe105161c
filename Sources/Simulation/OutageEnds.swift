/// The ends of a replication's outages in the order of time, sorted when they are first asked for.
struct OutageEnds: ~Copyable {
  struct End: BitwiseCopyable {
    let time: Int64
    let process: Int32

    /// What comes after the last.
    static let never = End(time: .max, process: 0)
  }

  private var slices = TimeSlices()
  private var ends = FixedArray<End>(repeating: .never, count: 256)
  private var count = 0
  private var position = 0
  private var isSorted = false

  /// Forgets the ends of the last replication.
  mutating func removeAll() { isSorted = false }

  /// Goes to the first end of the outages from a place on; all before have ended, and places are asked for in ascending order.
  mutating func open(_ outages: borrowing OutageList, from place: Int, horizon: Int64) {
    if !isSorted { sort(outages, from: place, horizon: horizon) }
    while nextTime <= outages[place].start { position += 1 }
  }

  /// When the next outage ends; the largest time when none does.
  @inline(__always)
  var nextTime: Int64 { ends[position].time }

  /// The process whose outage ends next; any when none does.
  @inline(__always)
  var nextProcess: Int32 { ends[position].process }

  /// Goes on to the next end, or not.
  @inline(__always)
  mutating func advance(by step: Int) { position += step }

  /// Whether an outage of a process is among those gone past that ended at a time, which is that of the last one.
  func hasEnded(_ process: Int32, at time: Int64) -> Bool {
    var place = position
    while place > 0, ends[place - 1].time == time {
      place -= 1
      if ends[place].process == process { return true }
    }
    return false
  }

  private mutating func sort(_ outages: borrowing OutageList, from first: Int, horizon: Int64) {
    (isSorted, position) = (true, 0)
    slices.open(count: outages.count - first, horizon: horizon)
    if ends.count <= outages.count { ends = FixedArray(repeating: .never, count: 2 * outages.count + 1) }
    count = 0
    for place in first..<outages.count where outages[place].lasts {
      slices.add(outages[place].end, at: count)
      count += 1
    }
    slices.close()
    var number = 0
    for place in first..<outages.count where outages[place].lasts {
      ends[slices.next(number)] = End(time: outages[place].end, process: outages[place].process)
      number += 1
    }
    insertionSort()
    ends[count] = .never
  }

  private func insertionSort() {
    for index in 1..<max(1, count) where ends[index].time < ends[index - 1].time {
      let moved = ends[index]
      var place = index
      while place > 0, ends[place - 1].time > moved.time {
        ends[place] = ends[place - 1]
        place -= 1
      }
      ends[place] = moved
    }
  }
}

extension OutageInterval {
  /// An outage that lasts no time takes nothing down and has no end.
  @inline(__always)
  fileprivate var lasts: Bool { end > start }
}
