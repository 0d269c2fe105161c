public import ServiceGraph
internal import Stochastics

/// How the probabilities of a fault tree's tops answer to its uncertain numbers.
///
/// For trees without dynamic gates. The structure is compiled once.
public struct FaultTreeResponse: Sendable {
  /// The names of the tops.
  public let tops: [String]
  /// The names of the events, those of common-cause groups as they were expanded.
  public let events: [String]
  /// The tree's uncertain numbers, each as the probability that it is lower: uniform from 0 to 1.
  public let inputs: [UncertainInput]
  private let tree: FaultTree
  private let time: Double
  private let diagram: NetworkDiagram

  /// Compiles a tree.
  ///
  /// - Parameters:
  ///   - tree: a tree without dynamic gates.
  ///   - time: the mission time, in the tree's own unit.
  ///   - convention: how common-cause groups are expanded.
  /// - Throws: `TooLarge` when the diagram outgrows its limit.
  public init(
    _ tree: FaultTree, time: Double, convention: CommonCauseConvention = CommonCauseConvention()
  ) throws(SteadyState.TooLarge) {
    let expanded = tree.expandingCommonCause(convention)
    let network = FaultTreeNetwork(expanded)
    do throws(BinaryDecisionDiagram.TooLarge) {
      diagram = try NetworkDiagram(network.network, roots: network.tops)
    } catch {
      throw SteadyState.TooLarge(nodeLimit: error.nodeLimit)
    }
    self.tree = expanded
    self.time = time
    tops = expanded.tops.map(\.name)
    events = expanded.events.map(\.name)
    let unit = try? Uniform(minimum: 0, maximum: 1)
    inputs = expanded.expressions.uncertainties.compactMap { uncertainty in
      unit.map { UncertainInput(name: uncertainty.name, law: $0) }
    }
  }

  /// The distribution of each top's probability over the tree's uncertain numbers; `nil` when it has no value.
  public func uncertainty(samples: Int, seed: UInt64) -> [SampledDistribution?] {
    UncertaintyPropagation.distributions(
      of: inputs, samples: samples, seed: seed, outputs: tops.count, probabilities)
  }

  /// What was cut to 0…1 in the samples of ``uncertainty(samples:seed:)``.
  public struct CutSamples: Sendable, Hashable {
    /// How many samples gave some event that matters a number that is no probability.
    public let count: Int
    /// The events, in the tree's order.
    public let events: [String]
  }

  /// How many of these samples gave an event a number outside 0…1, as a wide normal deviate does, which was cut to it.
  public func cutSamples(_ samples: Int, seed: UInt64) -> CutSamples {
    let draws = inputs.map { $0.draws(samples, seed: seed) }
    let needed = Set(tops.indices.flatMap { diagram.support(ofRoot: $0) }).sorted()
    var isCut = [Bool](repeating: false, count: events.count)
    var count = 0
    for sample in 0..<samples {
      let values = tree.expressions.values(at: time, uniforms: draws.map { $0[sample] })
      let cut = needed.filter { values.isCut(tree.events[$0].law) }
      for event in cut { isCut[event] = true }
      if !cut.isEmpty { count += 1 }
    }
    return CutSamples(count: count, events: zip(events, isCut).filter(\.1).map(\.0))
  }

  /// The Sobol indices of each top's probability over the tree's uncertain numbers; `nil` when it does not vary.
  public func sobolIndices(samples: Int, seed: UInt64, resamples: Int = 200) -> [SobolIndices?] {
    SobolIndices.estimates(
      of: inputs, samples: samples, seed: seed, outputs: tops.count, resamples: resamples, probabilities)
  }

  /// The tornado of each top's probability over its uncertain numbers, each from its 5th to its 95th percentile while
  /// the others are at their medians; the ends are told as percentiles.
  public func percentileTornadoes() -> [Tornado] {
    let ranges = inputs.enumerated().map {
      Tornado.Range(place: $0.offset, name: $0.element.name, low: 0.05, high: 0.95)
    }
    return Tornado.tornadoes(
      base: [Double](repeating: 0.5, count: inputs.count), ranges: ranges, probabilities)
  }

  /// The tornado of each top's probability over the probabilities of events, from each divided by the span to each
  /// times the span, and at most 1; empty when some event's probability is not known.
  public func eventTornadoes(span: Double = 2) -> [Tornado] {
    let values = tree.expressions.values(at: time)
    let base = tree.events.compactMap { values.probability(of: $0.law) }
    guard base.count == events.count else { return [] }
    let ranges = base.enumerated().map {
      Tornado.Range(
        place: $0.offset, name: events[$0.offset], low: $0.element / span, high: min(1, $0.element * span))
    }
    return Tornado.tornadoes(base: base, ranges: ranges, tops(ofEvents:))
  }

  /// The probability of each top for percentiles of the uncertain numbers; NaN for all when an event has none.
  private func probabilities(_ percentiles: [Double]) -> [Double] {
    let values = tree.expressions.values(at: time, uniforms: percentiles)
    var known: [Double] = []
    for event in tree.events {
      guard let probability = values.probability(of: event.law) else {
        return [Double](repeating: .nan, count: tops.count)
      }
      known.append(probability)
    }
    return tops(ofEvents: known)
  }

  private func tops(ofEvents probabilities: [Double]) -> [Double] {
    tops.indices.map { diagram.probability(ofRoot: $0, probabilities) }
  }
}
