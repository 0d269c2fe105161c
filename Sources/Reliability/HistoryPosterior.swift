public import ServiceGraph
public import ServiceModel

/// What a capability's unavailability may be, by what the incident history leaves possible of all numbers that are bound
/// to it: a sample of the posterior.
///
/// Each rate and each mean duration is drawn from its own posterior, keyed by its name, and the exact long run is worked
/// out for every sample. Where one component alone decides, the odds of being down are beta prime.
///
/// Source of the posteriors: ``UncertainFactor/fromHistory(_:graph:jeffreys:)``.
public struct HistoryPosterior: Sendable {
  /// The unavailability in each sample.
  public let distribution: SampledDistribution
  /// The unavailability with the numbers as bound.
  public let stated: Double
  /// The names of the numbers that vary and move it.
  public let parameters: [String]
  /// How roles that move were treated in the samples; `nil` where nothing is approximated.
  public let note: String?

  /// How many samples there are without another wish.
  public static let usualSamples = 2_000

  /// The posterior of each capability; `nil` where no bound number moves it.
  ///
  /// - Parameters:
  ///   - samples: at least 2.
  ///   - seed: the same seed gives the same bits, and two models see the same luck in what they share.
  /// - Throws: `TooLarge` when the diagram outgrows its limit.
  /// - Complexity: one evaluation of the compiled diagram a sample.
  public static func all(
    _ graph: CompiledGraph, bindings: [BoundMode], samples: Int, seed: UInt64
  ) throws(SteadyState.TooLarge) -> [HistoryPosterior?] {
    let factors = UncertainFactor.fromHistory(bindings, graph: graph)
    guard !factors.isEmpty else { return graph.capabilities.map { _ in nil } }
    let response = try ServiceResponse(graph)
    let stated = response.unavailabilities(response.statedValues)
    let found = try? response.uncertainty(factors, samples: samples, seed: seed)
    // Each sample held against the chain solves it once more, so two have to do.
    let note = (try? response.samplingNote(factors, samples: min(samples, 2), seed: seed)) ?? nil
    let felt = response.dependencies
    return stated.indices.map { index in
      guard let distribution = found?[index], distribution.standardDeviation > 0 else { return nil }
      let own = factors.filter { !felt[index].isDisjoint(with: $0.multiplied + $0.divided) }
      return HistoryPosterior(
        distribution: distribution, stated: stated[index], parameters: own.map(\.name), note: note)
    }
  }
}
