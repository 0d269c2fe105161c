internal import Quantities
internal import ServiceGraph
public import ServiceModel
public import Stochastics

/// What a simulation says about one capability.
public struct CapabilityEstimate: Sendable {
  /// A cause of downtime.
  public struct Contribution: Sendable, Hashable {
    /// `component/mode` or `domain/mode`.
    public let cause: String
    /// The fraction of downtime during which repairing this cause alone would restore the service.
    public let shareOfDowntime: Estimate
    /// The fraction of downtime in outages that this cause began; these sum to 1.
    public let shareBegun: Estimate
    /// The share of time in which repairing this cause alone would restore the service.
    public let unavailability: Estimate

    /// ``shareOfDowntime`` without its interval.
    public var share: Double { shareOfDowntime.value }
    /// ``shareBegun`` without its interval.
    public var firstCauseShare: Double { shareBegun.value }
  }

  /// A place, and how much of the downtime began there.
  public struct PlaceShare: Sendable, Hashable {
    /// A zone, or that it was in several at once or in none.
    public let place: String
    /// The fraction of downtime in outages that began there; these sum to 1.
    public let shareOfDowntime: Estimate

    /// ``shareOfDowntime`` without its interval.
    public var share: Double { shareOfDowntime.value }
  }

  /// How often an objective was missed.
  public struct ObjectiveOutcome: Sendable, Hashable {
    /// The objective.
    public let objective: Objective
    /// The share of windows missed; `nil` when the horizon holds no complete window.
    public let missed: Estimate?
    /// The share of replications in which any window is missed; `nil` when the horizon holds no complete window.
    public let anyMissed: Estimate?
    /// How much of the downtime that a window allows is used; `nil` when it allows none, or there is no window.
    public let budgetUsed: BudgetUse?
    /// How many windows one replication has.
    public let windows: Int
    /// Whether the objective is met on average.
    public let isMetOnAverage: Bool
  }

  /// So many replications had a downtime between two bounds that are at most 0.4 % apart.
  public struct DowntimeBin: Sendable, Hashable {
    /// The least, in hours.
    public let lowHours: Double
    /// The most, in hours.
    public let highHours: Double
    /// How many.
    public let count: Int
  }

  /// The capability's name.
  public let name: String
  /// The share of time it was down.
  public let unavailability: Estimate
  /// The share of service not served: down, or degraded.
  public let unservedFraction: Estimate
  /// Outages per year of 8,760 h.
  public let outagesPerYear: Estimate
  /// The share of replications with any downtime.
  public let shareOfReplicationsDown: Double
  /// The same with its interval; `nil` without a replication.
  public let replicationsDown: Estimate?
  /// Downtime in the horizon, in hours, that 50 %, 90 % and 99 % of replications do not exceed.
  public let downtimeHoursQuantiles: (p50: Double, p90: Double, p99: Double)
  /// The same percentiles with their intervals, in hours.
  public let downtimePercentiles: [Percentile]
  /// How many replications had how much downtime in the horizon, ascending.
  public let downtimes: [DowntimeBin]
  /// The replication with the most downtime, and how much that is in hours; `nil` when none had any.
  public let worst: (replication: Int, hours: Double)?
  /// Outages in the horizon that 5 % and 95 % of replications do not exceed.
  public let outageQuantiles: (p5: Int, p95: Int)
  /// The same percentiles with their intervals.
  public let outagePercentiles: [Percentile]
  /// The causes, largest share first.
  public let contributions: [Contribution]
  /// Where outages began; empty for a model without zones.
  public let places: [PlaceShare]
  /// The objectives, in the order declared.
  public let objectives: [ObjectiveOutcome]
  /// Downtime by calendar month; `nil` when the horizon holds no whole month.
  public let months: MonthlyDowntime?
  /// How long outages are; `nil` when none began and ended in the horizon.
  public let outageLengths: OutageLengths?
  /// When the first outage begins.
  public let firstOutage: FirstOutage
  /// Downtime told apart by whether planned work alone brings it; `nil` where nothing is planned.
  public let planned: PlannedDowntime?
  /// What it costs, where more than hours does; `nil` elsewhere, or where credits have no complete month to rest on.
  public let money: DowntimeMoney?
  /// The share of the horizon that replications were down.
  public let downtimeSpread: ReplicationSpread
  /// How many outages began in replications.
  public let outageSpread: ReplicationSpread
  /// The horizon of a replication in hours.
  public let horizonHours: Double
  /// The share of the horizon to which times are rounded.
  public let tickShare: Double
  /// The lengths of outages in ticks.
  let lengths: TickHistogram
  /// The times that it promises to recover in.
  let recoveries: [RecoveryOutcome]
  /// The confidence of its intervals.
  let confidence: Double

