import Quantities
import Reliability
import Reports
import ServiceGraph
import Simulation

/// A simulation's result made into what is printed, whether it was run here or merged from parts.
struct SimulationAnswer {
  let prepared: Preparation
  let result: SimulationResult
  let posterior: PosteriorOptions
  /// Whether it is held against the exact answer.
  let crossCheck: Bool

  private static let curveLimit = 500

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
    let sections = posterior.sections(prepared, seed: result.plan.seed, simulated: result)
    let worst = isDrawn ? worstReplication : nil
    // What few incidents deserve is told from the exact answer as well.
    let isExactAsked = crossCheck || !prepared.header.bindings.isEmpty
    guard isExactAsked, let exact = try? prepared.exactResults() else {
      return SimulateReport(
        header: prepared.header, result: result, checks: [], isChecked: crossCheck,
        capabilitySections: sections,
        worst: worst)
    }
    return SimulateReport(
      header: prepared.header, result: result, checks: crossCheck ? checks(exact) : [], isChecked: crossCheck,
      intervals: try prepared.intervals(for: exact), capabilitySections: sections, worst: worst)
  }

  /// The replication in which the first capability that was ever down was down longest.
  private var worstReplication: TraceReport? {
    guard let worst = result.capabilities.lazy.compactMap(\.worst).first else { return nil }
    let trace = Simulator(prepared.graph, plan: result.plan).trace(replication: worst.replication)
    return TraceReport(header: prepared.header, trace: trace)
  }

  private func checks(_ exact: [SteadyStateResult]) -> [CrossCheck] {
    guard result.plan.start == .new else {
      return CrossCheck.all(of: prepared.graph, exact: exact, simulated: result.capabilities)
    }
    // Every process has a curve of its own over time, so a large model would wait for its cross-check.
    guard prepared.graph.processes.count <= SimulationAnswer.curveLimit else { return [] }
    let horizon = result.plan.years * 8_760
    let intervals = try? IntervalAvailability.results(of: prepared.graph, horizonHours: horizon)
    return CrossCheck.all(of: prepared.graph, exact: intervals ?? [], simulated: result.capabilities)
  }
}
