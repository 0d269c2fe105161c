public import ArgumentParser
import Diagnostics
import Quantities
import Reliability
import Reports
import ServiceGraph
public import Simulation

extension SimulationPlan.Start: ExpressibleByArgument {}

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

  @Option(help: "Years in one replication.")
  var years = 1.0

  @Option(help: "How many replications.")
  var replications = 10_000

  @Option(help: "The seed of every random stream.")
  var seed: UInt64 = 42

  @Option(help: "Begin in the long run (steady), or with everything up and new.")
  var start = SimulationPlan.Start.steady

  @Option(
    help: ArgumentHelp("Stop once every interval is this narrow, such as 1 %.", valueName: "relative error"))
  var until: String?

  @Option(help: "Threads; they change nothing but the time it takes.")
  var threads: Int?

  @Flag(help: "Exit with 1 when an objective is missed on average.")
  var gate = false

  @Flag(help: "Add seconds, threads and replications to the JSON.")
  var timing = false

  @Flag(inversion: .prefixedNo, help: "Show the estimate tightening, on a terminal.")
  var progress = true

  func validate() throws {
    guard years.isFinite, years >= 0.001, years <= 1_000_000 else {
      throw ValidationError("--years: 0.001 to 1,000,000")
    }
    guard replications >= 2, replications <= Int(UInt32.max) else {
      throw ValidationError("--replications: 2 to \(grouped(Int(UInt32.max)))")
    }
    if let threads, !(1...1024).contains(threads) { throw ValidationError("--threads: 1 to 1,024") }
    _ = try relativeError()
  }

  func run() throws {
    Interruption.listen()
    let prepared = try Preparation(modelOptions, history, output)
    let plan = SimulationPlan(
      years: years, replications: replications, seed: seed, start: start,
      threads: threads ?? Preparation.processorCount, relativeError: try relativeError())
    let obstacles = SimulationObstacle.all(of: prepared.graph, plan: plan)
    guard obstacles.isEmpty else { throw Findings(obstacles.map(finding)) }
    let clock = ContinuousClock()
    let began = clock.now
    let result = simulate(prepared, plan)
    let seconds = (clock.now - began) / .seconds(1)
    let report = try report(prepared, result)
    try output.print(report.document, json: report.json(run: timing ? run(result, seconds: seconds) : nil))
    if result.isPartial { throw Exit.Code(value: Exit.interrupted) }
    let isMissed = result.capabilities.contains { $0.objectives.contains { !$0.isMetOnAverage } }
    if gate, isMissed { throw Exit.Code(value: Exit.gateMissed) }
  }

  private func relativeError() throws -> Double? {
    guard let until else { return nil }
    guard let value = try? Probability(parsing: until).value, value > 0 else {
      throw ValidationError("--until: a relative error such as 1 %, found “\(until)”")
    }
    return value
  }

  private func simulate(_ prepared: Preparation, _ plan: SimulationPlan) -> SimulationResult {
    var line = ProgressLine(isShown: progress && !output.quiet && Terminal.errorIsTerminal)
    defer { line.clear() }
    return Simulator(prepared.graph, plan: plan).run(
      shouldStop: { Interruption.happened }, progress: { line.show($0) })
  }

  private func finding(_ obstacle: SimulationObstacle) -> Diagnostic {
    switch obstacle {
    case .unknownFrequency(let processes):
      Diagnostic(
        slug: "frequency-unknown",
        "only an availability is known of \(processes[0])"
          + (processes.count > 1 ? " and \(processes.count - 1) more" : "")
          + "; how often and how long it is down is not, so it can not be simulated", at: nil,
        help: "fails: {outage: {availability: 99.99 %, lasts: 20 min}}, or: relmodel solve")
    case .sharedCrew(let name):
      Diagnostic(
        slug: "not-simulated",
        "repairs wait for the crew \(name), which the simulation does not know yet; the exact engine does",
        at: nil,
        help: "relmodel solve")
    case .dependentUnits(let component):
      Diagnostic(
        slug: "not-simulated",
        "units of \(component) stand by or share their load, which the simulation does not know yet; the exact engine "
          + "does", at: nil, help: "relmodel solve")
    case .tooManyOutages(let expected):
      Diagnostic(
        slug: "too-many-outages",
        "one replication would have about \(significant(expected, digits: 2)) outages; at most "
          + "\(grouped(SimulationObstacle.outageLimit, decimals: 0)) are simulated", at: nil,
        help:
          "--years \(significant(years * SimulationObstacle.outageLimit / expected / 2, digits: 1)), or: relmodel solve"
      )
    case .tooManyWindows(let capability, let objective):
      Diagnostic(
        slug: "too-many-windows",
        "the windows of \(capability)/objectives/\(objective) are too many in \(shortest(years)) years",
        at: nil,
        help: "per: calendar month")
    }
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

  private func run(_ result: SimulationResult, seconds: Double) -> JSONValue {
    [
      "seconds": .number(seconds), "threads": .integer(result.plan.threads),
      "replications": .integer(result.replications),
    ]
  }
}
