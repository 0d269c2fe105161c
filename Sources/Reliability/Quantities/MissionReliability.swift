public import ServiceGraph

/// How a system that begins new lasts until its first failure.
public struct MissionResult: Sendable {
  /// A number, and how well it is known.
  public enum Answer: Sendable, Hashable {
    /// Exact up to rounding; the text says how it was found.
    case exact(Double, method: String)
    /// Approximate, with proven bounds where there are some; the text names the approximation and its direction.
    case approximate(Double, low: Double?, high: Double?, method: String)
    /// It has no finite value: the event may never happen.
    case infinite(reason: String)
    /// Not known, and why.
    case unknown(String)

    /// The number, exact or approximate.
    public var value: Double? {
      switch self {
      case .exact(let value, _), .approximate(let value, _, _, _): value
      case .infinite, .unknown: nil
      }
    }
  }

  /// The capability's or top event's name.
  public let name: String
  /// The mission time in hours.
  public let missionHours: Double
  /// The probability of a failure within the mission, 1 − R(t).
  public let unreliability: Answer
  /// The mean time to the first failure in hours.
  public let meanTimeToFailure: Answer
  /// What was approximated in the model itself.
  public let approximations: [String]
}

/// The first failure of each capability of a graph whose parts are repaired.
///
/// Where all processes that matter have exponential or Erlang up times and outages, and equal ones that can be
/// exchanged are counted together, a Markov chain that stops at the first failure is exact. Otherwise Vesely's rate
/// stands in for the failure rate, R(t) ≈ exp(−∫ w / (1 − Q)), between the bounds 1 − W(t) and 1 − max Q.
/// Source: Vesely, *A time-dependent methodology for fault tree evaluation*, Nuclear Engineering and Design 13 (1970).
public enum MissionReliability {
  /// The most states of a chain.
  public static let stateLimit = 20_000

  /// The results of all capabilities for a mission that begins with everything new.
  ///
  /// - Parameter missionHours: the length of the mission, more than 0.
  /// - Throws: `TooLarge` when a diagram outgrows its limit.
  public static func results(
    of graph: CompiledGraph, missionHours: Double
  ) throws(SteadyState.TooLarge) -> [MissionResult] {
    let curves = try CapabilityCurves(graph, horizonHours: max(missionHours, graph.settlingHours))
    let settlingHours = max(graph.settlingHours, curves.settledHours)
    return graph.capabilities.indices.map { index in
      let answers =
        FirstFailureChain(curves, capability: index, stateLimit: stateLimit)?.answers(missionHours)
        ?? VeselyApproximation(
          curve: curves.curve(ofCapability: index), settlingHours: settlingHours
        ).answers(missionHours)
      return MissionResult(
        name: graph.capabilities[index].name, missionHours: missionHours,
        unreliability: answers.unreliability, meanTimeToFailure: answers.meanTime,
        approximations: curves.approximations(ofCapability: index))
    }
  }
}

extension CompiledGraph {
  /// A time after which processes that began new are near their long run, in hours.
  fileprivate var settlingHours: Double {
    processes.reduce(1) { longest, process in
      guard let up = process.uptime, let down = process.meanOutageHours else { return longest }
      return max(longest, up.settlesAfter(outage: down))
    }
  }
}

/// The answers about a first failure.
struct FirstFailureAnswers {
  let unreliability: MissionResult.Answer
  let meanTime: MissionResult.Answer
}
