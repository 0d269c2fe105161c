public import ArgumentParser
import Diagnostics
import FoundationEssentials
public import IncidentHistory
import Quantities
import Reports

/// `relmodel incidents stats`.
struct IncidentsStats: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "How often it fails and for how long, with intervals: availability, MTBF, MTTR, trend, causes.",
    discussion: """
      The time watched is what the history has recorded, cut by --from and --to. --window reads it otherwise: a length \
      (123 d) keeps every incident, START/END those inside; given several times, the readings are compared. Without any \
      window the MTBF runs from the first incident to the last, and there is no availability.

      Downtime is the union of the outages: what overlaps counts once. Planned work, repetitions and incidents in \
      announced work are no failures.
      """)

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var question: QuestionOptions

  @Option(help: "Put incidents together by.")
  var by = IncidentGrouping.cause

  @Flag(
    help: "Take the classes for similar: their rates are drawn together by as much as each history is short.")
  var pool = false

  @Option(help: ArgumentHelp("Whether the history shows this MTBF, such as 45d.", valueName: "time"))
  var show: String?

  @Option(help: ArgumentHelp("How sure --show has to be.", valueName: "share"))
  var showConfidence = "90%"

  @Option(help: ArgumentHelp("The confidence of intervals.", valueName: "share"))
  var confidence = "95%"

  @Option(help: "The seed of the bootstrap behind the interval of the MTTR.")
  var seed: UInt64 = 42

  @OptionGroup var output: OutputOptions

  func run() throws {
    let level = try confidenceLevel(confidence, option: "--confidence")
    let showLevel = try confidenceLevel(showConfidence, option: "--show-confidence")
    let target = try show.map { try positiveSpan($0, option: "--show").hours }
    var options = IncidentStatistics.Options()
    (options.confidence, options.grouping, options.seed) = (level, by, seed)
    options.zone = try question.zone.zone() ?? .gmt
    let questions = try question.questions()
    let history = try IncidentDatabase(path: database.path, mode: .read)
    if !output.quiet { try question.warnOfUnknownNames(in: history) }
    var readings: [IncidentStatisticsReport.Reading] = []
    for (name, question) in questions {
      let statistics = IncidentStatistics(try history.selection(question), options)
      readings.append(IncidentStatisticsReport.Reading(name: name, statistics: statistics))
    }
    guard let first = readings.first else { return }
    if pool, first.statistics.selection.windowHours == nil || first.statistics.groups.count < 3 {
      throw ValidationError(
        "--pool needs at least three classes of incidents and a declared window; see --by and --window")
    }
    let report = IncidentStatisticsReport(
      first.statistics, scope: question.scope, showingHours: target, showConfidence: showLevel,
      readings: readings, isPooling: pool)
    try output.print(report.document, json: report.json)
  }
}

extension IncidentGrouping: ExpressibleByArgument {}
