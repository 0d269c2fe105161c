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

  /// What is asked beside unavailability.
  public struct Questions: OptionSet, Sendable {
    /// The bits.
    public let rawValue: Int

    /// Questions.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// How often each capability goes down.
    public static let frequencies = Questions(rawValue: 1)
    /// The share of service that is not served, in place of unavailability.
    public static let unserved = Questions(rawValue: 2)
  }

  /// The unavailability of every capability by which of some entities are down.
  public struct Conditions: Sendable {
    /// How likely each situation is; bit n of its number says that entity n is down.
    public let chances: [Double]
    /// The unavailability by capability, then situation; where it is asked for, the share of service not served.
    public let unavailabilities: [[Double]]
    /// How often each capability goes down, per hour; `nil` when it is not known or was not asked for.
    public let frequencies: [Double?]
    /// Why what is not served is not known, by capability; `nil` when it is, or was not asked for.
    public let unservedReasons: [String?]
  }

  /// The unavailability of every capability in each situation of some entities.
  ///
  /// An entity that the graph does not know, or that fails in several ways that hit different units, tells nothing: both
  /// of its states are alike, and its share stays inside them.
  ///
  /// - Parameters:
  ///   - questions: what is asked beside that.
  ///   - memory: chains that other graphs have solved.
  /// - Throws: `TooLarge` when the diagram or a chain outgrows its limit.
  /// - Complexity: O(2^entities · nodes of the diagram)
  public static func conditions(
    of graph: CompiledGraph, entities: [String], asking questions: Questions = [], memory: SolvedChains? = nil
  ) throws(SteadyState.TooLarge) -> Conditions {
    let analysis = try SteadyStateAnalysis(graph, memory: memory)
    let capabilities = graph.capabilities.indices
    var unserved = UnservedFraction(analysis.failure)
    let formulas = capabilities.map { capability in
      questions.contains(.unserved) ? unserved.formula(ofCapability: capability) : (nil, nil)
    }
    let situations = situations(of: analysis, entities: entities)
    var unavailabilities = [[Double]](repeating: [], count: capabilities.count)
    for situation in situations {
      let values = analysis.diagram.probabilitiesOfRoots(situation.probabilities)
      for capability in capabilities {
        let down = values[capability]
        let value = formulas[capability].0?.value(unavailability: down, situation.probabilities)
        unavailabilities[capability].append(value ?? down)
      }
    }
    return Conditions(
      chances: situations.map(\.chance), unavailabilities: unavailabilities,
      frequencies: questions.contains(.frequencies)
        ? try analysis.frequenciesOfCapabilities() : capabilities.map { _ in nil },
      unservedReasons: formulas.map(\.1))
  }

  /// The probabilities of all events in each situation of some entities, and how likely it is.
  private static func situations(
    of analysis: SteadyStateAnalysis, entities: [String]
  ) -> [(chance: Double, probabilities: [Double])] {
    let variables = entities.map { entity in
      analysis.failure.events.indices.filter { variable in
        guard case .processes(let processes) = analysis.failure.events[variable].kind else { return false }
        return processes.contains { analysis.graph.processes[$0].entity == entity }
      }
    }
    let single = variables.map { $0.count == 1 ? $0.first : nil }
    return (0..<(1 << entities.count)).map { situation in
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
      return (chance, probabilities)
    }
  }
}

extension SteadyStateAnalysis {
  /// How often each capability goes down, per hour; `nil` where a frequency it depends on is not known.
  fileprivate func frequenciesOfCapabilities() throws(SteadyState.TooLarge) -> [Double?] {
    let changes = try frequenciesOfFailovers()
    return graph.capabilities.indices.map {
      frequency($0, support: diagram.support(ofRoot: $0), changes)
    }
  }
}
