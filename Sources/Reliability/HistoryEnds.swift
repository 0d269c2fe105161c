public import ServiceGraph
public import ServiceModel
internal import Stochastics

/// What a capability would be like had the history shown fewer incidents, or more: the ends of its interval in full.
///
/// As for ``HistoryInterval``, the incidents of all bound modes are pooled to one Poisson count, whose exact interval scales
/// their rates together; durations keep their means. Each end is solved as the model itself is, roles that move included.
/// Source: Garwood, *Fiducial limits for the Poisson distribution*, Biometrika 28 (1936).
public struct HistoryEnds: Sendable {
  /// With as few incidents as the interval holds.
  public let few: SteadyStateResult
  /// With as many.
  public let many: SteadyStateResult

  /// The ends for every capability, in order; `nil` where no mode is bound that was ever seen.
  ///
  /// - Throws: `TooLarge` when a diagram or a chain outgrows its limit.
  public static func all(
    _ graph: CompiledGraph, bindings: [BoundMode], confidence: Double = 0.95
  ) throws(SteadyState.TooLarge) -> [HistoryEnds]? {
    let bound = bindings.filter { $0.observation.count > 0 }
    guard !bound.isEmpty else { return nil }
    let seen = Dictionary(
      bound.map { ($0.reference, $0.observation.count) }, uniquingKeysWith: { first, _ in first })
    let count = seen.values.reduce(0, +)
    let names = Set(bound.flatMap(\.causes))
    let causes = Set(graph.causes.indices.filter { names.contains(graph.causes[$0]) })
    let (low, high) = poissonInterval(count: count, confidence: confidence)
    let few = try SteadyState.results(of: graph.scalingRates(ofCauses: causes, by: low / Double(count)))
    let many = try SteadyState.results(of: graph.scalingRates(ofCauses: causes, by: high / Double(count)))
    return zip(few, many).map { HistoryEnds(few: $0, many: $1) }
  }
}
