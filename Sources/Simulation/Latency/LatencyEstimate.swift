internal import Quantities
public import Resilience
internal import ServiceGraph
public import ServiceModel
public import Stochastics

/// How long the requests of a capability take while it is up.
public struct LatencyEstimate: Sendable {
  /// A bound of an objective, and how it was kept.
  public struct Outcome: Sendable {
    /// The objective's name.
    public let objective: String
    /// The bound.
    public let bound: LatencyObjective.Bound
    /// The share of requests that take at most so long, of all while the capability is up.
    public let within: Estimate
    /// The share of the up time in which the bound is kept.
    public let kept: Estimate

    /// Whether the bound is kept by all requests together.
    public var isMet: Bool { within.value >= bound.share }
  }

  /// The capability's name.
  public let capability: String
  /// How long they take when all is well.
  public let usual: LatencySample
  /// The share of the up time in which all is well.
  public let usualShare: Estimate
  /// The bounds, in the order of the objectives.
  public let outcomes: [Outcome]
  /// Whom a request reaches without a word on how long that takes.
  public let unstated: [String]
  /// The groups of which the first members are called.
  public let groups: [String]
  /// The share of the up time in standings too many to look at one by one; it counts as missed.
  public let unfollowedShare: Double

  /// Draws for each standing.
  public static let sampleCount = 40_000
  /// Standings that are looked at one by one.
  static let standingLimit = 48
}

/// A standing's share of the up time, and how long requests take in it.
struct LatencyStanding {
  let share: Estimate
  let sample: LatencySample
}

extension LatencyEstimate {
  init(
    _ service: LatencyLayout.Service, _ tally: LatencyTally, downtime: Moments, _ layout: LatencyLayout,
    name: String, replications: Int, plan: SimulationPlan
  ) {
    let up = max(1, plan.horizonHours - Double(downtime.sum) / Double(max(1, replications)) * Ticks.hours(1))
    func share(_ moments: Moments) -> Estimate {
      let scale = moments.sum == 0 ? 1 : Ticks.hours(1) / up
      return moments.estimate(count: replications, scale: scale, confidence: plan.confidence)
    }
    func sample(_ code: EdgeStandingCode) -> LatencySample {
      let standing = Dictionary(zip(service.edges, code), uniquingKeysWith: { first, _ in first })
      return service.compiled.path.sample(count: LatencyEstimate.sampleCount, name: name) { edge in
        CallLatency.Standing(code: standing[edge] ?? 0, ways: layout.ways)
      }
    }
    let all = tally.standings
    let others = all.prefix(LatencyEstimate.standingLimit).map {
      LatencyStanding(share: share($0.moments), sample: sample($0.code))
    }
    let rest = all.dropFirst(LatencyEstimate.standingLimit).reduce(0.0) { $0 + share($1.moments).value }
    let usual = sample([])
    capability = name
    (self.usual, unfollowedShare) = (usual, rest)
    usualShare = LatencyEstimate.complement(of: others.map(\.share), and: rest, confidence: plan.confidence)
    outcomes = service.objectives.flatMap { objective in
      objective.bounds.map {
        Outcome(objective.name, $0, usual: usual, others, rest: rest, confidence: plan.confidence)
      }
    }
    (unstated, groups) = (service.compiled.unstated, service.compiled.groups)
  }

  private static func complement(of shares: [Estimate], and rest: Double, confidence: Double) -> Estimate {
    let sum = shares.reduce(rest) { $0 + $1.value }
    let spread = shares.reduce(0) { $0 + $1.halfWidth }
    return Estimate(
      value: max(0, 1 - sum), low: max(0, 1 - sum - spread), high: min(1, 1 - sum + spread),
      confidence: confidence)
  }
}

extension LatencyEstimate.Outcome {
  /// Shares of requests, weighted by the time in each standing. Half widths are added up, so that the interval is wide
  /// enough however the standings hang together; that of the sample is the normal one of a share.
  fileprivate init(
    _ objective: String, _ bound: LatencyObjective.Bound, usual: LatencySample, _ others: [LatencyStanding],
    rest: Double, confidence: Double
  ) {
    self.objective = objective
    self.bound = bound
    let well = usual.share(withinHours: bound.limit.hours)
    let keptWell = well >= bound.share ? 1.0 : 0
    var (within, kept) = (well * (1 - rest), keptWell * (1 - rest))
    var (withinError, keptError) = (0.0, 0.0)
    for other in others {
      let share = other.sample.share(withinHours: bound.limit.hours)
      let isKept = share >= bound.share ? 1.0 : 0
      within += (share - well) * other.share.value
      kept += (isKept - keptWell) * other.share.value
      withinError += abs(share - well) * other.share.halfWidth
      keptError += abs(isKept - keptWell) * other.share.halfWidth
    }
    let z = abs(normalQuantile(0.5 - confidence / 2))
    withinError += z * (well * (1 - well) / Double(usual.count)).squareRoot()
    self.within = Self.share(within, withinError, confidence)
    self.kept = Self.share(kept, keptError, confidence)
  }

  private static func share(_ value: Double, _ error: Double, _ confidence: Double) -> Estimate {
    let value = min(1, max(0, value))
    return Estimate(
      value: value, low: max(0, value - error), high: min(1, value + error), confidence: confidence)
  }
}
