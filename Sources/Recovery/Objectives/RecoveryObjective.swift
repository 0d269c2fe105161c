public import Quantities
public import Stochastics

/// What a tier promises: back within the RTO, with a loss of at most the RPO.
public struct RecoveryObjective: Hashable, Sendable {
  /// Its name, such as `tier-1`.
  public let name: String
  /// The recovery time objective: from the failure until the service is back, started; `nil`: none.
  public let recoveryTime: TimeSpan?
  /// The recovery point objective: the most of writes that may be lost; `nil`: none.
  public let recoveryPoint: TimeSpan?

  /// An objective.
  public init(name: String, recoveryTime: TimeSpan? = nil, recoveryPoint: TimeSpan? = nil) {
    self.name = name
    self.recoveryTime = recoveryTime
    self.recoveryPoint = recoveryPoint
  }

  /// How likely one scenario meets it.
  public struct Result: Hashable, Sendable {
    /// P(recovery ≤ RTO); `nil` without an RTO.
    public let meetsTime: Estimate?
    /// P(loss ≤ RPO); `nil` without an RPO.
    public let meetsPoint: Estimate?
    /// P(both), from the laws when one of the two is certain, else from a sample: a backup that can not be restored
    /// makes both worse; `nil` without either.
    public let meetsBoth: Estimate?
    /// The greatest loss, or in a sample the greatest drawn, in hours; ∞ when all can be lost.
    public let worstLossHours: Double
  }

  /// How likely a scenario meets it. What never comes back misses it.
  public func result(
    of scenario: RecoveryScenario, _ plan: SamplingPlan = SamplingPlan(), confidence: Double = 0.95
  ) -> Result {
    let outcome = scenario.outcome(plan)
    let time = recoveryTime.flatMap { outcome.recovery.probability(atMost: $0.hours, confidence: confidence) }
    let point = recoveryPoint.flatMap { outcome.loss.probability(atMost: $0.hours, confidence: confidence) }
    return Result(
      meetsTime: time, meetsPoint: point,
      meetsBoth: both(time, point, of: scenario, outcome, plan, confidence),
      worstLossHours: outcome.loss.worst)
  }

  private func both(
    _ time: Estimate?, _ point: Estimate?, of scenario: RecoveryScenario, _ outcome: RecoveryScenario.Outcome,
    _ plan: SamplingPlan, _ confidence: Double
  ) -> Estimate? {
    guard let time, let point else { return time ?? point }
    let exact = outcome.recovery.isExact && outcome.loss.isExact
    // With one of them certain or impossible, both is the smaller of the two.
    if exact, [0, 1].contains(time.value) || [0, 1].contains(point.value) {
      return time.value < point.value ? time : point
    }
    let met = plan.draws(scenario.streamName) { scenario.sample(using: &$0) }.count { isMet(by: $0) }
    return proportionEstimate(successes: met, trials: plan.count, confidence: confidence)
  }

  /// Whether a drawn recovery meets it.
  public func isMet(by draw: RecoveryDraw) -> Bool {
    draw.recoveryHours <= recoveryTime?.hours ?? .infinity
      && draw.lossHours <= recoveryPoint?.hours ?? .infinity
  }
}
