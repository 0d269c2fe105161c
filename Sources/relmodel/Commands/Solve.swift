import ArgumentParser
import Diagnostics
import Quantities
import Reliability
import Reports
import ServiceGraph
import ServiceModel
import Simulation

/// `relmodel solve`.
struct Solve: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Exact long-run availability, where the downtime comes from, single points of failure.",
    discussion: """
      Unavailability by decision diagram over all failure processes; frequency, contributions and single \
      points of failure with it. A short simulation checks it.
      """)

  @OptionGroup var modelOptions: ModelOptions
  @OptionGroup var history: HistoryOptions
  @OptionGroup var output: OutputOptions

  @Flag(inversion: .prefixedNo, help: "Check the result by a short simulation.")
  var crossCheck = true

  @Option(help: "Replications of one year in the cross-check.")
  var replications = 2_000

  @Option(help: "The seed of the cross-check.")
  var seed: UInt64 = 42

  @Flag(help: "Exit with 1 when an objective is missed on average.")
  var gate = false

  /// A cross-check of a large model has fewer replications, and that of a huge one is left out.
  private static let crossCheckSeconds = 0.5

  func validate() throws {
    guard replications >= 2 else { throw ValidationError("--replications: at least 2") }
  }

  func run() throws {
    let prepared = try Preparation(modelOptions, history, output)
    let results = try prepared.exactResults()
    let intervals = try prepared.intervals(for: results)
    let report = SolveReport(
      header: prepared.header, results: results, intervals: intervals, checks: checks(prepared, results))
    try output.print(report.document, json: report.json)
    let isMissed = zip(prepared.graph.model.capabilities, results).contains { capability, result in
      capability.objectives.contains { result.unavailability > $0.availability.unavailability }
    }
    if gate, isMissed { throw Exit.Code(value: Exit.gateMissed) }
  }

  private func checks(_ prepared: Preparation, _ results: [SteadyStateResult]) -> [CrossCheck] {
    var plan = SimulationPlan(
      replications: replications, seed: seed, threads: Preparation.processorCount,
      confidence: CrossCheck.confidence)
    guard crossCheck, SimulationObstacle.all(of: prepared.graph, plan: plan).isEmpty else { return [] }
    let affordable = Int(Solve.crossCheckSeconds / Simulator(prepared.graph, plan: plan).expectedSeconds)
    plan.replications = min(replications, affordable)
    guard plan.replications >= 50 else { return [] }
    let simulated = Simulator(prepared.graph, plan: plan).run()
    return zip(results, simulated.capabilities).map { CrossCheck(exact: $0, simulated: $1) }
  }
}
