public import ServiceGraph
internal import ServiceModel

/// Places whose outages hit several components at once: what couples parts of a design that share nothing else.
public enum SharedOutages {
  /// The entities that take down units of two or more components, those that hit most units first.
  ///
  /// - Parameter limit: at most so many.
  public static func entities(of graph: CompiledGraph, limit: Int) -> [String] {
    let owners = graph.model.components.enumerated().flatMap { index, component in
      component.units.map { _ in index }
    }
    var units: [String: Int] = [:]
    var order: [String] = []
    for process in graph.processes where Set(process.units.map { owners[$0] }).count > 1 {
      if units[process.entity] == nil { order.append(process.entity) }
      units[process.entity] = max(units[process.entity] ?? 0, process.units.count)
    }
    let ranked = order.enumerated().sorted { left, right in
      let (a, b) = (units[left.element] ?? 0, units[right.element] ?? 0)
      return a != b ? a > b : left.offset < right.offset
    }
    return ranked.prefix(limit).map(\.element)
  }

  /// The unavailability of every capability by which of some entities are down.
  public struct Conditions: Sendable {
    /// How likely each situation is; bit n of its number says that entity n is down.
    public let chances: [Double]
    /// The unavailability by capability, then situation.
    public let unavailabilities: [[Double]]
  }

  /// The unavailability of every capability in each situation of some entities.
  ///
  /// An entity that the graph does not know, or that fails in several ways that hit different units, tells nothing: both
  /// of its states are alike, and its share stays inside them.
  ///
  /// - Throws: `TooLarge` when the diagram or a chain outgrows its limit.
  /// - Complexity: O(2^entities · nodes of the diagram)
  public static func conditions(
    of graph: CompiledGraph, entities: [String]
  ) throws(SteadyState.TooLarge) -> Conditions {
    let analysis = try SteadyStateAnalysis(graph)
    let variables = entities.map { entity in
      analysis.failure.events.indices.filter { variable in
        analysis.failure.events[variable].processes.contains { graph.processes[$0].entity == entity }
      }
    }
    let single = variables.map { $0.count == 1 ? $0.first : nil }
    let capabilities = graph.capabilities.indices
    var chances: [Double] = []
    var unavailabilities = [[Double]](repeating: [], count: capabilities.count)
    for situation in 0..<(1 << entities.count) {
      var (probabilities, chance) = (analysis.probabilities, 1.0)
      for (bit, variable) in single.enumerated() {
        let isDown = situation >> bit & 1 == 1
        guard let variable else {
          chance *= isDown ? 0 : 1
          continue
        }
        chance *= isDown ? probabilities[variable] : 1 - probabilities[variable]
        probabilities[variable] = isDown ? 1 : 0
      }
      chances.append(chance)
      let values = analysis.diagram.probabilitiesOfRoots(probabilities)
      for capability in capabilities { unavailabilities[capability].append(values[capability]) }
    }
    return Conditions(chances: chances, unavailabilities: unavailabilities)
  }
}
