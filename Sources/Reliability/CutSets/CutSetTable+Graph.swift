public import ServiceGraph

extension CutSetTable {
  /// The minimal sets of a capability.
  public enum Outcome: Sendable {
    /// Counted, and the most probable listed.
    case table(CutSetTable)
    /// There are none, and why.
    case unknown(String)
  }

  /// The minimal cut sets, or path sets, of every capability: events are failures of units, components and domains.
  ///
  /// Failures of a dependent group have the joint probability of their chain. Roles that move, and spares that take over,
  /// are down for the share of an outage that the chain tells, in sets of their own; see `FailureShares`.
  ///
  /// - Throws: `TooLarge` when a decision diagram or a chain outgrows its limit.
  public static func tables(
    of graph: CompiledGraph, _ questions: FaultTreeQuestions
  ) throws(SteadyState.TooLarge) -> [Outcome] {
    guard let kind = questions.sets.kind else {
      return graph.capabilities.map { _ in .unknown("not asked for") }
    }
    let service = try ServiceSets(graph)
    let names = service.names
    return graph.capabilities.indices.map { index in
      guard let sets = try? MinimalCutSets(kind, ofRoot: index, in: service.diagram) else {
        return .unknown("their diagram outgrew its limit")
      }
      let support = service.diagram.support(ofRoot: index)
      if service.hasJointEvents(support) {
        return .table(jointTable(sets, questions, service, names: names, support: support))
      }
      var table = CutSetTable(sets, questions, names: names, service.probabilities)
      table.remarks = service.remarks(support, kind)
      return .table(table.naming(service))
    }
  }

  private static func jointTable(
    _ sets: MinimalCutSets, _ questions: FaultTreeQuestions, _ service: ServiceSets, names: [String],
    support: [Int]
  ) -> CutSetTable {
    let joint = service.joint(sets, isUp: sets.kind == .pathSets)
    var table = CutSetTable(
      sets, questions, names: names, service.probabilities,
      sum: joint?.sum(service.probabilities),
      probability: { joint?.probability(of: $0, service.probabilities) })
    table.remarks = service.remarks(support, sets.kind)
    if table.probabilitySum == nil {
      table.remarks.append(
        "Their sum is not known: too many combinations of failures that depend on each other.")
    }
    return table.naming(service)
  }

  /// The same with the words for what must work in path sets.
  private func naming(_ service: ServiceSets) -> CutSetTable {
    guard rows.contains(where: { $0.literals.contains(where: \.isNegated) }) else { return self }
    let opposites = service.opposites
    return replacingLiterals { literal in
      guard literal.isNegated, let opposite = opposites[literal.name] else { return literal }
      return Literal(name: opposite, isNegated: false)
    }
  }
}

extension ServiceSets {
  /// What must be said beside the sets of a capability.
  fileprivate func remarks(_ support: [Int], _ kind: CutSetKind) -> [String] {
    var remarks: [String] = []
    if hasShares(support) {
      remarks.append(
        "A role that moves, or a spare that takes over, is late for the share of one outage that its Markov chain tells; "
          + "where several failures meet, shares are multiplied, so that sums are close to the chain and no bound."
      )
    }
    if hasJointEvents(support) {
      remarks.append(
        "Failures that wait for the same crew, stand by or share their load: a set's probability is their joint one in "
          + "the chain, not a product.")
    }
    return remarks
  }
}
