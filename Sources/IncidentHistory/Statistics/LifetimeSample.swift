public import Stochastics

/// What of a history a law is fitted to.
public enum HistoryQuantity: String, Sendable, Hashable, CaseIterable {
  /// From the start of a failure to the start of the next, as studies of failure logs count.
  case gap
  /// From the end of an outage to the start of the next: what a model's `mtbf` is the mean of. Outages that overlap are
  /// one.
  case uptime = "up-time"
  /// From the start of an outage to its end.
  case duration
}

/// Times with a name, to fit laws to, in hours.
public struct LifetimeSample: Sendable, Hashable {
  /// What they belong to, such as a component.
  public let group: String
  /// What they are, such as `gap`.
  public let quantity: String
  /// Times until something happened.
  public let failures: [Double]
  /// Times after which it had not happened yet.
  public let censored: [Double]

  /// A sample.
  public init(group: String, quantity: String, failures: [Double], censored: [Double]) {
    (self.group, self.quantity) = (group, quantity)
    (self.failures, self.censored) = (failures, censored)
  }

  /// The sample as laws are fitted to it.
  public func censoredSample(zeros: ZeroTimes) throws(InvalidParameter) -> CensoredSample {
    try CensoredSample(failures: failures, censored: censored, zeros: zeros)
  }
}

extension HistorySelection {
  /// A quantity of the incidents, censored where watching ended.
  ///
  /// The time from the start of a window to the first failure is left out, as it is no whole gap. Without a window nothing
  /// is censored: the history then ends with its last failure.
  public func sample(_ quantity: HistoryQuantity, group: String) -> LifetimeSample {
    let (failures, censored) = quantity == .duration ? durations : gaps(fromEnds: quantity == .uptime)
    return LifetimeSample(
      group: group, quantity: quantity.rawValue, failures: failures, censored: censored)
  }

  private var durations: (failures: [Double], censored: [Double]) {
    let open = events.filter { $0.end == nil }.compactMap { event in
      stretchEnd(event.start).map { Double($0 - event.start) / 3_600_000 }
    }
    return (events.compactMap(\.hours), open)
  }

  private func gaps(fromEnds: Bool) -> (failures: [Double], censored: [Double]) {
    var (failures, censored): ([Double], [Double]) = ([], [])
    var (last, isOpen) = (Int?.none, false)
    func hours(_ from: Int, _ to: Int) -> Double { Double(to - from) / 3_600_000 }
    for event in events {
      if let from = last, !isOpen {
        if let end = stretchEnd(from), event.start >= end {
          if end > from { censored.append(hours(from, end)) }
        } else if !fromEnds || event.start > from {
          failures.append(hours(from, event.start))
        }
      }
      // An outage without an end hides when the next up time began.
      isOpen = fromEnds && event.end == nil
      last = fromEnds ? max(event.end ?? event.start, last ?? .min) : event.start
    }
    if let last, !isOpen, let end = stretchEnd(last), end > last { censored.append(hours(last, end)) }
    return (failures, censored)
  }

  /// When the stretch of watching that an instant lies in ended; the instant itself outside, `nil` without a window.
  private func stretchEnd(_ instant: Int) -> Int? {
    guard let watched else { return nil }
    return watched.ranges.first { $0.contains(instant) }?.upperBound ?? instant
  }
}
