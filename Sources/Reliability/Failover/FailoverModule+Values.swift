internal import ServiceGraph

extension FailoverModule {
  /// The long-run probability of each situation and outcome, situation after situation, in the order of the module's outcomes.
  var weights: [Double] {
    module.outcomes.enumerated().flatMap { situation, outcomes in
      outcomes.map { module.probabilities[situation][$0] ?? 0 }
    }
  }

  /// The same with other numbers, by the chain of the same components in the same detail, with as many stages for each law;
  /// `nil` when that has outcomes that this has not, or does not settle.
  func weights(in graph: CompiledGraph) -> [Double]? {
    let nominal = source.design
    let design = FailoverDesign(
      graph: graph, components: source.components, isShared: nominal.processes.isShared,
      others: nominal.others, shapes: nominal.graph)
    guard let outages = design.processes.outages(source.detail), outages.count == source.chain.outages.count
    else { return nil }
    let chain = design.chain(outages, source.detail)
    guard
      let space = try? StateSpace(from: chain.start, limit: 2 * Self.stateLimit, moves: chain.moves),
      let probabilities = try? space.chain.steadyState(memory: source.elimination)
    else { return nil }
    return weights(of: space, probabilities, chain)
  }

  private func weights(
    of space: StateSpace<FailoverChain.State>, _ probabilities: [Double], _ chain: FailoverChain
  ) -> [Double]? {
    var numbers: [[Int]: Int] = [:]
    for (situation, outcomes) in module.outcomes.enumerated() {
      for outcome in outcomes { numbers[[situation, outcome]] = numbers.count }
    }
    var weights = [Double](repeating: 0, count: numbers.count)
    for (state, probability) in zip(space.states, probabilities) where probability > 0 {
      let situation = source.shared.enumerated().reduce(0) { bits, entry in
        chain.isHolding(entry.element, state) ? bits | 1 << entry.offset : bits
      }
      guard let number = numbers[[situation, chain.rolesDown(state)]] else { return nil }
      weights[number] += probability
    }
    return weights
  }
}