  init(_ index: Int, tally: Tally, layout: SimulationLayout, plan: SimulationPlan) {
    let own = tally.capabilities[index]
    let count = tally.replications
    let perHorizon = 1 / Double(layout.horizon)
    name = layout.graph.capabilities[index].name
    unavailability = own.downtime.shareOfTime(
      count: count, perHorizon: perHorizon, confidence: plan.confidence)
    unservedFraction = own.unserved.shareOfTime(
      count: count, perHorizon: perHorizon, confidence: plan.confidence
    ).beside(unseenDowntime: own.downtime.sum == 0 ? unavailability : nil)
    outagesPerYear = own.outages.estimate(count: count, scale: 1 / plan.years, confidence: plan.confidence)
    shareOfReplicationsDown = count > 0 ? Double(own.replicationsDown) / Double(count) : 0
    replicationsDown = proportionEstimate(
      successes: own.replicationsDown, trials: count, confidence: plan.confidence)
    downtimeHoursQuantiles = (own.downtimeHours(0.5), own.downtimeHours(0.9), own.downtimeHours(0.99))
    downtimePercentiles = own.downtimes.percentiles(
      [50, 90, 99], confidence: plan.confidence, scale: Ticks.hours)
    downtimes = own.downtimes.buckets.map {
      DowntimeBin(
        lowHours: Ticks.hours(Double($0.low)), highHours: Ticks.hours(Double($0.high)), count: $0.count)
    }
    worst =
      own.worst.downtime > 0 ? (own.worst.replication, Ticks.hours(Double(own.worst.downtime))) : nil
    outageQuantiles = (Int(own.outageCounts.quantile(0.05) ?? 0), Int(own.outageCounts.quantile(0.95) ?? 0))
    outagePercentiles = own.outageCounts.percentiles([5, 95], confidence: plan.confidence) { $0 }
    contributions = own.contributions(
      layout.causeNames, replications: count, perHorizon: perHorizon, confidence: plan.confidence)
    planned = PlannedDowntime(index, tally: tally, layout: layout, plan: plan)
    places = own.places(
      layout.originPlaces.names, replications: count, confidence: plan.confidence)
    objectives = CapabilityEstimate.objectives(
      index, mean: unavailability.value, unplanned: planned?.unplanned.value, tally, layout, plan)
    months = layout.windows.firstIndex { $0.capability == index && $0.isMonths }.flatMap { window in
      MonthlyDowntime(tally.windows[window], replications: count, confidence: plan.confidence)
    }
    outageLengths = OutageLengths(own, replications: count, confidence: plan.confidence)
    firstOutage = FirstOutage(own, replications: count, confidence: plan.confidence)
    money = DowntimeMoney(index, tally: tally, layout: layout, plan: plan)
    downtimeSpread = ReplicationSpread(own.downtime, own.downtimes, replications: count, scale: perHorizon)
    outageSpread = ReplicationSpread(own.outages, own.outageCounts, replications: count, scale: 1)
    tickShare = perHorizon
    horizonHours = Ticks.hours(Double(layout.horizon))
    lengths = own.outageLengths
    recoveries = zip(layout.recoveryTimes[index], own.lateOutages).map {
      RecoveryOutcome(limitHours: $0, late: Int($1))
    }
    confidence = plan.confidence
  }

