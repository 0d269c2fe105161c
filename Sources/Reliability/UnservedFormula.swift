extension UnservedFraction {
  /// What is not served while a capability is up, as functions of a diagram.
  struct Formula {
    /// A loss with each state in which a function is true.
    struct Term {
      /// What is lost, or, with levels, what is left without soft dependencies that are down.
      let weight: Double
      /// The share of service between two levels, which the groups of the diagram do not reach; `nil`: all of it.
      let levels: (lower: Double, upper: Double)?
      /// When.
      let function: Literal
    }

    /// The first roots of the diagram.
    let terms: [Term]
    /// What is left in each pattern of soft dependencies, the roots after these; none where they are not asked for.
    let patternWeights: [Double]
    let diagram: NetworkDiagram
    let notices: NoticeVariables
    let counted: CountedGroups?
    let single: SingleUnnoticedFailures

    /// The unserved fraction of a capability that is down with probability `unavailability`.
    func value(unavailability: Double, _ probabilities: [Double]) -> Double {
      outcome(unavailability: unavailability, probabilities).value
    }

    /// The same, and what was approximated in it.
    func outcome(
      unavailability: Double, _ probabilities: [Double]
    ) -> (value: Double, approximations: [String]) {
      let probabilities = probabilities + notices.shares
      let exact = unavailability + lost(probabilities)
      guard !single.isEmpty else { return (min(1, exact), []) }
      let total = min(1, exact + single.lost(probabilities) { left($0) })
      // Nothing unnoticed takes back what is lost without it, and no more than all is lost.
      let error = min(single.mostError(probabilities), max(total - exact, 1 - total))
      return (total, error > 1e-3 * total ? [single.approximation(error: error, of: total)] : [])
    }
  }
}

extension UnservedFraction.Formula {
  /// What the terms and the groups that are counted lose.
  private func lost(_ probabilities: [Double]) -> Double {
    guard let counted else {
      let roots = diagram.probabilitiesOfRoots(probabilities)
      return zip(terms, roots).reduce(0) { $0 + $1.0.loss * $1.1 }
    }
    return counted.cases(probabilities, noticeVariables: notices.variables).reduce(0) { sum, each in
      let roots = diagram.probabilitiesOfRoots(each.probabilities)
      let short = zip(terms, roots).reduce(0) { $0 + $1.0.loss(each.shares) * $1.1 }
      return sum + each.chance * (short + each.shares.lost * left(roots: roots))
    }
  }

  /// What is left of service while the capability is up, whatever the groups do.
  private func left(_ probabilities: [Double]) -> Double {
    guard let counted else { return left(roots: diagram.probabilitiesOfRoots(probabilities)) }
    return counted.cases(probabilities, noticeVariables: notices.variables).reduce(0) { sum, each in
      sum + each.chance * each.shares.up * left(roots: diagram.probabilitiesOfRoots(each.probabilities))
    }
  }

  /// Σ_S w_S P(up, S)
  private func left(roots: [Double]) -> Double {
    zip(patternWeights, roots.dropFirst(terms.count)).reduce(0) { $0 + $1.0 * $1.1 }
  }
}

extension UnservedFraction.Formula.Term {
  /// What it loses where no group is counted.
  fileprivate var loss: Double { weight * (levels.map { $0.upper - $0.lower } ?? 1) }

  /// What it loses of what groups that are counted serve while they are up.
  fileprivate func loss(_ shares: ServedShares) -> Double {
    weight * (levels.map { shares.served(from: $0.lower, to: $0.upper) } ?? shares.up)
  }
}
