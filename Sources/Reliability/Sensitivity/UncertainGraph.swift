public import ServiceGraph
internal import Stochastics

/// A graph whose uncertain numbers are drawn: the same structure, as a simulation follows it, with other numbers each time.
public struct UncertainGraph: Sendable {
  /// What is believed of its numbers.
  public let factors: [UncertainFactor]
  private let revaluation: ModelRevaluation
  private let places: FactorPlaces

  /// Prepares a graph.
  ///
  /// - Throws: the first factor's parameter that the model does not have.
  public init(
    _ graph: CompiledGraph, factors: [UncertainFactor]
  ) throws(ServiceResponse.UnknownParameter) {
    revaluation = ModelRevaluation(graph.simulated)
    places = try FactorPlaces(factors, of: revaluation.table.parameters)
    self.factors = factors
  }

  /// The factors of a draw, the same as every analysis with this seed sees: draw k of a factor depends on its name alone,
  /// so that two designs see the same luck in the numbers that both have.
  ///
  /// - Parameter number: the draw, from 0.
  public func draw(_ number: Int, seed: UInt64) -> [Double] {
    factors.map { UncertainInput(name: $0.name, law: $0.law).draw(number, seed: seed) }
  }

  /// The graph when each factor, in their order, is so large.
  public func graph(_ factors: [Double]) -> CompiledGraph {
    factors.isEmpty ? revaluation.graph : revaluation.graph(places.values(factors))
  }
}
