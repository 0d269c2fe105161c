public import Diagnostics
public import Stochastics

/// What was seen of one class of incidents: how many in what exposure, and how long those lasted that have ended.
public struct BeliefSample: Sendable, Hashable {
  /// The name of the class.
  public let group: String
  /// How many there were; `nil` where only durations are known.
  public let events: Int?
  /// The time at risk in hours, of one unit where units are stated; `nil` where it is not known.
  public let exposureHours: Double?
  /// How many units there are on average, for what comes next.
  public let units: Double
  /// The lengths of those that have ended, in hours.
  public let durations: [Double]
  /// How many have no length: they have not ended.
  public let openCount: Int

  /// A class.
  public init(
    group: String, events: Int?, exposureHours: Double?, units: Double = 1, durations: [Double] = [],
    openCount: Int = 0
  ) {
    (self.group, self.events, self.exposureHours) = (group, events, exposureHours)
    (self.units, self.durations, self.openCount) = (units, durations, openCount)
  }

  /// The count and its exposure; `nil` where either is not known.
  public var count: EventCount? {
    guard let events, let exposureHours else { return nil }
    return try? EventCount(events: events, exposure: exposureHours)
  }
}

extension HistorySelection {
  /// What was seen of these incidents together.
  public func beliefSample(group: String) -> BeliefSample {
    let units = unitHours.flatMap { hours in windowHours.map { hours / $0 } }
    return BeliefSample(
      group: group, events: events.count, exposureHours: exposureHours, units: units ?? 1,
      durations: events.compactMap(\.hours), openCount: openCount)
  }
}

extension IncidentDatabase {
  /// What was seen of each class of incidents, by name. By component also of those that have a recorded window of their
  /// own and had no incident in it: nothing seen is something, where others of the kind failed.
  ///
  /// - Parameter grouping: `nil` for all together.
  public func beliefSamples(
    _ question: HistoryQuestion, by grouping: IncidentGrouping?
  ) throws(Findings) -> [BeliefSample] {
    let selection = try selection(question)
    guard let grouping else { return [selection.beliefSample(group: "all")] }
    var samples = selection.parts(by: grouping).map { $0.part.beliefSample(group: $0.name) }
    guard grouping == .component, question.filter.component == nil, case .recorded = question.window else {
      return samples
    }
    let known = Set(samples.map(\.group))
    let watched = try recordedWindows().compactMap(\.value.component)
    for name in Set(watched).subtracting(known).sorted() {
      var own = question
      own.filter.component = name
      samples.append(try self.selection(own).beliefSample(group: name))
    }
    return samples.sorted { $0.group < $1.group }
  }
}
