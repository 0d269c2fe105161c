internal import ServiceGraph

extension DependentModule {
  /// The long-run probability of each outcome with other numbers, by the chain of the group in the graph given, in the order
  /// of this module's outcomes; `nil` when there are others, or it does not settle.
  func weights(of group: DependentGroup, in graph: CompiledGraph) -> [Double]? {
    let moves = DependentMoves(group, in: graph)
    guard
      let space = try? StateSpace(from: moves.start, limit: Self.stateLimit, moves: moves.moves),
      let probabilities = try? space.chain.steadyState()
    else { return nil }
    let view = DependentView(group, in: graph, moves: moves)
    let numbers = Dictionary(
      outcomes.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
    var weights = [Double](repeating: 0, count: outcomes.count)
    for (state, probability) in zip(space.states, probabilities) where probability > 0 {
      guard let number = numbers[view.outcome(state)] else { return nil }
      weights[number] += probability
    }
    return weights
  }
}
