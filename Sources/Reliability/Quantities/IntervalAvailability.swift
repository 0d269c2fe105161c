public import ServiceGraph

/// What is expected of a capability over a horizon when everything begins up and new.
public struct IntervalResult: Sendable {
  /// The capability's name.
  public let capability: String
  /// The horizon in hours.
  public let horizonHours: Double
  /// The mean share of the horizon it is down, 0…1: what a simulation that begins new estimates.
  public let unavailability: Double
  /// The probability that it is down at the end of the horizon.
  public let unavailabilityAtEnd: Double
  /// The expected number of failures in the horizon; `nil` when a frequency it depends on is not known.
  public let expectedFailures: Double?
  /// How often it fails at the end of the horizon, per hour; `nil` when not known.
  public let frequencyAtEndPerHour: Double?
  /// About how far the numbers may be off, relative to their values.
  public let relativeError: Double
  /// What was approximated, and how.
  public let approximations: [String]
}

/// Availability over an interval from new, (1/T) ∫₀ᵀ P(down at t) dt, exact for any structure of independent
/// processes, and of parts with Markov chains of their own: roles that move, crews, spares, shared load.
///
/// Source: Trivedi and Bobbio, *Reliability and availability engineering*, 2017, section 9.4.
public enum IntervalAvailability {
  /// The results of all capabilities over a horizon.
  ///
  /// - Parameter horizonHours: the end of the interval, more than 0.
  /// - Throws: `TooLarge` when a diagram outgrows its limit.
  public static func results(
    of graph: CompiledGraph, horizonHours: Double
  ) throws(SteadyState.TooLarge) -> [IntervalResult] {
    let curves = try CapabilityCurves(graph, horizonHours: horizonHours)
    return graph.capabilities.indices.map { index in
      let curve = curves.curve(ofCapability: index)
      let interval = curve.interval(upToHours: horizonHours)
      let end = curve.events.moment(atHours: horizonHours)
      return IntervalResult(
        capability: graph.capabilities[index].name, horizonHours: horizonHours,
        unavailability: interval.meanUnavailability,
        unavailabilityAtEnd: curve.unavailability(atHours: horizonHours),
        expectedFailures: interval.expectedFailures, frequencyAtEndPerHour: curve.frequency(end),
        relativeError: interval.relativeError,
        approximations: curves.approximations(ofCapability: index))
    }
  }
}
