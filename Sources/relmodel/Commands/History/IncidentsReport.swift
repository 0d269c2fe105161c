import ArgumentParser
import Diagnostics
import FoundationEssentials
import IncidentHistory
import Quantities
import Reliability
import Reports
import ServiceGraph
import ServiceModel

/// `relmodel incidents report`.
struct IncidentsReport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "A month of the history against the objective, the time before and the error budget.",
    discussion: """
      With a model, each capability is held against its own objectives and against what the model expects; the \
      incidents count whose causes can bring it down. Without one, --objective is held against all incidents.
      """)

  @Argument(help: "The model whose objectives are meant.")
  var model: String?

  @Option(help: ArgumentHelp("The calendar month, such as 2024-11.", valueName: "month"))
  var month: String

  @Option(help: ArgumentHelp("An availability for the month, such as 99.9%.", valueName: "share"))
  var objective: String?

  @Flag(help: "Exit with 1 when the month by itself breaks an objective.")
  var gate = false

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var question: QuestionOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if question.from != nil || question.to != nil || !question.window.isEmpty {
      throw ValidationError("the month says the time; --from, --to and --window are not used here")
    }
    if gate, model == nil, objective == nil {
      throw ValidationError("--gate needs an objective: --objective 99.9%, or a model")
    }
    if model != nil, objective != nil {
      throw ValidationError("the model has objectives; give --objective or a model")
    }
  }

  func run() throws {
    guard let (report, _) = try answer() else { return }
    try output.print(report.document, json: report.json)
    if gate, report.isPromiseBroken { throw Exit.Code(value: Exit.gateMissed) }
  }

  /// What was found, and the model that it is held against.
  func answer() throws -> (report: MonthReport, header: ResultHeader?)? {
    let zone = try question.zone.zone() ?? .gmt
    guard let month = HistoryMonth(parsing: month, zone: zone) else {
      throw ValidationError("--month: “\(self.month)” is no month; for example 2024-11")
    }
    guard let asked = try question.questions().first?.question else { return nil }
    let history = try IncidentDatabase(path: database.path, mode: .read)
    if !output.quiet { try question.warnOfUnknownNames(in: history) }
    let all = try history.selection(asked)
    guard let seen = all.during(month.range) else { throw notWatched(month) }
    var options = IncidentStatistics.Options()
    options.zone = zone
    let before = all.during(.min..<month.range.lowerBound).map { IncidentStatistics($0, options) }
    let prepared = try model.map(prepared)
    let report = MonthReport(
      month, statistics: IncidentStatistics(seen, options), before: before,
      promises: try prepared.map { try promises(of: $0, seen, options) } ?? promises(seen, options))
    return (report, prepared?.header)
  }

  /// What was rehearsed, and what was noted with the incidents of the month.
  func background(notes: String) throws -> MonthBackground {
    let zone = try question.zone.zone() ?? .gmt
    guard let range = HistoryMonth(parsing: month, zone: zone)?.range,
      var filter = try question.questions().first?.question.filter
    else { return MonthBackground(notes: notes) }
    let history = try IncidentDatabase(path: database.path, mode: .read)
    filter.start = Date(timeIntervalSince1970: Double(range.lowerBound) / 1_000)
    filter.end = Date(timeIntervalSince1970: Double(range.upperBound) / 1_000)
    filter.limit = nil
    return MonthBackground(
      drills: try history.drills(), incidents: try history.incidents(matching: filter), notes: notes)
  }

  private func notWatched(_ month: HistoryMonth) -> Findings {
    Findings([
      Diagnostic(
        slug: "month-not-watched", "no recorded window lies in \(month.name)", at: nil,
        help: "relmodel incidents window list")
    ])
  }

  private func promises(_ seen: HistorySelection, _ options: IncidentStatistics.Options) throws
    -> [MonthReport.Promise]
  {
    guard let objective else { return [] }
    do throws(QuantityError) {
      let wanted = Objective(
        name: "objective", availability: try Availability(parsing: objective), window: .calendarMonth)
      return [
        MonthReport.Promise(
          name: question.scope, objectives: [wanted], expectedUnavailability: nil,
          month: IncidentStatistics(seen, options))
      ]
    } catch {
      throw ValidationError("--objective: \(error.message); for example 99.9%")
    }
  }

  private func prepared(_ path: String) throws -> Preparation {
    var history = HistoryOptions()
    (history.database, history.window, history.bind) = (database.path, nil, false)
    return try Preparation(ModelInput(ModelOptions.reading(at: path, assignments: []), history, output))
  }

  private func promises(
    of prepared: Preparation, _ seen: HistorySelection, _ options: IncidentStatistics.Options
  ) throws -> [MonthReport.Promise] {
    let references = Dictionary(
      prepared.header.bindings.map { ($0.cause, $0.reference.description) }
    ) { first, _ in first }
    return try zip(prepared.graph.model.capabilities, prepared.exactResults()).map { capability, result in
      let causes = Set(result.contributions.map(\.cause))
      let names = causes.union(causes.compactMap { references[$0] })
      let components = Set(names.compactMap { $0.split(separator: "/").first.map(String.init) })
      let own = seen.only { event in
        event.components.contains { name in
          event.mode.map { names.contains("\(name)/\($0)") } ?? components.contains(name)
        }
      }
      return MonthReport.Promise(
        name: capability.name, objectives: capability.objectives,
        expectedUnavailability: result.unavailability, month: IncidentStatistics(own, options),
        downtimeCost: capability.downtimeCost, downtimeTerms: capability.downtimeTerms)
    }
  }
}
