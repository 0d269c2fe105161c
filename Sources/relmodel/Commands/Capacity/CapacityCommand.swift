import ArgumentParser
import Diagnostics
import ModelFormat
import Planning
import Reports

/// `relmodel capacity`.
struct CapacityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "capacity",
    abstract: "What there is only so much of: used now, after a loss, and until when it lasts.",
    subcommands: [CapacityOfModel.self, CapacityQueue.self, CapacityForecast.self],
    defaultSubcommand: CapacityOfModel.self)
}

/// `relmodel capacity MODEL`.
struct CapacityOfModel: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model", abstract: "Pools, connections and demands of a model, the first to be full first.")

  @OptionGroup var modelOptions: ModelOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let report = CapacityReport(try modelOptions.reading().model)
    guard !report.isEmpty else {
      throw Findings([
        Diagnostic(
          slug: "no-capacity", "this model states no demand, no pool and no requests of nodes", at: nil,
          help: "capabilities: {service: {demand: {backend: 2.5}}}")
      ])
    }
    try output.print(report.document, json: report.json)
  }
}

extension InvalidQuestion {
  /// The same as findings.
  var asFindings: Findings {
    Findings(findings.map { Diagnostic(slug: $0.slug, $0.message, at: nil, help: $0.help) })
  }
}
