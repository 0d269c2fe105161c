import ArgumentParser
import Billing
import CloudCost
import Diagnostics
import FoundationEssentials
import Reports
import ServiceGraph
import ServiceModel
import Simulation

/// `relmodel refunds`.
struct Refunds: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "How often the provider's service level agreements would pay back, and how much.",
    discussion: """
      Each resource under costs: has the agreement of its kind; its component is simulated, and each calendar month of \
      each replication below what is promised gives back a share of the resource's month. Failures that are \
      fault-of: us do not count. Agreements say what is paid back, never how available anything is.
      """)

  @OptionGroup var modelOptions: ModelOptions

  @Option(
    name: .customLong("of"),
    help: ArgumentHelp(
      "Says of a resource of the model as a whole which component or domain it is up with; may be given several times.",
      valueName: "resource=component"))
  var places: [String] = []
  @OptionGroup var prices: PriceOptions
  @OptionGroup var history: HistoryOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var simulation: SimulationOptions

  static let table = "aws-slas"

  func run() throws {
    Interruption.listen()
    let input = try ModelInput(modelOptions, history, output)
    let prepared = try Preparation(input)
    let model = prepared.graph.model
    let bill = try Bill(of: model, at: prices.book(for: model))
    let table = try PriceOptions.shelf.agreements(named: Self.table)
    let resources = AgreedResources(
      of: model, bill: bill, agreements: table, places: try ResourcePlaces(places, in: model).owners)
    let watched = try ResultHeader(
      graph: CompiledGraph(model.watching(resources.probes)), bindings: prepared.header.bindings)
    let plan = try simulation.plan()
    try simulation.checkObstacles(watched.graph, plan)
    let clock = ContinuousClock()
    let began = clock.now
    let result = simulate(watched.graph, plan)
    let seconds = (clock.now - began) / .seconds(1)
    let report = RefundReport(resources, header: watched, result: result)
    let run = simulation.run(replications: result.replications, threads: plan.threads, seconds: seconds)
    try output.print(report.document, json: report.json(run: run))
    if result.isPartial { throw Exit.Code(value: Exit.interrupted) }
  }

  private func simulate(_ graph: CompiledGraph, _ plan: SimulationPlan) -> SimulationResult {
    var line = ProgressLine(isShown: simulation.isProgressShown(output))
    defer { line.clear() }
    return Simulator(graph, plan: plan).run(
      shouldStop: { Interruption.happened }, progress: { line.show($0) })
  }
}
