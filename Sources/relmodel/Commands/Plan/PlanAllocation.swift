import ArgumentParser
import Diagnostics
import Planning
import Quantities
import Reports
import Simulation

/// `relmodel plan MODEL`.
struct PlanAllocation: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "allocation",
    abstract: "Which levers to pull, in which order, what that costs and what it is worth.",
    discussion: """
      The levers stand under choices: in the model. Without options the plan is the cheapest that keeps every promised \
      availability in the long run and every promise of recovery time and data loss; with --budget the one with the least \
      downtime within it; with --budget and --at-least the cheapest again.

      With --table it allocates redundancy among the components of a CSV file: subsystem, type, reliability (or \
      unavailability), and a column for each resource; min, max and required where they are not 1, any and 1.
      """)

  @OptionGroup var modelOptions: ModelOptions
  @OptionGroup var aims: PlanAims
  @OptionGroup(title: "TABLES OF COMPONENTS") var table: PlanTableOptions
  @OptionGroup var prices: PriceOptions
  @OptionGroup var history: HistoryOptions
  @OptionGroup var output: OutputOptions

  @Option(help: "At most so many designs are worked out where the parts of a model depend on each other.")
  var designs = 1_000

  @Flag(inversion: .prefixedNo, help: "Simulate the plan beside what the model says, with the same luck.")
  var verify = true

  @Option(help: "Replications of one year to verify with, and to simulate credits and penalties.")
  var replications = 10_000

  @Option(help: "The seed to simulate with.")
  var seed: UInt64 = 42

  @Flag(help: "Exit with 1 when there is no such plan.")
  var gate = false

  func validate() throws {
    guard designs >= 1, designs <= 1_000_000 else { throw ValidationError("--designs: 1 to 1,000,000") }
    guard replications >= 2, replications <= 10_000_000 else {
      throw ValidationError("--replications: 2 to 10,000,000")
    }
    try aims.check()
    try table.check(aims, model: modelOptions.model)
  }

  func run() throws {
    if let path = table.table {
      let answer = try TablePlan(path: path, table, aims)
      try output.print(answer.report.document, json: answer.report.json)
      if gate, !answer.isFound { throw Exit.Code(value: Exit.gateMissed) }
      return
    }
    Interruption.listen()
    let designs = try PlannedDesigns(modelOptions, history, prices, output)
    let asked = try aims.asked(of: designs)
    let question = try aims.question(for: designs, asked)
    let planner = try DesignPlanner<any Error>(
      designs.space, question, exhaustiveLimit: self.designs,
      order: designs.order(asked),
      evaluate: { design throws(any Error) in try designs.measures(design, asking: asked) })
    let aim = aims.aim(for: question)
    let dues = PlannedDues(designs: designs, asked: asked, plan: simulationPlan)
    let samples = aim == .leastTotal && question.pricesPeriods
    let plan = try planner.plan(
      dues: samples ? { wanted throws(any Error) in try dues.dues(of: wanted) } : nil)
    let chosen = plan.answer(to: aim)
    let verification = try chosen.map { try verified(designs, $0) } ?? .none
    let report = DesignPlanReport(
      DesignPlanReport.Frame(
        model: designs.model, space: designs.space, capabilities: asked.capabilities, question: question,
        currency: designs.currency, promises: asked.recoversAtLeast > 0 ? designs.promises : [],
        replications: samples ? replications : nil, isServed: asked.isServed,
        leavesOut: designs.leftOut(asked, samplesDues: samples)),
      plan: plan, aim: aim, steps: try chosen.map { try planner.steps(to: $0.design) } ?? [],
      listsFrontier: aims.frontier, verification: verification)
    try output.print(report.document, json: report.json(run: nil))
    if case .simulated(let comparison) = verification, comparison.isPartial {
      throw Exit.Code(value: Exit.interrupted)
    }
    if gate, chosen == nil { throw Exit.Code(value: Exit.gateMissed) }
  }

  private var simulationPlan: SimulationPlan {
    SimulationPlan(
      years: 1, replications: replications, seed: seed, start: .steady,
      threads: Preparation.processorCount, relativeError: nil)
  }

  /// Present and plan, simulated with the same luck.
  private func verified(
    _ designs: PlannedDesigns, _ chosen: DesignPoint
  ) throws -> DesignPlanReport.Verification {
    guard verify else { return .none }
    let plan = simulationPlan
    var graphs = [try designs.graph(designs.space.present)]
    if chosen.changes > 0 { graphs.append(try designs.graph(chosen.design)) }
    let obstacles = graphs.flatMap { SimulationObstacle.all(of: $0, plan: plan) }
    if let first = obstacles.first { return .impossible(first.reason) }
    let comparison = PairedSimulator(graphs, plan: plan).run(
      shouldStop: { Interruption.happened }, progress: { _ in })
    return .simulated(comparison)
  }
}

extension SimulationObstacle {
  /// Why there is no simulation, in a few words.
  var reason: String {
    switch self {
    case .unknownFrequency(let processes): "only an availability is known of \(processes[0])"
    case .tooManyOutages: "a year has too many outages to be simulated"
    case .longWarmUp: "the long run is too far away"
    case .tooManyWindows(let capability, let objective):
      "the windows of \(capability)/objectives/\(objective) are too many"
    case .endlessGrowth(let capability): "the demand of \(capability) grows without end"
    }
  }
}
