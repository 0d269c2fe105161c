public import ServiceModel
public import Stochastics

/// One alternating renewal process: a failure mode of one entity at its scope.
public struct RenewalProcess: Sendable {
  /// The full name, which also keys its random stream: `api/2/crash`, `us-east-1a/outage`.
  public let name: String
  /// The cause it is counted under, as an index into the graph's causes.
  public let cause: Int
  /// What fails: the name of a unit, a component or a domain.
  public let entity: String
  /// The law of up times in hours; `nil` when only an availability is known.
  public internal(set) var uptime: (any Distribution)?
  /// The outage as a sum of independent parts in hours; empty when only an availability is known.
  public internal(set) var outage: [any Distribution]
  /// How many of the parts pass before the failure is noticed.
  public let detectionParts: Int
  /// The share of time it is down, D / (mean up time + D); with the starts after it, (D + E[min(X, S)]) / (E[X] + D).
  public internal(set) var unavailability: Double
  /// Whether the model states the unavailability, and the law of up times follows from it.
  public internal(set) var statesUnavailability: Bool
  /// The units it holds down or degrades, as indices in ascending order.
  public internal(set) var units: [Int]
  /// The fraction of work that remains while it is down; 0 for a plain failure.
  public let remainingFraction: Double
  /// Hours or months in which it fails more often; the law of up times is that of the mean rate of a week or year.
  public internal(set) var season: Season?
  /// The load that causes it, in a graph to be simulated; it has no law of up times then.
  public internal(set) var overload: OverloadTrigger?
  /// Whether the units that it takes down have to start after it, where they take time to.
  public internal(set) var restartsUnits = true
  /// S: how long all of its units take to start after it unless they are hit again, in hours; some may take longer. A fixed
  /// time: where starts vary, that which as many survive.
  public internal(set) var startHours = 0.0
  /// The units that take longer to start than others, soonest first, each with all that take longer still.
  public internal(set) var laterStarts: [LaterStart] = []
  /// What else than its own luck decides when it happens and whom it hits.
  public internal(set) var situation = ProcessSituation()

  /// The share of time it is down without the starts after it.
  public var unavailabilityOfOutage: Double {
    guard startHours > 0 || situation.boundShare < 1, let uptime, let down = meanOutageHours else {
      return unavailability
    }
    return down / (uptime.mean + down)
  }

  /// Whether the units it hits are down, and not only degraded.
  public var takesDown: Bool { remainingFraction == 0 }

  /// The mean outage in hours; `nil` when not known.
  public var meanOutageHours: Double? {
    outage.isEmpty ? nil : outage.reduce(0) { $0 + $1.mean }
  }

  /// The mean length of the outage that an instant of its downtime lies in, E[D²] / E[D], in hours; `nil` when not known.
  ///
  /// A mean that rests on few long outages hides how long they are; this does not. Source: Cox, *Renewal theory*, 1962,
  /// section 5.4. Worked: 1 min in 999 of 1,000 cases and 30 d in the other last 44 min on average, and cover an instant
  /// for 29 d.
  public var coveringOutageHours: Double? {
    guard let mean = meanOutageHours, mean > 0 else { return nil }
    return mean + outage.reduce(0) { $0 + $1.variance } / mean
  }

  /// Failures per hour of calendar time, 1 / (mean up time + mean outage); `nil` when not known.
  public var frequencyPerHour: Double? {
    guard let uptime, let down = meanOutageHours else { return nil }
    return 1 / (uptime.mean + down)
  }

  /// The same process failing `factor` times as often per up time.
  func scalingRate(by factor: Double) -> RenewalProcess {
    guard let uptime, let down = meanOutageHours, factor > 0 else { return self }
    var process = self
    let scaled = uptime.scaled(by: 1 / factor)
    process.uptime = scaled
    process.unavailability = RenewalProcess.unavailability(
      uptime: scaled, outage: down, holding: down * situation.boundShare, startHours: startHours,
      clock: situation.clock)
    process.statesUnavailability = false
    return process
  }
}
