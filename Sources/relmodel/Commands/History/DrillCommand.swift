import ArgumentParser
import Diagnostics
import FoundationEssentials
import IncidentHistory
import ModelFormat
import Quantities
import Recovery
import ServiceModel

/// `relmodel drill`.
struct DrillCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drill", abstract: "Rehearsals of recoveries: what was promised and what was achieved.",
    subcommands: [DrillAdd.self, DrillList.self])
}

/// `relmodel drill add`.
struct DrillAdd: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "add", abstract: "Record a drill.")

  @Argument(help: "What was rehearsed, such as restore-database.")
  var name: String

  @Option(help: "When it was held, such as 2025-03-01T09:00Z.")
  var held: String

  @OptionGroup var database: DatabaseOptions

  @Option(
    help: ArgumentHelp(
      "A model whose procedure of this name says what was promised, in `drilled: {expects: …}`.",
      valueName: "file"))
  var model: String?

  @Option(help: "The component that was recovered.")
  var component: String?

  @Option(help: "The time to recover that was promised, such as 4h.")
  var expectedRto: String?

  @Option(help: "The time that recovery took.")
  var achievedRto: String?

  @Option(help: "The loss of data, as time, that was promised not to be exceeded.")
  var expectedRpo: String?

  @Option(help: "The loss of data that occurred.")
  var achievedRpo: String?

  @Flag(help: "The recovery did not work.")
  var failed = false

  @Option(help: "Anything else.")
  var note: String?

  @OptionGroup var zone: ZoneOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    guard let date = try zone.date(held, option: "--held") else { return }
    var drill = Drill(name: name, held: date)
    (drill.component, drill.note, drill.succeeded) = (component, note, !failed)
    let promised = try promise()
    drill.expectedRecoveryHours = try hours(expectedRto, "--expected-rto") ?? promised?.recoveryTime?.hours
    drill.achievedRecoveryHours = try hours(achievedRto, "--achieved-rto")
    drill.expectedLossHours = try hours(expectedRpo, "--expected-rpo") ?? promised?.recoveryPoint?.hours
    drill.achievedLossHours = try hours(achievedRpo, "--achieved-rpo")
    let history = try IncidentDatabase(path: database.path, mode: .create)
    if try !history.add(drill), !output.quiet {
      Terminal.writeError(
        "note: a drill of this name at this time was recorded already; it stays as it was\n")
    }
    try DrillReport(history.drills()).print(output)
  }

  /// What the model expects of the drill; throws `no-such-drill` when it has none of this name.
  private func promise() throws -> RecoveryObjective? {
    guard let model else { return nil }
    let plans = try ModelOptions.reading(at: model, assignments: []).model.procedures
    if let found = plans.first(where: { $0.procedure.name == name })?.drill { return found.expects }
    let drilled = plans.filter { $0.drill != nil }.map(\.procedure.name)
    let known = drilled.isEmpty ? "it drills none" : "it drills \(drilled.joined(separator: ", "))"
    throw Findings([
      Diagnostic(
        slug: "no-such-drill", "\(model) has no drilled procedure “\(name)”; \(known)", at: nil,
        help: nearestName(to: name, among: drilled).map { "did you mean \($0)?" })
    ])
  }

  private func hours(_ text: String?, _ option: String) throws -> Double? {
    guard let text else { return nil }
    do throws(QuantityError) {
      return try TimeSpan(parsing: text).hours
    } catch {
      throw ValidationError("\(option): \(error.message)\(error.help.map { "; for example \($0)" } ?? "")")
    }
  }
}

/// `relmodel drill list`.
struct DrillList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The drills, oldest first, against what was promised.")

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    try DrillReport(IncidentDatabase(path: database.path, mode: .read).drills()).print(output)
  }
}
