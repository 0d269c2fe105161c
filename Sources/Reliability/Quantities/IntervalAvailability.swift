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
/// processes.
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

/// The failure of each capability of a graph over time, from new.
struct CapabilityCurves {
  let graph: CompiledGraph
  let failure: FailureNetwork
  let diagram: NetworkDiagram
  let events: EventCurves

  init(_ graph: CompiledGraph, horizonHours: Double) throws(SteadyState.TooLarge) {
    self.graph = graph
    let service = try IndependentService(graph)
    (failure, diagram) = (service.failure, service.diagram)
    var needed = [Bool](repeating: false, count: failure.events.count)
    for root in graph.capabilities.indices {
      for variable in diagram.support(ofRoot: root) { needed[variable] = true }
    }
    events = EventCurves(failure, needed: needed, horizonHours: horizonHours)
  }

  func curve(ofCapability index: Int) -> SystemCurve {
    SystemCurve(diagram: diagram, root: index, events: events)
  }

  /// What is not exact about a capability's curve.
  func approximations(ofCapability index: Int) -> [String] {
    var found: [String] = []
    for variable in diagram.support(ofRoot: index) {
      switch failure.events[variable].kind {
      case .moving(let role, _, _):
        let text =
          "failover of \(graph.movingRoles[role].name): the mean role outage as a constant share of the outage "
          + "that causes it"
        if !found.contains(text) { found.append(text) }
      case .dependent, .outcome: break
      case .processes(let indices):
        for process in indices.map({ graph.processes[$0] })
        where process.uptime == nil || process.outage.isEmpty {
          found.append(
            "\(process.name): only its availability is known, so it counts as steady from the start")
        }
      }
    }
    return found
  }
}
