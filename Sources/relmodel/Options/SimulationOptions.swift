public import ArgumentParser
import Diagnostics
import Quantities
import Reports
import ServiceGraph
public import Simulation

extension SimulationPlan.Start: ExpressibleByArgument {}

/// The options of every command that simulates.
struct SimulationOptions: ParsableArguments {
  @Option(
    name: .customLong("years"),
    help: ArgumentHelp("Years in one replication. (default: 1.0; of roi 3)", valueName: "years"))
  var givenYears: Double?

  /// Years in one replication.
  var years: Double { givenYears ?? 1 }

  @Option(
    name: .customLong("replications"),
    help: ArgumentHelp(
      "How many replications; with --until at most so many. (default: 10000; with --until 1000000)",
      valueName: "replications"))
  var givenReplications: Int?

  /// How many replications: without a number, what a look at the model needs, or what an error may take.
  var replications: Int { givenReplications ?? (until == nil ? 10_000 : 1_000_000) }

  /// Whether somebody said how many.
  var statesReplications: Bool { givenReplications != nil }

  @Option(help: "The seed of every random stream.")
  var seed: UInt64 = 42

  @Option(help: "Begin in the long run (steady), or with everything up and new.")
  var start = SimulationPlan.Start.steady

  @Option(
    help: ArgumentHelp(
      "Stop once the half-width of every unavailability's interval is at most this share of it, such as 1 %.",
      valueName: "relative error"))
  var until: String?

  @Option(help: "Threads; they change nothing but the time it takes.")
  var threads: Int?

  @Flag(help: "Add seconds, threads and replications to the JSON.")
  var timing = false

  @Flag(inversion: .prefixedNo, help: "Show the estimate tightening, on a terminal.")
  var progress = true

  func validate() throws {
    guard SimulationPlan.yearLimits.contains(years) else {
      throw ValidationError("--years: 0.001 to 1,000,000")
    }
    guard SimulationPlan.replicationLimits.contains(replications) else {
      throw ValidationError("--replications: 2 to \(grouped(SimulationPlan.replicationLimits.upperBound))")
    }
    if let threads, !(1...1024).contains(threads) { throw ValidationError("--threads: 1 to 1,024") }
    _ = try relativeError()
  }

  /// The plan they make.
  func plan() throws -> SimulationPlan { try plan(years: years) }

  /// The plan they make over so many years.
  func plan(years: Double) throws -> SimulationPlan {
    SimulationPlan(
      years: years, replications: replications, seed: seed, start: start,
      threads: threads ?? Preparation.processorCount, relativeError: try relativeError())
  }

  /// What of the model stands in the way of a plan.
  func checkObstacles(_ graph: CompiledGraph, _ plan: SimulationPlan) throws {
    let obstacles = SimulationObstacle.all(of: graph, plan: plan)
    guard obstacles.isEmpty else { throw Findings(obstacles.map(finding)) }
  }

  /// What `--timing` adds.
  func run(replications: Int, threads: Int, seconds: Double) -> JSONValue? {
    guard timing else { return nil }
    return [
      "seconds": .number(seconds), "threads": .integer(threads), "replications": .integer(replications),
    ]
  }

  /// Whether the estimate is shown tightening.
  func isProgressShown(_ output: OutputOptions) -> Bool {
    progress && !output.quiet && Terminal.errorIsTerminal
  }

  private func relativeError() throws -> Double? {
    guard let until else { return nil }
    guard let value = try? Probability(parsing: until).value, value > 0 else {
      throw ValidationError("--until: a relative error such as 1 %, found “\(until)”")
    }
    return value
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
    case .tooManyOutages(let expected):
      Diagnostic(
        slug: "too-many-outages",
        "one replication would have about \(significant(expected, digits: 2)) outages; at most "
          + "\(grouped(SimulationObstacle.outageLimit, decimals: 0)) are simulated", at: nil,
        help:
          "--years \(significant(years * SimulationObstacle.outageLimit / expected / 2, digits: 1)), or: relmodel solve"
      )
    case .longWarmUp(let expected, let hours):
      Diagnostic(
        slug: "long-warm-up",
        "crews, standby or load sharing need \(TimeSpan(hours: hours)?.description ?? "long") before the long run, with "
          + "about \(significant(expected, digits: 2)) outages; at most "
          + "\(grouped(SimulationObstacle.outageLimit, decimals: 0)) are simulated", at: nil,
        help: "--start new, or: relmodel solve")
    case .tooManyWindows(let capability, let objective):
      Diagnostic(
        slug: "too-many-windows",
        "the windows of \(capability)/objectives/\(objective) are too many in \(shortest(years)) years",
        at: nil,
        help: "per: calendar month")
    case .endlessGrowth(let capability):
      Diagnostic(
        slug: "endless-growth",
        "the demand of \(capability) grows more than a million times in \(shortest(years)) years", at: nil,
        help: "--years 10")
    }
  }
}
