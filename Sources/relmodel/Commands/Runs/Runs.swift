import ArgumentParser
import Diagnostics
import IncidentHistory
import Quantities
import Reports

/// `relmodel runs`.
struct Runs: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs", abstract: "Results that were saved with --save-run, and what has changed since.",
    subcommands: [RunsList.self, RunsShow.self, RunsCompare.self, RunsRemove.self])
}

/// `relmodel runs list`.
struct RunsList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The saved runs, oldest first.")

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let list = RunList(try IncidentDatabase(path: database.path, mode: .read).savedRuns())
    try output.print(list.document, json: list.json)
  }
}

/// `relmodel runs show`.
struct RunsShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "One saved run; with --format json the result as it was printed.")

  @Argument(help: "The name it was saved under.")
  var name: String

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let run = try IncidentDatabase(path: database.path, mode: .read).savedRun(named: name)
    if output.format == .json { return try output.write(run.results) }
    try output.print(RunReport(run).document, json: .null)
  }
}

/// `relmodel runs remove`.
struct RunsRemove: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "remove", abstract: "Remove a saved run.")

  @Argument(help: "The name it was saved under.")
  var name: String

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let history = try IncidentDatabase(path: database.path, mode: .readWrite)
    try history.removeRun(named: name)
    let list = RunList(try history.savedRuns())
    try output.print(list.document, json: list.json)
  }
}
