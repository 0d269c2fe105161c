import Reliability
import Reports
import ServiceGraph
import Simulation

extension Preparation {
  /// A cross-check of a large model has fewer replications, and that of a huge one is left out.
  private static let crossCheckSeconds = 0.5

  /// Exact results beside those of a short simulation of single years; none where it would take long.
  func crossChecks(of results: [SteadyStateResult], replications: Int, seed: UInt64) -> [CrossCheck] {
    var plan = SimulationPlan(
      replications: replications, seed: seed, threads: Preparation.processorCount,
      confidence: CrossCheck.confidence)
    guard SimulationObstacle.all(of: graph, plan: plan).isEmpty else { return [] }
    let affordable = Int(Preparation.crossCheckSeconds / Simulator(graph, plan: plan).expectedSeconds)
    plan.replications = min(replications, affordable)
    guard plan.replications >= 50 else { return [] }
    let simulated = Simulator(graph, plan: plan).run()
    return CrossCheck.all(of: graph, exact: results, simulated: simulated.capabilities)
  }
}
