import ArgumentParser
import Reports

/// `relmodel recovery`.
struct RecoveryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recovery",
    abstract:
      "How a service is brought back: data lost, objectives met, start order, procedures step by step, drills."
  )

  @OptionGroup var modelOptions: ModelOptions
  @OptionGroup var history: HistoryOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let prepared = try Preparation(modelOptions, history, output)
    let report = RecoveryReport(header: prepared.header)
    guard !report.isEmpty else {
      throw ValidationError(
        "this model has no procedures, no start order, no data and no recovery objectives; see "
          + "Sources/ModelFormat/README.md")
    }
    try output.print(report.document, json: report.json)
  }
}
