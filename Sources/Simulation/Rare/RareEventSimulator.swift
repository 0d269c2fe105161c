public import ServiceGraph
internal import Stochastics

/// Estimates unavailabilities that plain replications would never see, by importance sampling.
///
/// A short window of the long run is simulated many times. Each process touches it with a forced probability, and every
/// window carries the weight that makes up for it. What to force is learned from pilot runs: `ForcingLearner`.
public struct RareEventSimulator: Sendable {
  /// Why rare failures of a model can not be forced.
  public enum Obstacle: Error, Sendable, Hashable {
    /// Failures and repairs depend on each other, and have no law of their own that could be forced.
    case dependentUnits
    /// Policies keep a memory of outages that a short window does not hold.
    case policies
    /// Units wait for what they need to start, for longer than the windows last.
    case starts
    /// Failures are more frequent at some hours, and the windows are shorter than a week.
    case seasons
    /// Planned work takes units down by the calendar, and the windows have none.
    case plannedWork
    /// The demand changes over days and weeks, and what follows it is not forced.
    case demand
  }

  /// The windows between two looks at the estimate.
  static let batch = 20_000

  private let layout: SimulationLayout
  private let plan: SimulationPlan
  private let natural: [Double]
  private let burnInHours: Double

  /// Prepares a simulation.
  ///
  /// - Parameter plan: its replications are the most windows simulated for each capability; its years say nothing here.
  /// - Throws: why not.
  public init(_ graph: CompiledGraph, plan: SimulationPlan) throws(Obstacle) {
    guard graph.liveGroups.isEmpty else { throw .dependentUnits }
    guard graph.edges.isEmpty else { throw .policies }
    guard graph.simulated.demand.isEmpty else { throw .demand }
    guard graph.starts.isEmpty else { throw .starts }
    guard graph.processes.allSatisfy({ $0.season == nil }) else { throw .seasons }
    guard graph.planned.isEmpty else { throw .plannedWork }
    burnInHours = RareEventSimulator.burnIn(graph)
    var plan = plan
    plan.years = (burnInHours + RareEventSimulator.counted(graph)) / 8760
    plan.start = .steady
    self.plan = plan
    layout = SimulationLayout(graph, plan: plan)
    natural = layout.timelines.touchProbabilities
  }

  /// As long as a typical outage: shorter windows would see few, longer ones need many processes forced at once.
  private static func counted(_ graph: CompiledGraph) -> Double {
    let lengths = graph.processes.compactMap(\.meanOutageHours).sorted()
    return lengths.isEmpty ? 1 : max(1e-3, lengths[lengths.count / 2])
  }

  /// Four times the longest mean move: so long a role may still be where an outage before the window left it.
  private static func burnIn(_ graph: CompiledGraph) -> Double {
    let moves = graph.movingRoles.compactMap(\.failover).map { failover in
      failover.detection.reduce(0) { $0 + $1.mean } + max(failover.takes.mean, failover.manual?.mean ?? 0)
    }
    return 4 * (moves.max() ?? 0)
  }

  /// Runs windows until every capability's unavailability is known to the plan's relative error, 1 % without one.
  ///
  /// The result depends on the graph, the seed and the error asked for, never on the threads.
  public func run(shouldStop: @Sendable () -> Bool = { false }) -> RareEventResult {
    var estimates: [RareEstimate] = []
    for capability in layout.graph.capabilities.indices {
      estimates.append(estimate(capability, shouldStop))
      if shouldStop() { break }
    }
    let wanted = plan.relativeError ?? 0.01
    return RareEventResult(
      capabilities: estimates, windowHours: plan.horizonHours, burnInHours: burnInHours,
      isPartial: estimates.count < layout.graph.capabilities.count
        || estimates.contains { $0.relativeError > wanted && $0.replications < plan.replications })
  }

  private func estimate(_ capability: Int, _ shouldStop: () -> Bool) -> RareEstimate {
    let run = ForcedRun(layout: layout, plan: plan, capability: capability, burnInHours: burnInHours)
    var learner = ForcingLearner(run, natural: natural)
    let forcing = learner.learn()
    var sums = WeightedSums()
    var done = 0
    func current() -> RareEstimate {
      sums.estimate(
        name: run.name, hours: run.countedHours, confidence: plan.confidence, ways: learner.ways)
    }
    let wanted = plan.relativeError ?? 0.01
    while done < plan.replications, !shouldStop() {
      let next = min(RareEventSimulator.batch, plan.replications - done)
      // The pilots have replications of their own, from the far end.
      for window in run.windows(next, from: done, forcing) { sums.add(window) }
      done += next
      if current().reaches(relativeError: wanted) { break }
    }
    return current()
  }
}
