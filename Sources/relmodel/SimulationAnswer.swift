import Quantities
import Reports
import Simulation

/// A simulation's result made into what is printed, whether it was run here or merged from parts.
struct SimulationAnswer {
  let prepared: Preparation
  let result: SimulationResult
  let posterior: PosteriorOptions
  /// What the exact engine says of the same.
  let exact: ExactAnswer
  /// Whether it is held against that.
  let crossCheck: Bool

  /// Prints it.
  ///
  /// - Parameter run: about the run itself, for the JSON.
  /// - Returns: what was printed.
  @discardableResult
  func print(_ output: OutputOptions, run: JSONValue? = nil) throws -> SimulateReport {
    let report = try report(isDrawn: output.format.isPage)
    try output.print(report.document, json: report.json(run: run))
    return report
  }

  /// Whether an objective is missed on average.
  var isObjectiveMissed: Bool {
    result.capabilities.contains { $0.objectives.contains { !$0.isMetOnAverage } }
  }

  /// A run that begins in the long run is held against it, one that begins new against the mean over its horizon.
  private func report(isDrawn: Bool) throws -> SimulateReport {
    let sections = posterior.sections(
      prepared, exact.posterior, seed: result.plan.seed, simulated: result)
    return SimulateReport(
      header: prepared.header, result: result, checks: crossCheck ? checks : [], isChecked: crossCheck,
      intervals: try exact.longRun?.intervals.get() ?? [], capabilitySections: sections,
      worst: isDrawn ? worstReplication : nil)
  }

  /// The replication in which the first capability that was ever down was down longest.
  private var worstReplication: TraceReport? {
    guard let worst = result.capabilities.lazy.compactMap(\.worst).first else { return nil }
    let trace = Simulator(prepared.graph, plan: result.plan).trace(replication: worst.replication)
    return TraceReport(header: prepared.header, trace: trace)
  }

  private var checks: [CrossCheck] {
    guard result.plan.start == .new else {
      return CrossCheck.all(
        of: prepared.graph, exact: exact.longRun?.results ?? [], simulated: result.capabilities)
    }
    return CrossCheck.all(of: prepared.graph, exact: exact.overHorizon, simulated: result.capabilities)
  }
}
