internal import Quantities
internal import Resilience
internal import ServiceGraph
public import Stochastics

/// What the policies of one dependency did with the outages of what it calls; all per year of 8,760 h.
///
/// An *episode* lasts from the loss of the callee until all is well again: a breaker that is still open when the callee is
/// lost once more makes one episode of two outages.
public struct EdgeEstimate: Sendable, Hashable {
  /// `backend → sap`.
  public let name: String
  /// Outages of the callee.
  public let outages: Estimate
  /// Episodes.
  public let episodes: Estimate
  /// Episodes in which no call failed: retries bridged them.
  public let masked: Estimate
  /// The share of episodes that were masked; `nil` when none was seen.
  public let maskedShare: Estimate?
  /// How often the breaker opened.
  public let openings: Estimate
  /// Hours in which the callee was down.
  public let calleeDownHours: Estimate
  /// Hours whose calls failed, a part of them counted in proportion; without those that the fallback served.
  /// Where several dependencies share their caller's slots, requests that find none are counted under `callerDownHours` alone.
  public let failedHours: Estimate
  /// Hours whose calls the fallback served.
  public let fallbackHours: Estimate
  /// Hours in which some calls went on failing after the callee's return.
  public let tailHours: Estimate
  /// Hours in which the caller had no slots, a share of its calls counted in proportion.
  public let callerDownHours: Estimate
  /// Episodes in which calls used up the caller's slots.
  public let cascadesCaused: Estimate
  /// Episodes in which they would have, but for the breaker.
  public let cascadesPreventedByBreaker: Estimate
  /// Episodes in which they would have, but for the bulkhead.
  public let cascadesPreventedByBulkhead: Estimate
  /// Calls an hour when all is well; `nil` without traffic.
  public let callsPerHour: Double?
  /// The share of attempts that the rate limit refuses when all is well, which no other number here counts; 0 without one.
  public let refusedWhenWell: Double

  init(_ edge: CompiledEdge, _ tally: EdgeTally, replications: Int, plan: SimulationPlan) {
    func perYear(_ moments: Moments) -> Estimate {
      moments.estimate(count: replications, scale: 1 / plan.years, confidence: plan.confidence)
    }
    /// None seen: those that were not may last as long as the horizon, so the rule of three bounds replications with any.
    func hours(_ moments: Moments) -> Estimate {
      let scale = moments.sum == 0 ? plan.horizonHours : Ticks.hours(1)
      return moments.estimate(count: replications, scale: scale / plan.years, confidence: plan.confidence)
    }
    name = edge.name
    let policies = edge.policies
    refusedWhenWell =
      policies.rateLimit.map { $0.refusedShare(attemptsPerHour: policies.attemptsPerHour ?? 0) } ?? 0
    outages = perYear(tally[.outages])
    episodes = perYear(tally[.episodes])
    masked = perYear(tally[.masked])
    let seen = Int(tally[.episodes].sum)
    maskedShare =
      seen > 0
      ? clusteredShare(
        Double(tally[.masked].sum) / Double(seen),
        replications: tally[.episodes].independent(of: seen, replications: replications),
        confidence: plan.confidence) : nil
    openings = perYear(tally[.openings])
    calleeDownHours = hours(tally[.calleeDown])
    failedHours = hours(tally[.failed])
    fallbackHours = hours(tally[.fallback])
    tailHours = hours(tally[.tail])
    callerDownHours = hours(tally[.callerDown])
    cascadesCaused = perYear(tally[.caused])
    cascadesPreventedByBreaker = perYear(tally[.preventedByBreaker])
    cascadesPreventedByBulkhead = perYear(tally[.preventedByBulkhead])
    callsPerHour = edge.policies.traffic?.calls.perHour
  }
}
