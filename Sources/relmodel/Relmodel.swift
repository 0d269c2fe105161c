import ArgumentParser
import Diagnostics

/// The command line.
struct Relmodel: ParsableCommand {
  /// The version.
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "relmodel",
    abstract: "How often will it be down, what does that cost, and what is worth fixing?",
    discussion: """
      The model file comes first. Without one, relmodel takes the only *.relmodel.yaml here, else the \
      example that the launcher ships.

      Exit codes: 0 done, 1 an objective or a limit is missed (--gate), 64 usage, 65 the model or data is wrong, \
      70 a bug, 74 input or output failed, 130 interrupted.
      """,
    version: "relmodel \(version)",
    subcommands: [
      Init.self, Check.self, Explain.self, Schema.self, Solve.self, Simulate.self, Sensitivity.self,
      Compare.self, RecoveryCommand.self, Cost.self, Refunds.self, Roi.self, CapacityCommand.self,
      PlanCommand.self, Prices.self, ImportCommand.self, Incidents.self, Fit.self, DrillCommand.self,
      ClaimsCommand.self, Runs.self, ReportCommand.self, Merge.self,
    ])
}

/// Runs the command line and maps every outcome to an exit code in one place.
@main
enum Main {
  static func main() {
    do {
      var command = try Relmodel.parseAsRoot(
        CommandText.withNegativeValues(Array(CommandLine.arguments.dropFirst())))
      try command.run()
    } catch {
      Exit.exit(for: error)
    }
  }
}
