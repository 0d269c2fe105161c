public import Stochastics

/// How long outages are, of those that began and ended in the horizon.
public struct OutageLengths: Sendable, Hashable {
  /// How many there were.
  public let count: Int
  /// How many more the horizon cuts off at its beginning or end; they are in the downtime and not here.
  public let cut: Int
  /// What 50 %, 90 % and 99 % of outages do not exceed, and the longest, in hours.
  public let p50Hours, p90Hours, p99Hours, longestHours: Double
  /// The same percentiles with their intervals, in hours.
  public let percentiles: [Percentile]

  init?(_ tally: Tally.PerCapability, replications: Int, confidence: Double) {
    guard let longest = tally.outageLengths.maximum else { return nil }
    func hours(_ p: Double) -> Double { Ticks.hours(Double(tally.outageLengths.quantile(p) ?? 0)) }
    count = tally.outageLengths.count
    cut = tally.outagesCut
    (p50Hours, p90Hours, p99Hours) = (hours(0.5), hours(0.9), hours(0.99))
    longestHours = Ticks.hours(Double(longest))
    percentiles = tally.outageLengths.percentiles(
      [50, 90, 99], worth: tally.outages.independent(of: count, replications: replications),
      confidence: confidence, scale: Ticks.hours)
  }
}

/// When the first outage begins, in a replication.
public struct FirstOutage: Sendable, Hashable {
  /// The share of replications in which none begins.
  public let shareWithout: Double
  /// The same with its interval.
  public let without: Estimate
  /// The hours until it has begun in 10 %, 50 % and 90 % of replications; `nil` when it has in fewer.
  public let p10Hours, p50Hours, p90Hours: Double?
  /// Those of them that there are, with their intervals, in hours; an upper limit of ∞ is beyond the horizon.
  public let percentiles: [Percentile]

  init(_ tally: Tally.PerCapability, replications: Int, confidence: Double) {
    let seen = Double(tally.firstOutages.count) / Double(max(1, replications))
    shareWithout = 1 - seen
    func hours(_ p: Double) -> Double? {
      guard seen > 0, p <= seen else { return nil }
      return tally.firstOutages.quantile(p / seen).map { Ticks.hours(Double($0)) }
    }
    (p10Hours, p50Hours, p90Hours) = (hours(0.1), hours(0.5), hours(0.9))
    percentiles = tally.firstOutages.percentiles(
      [10, 50, 90], of: replications, confidence: confidence, scale: Ticks.hours)
    without =
      proportionEstimate(
        successes: replications - tally.firstOutages.count, trials: replications, confidence: confidence)
      ?? Estimate(value: shareWithout, low: 0, high: 1, confidence: confidence)
  }
}

/// How much of the downtime that an objective allows in a window is used: its error budget. Of calendar months each has
/// its own.
public struct BudgetUse: Sendable, Hashable {
  /// The mean share used.
  public let meanUsed: Estimate
  /// The same without its interval.
  public var mean: Double { meanUsed.value }
  /// The share used that 50 %, 90 % and 99 % of windows do not exceed.
  public let p50, p90, p99: Double
  /// The same percentiles with their intervals.
  public let percentiles: [Percentile]

  init?(_ tally: Tally.PerWindows, plan: WindowPlan, replications: Int, confidence: Double) {
    let allowed = Double(plan.leastAllowed)
    guard allowed > 0, tally.downtimes.count > 0 else { return nil }
    func used(_ p: Double) -> Double { Double(tally.downtimes.quantile(p) ?? 0) / allowed }
    meanUsed = BudgetUse.mean(tally, plan, replications: replications, confidence: confidence)
    (p50, p90, p99) = (used(0.5), used(0.9), used(0.99))
    percentiles = tally.downtimes.percentiles(
      [50, 90, 99], worth: replications, confidence: confidence
    ) { $0 / allowed }
  }

  /// The windows of one replication count as one. None used: up to the rule of three for a replication that is down in all of
  /// its windows.
  private static func mean(
    _ tally: Tally.PerWindows, _ plan: WindowPlan, replications: Int, confidence: Double
  ) -> Estimate {
    let allowed = Double(plan.leastAllowed)
    let most = tally.downtime.sum == 0 ? Double(plan.ends.last ?? 0) : 1
    let perReplication = Double(max(1, plan.ends.count)) * allowed
    let interval = tally.downtime.estimate(
      count: replications, scale: most / perReplication, confidence: confidence)
    return Estimate(
      value: Double(tally.downtime.sum) / Double(tally.downtimes.count) / allowed, low: interval.low,
      high: interval.high, confidence: confidence)
  }
}

/// Downtime by calendar month; a simulated year begins on 1 January.
public struct MonthlyDowntime: Sendable, Hashable {
  /// What 50 %, 90 % and 99 % of months do not exceed, and the worst, in hours.
  public let p50Hours, p90Hours, p99Hours, worstHours: Double
  /// The same percentiles with their intervals, in hours.
  public let percentiles: [Percentile]
  /// The share of months without any downtime.
  public let shareWithout: Double
  /// The same with its interval.
  public let without: Estimate
  /// The mean downtime of January, February, …, as far as the horizon goes, in hours.
  public let means: [Estimate]

  init?(_ tally: Tally.PerWindows, replications: Int, confidence: Double) {
    guard let worst = tally.downtimes.maximum, !tally.months.isEmpty else { return nil }
    func hours(_ p: Double) -> Double { Ticks.hours(Double(tally.downtimes.quantile(p) ?? 0)) }
    (p50Hours, p90Hours, p99Hours) = (hours(0.5), hours(0.9), hours(0.99))
    worstHours = Ticks.hours(Double(worst))
    percentiles = tally.downtimes.percentiles(
      [50, 90, 99], worth: replications, confidence: confidence, scale: Ticks.hours)
    shareWithout = 1 - tally.downtimes.fraction(above: 0)
    without = clusteredShare(shareWithout, replications: replications, confidence: confidence)
    let windows = tally.downtimes.count / max(1, replications)
    means = tally.months.indices.map { month in
      // Each month of the year is as often in the horizon as the others, or once less.
      let own = windows / 12 + (month < windows % 12 ? 1 : 0)
      return tally.months[month].estimate(
        count: replications * own, scale: Ticks.hours(1), confidence: confidence)
    }
  }
}
