/// Stretches of time in milliseconds since 1970 UTC: ascending, none empty, none touching the next.
public struct TimeStretches: Sendable, Hashable {
  /// The stretches; the start belongs to each, the end does not.
  public let ranges: [Range<Int>]

  /// The union of ranges in any order.
  public init(_ ranges: [Range<Int>]) {
    let sorted = ranges.filter { !$0.isEmpty }.sorted { $0.lowerBound < $1.lowerBound }
    self.ranges = sorted.reduce(into: []) { union, next in
      guard let last = union.last, next.lowerBound <= last.upperBound else { return union.append(next) }
      union[union.count - 1] = last.lowerBound..<max(last.upperBound, next.upperBound)
    }
  }

  /// Their length together, in hours.
  public var hours: Double { Double(ranges.reduce(0) { $0 + $1.count }) / 3_600_000 }

  /// Whether there is none.
  public var isEmpty: Bool { ranges.isEmpty }

  /// Whether an instant lies in one of them.
  public func contains(_ instant: Int) -> Bool {
    let index = firstIndex(endingAfter: instant)
    return index < ranges.count && ranges[index].contains(instant)
  }

  /// What is left of them without some holes.
  public func removing(_ holes: TimeStretches) -> TimeStretches {
    let left = holes.ranges.reduce(ranges) { left, hole in
      left.flatMap { stretch -> [Range<Int>] in
        guard stretch.overlaps(hole) else { return [stretch] }
        return [(stretch.lowerBound, hole.lowerBound), (hole.upperBound, stretch.upperBound)]
          .filter { $0.0 < $0.1 }.map { $0.0..<$0.1 }
      }
    }
    return TimeStretches(left)
  }

  /// What they have in common with a range.
  public func clamped(to range: Range<Int>) -> TimeStretches {
    TimeStretches(ranges[firstIndex(endingAfter: range.lowerBound)...].map { $0.clamped(to: range) })
  }

  /// How much of them lies before an instant, in hours.
  public func hours(before instant: Int) -> Double {
    let milliseconds = ranges.reduce(0) { $0 + max(0, min($1.upperBound, instant) - $1.lowerBound) }
    return Double(milliseconds) / 3_600_000
  }

  /// The first stretch that ends after an instant; the count when none does.
  ///
  /// - Complexity: O(log n).
  func firstIndex(endingAfter instant: Int) -> Int {
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound > instant { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