  /// What became of the objectives of a capability.
  ///
  /// - Parameter unplanned: the mean unavailability without planned work; `nil` where there is none.
  private static func objectives(
    _ index: Int, mean: Double, unplanned: Double?, _ tally: Tally, _ layout: SimulationLayout,
    _ plan: SimulationPlan
  ) -> [ObjectiveOutcome] {
    let count = tally.replications
    // Outages of one length are all longer by the same part of a tick, or shorter.
    let rounding =
      0.5 / Double(layout.horizon) * Double(tally.capabilities[index].outages.sum) / Double(max(1, count))
    return layout.windows.enumerated().filter { $1.capability == index }.compactMap { window, windowPlan in
      guard let number = windowPlan.objective else { return nil }
      let objective = layout.graph.model.capabilities[index].objectives[number]
      return ObjectiveOutcome(
        objective: objective,
        missed: tally.missed(window: window, of: windowPlan, confidence: plan.confidence),
        anyMissed: tally.anyMissed(window: window, of: windowPlan, confidence: plan.confidence),
        budgetUsed: BudgetUse(
          tally.windows[window], plan: windowPlan, replications: count, confidence: plan.confidence),
        windows: windowPlan.ends.count,
        isMetOnAverage: (objective.excludesPlanned ? unplanned ?? mean : mean) - rounding
          <= objective.availability.unavailability)
    }
  }
}

extension Moments {
  /// A share of the horizon. None seen: up to the rule of three for a replication with any, which may lie
  /// anywhere in it.
  func shareOfTime(count: Int, perHorizon: Double, confidence: Double) -> Estimate {
    guard sum == 0 else { return estimate(count: count, scale: perHorizon, confidence: confidence) }
    return estimate(count: count, scale: 1, confidence: confidence).capped(at: 1)
  }
}

extension Estimate {
  /// The same estimate of what is not served, of which downtime is a part: downtime that was never seen comes on top
  /// of what was. Without either, one bound holds for both.
  func beside(unseenDowntime: Estimate?) -> Estimate {
    guard let unseenDowntime, value > 0 else { return self }
    return Estimate(value: value, low: low, high: high + unseenDowntime.high, confidence: confidence)
      .capped(at: 1)
  }

  /// The same estimate of something that is known to be no more than a limit.
  func capped(at limit: Double) -> Estimate {
    Estimate(value: value, low: low, high: min(limit, high), confidence: confidence)
  }
}

extension Tally {
  fileprivate func missed(window: Int, of plan: WindowPlan, confidence: Double) -> Estimate? {
    guard !plan.ends.isEmpty, replications > 1 else { return nil }
    // One replication may spoil every window, so none seen bounds replications, not windows.
    let scale = windows[window].missed.sum == 0 ? 1 : 1 / Double(plan.ends.count)
    return windows[window].missed.estimate(count: replications, scale: scale, confidence: confidence)
      .capped(at: 1)
  }
}

extension Tally {
  fileprivate func anyMissed(window: Int, of plan: WindowPlan, confidence: Double) -> Estimate? {
    guard !plan.ends.isEmpty else { return nil }
    return proportionEstimate(
      successes: windows[window].replicationsMissed, trials: replications, confidence: confidence)
  }
}

extension Tally.PerCapability {
  fileprivate func downtimeHours(_ p: Double) -> Double {
    Ticks.hours(Double(downtimes.quantile(p) ?? 0))
  }

  /// How much of the downtime began where, for a model with zones.
  fileprivate func places(
    _ names: [String], replications: Int, confidence: Double
  ) -> [CapabilityEstimate.PlaceShare] {
    zip(names, begunAt).map { name, moments in
      CapabilityEstimate.PlaceShare(
        place: name,
        shareOfDowntime: moments.share(of: downtime, replications: replications, confidence: confidence))
    }
  }

  fileprivate func contributions(
    _ causes: [String], replications: Int, perHorizon: Double, confidence: Double
  ) -> [CapabilityEstimate.Contribution] {
    guard downtime.sum > 0 else { return [] }
    return causes.indices.filter { restoring[$0].own.sum > 0 || begunBy[$0].own.sum > 0 }.map { cause in
      CapabilityEstimate.Contribution(
        cause: causes[cause],
        shareOfDowntime: restoring[cause].share(
          of: downtime, replications: replications, confidence: confidence),
        shareBegun: begunBy[cause].share(
          of: downtime, replications: replications, confidence: confidence),
        unavailability: restoring[cause].own.shareOfTime(
          count: replications, perHorizon: perHorizon, confidence: confidence))
    }
    .sorted { ($0.share, $1.cause) > ($1.share, $0.cause) }
  }
}
