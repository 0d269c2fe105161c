/// How much of a service was down when: disjoint segments, each with the largest weight of the outages that overlap in
/// it. With weights of 1 it is the union of the outages, so overlapping ones count once.
///
/// Worked: an outage from 0 to 2 h and one from 1 to 4 h are 4 h, not 5 h.
public struct ImpactProfile: Sendable, Hashable {
  /// A stretch with one weight.
  public struct Segment: Sendable, Hashable {
    /// When, in milliseconds since 1970 UTC.
    public var range: Range<Int>
    /// The share of the service that was down, 0 to 1.
    public let weight: Double
  }

  /// The segments in ascending order.
  public let segments: [Segment]

  /// The profile of events in order of their start; those that have not ended are left out.
  ///
  /// - Complexity: O(n · k) with k outages of different weights at a time.
  public init(_ events: [HistoryEvent]) {
    var sweep = ImpactSweep()
    for event in events {
      guard let end = event.end, end > event.start else { continue }
      sweep.advance(to: event.start)
      sweep.start(end: end, weight: event.weight ?? 1)
    }
    sweep.advance(to: .max)
    segments = sweep.segments
  }

  /// The weighted downtime in hours; of stretches of time only when some are given.
  public func hours(in stretches: TimeStretches? = nil) -> Double {
    guard let stretches else { return sum(segments[...]) }
    return stretches.ranges.reduce(0) { $0 + hours(in: $1) }
  }

  private func hours(in range: Range<Int>) -> Double {
    var (low, high) = (0, segments.count)
    while low < high {
      let middle = (low + high) / 2
      if segments[middle].range.upperBound > range.lowerBound { high = middle } else { low = middle + 1 }
    }
    let inside = segments[low...].prefix { $0.range.lowerBound < range.upperBound }
    return sum(inside.map { Segment(range: $0.range.clamped(to: range), weight: $0.weight) }[...])
  }

  private func sum(_ segments: ArraySlice<Segment>) -> Double {
    segments.reduce(0) { $0 + Double($1.range.count) * $1.weight } / 3_600_000
  }
}

/// Goes from outage to outage and writes down the largest weight.
private struct ImpactSweep {
  private(set) var segments: [ImpactProfile.Segment] = []
  private var now = Int.min

  /// Outages that go on and may yet count: weights descending, ends ascending; one that a heavier and longer one covers
  /// is not kept.
  private var active: [(end: Int, weight: Double)] = []

  mutating func start(end: Int, weight: Double) {
    guard !active.contains(where: { $0.weight >= weight && $0.end >= end }) else { return }
    active.removeAll { $0.weight <= weight && $0.end <= end }
    active.insert((end, weight), at: active.firstIndex { $0.weight < weight } ?? active.count)
  }

  mutating func advance(to next: Int) {
    while let first = active.first, now < next {
      let until = min(first.end, next)
      append(now..<until, weight: first.weight)
      now = until
      if first.end <= next { active.removeFirst() }
    }
    now = next
  }

  private mutating func append(_ range: Range<Int>, weight: Double) {
    guard !range.isEmpty, weight > 0 else { return }
    guard let last = segments.last, last.weight == weight, last.range.upperBound == range.lowerBound else {
      return segments.append(ImpactProfile.Segment(range: range, weight: weight))
    }
    segments[segments.count - 1].range = last.range.lowerBound..<range.upperBound
  }
}
