public import Stochastics

/// How often failures came: the mean time between them, and whether that changes.
public struct ObservedFailures: Sendable, Hashable {
  /// The failures and the time they came in: the window where one was declared, times the units where their number is
  /// stated (time-truncated), else from the first
  /// failure to the last, which ended the observation (failure-truncated). `nil` without either.
  public let meanTime: MeanTimeBetweenFailures?
  /// When they came, in hours watched; `nil` where no time is between them.
  public let record: EventRecord?
  /// How the rate changes, by two tests.
  public let trend: TrendAssessment
  /// The rate as a power of time; `nil` for too few failures.
  public let growth: CrowAMSAA?
  /// How many failures there have been by when, with its interval.
  public let cumulative: MeanCumulativeFunction?

  /// Half a millisecond: where a failure at the first instant is put, as the tests take the logarithm of times.
  private static let firstInstantHours = 0.5 / 3_600_000

  init(_ selection: HistorySelection, significance: Double = 0.05) {
    let starts = selection.events.map(\.start)
    record = Self.record(starts, watched: selection.watched)
    meanTime = Self.meanTime(starts, exposureHours: selection.exposureHours)
    trend = TrendAssessment(record.map { [$0] } ?? [], significance: significance)
    growth = record.flatMap { CrowAMSAA($0) }
    cumulative = record.flatMap { record in
      let events = record.times.map { RecurrentEvents.Event(time: $0) }
      return (try? RecurrentEvents(events: events, end: record.end)).flatMap {
        try? MeanCumulativeFunction([$0])
      }
    }
  }

  static func meanTime(_ starts: [Int], exposureHours: Double?) -> MeanTimeBetweenFailures? {
    if let exposureHours {
      return try? MeanTimeBetweenFailures(failures: starts.count, exposure: exposureHours)
    }
    guard let first = starts.first, let last = starts.last, last > first else { return nil }
    return try? MeanTimeBetweenFailures(
      failures: starts.count - 1, exposure: Double(last - first) / 3_600_000, end: .failure)
  }

  fileprivate static func record(_ starts: [Int], watched: TimeStretches?) -> EventRecord? {
    if let watched, !watched.isEmpty {
      return try? EventRecord(
        times: starts.map { max(watched.hours(before: $0), firstInstantHours) }, until: watched.hours)
    }
    guard let first = starts.first, let last = starts.last, last > first else { return nil }
    return try? EventRecord(
      untilLastOf: starts.dropFirst().map { max(Double($0 - first) / 3_600_000, firstInstantHours) })
  }
}

extension HistorySelection {
  /// When the incidents came, in hours watched; `nil` where no time is between them.
  public var eventRecord: EventRecord? {
    ObservedFailures.record(events.map(\.start), watched: watched)
  }
}
