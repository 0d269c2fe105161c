public import ServiceGraph
public import ServiceModel

/// All numbers of a model that are not known exactly.
public struct UncertainNumbers: Sendable {
  /// What is believed of them: what the model states itself, then what the history leaves possible.
  public let factors: [UncertainFactor]
  /// What is stated as uncertain and no number of the engines stands for; it is held at its value.
  public let held: [String]
  private let model: CompiledGraph

  /// Those of a model and what was bound in it.
  public init(_ graph: CompiledGraph, bindings: [BoundMode]) {
    let stated = UncertainFactor.stated(in: graph)
    factors = stated.factors + UncertainFactor.fromHistory(bindings, graph: graph)
    held = stated.unmatched
    model = graph
  }

  /// The model with its numbers drawn.
  public var graph: UncertainGraph {
    get throws(ServiceResponse.UnknownParameter) { try UncertainGraph(model, factors: factors) }
  }

  /// What is held of what the service does; prices are the bill's.
  public var heldBesidesCosts: [String] {
    held.filter { !$0.split(separator: "/").contains("costs") }
  }
}
