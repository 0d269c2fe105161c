internal import ServiceGraph
public import Stochastics

/// What came of the nodes that autoscaled units ask for room on; a year has 8,760 h.
public struct NodePoolEstimate: Sendable, Hashable {
  /// The pool.
  public let name: String
  /// How many nodes run on average, whether they are up or not.
  public let running: Estimate
  /// The hours of nodes that run.
  public let nodeHoursPerYear: Estimate
  /// The most nodes that ran in any replication.
  public let most: Int
  /// Nodes that autoscaling added; `nil` without autoscaling.
  public let addedPerYear: Estimate?
  /// Hours of units that waited for a node with room.
  public let waitingUnitHoursPerYear: Estimate

  init(_ pool: CompiledNodePool, _ tally: NodeTally, replications: Int, plan: SimulationPlan) {
    func estimate(_ figure: NodeTally.Figure, scale: Double) -> Estimate {
      tally[figure].estimate(count: replications, scale: scale, confidence: plan.confidence)
    }
    let hours = 1 / CapacityTally.partsPerUnitHour
    name = pool.name
    running = estimate(.running, scale: hours / plan.horizonHours)
    nodeHoursPerYear = estimate(.running, scale: hours / plan.years)
    most = Int(tally.most)
    addedPerYear = pool.isScaled ? estimate(.ordered, scale: 1 / plan.years) : nil
    // None seen: a unit may have waited all the time, so the rule of three bounds replications with any.
    waitingUnitHoursPerYear = estimate(
      .waiting, scale: tally[.waiting].sum == 0 ? plan.horizonHours / plan.years : hours / plan.years)
  }
}
