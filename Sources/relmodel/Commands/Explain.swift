import ArgumentParser
import Reports

/// `relmodel explain`.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say in words how a model is read: what is needed, what fails, how often and for how long.")

  @OptionGroup var modelOptions: ModelOptions
  @OptionGroup var history: HistoryOptions
  @OptionGroup var output: OutputOptions

  @Option(name: .customLong("only"), help: "One component, domain, capability or queue by name.")
  var only: String?

  func run() throws {
    let prepared = try Preparation(modelOptions, history, output)
    let report = ExplainReport(header: prepared.header, only: only)
    guard !report.isEmpty else {
      throw ValidationError("\(only ?? "") is no component, domain, capability or queue of this model")
    }
    try output.print(report.document, json: report.json)
  }
}
