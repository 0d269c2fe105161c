import ArgumentParser
import Diagnostics
import Economics
import ModelFormat
import Quantities
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

  @Flag(name: .customLong("changes"), help: "Tell what each design changes, in sentences.")
  var tellsChanges = false

  @Option(help: "The effective rate of discount of a year, for what a design is worth over --years.")
  var rate = "8 %"

  @OptionGroup var gate: GateOptions
  @OptionGroup var prices: PriceOptions
  @OptionGroup var history: HistoryOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var simulation: SimulationOptions

  func validate() throws {
    guard models.count + changes.count > 1 else {
      throw ValidationError(
        "one design alone has nothing to be compared with: relmodel compare BASE OTHER, or BASE --with path=value"
      )
    }
    _ = try discountRate()
  }

  func run() throws {
    Interruption.listen()
    try compare(designs())
  }

  /// Simulates designs, the base first, and prints what is different.
  func compare(_ designs: [ComparedDesign]) throws {
    let conditions = try gate.conditions()
    let plan = try simulation.plan()
    try ComparedDesign.checkCommonGround(designs)
    for design in designs { try simulation.checkObstacles(design.graph, plan) }
    let costs = try ComparedMoney(designs, plan: plan, prices: prices, rate: discountRate())
    let clock = ContinuousClock()
    let began = clock.now
    let comparison = simulate(designs, plan, keeping: costs.kept)
    let seconds = (clock.now - began) / .seconds(1)
    let reported = try designs.enumerated().map { place, design in
      design.reported(
        beside: place == 0 ? nil : designs[0], money: try costs.money(of: place, comparison))
    }
    func report(_ sections: [any ReportSection]) -> ComparisonReport {
      ComparisonReport(
        designs: reported, comparison: comparison, money: costs.frame, tellsChanges: tellsChanges,
        sections: sections)
    }
    let section = try GateOptions.section(conditions, report([]).gateFacts)
    let run = simulation.run(
      replications: comparison.replications, threads: plan.threads, seconds: seconds)
    let full = report(section.map { [$0] } ?? [])
    try output.print(full.document, json: full.json(run: run))
    if comparison.isPartial { throw Exit.Code(value: Exit.interrupted) }
    if section?.isFailed == true { throw Exit.Code(value: Exit.gateMissed) }
  }

  /// The base first, then the other files, then the base with each change.
  private func designs() throws -> [ComparedDesign] {
    var designs: [ComparedDesign] = []
    for path in models {
      let reading = try ModelOptions.reading(at: path, assignments: assignments)
      let name = reading.model.name
      designs.append(try design(designs.contains { $0.name == name } ? path : name, reading))
    }
    for change in changes {
      let changed = ValueList.parts(of: change, isSpaced: true)
      let reading = try ModelOptions.reading(at: models[0], assignments: assignments + changed)
      designs.append(try design("with \(change)", reading))
    }
    return designs
  }

  func design(_ name: String, _ reading: ModelReader.Reading) throws -> ComparedDesign {
    try ComparedDesign(name, reading, history, output)
  }

  func simulate(
    _ designs: [ComparedDesign], _ plan: SimulationPlan, keeping counted: Set<String>?
  ) -> DesignComparison {
    var line = ProgressLine(isShown: simulation.isProgressShown(output))
    defer { line.clear() }
    return PairedSimulator(designs.map(\.graph), plan: plan, keepingMonthsOf: counted).run(
      shouldStop: { Interruption.happened }, progress: { line.show($0.designs[0]) })
  }

  func discountRate() throws -> DiscountRate {
    guard let number = NumberText(prefixOf: rate[...]), number.rest == "%" || number.rest.isEmpty,
      let found = DiscountRate(perYear: number.rest == "%" ? number.double / 100 : number.double)
    else { throw ValidationError("--rate: “\(rate)” is no rate above -100 %; expected 8 %") }
    return found
  }
}
