import ArgumentParser
import Diagnostics
import Economics
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

      --sweep shows one model at many values; two sweeps make a grid. --roadmap takes the other files as the steps of \
      a plan, one after the other, and says in which order they are best made.
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

  @Option(
    name: .customLong("sweep"),
    help: ArgumentHelp(
      "A curve: path=1..5, path=1 h..100 h,9 for nine values, path=1 h..100 h,9,log in equal ratios, or path=a,b,c; "
        + "twice for a grid.", valueName: "path=values"))
  var sweeps: [String] = []

  @Flag(help: "The other models are steps of a plan; also the best order of the steps.")
  var roadmap = false

  @Option(
    name: .customLong("capability"),
    help: ArgumentHelp(
      "Whose downtime is money, of those that every design prices; all of them, added. With --roadmap the one whose "
        + "downtime orders the steps; the first. May be given several times.", valueName: "name"))
  var capabilities: [String] = []

  @Flag(name: .customLong("changes"), help: "Tell what each design changes, in sentences.")
  var tellsChanges = false

  @Option(
    help: ArgumentHelp(
      "The effective rate of discount of a year, for what a design is worth over --years. (default: 8 %)",
      valueName: "rate"))
  var rate: String?

  @OptionGroup var gate: GateOptions
  @OptionGroup var prices: PriceOptions
  @OptionGroup var history: HistoryOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var simulation: SimulationOptions

  func validate() throws {
    try validateSweep()
    if roadmap, models.count < 2 || !changes.isEmpty {
      throw ValidationError(
        "--roadmap: a base and the files of its steps: relmodel compare --roadmap BASE STEP STEP")
    }
    guard models.count + changes.count > 1 || !sweeps.isEmpty else {
      throw ValidationError(
        "one design alone has nothing to be compared with: relmodel compare BASE OTHER, or BASE --with path=value"
      )
    }
    _ = try discountRate()
  }

  private func validateSweep() throws {
    guard !sweeps.isEmpty else { return }
    let isAlone = models.count == 1 && changes.isEmpty && !roadmap && !tellsChanges && gate.texts.isEmpty
    guard isAlone, capabilities.isEmpty, rate == nil else {
      throw ValidationError(
        "--sweep: one model, without --with, --roadmap, --capability, --changes, --rate and --gate")
    }
    guard sweeps.count <= 2 else { throw ValidationError("--sweep: at most two, which make a grid") }
  }

  func run() throws {
    Interruption.listen()
    if !sweeps.isEmpty { return try printSweep() }
    if roadmap { return try printRoadmap() }
    try compare(designs())
  }

  /// Simulates designs, the base first, and prints what is different.
  ///
  /// - Parameter sections: what else is told of the comparison.
  func compare(
    _ designs: [ComparedDesign], sections: (ComparisonReport) throws -> [any ReportSection] = { _ in [] }
  ) throws {
    let conditions = try gate.conditions()
    let plan = try simulation.plan()
    try ComparedDesign.checkCommonGround(designs)
    try ComparedDesign.checkNames(capabilities, in: designs[0].model)
    for design in designs { try simulation.checkObstacles(design.graph, plan) }
    let costs = try ComparedMoney(
      designs, of: capabilities, plan: plan, prices: prices, rate: discountRate())
    let clock = ContinuousClock()
    let began = clock.now
    let comparison = simulate(designs, plan, keeping: costs.kept)
    let seconds = (clock.now - began) / .seconds(1)
    let reported = try reported(designs, costs, comparison)
    func report(_ sections: [any ReportSection]) -> ComparisonReport {
      ComparisonReport(
        designs: reported, comparison: comparison, money: costs.frame, tellsChanges: tellsChanges,
        sections: sections)
    }
    let plain = report([])
    let section = try GateOptions.section(conditions, plain.gateFacts)
    let run = simulation.run(
      replications: comparison.replications, threads: plan.threads, seconds: seconds)
    let full = report((section.map { [$0] } ?? []) + (try sections(plain)))
    try output.print(full.document, json: full.json(run: run))
    if comparison.isPartial { throw Exit.Code(value: Exit.interrupted) }
    if section?.isFailed == true { throw Exit.Code(value: Exit.gateMissed) }
  }

  /// The steps of a plan are told as changes of the one before, other designs as changes of the base.
  private func reported(
    _ designs: [ComparedDesign], _ costs: ComparedMoney, _ comparison: DesignComparison
  ) throws -> [ComparisonReport.Design] {
    try designs.enumerated().map { place, design in
      let changed = roadmap ? place - 1 : 0
      return design.reported(
        changing: place == 0 ? nil : (changed, designs[changed]),
        money: try costs.money(of: place, comparison))
    }
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

  func discountRate() throws -> DiscountRate { try DiscountRate(option: rate ?? "8 %") }
}
