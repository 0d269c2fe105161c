import Economics
import FoundationEssentials
import IncidentHistory
import ServiceModel

/// The incidents of a history, read as the model's numbers are.
struct IncidentLog {
  private let selection: HistorySelection

  /// - Throws: what keeps the history from being read.
  init?(_ history: HistoryOptions, of model: Model) throws {
    guard !model.incidentReferences.isEmpty || history.database != nil else { return nil }
    let database = try IncidentDatabase(path: history.path(for: model.incidentReferences), mode: .read)
    var question = HistoryQuestion()
    switch try history.reading(stated: model.historyWindow) {
    case .recorded: break
    case .length(let hours): question.window = .length(hours: hours)
    case .interval(let start, let end): question.window = .interval(start: start, end: end)
    }
    selection = try database.selection(question)
  }

  /// The outages of some modes, and the months that were watched.
  func downtime(of references: [ModeReference]) throws -> ObservedDowntime {
    let names = Set(references.map(\.description))
    let own = selection.only { event in
      event.components.contains { name in event.mode.map { names.contains("\(name)/\($0)") } ?? false }
    }
    let statistics = IncidentStatistics(own)
    return ObservedDowntime(
      outages: own.events.compactMap { event in
        event.end.map { ObservedDowntime.Outage(start: event.start, end: $0, weight: event.weight ?? 1) }
      },
      months: statistics.months.map {
        ObservedDowntime.Month(
          hours: $0.hours, watchedHours: $0.watchedHours, downtimeHours: $0.downtimeHours)
      }, watchedHours: own.windowHours ?? 0)
  }
}
