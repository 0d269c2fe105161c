extension DependentModule {
  /// The group from the start, when everything works.
  ///
  /// - Parameter variables: those that say which outcome there is.
  /// - Throws: when the chain takes too many steps until its long run has come, or the horizon.
  func curve(
    variables: [Int], horizonHours: Double
  ) throws(MarkovChain.Unsolved) -> ModuleCurve {
    let table = try ChainTabulation(
      chain: source.space.chain, functionals: try functionals(), horizon: horizonHours
    ).table()
    return ModuleCurve(
      table: table,
      selections: [ModuleCurve.Selection(variables: variables, weights: Array(outcomes.indices))],
      firstFlow: outcomes.count, firstStarts: [],
      pace: 1 / (source.space.chain.rates.totals.max() ?? 1))
  }

  /// The probability of each outcome, then the frequency of each step.
  private func functionals() throws(MarkovChain.Unsolved) -> ChainFunctionals {
    var functionals = ChainFunctionals(count: outcomes.count + steps.count)
    // An outcome that the long run does not know would have no variable.
    guard let places = outcomePlaces else {
      throw .notConverged(states: source.space.states.count, relativeChange: 1)
    }
    let stepPlaces = Dictionary(
      steps.enumerated().map { ([$0.element.from, $0.element.to], $0.offset) },
      uniquingKeysWith: { first, _ in first })
    let rates = source.space.chain.rates
    for (state, outcome) in places.enumerated() {
      var entries = [(sum: outcome, weight: 1.0)]
      for move in rates.row(state) {
        guard let step = stepPlaces[[outcome, places[rates.columns[move]]]] else { continue }
        entries.append((outcomes.count + step, rates.values[move]))
      }
      functionals.append(entries)
    }
    return functionals
  }

  /// For each state of the chain: its outcome; `nil` when one does not occur in the long run.
  var outcomePlaces: [Int]? {
    let numbers = Dictionary(
      outcomes.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
    let places = source.space.states.compactMap { numbers[source.view.outcome($0)] }
    return places.count == source.space.states.count ? places : nil
  }
}
