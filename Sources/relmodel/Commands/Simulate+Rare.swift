import ArgumentParser
import Diagnostics
import Reports
import Simulation

extension Simulate {
  /// The most windows for each capability where none are asked for.
  private static let mostWindows = 5_000_000

  func simulateRare(_ prepared: Preparation, _ plan: SimulationPlan) throws {
    var plan = plan
    if !simulation.statesReplications { plan.replications = Simulate.mostWindows }
    let simulator: RareEventSimulator
    do throws(RareEventSimulator.Obstacle) {
      simulator = try RareEventSimulator(prepared.graph, plan: plan)
    } catch {
      throw Findings([
        Diagnostic(
          slug: "not-forced", "\(error.reason); rare ones can not be forced", at: nil,
          help: error == .policies || error == .demand
            ? "relmodel simulate, without --rare"
            : "relmodel solve needs no runs, and names what it approximates and leaves out")
      ])
    }
    let clock = ContinuousClock()
    let began = clock.now
    let result = simulator.run(shouldStop: { Interruption.happened })
    let run = simulation.run(
      replications: result.capabilities.reduce(0) { $0 + $1.replications }, threads: plan.threads,
      seconds: (clock.now - began) / .seconds(1))
    let report = RareEventReport(
      header: prepared.header, result: result, plan: plan,
      exact: crossCheck ? try? prepared.exactResults() : nil)
    try output.print(report.document, json: report.json(run: run))
    if Interruption.happened { throw Exit.Code(value: Exit.interrupted) }
  }
}

extension RareEventSimulator.Obstacle {
  fileprivate var reason: String {
    switch self {
    case .dependentUnits:
      "crews, spares, shared load, operating clocks and units that leave their nodes make failures depend on each other"
    case .policies: "policies remember outages from before a short window"
    case .starts: "units that wait for what they need to start make failures depend on each other"
    case .plannedWork: "planned work goes by the calendar, and the windows have none"
    case .demand: "what is asked changes over days and weeks, and units come and go with it"
    case .seasons: "failures with a season come more often at some hours of the week"
    }
  }
}
