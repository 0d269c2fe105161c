extension FailoverModule {
  /// One sum over the states of the chain.
  private enum Sum: Hashable {
    case outcome(situation: Int, outcome: Int)
    case flow(OutcomeModule.Flow)
    case start(bit: Int, OutcomeModule.Flow)
  }

  /// The module from the start, when everything is up and every role where it begins.
  ///
  /// - Parameter variables: for each situation, those that say which outcome there is.
  /// - Throws: when the chain takes too many steps until its long run has come, or the horizon.
  func curve(
    variables: [[Int]], horizonHours: Double
  ) throws(MarkovChain.Unsolved) -> ModuleCurve {
    var numbers = SumNumbers<Sum>()
    let selections = zip(variables, module.outcomes).enumerated().map { situation, pair in
      ModuleCurve.Selection(
        variables: pair.0, weights: pair.1.map { numbers.number(.outcome(situation: situation, outcome: $0)) }
      )
    }
    let firstFlow = numbers.count
    for (flow, _) in module.flows { _ = numbers.number(.flow(flow)) }
    let firstStarts = module.starts.enumerated().map { bit, starts in
      let first = numbers.count
      for (flow, _) in starts { _ = numbers.number(.start(bit: bit, flow)) }
      return first
    }
    let functionals = functionals(numbers)
    let table = try ChainTabulation(
      chain: source.space.chain, functionals: functionals, horizon: horizonHours
    ).table()
    return ModuleCurve(
      table: table, selections: selections, firstFlow: firstFlow, firstStarts: firstStarts,
      pace: 1 / (source.space.chain.rates.totals.max() ?? 1))
  }

  /// The situation and the outcome of a state.
  func place(_ state: FailoverChain.State) -> (situation: Int, outcome: Int) {
    let situation = source.shared.enumerated().reduce(0) { bits, entry in
      source.chain.isHolding(entry.element, state) ? bits | 1 << entry.offset : bits
    }
    return (situation, source.chain.rolesDown(state))
  }

  private func functionals(_ numbers: SumNumbers<Sum>) -> ChainFunctionals {
    var functionals = ChainFunctionals(count: numbers.count)
    let places = source.space.states.map { place($0) }
    let rates = source.space.chain.rates
    for (state, before) in places.enumerated() {
      var entries: [(sum: Int, weight: Double)] = []
      func add(_ sum: Sum, _ weight: Double) {
        if let number = numbers.numbers[sum] { entries.append((number, weight)) }
      }
      add(.outcome(situation: before.situation, outcome: before.outcome), 1)
      for move in rates.row(state) {
        let after = places[rates.columns[move]]
        let flow = OutcomeModule.Flow(situation: before.situation, from: before.outcome, to: after.outcome)
        if before.situation == after.situation {
          add(.flow(flow), rates.values[move])
        } else if after.situation > before.situation {
          let bit = (after.situation ^ before.situation).trailingZeroBitCount
          add(.start(bit: bit, flow), rates.values[move])
        }
      }
      functionals.append(entries)
    }
    return functionals
  }
}
