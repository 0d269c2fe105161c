internal import Resilience
internal import ServiceGraph

/// What would become of calls that several things together take down, without one of these.
extension ServiceStateEvaluator {
  /// What the callees of dependencies make of calls, with all that there is and without a cause.
  private typealias Known = [Int: (all: SerialAnswers, left: SerialAnswers)]

  /// Whether without a cause calls of an edge would get through that are all lost for several things together; `nil` where that is
  /// not why they are.
  ///
  /// Of the attempts 1 − Π (1 − share) P(time ≤ timeout) fail, over what is left. Calls get through unless these are all, or reach
  /// the breaker's threshold, or the slow ones theirs.
  ///
  /// Approximations: a breaker opens at its thresholds; one that has opened below them, by chance, would not where what is left is
  /// at most half as much; a run of failures is taken for one; a unit that fails in two ways of its own does so in the worse alone.
  func getsThrough(_ edge: Int, without cause: Int32, _ units: borrowing UnitStates) -> Bool? {
    guard let makeup = units.edges.makeups.ofEdges[edge], units.edges.isDown(edge),
      !units.edges.callerIsDown(edge)
    else { return nil }
    var known: Known = [:]
    let plan = layout.edges.callees[edge]
    let all = plan.pressure(answers(makeup, without: nil, plan, units, &known), slowAnswers)
    let left = plan.pressure(answers(makeup, without: cause, plan, units, &known), slowAnswers)
    if all >= 1 { return left < 1 }
    // Else it has opened for what is over.
    return plan.hasBreaker && all >= CalleePlan.opensByChance ? left <= all / 2 : nil
  }

  /// What something makes of calls.
  ///
  /// - Parameter cause: what it is without, in the trial as it is; `nil`: with all that there is.
  private func answers(
    _ makeup: CalleeMakeup, without cause: Int32?, _ plan: CalleePlan, _ units: borrowing UnitStates,
    _ known: inout Known
  ) -> SerialAnswers {
    switch makeup {
    case .part(let part): return answers(part, without: cause, units, &known)
    case .worst(let parts):
      let left = parts.map { answers($0, without: cause, units, &known) }
      func badness(_ own: SerialAnswers) -> (Double, Double) {
        (own.failedShare(patienceHours: plan.patienceHours, slowAnswers), own.hours)
      }
      return left.max { badness($0) < badness($1) } ?? SerialAnswers()
    case .gate(let gate, let member):
      let isUp = cause != nil && trial.isUp(gate)
      return isUp ? answers(member, without: cause, plan, units, &known) : .none
    case .calls(let calls, let order):
      var sum = SerialAnswers()
      var times = order.isSerial ? nil : LaneTimes(order)
      for (makeup, lanes) in calls {
        let own = answers(makeup, without: cause, plan, units, &known)
        sum.add(errorShare: 1 - own.answeredShare, own.lateness)
        times?.add(own.lateness, in: lanes)
      }
      if let times { sum.set(times.together(slowAnswers)) }
      return sum
    case .best(let count, let members):
      var found: [(share: Double, answers: SerialAnswers)] = []
      for member in members {
        let own = answers(member, without: cause, plan, units, &known)
        found.append(
          (own.failedShare(patienceHours: plan.shortestPatienceHours, slowAnswers), own))
      }
      found.sort { ($0.share, $0.answers.hours) < ($1.share, $1.answers.hours) }
      var best = SerialAnswers()
      for member in found.prefix(count) {
        best.add(errorShare: 1 - member.answers.answeredShare, Lateness())
      }
      best.set(slowAnswers.slowest(of: found.prefix(count).map(\.answers.lateness)))
      return best
    }
  }

  /// What one thing makes of calls: as it is, or nothing where it ends with the cause; where it is what becomes of other calls, as
  /// much of it as these leave.
  private func answers(
    _ part: CalleePart, without cause: Int32?, _ units: borrowing UnitStates, _ known: inout Known
  ) -> SerialAnswers {
    var own = SerialAnswers()
    own.add(errorShare: part.failedShare, part.lateness)
    guard let cause else { return own }
    switch part.source {
    case .process(let process): return layout.causes[process] == cause ? SerialAnswers() : own
    case .edge(let edge):
      let gates = layout.edges.gates[edge]
      if gates.own >= 0, units.edges.isDown(edge) { return trial.isUp(gates.own) ? SerialAnswers() : own }
      if let makeup = units.edges.makeups.ofEdges[edge] {
        let (all, left) = ofCallee(edge, makeup, without: cause, units, &known)
        return passed(own, by: edge, all: all, left: left)
      }
      let ends =
        self.cause(ofEdge: edge, units) == cause
        || (!units.gates.isUp(gates.callee) && trial.isUp(gates.callee))
      return ends ? SerialAnswers() : own
    }
  }

  private func ofCallee(
    _ edge: Int, _ makeup: CalleeMakeup, without cause: Int32, _ units: borrowing UnitStates,
    _ known: inout Known
  ) -> (all: SerialAnswers, left: SerialAnswers) {
    if let found = known[edge] { return found }
    let plan = layout.edges.callees[edge]
    let found = (
      answers(makeup, without: nil, plan, units, &known),
      answers(makeup, without: cause, plan, units, &known)
    )
    known[edge] = found
    return found
  }

  /// What an edge lets pass of what is left of how its callee treats calls, where it lets pass so much of all.
  ///
  /// Of n attempts all fail for the n-th power of the share. How long attempts before the last take is left out.
  private func passed(
    _ own: SerialAnswers, by edge: Int, all: SerialAnswers, left: SerialAnswers
  ) -> SerialAnswers {
    guard (left.answeredShare, left.hours) != (all.answeredShare, all.hours) else { return own }
    let plan = layout.edges.callees[edge]
    let failed = all.failedShare(patienceHours: plan.patienceHours, slowAnswers)
    let failedLeft = left.failedShare(patienceHours: plan.patienceHours, slowAnswers)
    var ratio = 1.0
    if failed > 0 {
      for _ in 0..<(layout.edges.edges[edge].policies.retry?.attempts ?? 1) { ratio *= failedLeft / failed }
    }
    var passed = SerialAnswers()
    passed.add(
      errorShare: min(1, (1 - own.answeredShare) * ratio), own.hours > 0 ? left.lateness : Lateness())
    return passed
  }
}
