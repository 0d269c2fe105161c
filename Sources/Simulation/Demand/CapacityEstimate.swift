internal import Quantities
internal import ServiceGraph
internal import ServiceModel
public import Stochastics

/// What was asked of a component, what there was for it, and what came of too little; a year has 8,760 h.
public struct CapacityEstimate: Sendable, Hashable {
  /// The component, or its role.
  public let name: String
  /// What is asked of it on average, in healthy units' worth.
  public let asked: Double
  /// What its healthy units can do on average, in healthy units' worth.
  public let healthy: Estimate
  /// How many units run on average, whether they are up or not.
  public let running: Estimate
  /// The hours of units that run.
  public let unitHoursPerYear: Estimate
  /// The highest load of all replications while any unit could work: what is asked over what can be done.
  public let peakLoad: Double
  /// Hours in which more was asked than could be done.
  public let shortHoursPerYear: Estimate
  /// Units that autoscaling added; `nil` without autoscaling.
  public let scaleUpsPerYear: Estimate?
  /// Those of them that were on their way while more was asked than could be done.
  public let lateScaleUpsPerYear: Estimate?
  /// Failures by overload; `nil` where it can not fail by it.
  public let overloadsPerYear: Estimate?

  /// What is asked over what can be done, of the means.
  public var meanLoad: Double? { healthy.value > 0 ? asked / healthy.value : nil }

  init(_ load: CompiledDemand.Load, _ tally: CapacityTally, replications: Int, plan: SimulationPlan) {
    func estimate(_ figure: CapacityTally.Figure, scale: Double) -> Estimate {
      tally[figure].estimate(count: replications, scale: scale, confidence: plan.confidence)
    }
    let unitHours = 1 / CapacityTally.partsPerUnitHour
    name = load.name
    asked = estimate(.asked, scale: unitHours / plan.horizonHours).value
    healthy = estimate(.healthy, scale: unitHours / plan.horizonHours)
    running = estimate(.running, scale: unitHours / plan.horizonHours)
    unitHoursPerYear = estimate(.running, scale: unitHours / plan.years)
    peakLoad = Double(tally.peak) * 0x1p-20
    // None seen: what was not may last as long as the horizon, so the rule of three bounds replications with any.
    let ofTicks = tally[.short].sum == 0 ? plan.horizonHours : Ticks.hours(1)
    shortHoursPerYear = estimate(.short, scale: ofTicks / plan.years)
    let isScaled = load.autoscaling != nil
    scaleUpsPerYear = isScaled ? estimate(.ordered, scale: 1 / plan.years) : nil
    lateScaleUpsPerYear = isScaled ? estimate(.late, scale: 1 / plan.years) : nil
    overloadsPerYear = load.overloads.isEmpty ? nil : estimate(.overloads, scale: 1 / plan.years)
  }
}
