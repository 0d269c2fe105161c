internal import ServiceGraph

/// A tree without dynamic gates, solved by decision diagrams.
struct StaticTreeAnalysis {
  private let questions: FaultTreeQuestions
  private let time: Double
  /// The tree with its common causes as events, in the convention asked for: for probabilities.
  private let tree: FaultTree
  private let network: FaultTreeNetwork
  /// The tree with its common causes as independent shocks: for sets of events.
  private let shocks: FaultTree
  private let shockNetwork: FaultTreeNetwork
  private let hasCommonCauses: Bool

  init(_ tree: FaultTree, _ questions: FaultTreeQuestions, time: Double) {
    self.questions = questions
    self.time = time
    hasCommonCauses = !tree.commonCauseGroups.isEmpty
    self.tree = tree.expandingCommonCause(questions.convention)
    network = FaultTreeNetwork(self.tree)
    if !hasCommonCauses || questions.convention.combination == .independentShocks {
      (shocks, shockNetwork) = (self.tree, network)
    } else {
      shocks = tree.expandingCommonCause(CommonCauseConvention(testing: questions.convention.testing))
      shockNetwork = FaultTreeNetwork(shocks)
    }
  }

  /// Everything asked about a top.
  func result(ofTop top: Int) -> FaultTreeResult {
    let probabilities = tree.probabilities(tree.expressions.values(at: time))
    let diagram = diagram(network, top)
    var notes = hasCommonCauses ? [questions.convention.sentence] : []
    let sets = minimalSets(ofTop: top, sharing: diagram, &notes)
    return FaultTreeResult(
      name: tree.tops[top].name, time: time, probability: likelihood(top, diagram, probabilities),
      cutSets: sets.map(table), allSets: sets.map(listing), meanTimeToFailure: meanTime(top, diagram),
      frequency: frequency(top, diagram, probabilities),
      importance: importance(top, diagram, isShared(top) ? sets : nil, probabilities),
      horizon: questions.horizon.map { horizon(top, diagram, upTo: $0) }, notes: notes)
  }

  /// Whether sets and probabilities stand on the same events.
  private func isShared(_ top: Int) -> Bool {
    questions.sets == .cutSets && (!hasCommonCauses || questions.convention.combination == .independentShocks)
  }

  /// The top and its opposite, which shares everything with it.
  private func diagram(_ network: FaultTreeNetwork, _ top: Int) -> NetworkDiagram? {
    let roots = [network.tops[top], network.tops[top].negated]
    return try? NetworkDiagram(network.network, roots: roots, nodeLimit: questions.nodeLimit)
  }

  // MARK: Probability

  private func likelihood(
    _ top: Int, _ diagram: NetworkDiagram?, _ probabilities: [Double?]
  ) -> FaultTreeResult.Likelihood {
    let isNeeded = network.network.reach(of: network.tops[top]).isReached
    if let unknown = isNeeded.indices.first(where: { isNeeded[$0] && probabilities[$0] == nil }) {
      return .unknown("the probability of \(tree.events[unknown].name) is not stated")
    }
    let known = probabilities.map { $0 ?? 0 }
    guard let diagram else { return bounds(top, known) }
    return .exact(diagram.probability(ofRoot: 0, known))
  }

  private func bounds(_ top: Int, _ probabilities: [Double]) -> FaultTreeResult.Likelihood {
    let bounds = ProbabilityBounds(network.network, root: network.tops[top], probabilities)
    return bounds.isExact
      ? .exact(bounds.low) : .between(bounds.low, bounds.high, method: bounds.method)
  }

  // MARK: Sets

  private func minimalSets(
    ofTop top: Int, sharing diagram: NetworkDiagram?, _ notes: inout [String]
  ) -> MinimalCutSets? {
    guard let kind = questions.sets.kind else { return nil }
    let own =
      questions.convention.combination == .independentShocks ? diagram : self.diagram(shockNetwork, top)
    guard let own, let sets = try? MinimalCutSets(kind, ofRoot: 0, in: own) else {
      notes.append("The sets are not counted: their diagram outgrew its limit.")
      return nil
    }
    return sets
  }

