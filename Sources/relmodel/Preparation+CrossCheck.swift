import Reliability
import Reports
import ServiceGraph
import Simulation

extension Preparation {
  /// A cross-check of a large model has fewer replications, and that of a huge one is left out.
  private static let crossCheckSeconds = 0.5

  /// So has that of one with much to follow in each outage, such as trials of breakers: two or three seconds of it, counted
  /// and not timed, so that the answer is the same on any machine.
  private static let crossCheckInstants = 4_000_000

  /// The fewest replications, and as many are run between two looks at what they have taken.
  private static let fewestReplications = 50

  /// Exact results beside those of a short simulation of single years; none where it would take long, or where nothing
  /// could be held against it.
  func crossChecks(of results: [SteadyStateResult], replications: Int, seed: UInt64) -> [CrossCheck] {
    guard graph.capabilities.indices.contains(where: { graph.onlySimulated(capability: $0) == nil }) else {
      return []
    }
    var plan = SimulationPlan(
      replications: replications, seed: seed, threads: Preparation.processorCount,
      confidence: CrossCheck.confidence)
    guard SimulationObstacle.all(of: graph, plan: plan).isEmpty else { return [] }
    let affordable = Int(Preparation.crossCheckSeconds / Simulator(graph, plan: plan).expectedSeconds)
    plan.replications = min(replications, affordable)
    guard plan.replications >= Preparation.fewestReplications else { return [] }
    let simulated = Simulator(graph, plan: plan).run(
      instants: Preparation.crossCheckInstants, batch: Preparation.fewestReplications)
    return CrossCheck.all(of: graph, exact: results, simulated: simulated.capabilities)
  }
}
