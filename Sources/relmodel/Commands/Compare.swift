import ArgumentParser
import Diagnostics
import ModelFormat
import Reports
import ServiceGraph
import ServiceModel
import Simulation

/// `relmodel compare`.
struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Designs side by side, simulated with the same luck, so that differences are sharp.",
    discussion: """
      The first model is the base. Others are files, or the base with changes: --with makes one design of it, and \
      several changes of one design are set apart by commas that are followed by a space. What designs have in \
      common fails at the same instants in all of them.
      """)

  @Argument(help: "The base and the designs compared with it: model files and what-if files.")
  var models: [String]

  @Option(
    name: .customLong("with"),
    help: ArgumentHelp(
      "One more design: the base with a change, components/api/replicas/count=3; may be given several times.",
      valueName: "path=value"))
  var changes: [String] = []

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("Change a value in every design; may be given several times.", valueName: "path=value")
  )
  var assignments: [String] = []

  @OptionGroup var history: HistoryOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var simulation: SimulationOptions

  func validate() throws {
    guard models.count + changes.count > 1 else {
      throw ValidationError(
        "one design alone has nothing to be compared with: relmodel compare BASE OTHER, or BASE --with path=value"
      )
    }
  }

  func run() throws {
    Interruption.listen()
    let designs = try designs()
    let plan = try simulation.plan()
    try checkCommonGround(designs)
    for design in designs { try simulation.checkObstacles(design.prepared.graph, plan) }
    let clock = ContinuousClock()
    let began = clock.now
    let comparison = compare(designs, plan)
    let seconds = (clock.now - began) / .seconds(1)
    let report = ComparisonReport(
      designs: designs.map { design in
        ComparisonReport.Design(
          name: design.name, header: design.prepared.header, exact: try? design.prepared.exactResults())
      }, comparison: comparison)
    let run = simulation.run(
      replications: comparison.replications, threads: plan.threads, seconds: seconds)
    try output.print(report.document, json: report.json(run: run))
    if comparison.isPartial { throw Exit.Code(value: Exit.interrupted) }
  }

  /// The base first, then the other files, then the base with each change.
  private func designs() throws -> [(name: String, prepared: Preparation)] {
    var designs: [(name: String, prepared: Preparation)] = []
    for path in models {
      let prepared = try prepared(path, assignments)
      let name = prepared.graph.model.name
      designs.append((designs.contains { $0.name == name } ? path : name, prepared))
    }
    for change in changes {
      let changed = change.split(separator: ", ").map(String.init)
      designs.append(("with \(change)", try prepared(models[0], assignments + changed)))
    }
    return designs
  }

  /// Every design must have something that can be compared with the base.
  private func checkCommonGround(_ designs: [(name: String, prepared: Preparation)]) throws {
    let known = designs[0].prepared.graph.model.capabilities.map(\.name)
    let findings = designs.dropFirst().compactMap { design -> Diagnostic? in
      let names = design.prepared.graph.model.capabilities.map(\.name)
      guard !names.contains(where: known.contains) else { return nil }
      return Diagnostic(
        slug: "nothing-to-compare",
        "\(design.name) has no capability of \(designs[0].name): it has \(names.joined(separator: ", ")), "
          + "and the base has \(known.joined(separator: ", "))", at: nil)
    }
    guard findings.isEmpty else { throw Findings(findings) }
  }

  private func prepared(_ path: String, _ assignments: [String]) throws -> Preparation {
    try Preparation(
      ModelInput(try ModelOptions.reading(at: path, assignments: assignments), history, output))
  }

  private func compare(
    _ designs: [(name: String, prepared: Preparation)], _ plan: SimulationPlan
  ) -> DesignComparison {
    var line = ProgressLine(isShown: simulation.isProgressShown(output))
    defer { line.clear() }
    return PairedSimulator(designs.map(\.prepared.graph), plan: plan).run(
      shouldStop: { Interruption.happened }, progress: { line.show($0.designs[0]) })
  }
}
