internal import Quantities
internal import ServiceGraph
internal import ServiceModel
public import Stochastics

/// What an alert on the errors of one dependency's calls did; per year of 8,760 h.
public struct AlertEstimate: Sendable, Hashable {
  /// The detector's name.
  public let detector: String
  /// `backend → sap`.
  public let dependency: String
  /// What is too many: `10 % over 5 min`.
  public let thresholdText: String
  /// How often it fired.
  public let firings: Estimate
  /// Hours in which it did.
  public let firingHours: Estimate
  /// Losses of the callee.
  public let outages: Estimate
  /// Those after which it fired before the next.
  public let outagesSeen: Estimate
  /// The mean time from such a loss until it fired, in hours; `nil`: it never did.
  public let meanDelayHours: Double?

  init(
    _ plan: AlertPlan, _ tally: AlertTally, outages: Moments, _ graph: CompiledGraph, replications: Int,
    plan run: SimulationPlan
  ) {
    func perYear(_ moments: Moments, scale: Double = 1) -> Estimate {
      moments.estimate(count: replications, scale: scale / run.years, confidence: run.confidence)
    }
    let edge = graph.edges[plan.edge]
    detector = graph.model.delays[plan.detector].name
    dependency = edge.name
    thresholdText =
      (edge.alert?.thresholdText ?? "") + (edge.alert?.window.map { " over \($0.exactText)" } ?? "")
    firings = perYear(tally[.firings])
    let ticks = tally[.firing].sum == 0 ? run.horizonHours : Ticks.hours(1)
    firingHours = perYear(tally[.firing], scale: ticks)
    self.outages = perYear(outages)
    outagesSeen = perYear(tally[.outagesSeen])
    let seen = tally[.outagesSeen].sum
    meanDelayHours = seen > 0 ? Double(tally[.delay].sum) / Double(seen) * Ticks.hours(1) : nil
  }
}
