import ArgumentParser
import Diagnostics
import IncidentHistory
import ModelFormat
import Quantities
import Reports
import Simulation

/// `relmodel runs compare`.
struct RunsCompare: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "A saved run beside another, or beside what the model says now.",
    discussion: """
      With --model the command of the saved run is run again, a simulation with the same replications, years, start and \
      seed, so that what differs is the model and its history. --set, --window and --bind are not saved with a run: give \
      them again.
      """)

  @Argument(help: "The name of the saved run.")
  var name: String

  @Argument(help: "The name of another; without it, with --model.")
  var other: String?

  @Option(help: ArgumentHelp("The model as it is now.", valueName: "file"))
  var model: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("Change a value of that model; may be given several times.", valueName: "path=value"))
  var assignments: [String] = []

  @OptionGroup var history: HistoryOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (other == nil) != (model == nil) else {
      throw ValidationError("beside what? relmodel runs compare \(name) OTHER, or --model FILE")
    }
    if model == nil, !assignments.isEmpty || history.window != nil || history.bind {
      throw ValidationError("--set, --window and --bind are about --model")
    }
  }

  func run() throws {
    let database = try IncidentDatabase(path: history.database ?? HistoryOptions.defaultDatabase, mode: .read)
    let saved = try database.savedRun(named: name)
    let before = try side(saved)
    let after = try other.map { try side(try database.savedRun(named: $0)) } ?? now(as: saved)
    let comparison = RunComparison(before, after)
    try output.print(comparison.document, json: comparison.json)
  }

  private func side(_ run: SavedRun) throws -> RunComparison.Side {
    guard let side = RunComparison.Side(run) else { throw unreadable(run) }
    return side
  }

  private func unreadable(_ run: SavedRun) -> Findings {
    Findings([
      Diagnostic(
        slug: "run-unreadable", "the saved run \(run.name ?? "") is no answer of solve or simulate", at: nil)
    ])
  }

  private func now(as run: SavedRun) throws -> RunComparison.Side {
    let reading = try ModelOptions.reading(at: model ?? "", assignments: assignments)
    let prepared = try Preparation(ModelInput(reading, history, output))
    let results =
      try run.command == "simulate" ? simulated(prepared, as: run) : prepared.exactReport().json.text
    guard let side = RunComparison.Side(now: results, digest: prepared.header.modelDigest) else {
      throw unreadable(run)
    }
    return side
  }

  private func simulated(_ prepared: Preparation, as run: SavedRun) throws -> String {
    guard let plan = SavedAnswer(json: run.results)?.plan else { throw unreadable(run) }
    let again = SimulationPlan(
      years: plan.years, replications: plan.replications, seed: plan.seed,
      start: SimulationPlan.Start(rawValue: plan.start) ?? .steady, threads: Preparation.processorCount)
    var options = SimulationOptions()
    options.givenYears = plan.years
    try options.checkObstacles(prepared.graph, again)
    let result = Simulator(prepared.graph, plan: again).run()
    return SimulateReport(header: prepared.header, result: result, checks: []).json().text
  }
}
