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

  @Option(help: "The effective rate of discount of a year.")
  var rate = "8 %"

  @OptionGroup var prices: PriceOptions
  @OptionGroup var history: HistoryOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var simulation: SimulationOptions

  func validate() throws {
    guard models.count > 1 else {
      throw ValidationError("one model alone is no option: relmodel roi BASE OPTION")
    }
    let years = simulation.givenYears ?? 3
    guard (1...30).contains(years), years == years.rounded() else {
      throw ValidationError("--years: a whole number, 1 to 30")
    }
    guard simulation.start == .steady else {
      throw ValidationError("--start: what a change is worth is asked of services that run; leave it out")
    }
    let kept = Double(simulation.replications) * Double(models.count) * years * 12
    guard kept <= 1e8 else {
      throw ValidationError("--replications: months × designs × replications are at most 100,000,000")
    }
    _ = try discountRate()
  }

  func run() throws {
    let answer = try answer()
    try output.print(answer.report.document, json: answer.report.json(run: answer.run))
    if answer.report.isPartial { throw Exit.Code(value: Exit.interrupted) }
  }

  /// What was found, what every result says about the base and each option, and what `--timing` adds.
  func answer() throws -> (report: RoiReport, headers: [ResultHeader], run: JSONValue?) {
    Interruption.listen()
    let designs = try RoiDesign.all(models, assignments, prices, history, output)
    let plan = try simulation.plan(years: simulation.givenYears ?? 3)
    let currency = try RoiDesign.currency(of: designs)
    let counted = try RoiDesign.counted(capabilities, of: designs)
    for design in designs { try simulation.checkObstacles(design.prepared.graph, plan) }
    let clock = ContinuousClock()
    let began = clock.now
    let comparison = compare(designs, plan, counted)
    let seconds = (clock.now - began) / .seconds(1)
    let report = try report(designs, comparison, currency: currency, counted: counted)
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
    _ designs: [RoiDesign], _ comparison: DesignComparison, currency: String, counted: [String]
  ) throws -> RoiReport {
    let rate = try discountRate()
    let plan = comparison.designs[0].plan
    let base = designs[0]
    let before = try base.monthlyBills(years: Int(plan.years))
    let options = try designs.enumerated().dropFirst().map { place, design in
      let after = try design.monthlyBills(years: Int(plan.years))
      let option = OptionPlan(
        once: design.once(beyond: base), implementationHours: design.hours(beyond: base),
        runningIncrease: zip(before, after).map { Money($1 - $0, currency: currency).double })
      return RoiReport.Option(
        name: design.name,
        returns: OptionReturn(
          option, design: place, in: comparison.ledger ?? .empty, rate: rate, confidence: plan.confidence),
        bills: BillComparison(base.bill, design.bill), once: design.onceText(beyond: base),
        takes: design.takesText(beyond: base), repriced: design.repriced(from: base))
    }
    return RoiReport(
      RoiReport.Frame(
        base: base.name, header: base.prepared.header, currency: currency, rate: rate, counted: counted,
        comparison: comparison),
      options: options)
  }

  private func discountRate() throws -> DiscountRate {
    guard let number = NumberText(prefixOf: rate[...]), number.rest == "%" || number.rest.isEmpty,
      let found = DiscountRate(perYear: number.rest == "%" ? number.double / 100 : number.double)
    else { throw ValidationError("--rate: “\(rate)” is no rate above -100 %; expected 8 %") }
    return found
  }
}
