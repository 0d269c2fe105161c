import ArgumentParser
import Diagnostics
import Quantities
import Reliability
import Reports
import ServiceGraph
import Simulation

/// `relmodel simulate`.
struct Simulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "What years may look like: availability, outages, objectives missed, with intervals.",
    discussion: """
      Independent replications of the given number of years. The same seed gives the same bits with any \
      number of threads. Ctrl-C prints what is there.
      """)

  @OptionGroup var modelOptions: ModelOptions
  @OptionGroup var history: HistoryOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var simulation: SimulationOptions

  @Flag(help: "Exit with 1 when an objective is missed on average.")
  var gate = false

  @Flag(
    help: ArgumentHelp(
      "Failures too rare to be seen in years: force them in short windows, by importance sampling, until the error of "
        + "--until is reached, 1 % without it."))
  var rare = false

  @Option(
    help: ArgumentHelp(
      "Draw the result into this folder as SVG: a histogram of downtime for each capability, and with --trace a timeline.",
      valueName: "folder"))
  var pictures: String?

  @Option(
    help: ArgumentHelp(
      "Print one replication instead, event by event: its number, from 0.", valueName: "replication"))
  var trace: Int?

  @Option(
    help: ArgumentHelp(
      "Write that replication to a file as well: JSON Lines (.jsonl), or for Chrome and Perfetto (.json).",
      valueName: "file"))
  var traceFile: String?

  func validate() throws {
    if rare, trace != nil || pictures != nil || gate || simulation.start == .new {
      throw ValidationError(
        "--rare: windows of the long run have no --trace, --pictures, --gate and no --start new")
    }
    if let trace, !(0..<simulation.replications).contains(trace) {
      throw ValidationError("--trace: a replication from 0 to \(grouped(simulation.replications - 1))")
    }
    if let traceFile {
      guard trace != nil else {
        throw ValidationError("--trace-file: say which replication, such as --trace 0")
      }
      guard traceFile.hasSuffix(".jsonl") || traceFile.hasSuffix(".json") else {
        throw ValidationError("--trace-file: a name that ends in .jsonl or .json")
      }
    }
  }

  func run() throws {
    Interruption.listen()
    let prepared = try Preparation(modelOptions, history, output)
    let plan = try simulation.plan()
    try simulation.checkObstacles(prepared.graph, plan)
    if rare { return try simulateRare(prepared, plan) }
    if let trace { return try tell(replication: trace, prepared, plan) }
    let clock = ContinuousClock()
    let began = clock.now
    let result = simulate(prepared, plan)
    let seconds = (clock.now - began) / .seconds(1)
    let report = try report(prepared, result)
    try output.print(report.document, json: report.json(run: run(result, seconds: seconds)))
    if let pictures { try draw(report, in: pictures) }
    if result.isPartial { throw Exit.Code(value: Exit.interrupted) }
    let isMissed = result.capabilities.contains { $0.objectives.contains { !$0.isMetOnAverage } }
    if gate, isMissed { throw Exit.Code(value: Exit.gateMissed) }
  }

  /// The most windows for each capability where none are asked for.
  private static let mostWindows = 5_000_000

  private func simulateRare(_ prepared: Preparation, _ plan: SimulationPlan) throws {
    var plan = plan
    if !simulation.statesReplications { plan.replications = Simulate.mostWindows }
    let simulator: RareEventSimulator
    do throws(RareEventSimulator.Obstacle) {
      simulator = try RareEventSimulator(prepared.graph, plan: plan)
    } catch {
      throw Findings([
        Diagnostic(
          slug: "not-forced",
          "crews, spares and shared load make failures depend on each other; rare ones can not be forced",
          at: nil,
          help: "relmodel solve has the exact answer")
      ])
    }
    let clock = ContinuousClock()
    let began = clock.now
    let result = simulator.run(shouldStop: { Interruption.happened })
    let run = simulation.run(
      replications: result.capabilities.reduce(0) { $0 + $1.replications }, threads: plan.threads,
      seconds: (clock.now - began) / .seconds(1))
    let report = RareEventReport(
      header: prepared.header, result: result, plan: plan, exact: try? prepared.exactResults())
    try output.print(report.document, json: report.json(run: run))
    if Interruption.happened { throw Exit.Code(value: Exit.interrupted) }
  }

  /// Prints one replication.
  private func tell(replication: Int, _ prepared: Preparation, _ plan: SimulationPlan) throws {
    let trace = Simulator(prepared.graph, plan: plan).trace(replication: replication)
    let report = TraceReport(header: prepared.header, trace: trace)
    try output.print(report.document, json: report.json)
    if let traceFile {
      try OutputFile.replace(
        traceFile, by: traceFile.hasSuffix(".jsonl") ? report.jsonLines : report.chromeTrace)
    }
    if let pictures {
      try OutputFile.makeFolder(pictures)
      try OutputFile.replace("\(pictures)/\(report.timeline.name)", by: report.timeline.svg)
    }
  }

  private func draw(_ report: SimulateReport, in folder: String) throws {
    try OutputFile.makeFolder(folder)
    for picture in report.pictures { try OutputFile.replace("\(folder)/\(picture.name)", by: picture.svg) }
  }

  private func simulate(_ prepared: Preparation, _ plan: SimulationPlan) -> SimulationResult {
    var line = ProgressLine(isShown: simulation.progress && !output.quiet && Terminal.errorIsTerminal)
    defer { line.clear() }
    return Simulator(prepared.graph, plan: plan).run(
      shouldStop: { Interruption.happened }, progress: { line.show($0) })
  }

  private static let curveLimit = 500

  /// A run that begins in the long run is held against it, one that begins new against the mean over its horizon.
  private func report(_ prepared: Preparation, _ result: SimulationResult) throws -> SimulateReport {
    guard let exact = try? prepared.exactResults() else {
      return SimulateReport(header: prepared.header, result: result, checks: [])
    }
    return SimulateReport(
      header: prepared.header, result: result, checks: checks(prepared, exact, result),
      intervals: try prepared.intervals(for: exact))
  }

  private func checks(
    _ prepared: Preparation, _ exact: [SteadyStateResult], _ result: SimulationResult
  ) -> [CrossCheck] {
    guard result.plan.start == .new else {
      return zip(exact, result.capabilities).map { CrossCheck(exact: $0, simulated: $1) }
    }
    // Every process has a curve of its own over time, so a large model would wait for its cross-check.
    guard prepared.graph.processes.count <= Simulate.curveLimit else { return [] }
    let horizon = result.plan.years * 8_760
    let intervals = try? IntervalAvailability.results(of: prepared.graph, horizonHours: horizon)
    return zip(intervals ?? [], result.capabilities).map { CrossCheck(exact: $0, simulated: $1) }
  }

  private func run(_ result: SimulationResult, seconds: Double) -> JSONValue? {
    simulation.run(replications: result.replications, threads: result.plan.threads, seconds: seconds)
  }
}
