public import ServiceGraph
public import ServiceModel

/// What a capability's unavailability may be, by all that is not known of the model's numbers: what the incident history
/// leaves possible of those bound to it, and what the model states as uncertain.
///
/// Each is drawn by itself, keyed by its name, and the exact long run is worked out for every sample. Where one component
/// alone decides, and both its numbers are bound, the odds of being down are beta prime.
///
/// Source of the laws: ``UncertainFactor/fromHistory(_:graph:jeffreys:)`` and ``UncertainFactor/stated(in:)``.
public struct UncertainUnavailability: Sendable {
  /// The unavailability in each sample.
  public let distribution: SampledDistribution
  /// The unavailability with the numbers as they are.
  public let stated: Double
  /// The names of the numbers bound to the history that vary and move it.
  public let bound: [String]
  /// The names of the numbers stated as uncertain that vary and move it.
  public let believed: [String]
  /// How roles that move were treated in the samples; `nil` where nothing is approximated.
  public let note: String?

  /// How many samples there are without another wish.
  public static let usualSamples = 2_000

  /// The names of all numbers that vary and move it.
  public var parameters: [String] { bound + believed }

  /// That of each capability; `nil` where nothing moves it that is not known.
  ///
  /// - Parameters:
  ///   - samples: at least 2.
  ///   - seed: the same seed gives the same bits, and two models see the same luck in what they share.
  /// - Throws: `TooLarge` when the diagram outgrows its limit.
  /// - Complexity: one evaluation of the compiled diagram a sample.
  public static func all(
    _ graph: CompiledGraph, bindings: [BoundMode], samples: Int, seed: UInt64
  ) throws(SteadyState.TooLarge) -> [UncertainUnavailability?] {
    try all(SolvedRoles(graph), bindings: bindings, samples: samples, seed: seed)
  }

  /// The same of a graph whose roles other questions ask about too.
  public static func all(
    _ roles: SolvedRoles, bindings: [BoundMode], samples: Int, seed: UInt64
  ) throws(SteadyState.TooLarge) -> [UncertainUnavailability?] {
    let graph = roles.graph
    let bound = UncertainFactor.fromHistory(bindings, graph: graph)
    let believed = UncertainFactor.stated(in: graph).factors
    let factors = believed + bound
    guard !factors.isEmpty else { return graph.capabilities.map { _ in nil } }
    let response = try ServiceResponse(roles)
    let stated = response.unavailabilities(response.statedValues)
    let found = try? response.uncertainty(factors, samples: samples, seed: seed)
    // Each sample held against the chain solves it once more, so two have to do.
    let note = (try? response.samplingNote(factors, samples: min(samples, 2), seed: seed)) ?? nil
    let felt = response.dependencies
    return stated.indices.map { index in
      guard let distribution = found?[index], distribution.standardDeviation > 0 else { return nil }
      func names(_ factors: [UncertainFactor]) -> [String] {
        factors.filter { !felt[index].isDisjoint(with: $0.multiplied + $0.divided) }.map(\.name)
      }
      return UncertainUnavailability(
        distribution: distribution, stated: stated[index], bound: names(bound), believed: names(believed),
        note: note)
    }
  }
}
