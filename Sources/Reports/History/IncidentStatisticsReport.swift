public import IncidentHistory
internal import Quantities
internal import Stochastics

/// What a history says of how often a service fails and for how long.
public struct IncidentStatisticsReport: Sendable {
  /// The same incidents with another window.
  public struct Reading: Sendable {
    /// How the window was written.
    public let name: String
    /// What it gives.
    public let statistics: IncidentStatistics

    /// A reading.
    public init(name: String, statistics: IncidentStatistics) {
      (self.name, self.statistics) = (name, statistics)
    }
  }

  let statistics: IncidentStatistics
  let demonstration: Demonstration?
  let readings: [Reading]
  let scope: String
  let pooled: PooledRatesSection?
  let pooledDurations: BeliefReport?

  /// A report.
  ///
  /// - Parameters:
  ///   - scope: what the incidents are of, such as `ledger`; `all components` without a filter.
  ///   - show: the mean time between failures that is to be shown, in hours.
  ///   - showConfidence: how sure one wants to be of it.
  ///   - isPooling: whether the rates of the classes are also given as those of similar things.
  ///   - readings: when the window was given in several ways, each of them.
  public init(
    _ statistics: IncidentStatistics, scope: String, showingHours show: Double? = nil,
    showConfidence: Double = 0.9, readings: [Reading] = [], isPooling: Bool = false
  ) {
    pooled = isPooling ? PooledRatesSection(statistics) : nil
    pooledDurations = isPooling ? BeliefReport(pooling: statistics) : nil
    self.statistics = statistics
    self.scope = scope
    self.readings = readings
    demonstration = show.map {
      Demonstration(showing: $0, observed: statistics.failures.meanTime, confidence: showConfidence)
    }
  }

  private var selection: HistorySelection { statistics.selection }

  /// What people read.
  public var document: Document {
    var document = Document(title: title)
    document.blocks.append(.facts(AvailabilityFacts(statistics).facts + DurationFacts(statistics).facts))
    document.blocks += TrendSection(statistics).blocks
    if let demonstration { document.blocks += DemonstrationSection(demonstration).blocks }
    document.blocks += readingTable
    document.blocks +=
      LossSection(statistics).blocks + (pooled?.blocks ?? []) + (pooledDurations?.durationBlocks ?? [])
      + CalendarSection(statistics).blocks
    document.blocks += notes.map { .note($0) }
    return document
  }

  private var title: String {
    let window = selection.windowHours.map { "\(grouped($0 / 24, decimals: 1).trimmingZeros) d watched" }
    return [
      scope, HistoryText.count(selection.events.count, "incident"), window ?? "no window declared",
    ].joined(separator: " · ")
  }

  private var readingTable: [Document.Block] {
    guard readings.count > 1 else { return [] }
    let rows = readings.map { reading -> [String] in
      let (own, failures) = (reading.statistics, reading.statistics.failures)
      let availability = own.availability
      let mean = failures.meanTime?.estimate(confidence: own.options.confidence)
      return [
        reading.name, grouped(own.selection.events.count),
        availability.map { HistoryText.availability($0.value) } ?? "unknown",
        availability?.estimate.map {
          "\(HistoryText.availability($0.low, digits: 3)) – \(HistoryText.availability($0.high, digits: 3))"
        } ?? "",
        mean.map { HistoryText.span($0.value) } ?? "unknown",
        mean.map { "\(HistoryText.span($0.low)) – \(HistoryText.span($0.high))" } ?? "",
      ]
    }
    let level = HistoryText.confidence(statistics.options.confidence)
    return [
      .table(
        Document.Table(
          columns: ["Window", "Incidents", "Availability", "\(level) CI", "MTBF", "\(level) CI"], rows: rows))
    ]
  }
}
