public import Foundation

/// What a history says of how often a service fails and for how long, each with an interval.
public struct IncidentStatistics: Sendable {
  /// How to count.
  public struct Options: Sendable, Hashable {
    /// The confidence of intervals, two-sided.
    public var confidence = 0.95
    /// What incidents are put together by.
    public var grouping = IncidentGrouping.cause
    /// The zone of months, hours and days.
    public var zone = TimeZone.gmt
    /// The seed of the bootstrap.
    public var seed: UInt64 = 42

    /// The defaults: 95 %, by cause, UTC.
    public init() {}
  }

  /// The incidents and the time.
  public let selection: HistorySelection
  /// How it was counted.
  public let options: Options
  /// The downtime in the window, overlaps counted once, in hours.
  public let downtimeHours: Double
  /// The sum of all outages as if none overlapped, in hours.
  public let summedHours: Double
  /// The share of the window in which the service was up; `nil` without a window.
  public let availability: ObservedAvailability?
  /// How often it failed.
  public let failures: ObservedFailures
  /// How long outages were.
  public let repair: DurationFigures
  /// From the start of an outage until it was noticed.
  public let detection: DurationFigures
  /// From its start until somebody took it on.
  public let acknowledgement: DurationFigures
  /// From its start until users were served again.
  public let mitigation: DurationFigures
  /// By calendar month, where it is known when was watched.
  public let months: [ObservedMonth]
  /// By class.
  public let groups: [LossGroup]
  /// By hour and day.
  public let times: IncidentTimes

  /// The statistics of a selection.
  ///
  /// - Complexity: O(n log n), and O(n) for each month.
  public init(_ selection: HistorySelection, _ options: Options = Options()) {
    let (events, profile) = (selection.events, selection.profile)
    func figures(_ name: String, _ hours: (HistoryEvent) -> Double?) -> DurationFigures {
      DurationFigures(
        events.compactMap(hours), confidence: options.confidence, seed: options.seed, name: name)
    }
    (self.selection, self.options) = (selection, options)
    downtimeHours = profile.hours(in: selection.watched)
    repair = figures("outage", \.hours)
    summedHours = repair.totalHours
    detection = figures("detect") { $0.hours(until: $0.detected) }
    acknowledgement = figures("acknowledge") { $0.hours(until: $0.acknowledged) }
    mitigation = figures("mitigate") { $0.hours(until: $0.mitigated) }
    failures = ObservedFailures(selection)
    months = ObservedMonth.all(selection, profile, zone: options.zone)
    groups = LossGroup.all(
      selection, by: options.grouping, confidence: options.confidence, seed: options.seed)
    times = IncidentTimes(events, zone: options.zone)
    let outages = events.compactMap { event in event.hours.map { $0 * (event.weight ?? 1) } }
    let down = downtimeHours
    availability = selection.windowHours.map {
      ObservedAvailability(
        windowHours: $0, downtimeHours: min(down, $0), outages: outages, confidence: options.confidence)
    }
  }
}
