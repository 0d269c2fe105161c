public import ServiceGraph
public import ServiceModel
public import Stochastics

/// The interval that few incidents deserve: what a capability's unavailability would be had the history shown
/// fewer or more of them.
///
/// The incidents of all bound modes that contribute are pooled to one Poisson count n; its exact interval, divided
/// by n, scales all their rates together. Durations keep their means. Only the ratio to the solved value is worked out at
/// the ends, with the mean outage of roles that move: a chain for each end of each capability would take seconds.
/// Source: Garwood, *Fiducial limits for the Poisson distribution*, Biometrika 28 (1936).
public struct HistoryInterval: Sendable {
  /// The unavailability with the interval of the pooled count.
  public let unavailability: Estimate
  /// How many incidents were pooled.
  public let count: Int

  /// Whether roles move, which the ends take with their mean role outage, scaled to the solved value.
  let hasMoves: Bool

  /// The sentence that goes with it.
  public var explanation: String {
    "The interval is the exact Poisson interval of \(count) incidents, pooled over the causes that contribute; "
      + "it leaves the uncertainty of their durations out."
      + (hasMoves ? " Its ends follow roles that move by their mean outage." : "")
  }

  /// The intervals of some capabilities; `nil` where no bound mode contributes.
  ///
  /// - Throws: `TooLarge` when a diagram outgrows its limit.
  public static func intervals(
    for results: [SteadyStateResult], graph: CompiledGraph, bindings: [BoundMode], confidence: Double = 0.95
  ) throws(SteadyState.TooLarge) -> [HistoryInterval?] {
    var intervals: [HistoryInterval?] = []
    for (index, result) in results.enumerated() {
      let contributing = Set(result.contributions.map(\.cause))
      let bound = bindings.filter { $0.observation.count > 0 && !contributing.isDisjoint(with: $0.causes) }
      intervals.append(
        bound.isEmpty
          ? nil
          : try interval(result, capability: index, graph: graph, bound: bound, confidence: confidence))
    }
    return intervals
  }

  private static func interval(
    _ result: SteadyStateResult, capability: Int, graph: CompiledGraph, bound: [BoundMode], confidence: Double
  ) throws(SteadyState.TooLarge) -> HistoryInterval {
    let seen = Dictionary(
      bound.map { ($0.reference, $0.observation.count) }, uniquingKeysWith: { first, _ in first })
    let count = seen.values.reduce(0, +)
    let (low, high) = poissonInterval(count: count, confidence: confidence)
    let names = Set(bound.flatMap(\.causes))
    let causes = Set(graph.causes.indices.filter { names.contains(graph.causes[$0]) })
    let stated = try SteadyState.unavailabilitiesByMeanMoves(of: graph)[capability]
    func scaled(_ events: Double) throws(SteadyState.TooLarge) -> Double {
      let graph = graph.scalingRates(ofCauses: causes, by: events / Double(count))
      let other = try SteadyState.unavailabilitiesByMeanMoves(of: graph)[capability]
      return stated > 0 ? min(1, result.unavailability * other / stated) : other
    }
    let estimate = Estimate(
      value: result.unavailability, low: try scaled(low), high: try scaled(high), confidence: confidence)
    return HistoryInterval(
      unavailability: estimate, count: count, hasMoves: graph.movingRoles.contains { $0.failover != nil })
  }
}

extension BoundMode {
  /// The causes it is counted under: single units, and shocks to all of them.
  var causes: Set<String> { [cause, "\(cause)/common-cause"] }

  /// The exact Poisson interval of the number seen.
  public func countInterval(confidence: Double) -> (low: Double, high: Double) {
    poissonInterval(count: observation.count, confidence: confidence)
  }
}