  private func table(_ sets: MinimalCutSets) -> CutSetTable {
    let probabilities = shocks.probabilities(shocks.expressions.values(at: time))
    return CutSetTable(sets, questions, names: shocks.events.map(\.name), probabilities)
  }

  private func listing(_ sets: MinimalCutSets) -> CutSetListing {
    let probabilities = shocks.probabilities(shocks.expressions.values(at: time)).map { $0 ?? 1 }
    let filter = CutSetFilter(
      maximumOrder: questions.maximumOrder, minimumProbability: questions.minimumProbability)
    return CutSetListing(sets, names: shocks.events.map(\.name), probabilities, filter)
  }

  // MARK: Time

  /// Σ Birnbaum importance × event frequency of a coherent tree; `nil` when some event tells none.
  private func frequency(_ top: Int, _ diagram: NetworkDiagram?, _ probabilities: [Double?]) -> Double? {
    guard let diagram, network.network.reach(of: network.tops[top]).isCoherent else { return nil }
    let behaviours = tree.behaviours(tree.expressions.values(at: time))
    let support = diagram.support(ofRoot: 0)
    guard support.allSatisfy({ probabilities[$0] != nil }) else { return nil }
    let importance = diagram.birnbaumImportance(ofRoot: 0, probabilities.map { $0 ?? 0 })
    var total = 0.0
    for event in support where importance[event] != 0 {
      guard let own = behaviours[event].failureIntensity(at: time) else { return nil }
      total += importance[event] * own
    }
    return total
  }

  /// ∫ P(¬top by t) dt of a coherent tree whose events fail once; `nil` when some event is repaired, or none ever
  /// changes.
  private func meanTime(_ top: Int, _ diagram: NetworkDiagram?) -> MeanTimeToFailure? {
    guard let diagram, network.network.reach(of: network.tops[top]).isCoherent else { return nil }
    let behaviours = tree.behaviours(tree.expressions.values(at: time))
    let support = diagram.support(ofRoot: 0)
    guard support.allSatisfy({ behaviours[$0].isMonotone }),
      support.contains(where: { behaviours[$0].isLifetime })
    else { return nil }
    func probability(ofRoot root: Int, at time: Double) -> Double {
      diagram.probability(ofRoot: root, behaviours.map { $0.probability(at: time) ?? 0 })
    }
    if probability(ofRoot: 1, at: .infinity) > 0 {
      return .infinite(probabilityEver: probability(ofRoot: 0, at: .infinity))
    }
    if probability(ofRoot: 1, at: 0) == 0 { return .finite(0) }
    return .finite(MeanTimeIntegral(scale: max(time, 1e-9)) { probability(ofRoot: 1, at: $0) }.value)
  }

  private func horizon(_ top: Int, _ diagram: NetworkDiagram?, upTo end: Double) -> FaultTreeHorizon {
    guard let diagram else {
      return FaultTreeHorizon(horizon: end, unknown: "its decision diagram outgrew its limit")
    }
    return TreeHorizonAnalysis(
      TreeHorizonAnalysis.Top(
        diagram: diagram, network: network.network, literal: network.tops[top],
        behaviours: tree.behaviours(tree.expressions.values(at: time)), names: tree.events.map(\.name),
        meanTimeWithoutRepair: meanTime(top, diagram)), horizon: end
    ).result()
  }

  // MARK: Importance

  private func importance(
    _ top: Int, _ diagram: NetworkDiagram?, _ sets: MinimalCutSets?, _ probabilities: [Double?]
  ) -> ImportanceTable? {
    guard questions.wantsImportance, let diagram else { return nil }
    guard diagram.support(ofRoot: 0).allSatisfy({ probabilities[$0] != nil }) else { return nil }
    return ImportanceTable(
      name: tree.tops[top].name, diagram: diagram, root: 0, probabilities: probabilities.map { $0 ?? 0 },
      eventNames: tree.events.map(\.name), cutSets: sets)
  }
}

extension FaultTreeQuestions.Sets {
  /// Which sets to make; `nil` for none.
  var kind: CutSetKind? {
    switch self {
    case .cutSets: .cutSets
    case .primeImplicants: .primeImplicants
    case .pathSets: .pathSets
    case .none: nil
    }
  }
}
