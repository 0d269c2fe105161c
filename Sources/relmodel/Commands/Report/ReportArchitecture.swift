import ArgumentParser
import Reliability
import Reports
import ServiceGraph

/// `relmodel report architecture`.
struct ReportArchitecture: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "architecture",
    abstract:
      "For a review: what needs what, single points of failure, lost zones, where downtime comes from, what if.",
    discussion: """
      Solved exactly, and checked by a short simulation. --with makes a what-if of the model, and several changes of one \
      what-if are set apart by commas that are followed by a space.
      """)

  @OptionGroup var modelOptions: ModelOptions

  @Option(
    name: .customLong("with"),
    help: ArgumentHelp(
      "A what-if: the model with a change, components/api/replicas/count=3; may be given several times.",
      valueName: "path=value"))
  var changes: [String] = []

  @OptionGroup var history: HistoryOptions
  @OptionGroup var output: OutputOptions

  @Option(help: "Replications of one year in the cross-check.")
  var replications = 2_000

  @Option(help: "The seed of the cross-check.")
  var seed: UInt64 = 42

  func validate() throws {
    guard replications >= 2 else { throw ValidationError("--replications: at least 2") }
  }

  func run() throws {
    let prepared = try Preparation(modelOptions, history, output)
    let results = try prepared.exactResults()
    let report = ArchitectureReport(
      header: prepared.header, results: results, intervals: try prepared.intervals(for: results),
      checks: prepared.crossChecks(of: results, replications: replications, seed: seed),
      losses: DomainLossTable(prepared.graph), whatIfs: try changes.map(whatIf))
    try output.print(
      report.readerReport(command: CommandText.typed, seed: seed, replications: replications))
  }

  private func whatIf(_ change: String) throws -> ArchitectureReport.WhatIf {
    var changed = modelOptions
    changed.assignments += change.split(separator: ", ").map(String.init)
    let prepared = try Preparation(changed, history, output)
    return ArchitectureReport.WhatIf(name: change, results: try? prepared.exactResults())
  }
}
