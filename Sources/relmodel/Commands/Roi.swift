import ArgumentParser
import Billing
import CloudCost
import Diagnostics
import Economics
import FoundationEssentials
import ModelFormat
import Quantities
import Reports
import ServiceGraph
import ServiceModel
import Simulation

/// `relmodel roi`.
struct Roi: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "What changes are worth: cash flows by month, net present value, returns, payback, break-even.",
    discussion: """
      The first model is the base, the others are options, what-if files as a rule: once: of each says what it costs, \
      takes: how long it takes. Downtime is money where a capability states downtime:, the bill where costs: stand. All \
      are simulated over the horizon with the same luck.
      """)

  @Argument(help: "The base and the options: model files and what-if files.")
  var models: [String]

  @Option(
    name: .customLong("with"),
    help: ArgumentHelp(
      "One more option: the base with a change, components/api/replicas/count=3; may be given several times.",
      valueName: "path=value"))
  var changes: [String] = []

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Change a value in the base and every option; may be given several times.", valueName: "path=value"))
  var assignments: [String] = []

  @Option(
    name: .customLong("capability"),
    help: ArgumentHelp(
      "Whose downtime is money, of those that state a price; all of them, added. May be given several times.",
      valueName: "name"))
  var capabilities: [String] = []

  @OptionGroup var asked: RoiOptions
  @OptionGroup var prices: PriceOptions
  @OptionGroup var history: HistoryOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var gate: GateOptions
  @OptionGroup var simulation: SimulationOptions

  func validate() throws {
    guard models.count + changes.count > 1 else {
      throw ValidationError(
        "one model alone is no option: \(CommandText.called) BASE OPTION, or BASE --with path=value")
    }
    let years = simulation.givenYears ?? 3
    guard (1...30).contains(years), years == years.rounded() else {
      throw ValidationError("--years: a whole number, 1 to 30")
    }
    guard simulation.start == .steady else {
      throw ValidationError("--start: what a change is worth is asked of services that run; leave it out")
    }
    let drawn = drawCount * RoiUncertainty.perDraw
    let kept = Double(max(simulation.replications, drawn)) * Double(models.count + changes.count) * years * 12
    guard kept <= 1e8 else {
      throw ValidationError("--replications: months × designs × replications are at most 100,000,000")
    }
  }

  func run() throws {
    let answer = try answer()
    try output.print(answer.report.document, json: answer.report.json(run: answer.run))
    if answer.report.isPartial { throw Exit.Code(value: Exit.interrupted) }
    if answer.report.gate?.isFailed == true { throw Exit.Code(value: Exit.gateMissed) }
  }

  /// What was found, what every result says about the base and each option, and what `--timing` adds.
  ///
  /// - Parameter withInputs: whether it says what inputs do though nobody asked for it, quickly then.
  func answer(withInputs: Bool = false) throws -> (
    report: RoiReport, headers: [ResultHeader], run: JSONValue?
  ) {
    Interruption.listen()
    let conditions = try gate.conditions()
    let designs = try RoiDesign.all(
      models, with: changes, assignments, prices, history, output)
    let plan = try simulation.plan(years: simulation.givenYears ?? 3)
    let currency = try RoiDesign.currency(of: designs)
    let counted = try RoiDesign.counted(capabilities, of: designs)
    for design in designs { try simulation.checkObstacles(design.prepared.graph, plan) }
    let clock = ContinuousClock()
    let began = clock.now
    let comparison = compare(designs, plan, counted)
    let frame = RoiFrame(designs: designs, comparison: comparison, currency: currency, counted: counted)
    let uncertainty = try RoiUncertainty(frame, draws: drawCount, shouldStop: { Interruption.happened })
    let seconds = (clock.now - began) / .seconds(1)
    var report = try report(frame, uncertainty, withInputs: withInputs)
    report.gate = try GateOptions.section(conditions, report.gateFacts)
    let run = simulation.run(
      replications: comparison.replications, threads: plan.threads, seconds: seconds)
    return (report, designs.map(\.prepared.header), run)
  }

  private func compare(
    _ designs: [RoiDesign], _ plan: SimulationPlan, _ counted: [String]
  ) -> DesignComparison {
    var line = ProgressLine(isShown: simulation.isProgressShown(output))
    defer { line.clear() }
    return PairedSimulator(designs.map(\.prepared.graph), plan: plan, keepingMonthsOf: Set(counted)).run(
      shouldStop: { Interruption.happened }, progress: { line.show($0.designs[0]) })
  }

  private func report(
    _ frame: RoiFrame, _ uncertainty: RoiUncertainty?, withInputs: Bool
  ) throws -> RoiReport {
    let rate = try asked.discountRate()
    let returns = try frame.returns(rate: rate)
    let inputs =
      asked.sensitivity || withInputs
      ? try RoiInputs(frame, returns, rate: rate, simulatingAll: asked.sensitivity) : nil
    let risk = try asked.riskAdjustment()
    let bases = RoiBases(frame, prices: prices, history: history, rate: rate)
    let options = try zip(frame.designs.dropFirst(), returns).enumerated().map { place, pair in
      let (design, found) = pair
      let change = design.change(beyond: frame.designs[0])
      return RoiReport.Option(
        name: design.name, returns: found, bills: BillComparison(frame.designs[0].bill, design.bill),
        once: change.once.map { "\($0)" }, takes: change.takes,
        repriced: design.repriced(from: frame.designs[0]),
        uncertain: uncertainty?.returns(found.plan, design: place + 1, rate: rate),
        inputs: inputs?.all[place] ?? [],
        basis: asked.basis ? try bases.basis(found, design: design) : nil,
        risk: risk.map { OptionRisk($0, statedBy: ["--risk"]) } ?? change.risk)
    }
    return RoiReport(
      RoiReport.Frame(
        base: frame.designs[0].name, header: frame.designs[0].prepared.header, currency: frame.currency,
        rate: rate, counted: frame.counted, comparison: frame.comparison, losses: frame.losses(uncertainty),
        held: uncertainty?.held ?? [], inputNote: inputs?.note ?? .simulated, stated: inputs?.stated ?? [:],
        goal: try asked.goal(in: frame.currency)),
      options: options)
  }

  private var drawCount: Int { asked.draws ?? min(500, simulation.replications / 10) }
}
