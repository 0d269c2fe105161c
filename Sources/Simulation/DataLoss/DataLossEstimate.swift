internal import Quantities
public import Recovery
public import ServiceModel
public import Stochastics

/// What a simulation says of the data that one failure loses.
public struct DataLossEstimate: Sendable {
  /// What 50 %, 90 % and 99 % of incidents do not exceed, the mean, and the most, in hours.
  public struct Spread: Sendable, Hashable {
    /// The mean, with its interval.
    public let meanEstimate: Estimate
    /// The same percentiles with their intervals.
    public let percentiles: [Percentile]
    /// What 50 %, 90 % and 99 % do not exceed, and the most.
    public let p50, p90, p99, most: Double

    /// ``meanEstimate`` without its interval.
    public var mean: Double { meanEstimate.value }
  }

  /// How often an objective was kept.
  public struct Attainment: Sendable, Hashable {
    /// The objective.
    public let objective: RecoveryObjective
    /// The share of incidents back within the RTO; `nil` without one, or without an incident.
    public let inTime: Estimate?
    /// The share of incidents that lost at most the RPO; `nil` without one, or without an incident.
    public let inPoint: Estimate?
    /// The share of incidents that kept both; `nil` without an incident.
    public let both: Estimate?
    /// Incidents a year that missed it.
    public let missesPerYear: Estimate
  }

  /// The failure.
  public let failure: StoreFailure
  /// How many incidents began in the horizon, over all replications.
  public let incidents: Int
  /// Incidents per year of 8,760 h.
  public let incidentsPerYear: Estimate
  /// Hours of writes lost per year, without losses of everything; `nil` when no incident lost some and left some.
  public let lostHoursPerYear: Estimate?
  /// Losses of everything per year.
  public let lossesOfAllPerYear: Estimate
  /// The loss of an incident that left something, in hours of writes; `nil` without one.
  public let loss: Spread?
  /// From the failure until its outage ended and the store had started, in hours; `nil` without an incident.
  public let recovery: Spread?
  /// Its objectives.
  public let attainments: [Attainment]

  init(_ failure: StoreFailure, _ tally: DataLossTally, replications: Int, plan: SimulationPlan) {
    self.failure = failure
    let incidents = Int(tally.incidents.sum)
    self.incidents = incidents
    func perYear(_ moments: Moments, scale: Double = 1) -> Estimate {
      moments.estimate(count: replications, scale: scale / plan.years, confidence: plan.confidence)
    }
    incidentsPerYear = perYear(tally.incidents)
    lossesOfAllPerYear = perYear(tally.lostAll)
    lostHoursPerYear = tally.lost.sum > 0 ? perYear(tally.lost, scale: Ticks.hours(1)) : nil
    // What begins with one failure in one replication may be alike.
    let alike = (incidents: tally.incidents, replications: replications)
    loss = Spread(tally.losses, sum: tally.lost.sum, alike, confidence: plan.confidence)
    recovery = Spread(tally.times, sum: tally.timeSum, alike, confidence: plan.confidence)
    attainments = zip(failure.objectives, tally.objectives).map { objective, kept in
      func share(_ count: Int) -> Estimate? {
        proportionEstimate(successes: count, trials: incidents, confidence: plan.confidence)
      }
      return Attainment(
        objective: objective, inTime: objective.recoveryTime.flatMap { _ in share(kept.time) },
        inPoint: objective.recoveryPoint.flatMap { _ in share(kept.point) }, both: share(kept.both),
        missesPerYear: perYear(kept.missed))
    }
  }
}

extension DataLossEstimate.Spread {
  fileprivate init?(
    _ histogram: TickHistogram, sum: Int128, _ alike: (incidents: Moments, replications: Int),
    confidence: Double
  ) {
    guard let most = histogram.maximum else { return nil }
    func hours(_ p: Double) -> Double { Ticks.hours(Double(histogram.quantile(p) ?? 0)) }
    let independent = alike.incidents.independent(of: histogram.count, replications: alike.replications)
    meanEstimate = histogram.meanEstimate(
      sum: sum, worth: independent, confidence: confidence
    ).multiplied(by: Ticks.hours(1))
    percentiles = histogram.percentiles(
      [50, 90, 99], worth: independent, confidence: confidence, scale: Ticks.hours)
    (p50, p90, p99) = (hours(0.5), hours(0.9), hours(0.99))
    self.most = Ticks.hours(Double(most))
  }
}
