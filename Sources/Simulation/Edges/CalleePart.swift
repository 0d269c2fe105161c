/// What makes a callee treat calls as it does.
enum EffectSource: BitwiseCopyable, Sendable {
  case edge(Int)
  case process(Int)
}

/// One of several things that together make of calls what becomes of them.
struct CalleePart: BitwiseCopyable, Sendable {
  let source: EffectSource
  /// How late answers are for it on average; ∞: they never come.
  var hours = 0.0
  /// The number of the law of that; −1: it is fixed.
  var law = -1
  /// The share of calls that it fails.
  var failedShare = 0.0
}

extension SerialAnswers {
  /// Adds one of several parts.
  mutating func add(_ part: CalleePart) {
    add(errorShare: part.failedShare, hours: part.hours, laws: part.law >= 0 ? [part.law] : [])
  }
}

extension EdgeStandings {
  /// Keeps what together makes the callee of an edge treat calls as it does; nothing, where that is more than there is room for.
  func setParts(_ found: [CalleePart], of edge: Int) {
    let count = found.count > EdgeStandings.mostParts ? 0 : found.count
    if partCounts[edge] != count { partCounts[edge] = count }
    for place in 0..<count { parts[edge * EdgeStandings.mostParts + place] = found[place] }
  }

  /// One of them.
  func part(_ place: Int, of edge: Int) -> CalleePart { parts[edge * EdgeStandings.mostParts + place] }
}

extension ServiceStateEvaluator {
  /// Whether without a cause calls of an edge would get through that are all lost for several things together; `nil` where that is
  /// not why they are.
  ///
  /// Of the attempts 1 − Π (1 − share) P(Σ times ≤ timeout) fail, over the parts that are left. Calls get through unless these are
  /// all, or reach the breaker's threshold.
  ///
  /// Approximations: the breaker opens at its threshold and not below, and a run of failures opens none; a unit that fails in two
  /// ways of its own does so in the worse alone.
  func getsThrough(_ edge: Int, without cause: Int32, _ units: borrowing UnitStates) -> Bool? {
    let count = units.edges.partCounts[edge]
    guard count > 1, units.edges.isDown(edge), !units.edges.callerIsDown(edge) else { return nil }
    var (all, left) = (SerialAnswers(), SerialAnswers())
    for place in 0..<count {
      let part = units.edges.part(place, of: edge)
      all.add(part)
      if !ends(part, with: cause, units) { left.add(part) }
    }
    let plan = layout.edges.callees[edge]
    func failsAll(_ answers: SerialAnswers) -> Bool {
      answers.failedShare(patienceHours: plan.patienceHours, slowAnswers) >= plan.downFromShare
    }
    return failsAll(all) ? !failsAll(left) : nil
  }

  /// Whether one of several parts ends with a cause, in the trial as it is.
  private func ends(_ part: CalleePart, with cause: Int32, _ units: borrowing UnitStates) -> Bool {
    switch part.source {
    case .process(let process): return layout.causes[process] == cause
    case .edge(let edge):
      let gates = layout.edges.gates[edge]
      if gates.own >= 0, units.edges.isDown(edge) { return trial.isUp(gates.own) }
      return self.cause(ofEdge: edge, units) == cause
        || (!units.gates.isUp(gates.callee) && trial.isUp(gates.callee))
    }
  }
}
