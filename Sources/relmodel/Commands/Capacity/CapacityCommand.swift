import ArgumentParser
import Billing
import Diagnostics
import ModelFormat
import Planning
import Reports
import ServiceModel

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
  @OptionGroup var prices: PriceOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let report = CapacityReport(try model())
    guard !report.isEmpty else {
      throw Findings([
        Diagnostic(
          slug: "no-capacity", "this model states no demand, no pool and no requests of nodes", at: nil,
          help: "capabilities: {service: {demand: {backend: 2.5}}}")
      ])
    }
    try output.print(report.document, json: report.json)
  }

  /// The model, with what its machines have where it does not say what they have for units.
  private func model() throws -> Model {
    let stated = try modelOptions.reading().model
    guard stated.leavesRoomToMachines else { return stated }
    let (model, taken) = stated.withRoomOfMachines(try prices.book(for: stated))
    if !output.quiet {
      for text in taken { Terminal.writeError("note: \(text); allocatable: states less\n") }
    }
    return model
  }
}

extension InvalidQuestion {
  /// The same as findings.
  var asFindings: Findings {
    Findings(findings.map { Diagnostic(slug: $0.slug, $0.message, at: nil, help: $0.help) })
  }
}
