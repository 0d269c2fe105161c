internal import ServiceGraph
public import Stochastics

/// The downtime of a capability, told apart by whether planned work alone brings it.
///
/// Downtime is planned while the capability would be up if all planned work under way were taken away, with the starts
/// after it.
public struct PlannedDowntime: Sendable, Hashable {
  /// The share of time that it was down for planned work alone.
  public let planned: Estimate
  /// The share of time that it was down otherwise.
  public let unplanned: Estimate
  /// The share of service not served for planned work alone: down, or degraded.
  public let unserved: Estimate
}

/// What one kind of planned work came to; all per year of 8,760 h.
public struct PlannedEstimate: Sendable, Hashable {
  /// `backend/planned/deploy`.
  public let name: String
  /// Occasions.
  public let occasions: Estimate
  /// Occasions that were not through all their waves when the next one came.
  public let cutShort: Estimate
  /// Waves that began.
  public let waves: Estimate
  /// Waves that had to wait for a disruption budget.
  public let waits: Estimate
  /// The mean time that such a wave waited, in hours; `nil` when none did.
  public let meanWaitHours: Double?

  init(_ name: String, _ moments: [Moments], replications: Int, plan: SimulationPlan) {
    func perYear(_ part: PlannedTally.OfWork) -> Estimate {
      moments[part.rawValue].estimate(
        count: replications, scale: 1 / plan.years, confidence: plan.confidence)
    }
    self.name = name
    occasions = perYear(.occasions)
    cutShort = perYear(.cutShort)
    waves = perYear(.waves)
    waits = perYear(.waits)
    let waits = moments[PlannedTally.OfWork.waits.rawValue].sum
    let waited = moments[PlannedTally.OfWork.waited.rawValue].sum
    meanWaitHours = waits > 0 ? Ticks.hours(Double(waited)) / Double(waits) : nil
  }
}

extension PlannedDowntime {
  /// `nil` where nothing is planned.
  init?(_ index: Int, tally: Tally, layout: SimulationLayout, plan: SimulationPlan) {
    guard !layout.planned.isEmpty else { return nil }
    let (own, whole) = (tally.planned.capabilities[index], tally.capabilities[index])
    func share(_ moments: Moments) -> Estimate {
      moments.shareOfTime(
        count: tally.replications, perHorizon: 1 / Double(layout.horizon), confidence: plan.confidence)
    }
    // What was never seen is bounded by how often it was not, and is no more than the whole.
    func share(_ part: PlannedTally.OfCapability, of whole: Moments) -> Estimate {
      let moments = own[part.rawValue]
      return moments.sum == 0 ? share(moments).capped(at: share(whole).high) : share(moments)
    }
    (planned, unplanned) = (share(.planned, of: whole.downtime), share(.unplanned, of: whole.downtime))
    unserved = share(.unserved, of: whole.unserved)
  }
}

extension SimulationResult {
  /// What planned work came to, in the order of the graph's.
  static func planned(_ tally: Tally, _ layout: SimulationLayout, _ plan: SimulationPlan) -> [PlannedEstimate]
  {
    zip(layout.graph.planned.works, tally.planned.works).map {
      PlannedEstimate($0.name, $1, replications: tally.replications, plan: plan)
    }
  }
}
