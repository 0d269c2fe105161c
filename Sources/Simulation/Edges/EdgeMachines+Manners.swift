internal import Quantities
internal import Resilience
internal import ServiceGraph
internal import Stochastics

/// What becomes of the calls of a dependency, as those who call its caller meet it.
extension EdgeMachines {
  /// Whether something is left of an outage that those who call the caller may meet.
  func matters(_ edge: Int) -> Bool { isOpen(edge) || shares(edge).callerLost > 0 }

  /// How the caller of an edge that matters treats calls for what becomes of its own; `nil`: as usual.
  ///
  /// - Parameter patienceHours: how long those further up wait for an answer.
  private func effect(_ edge: Int, patienceHours: Double) -> CalleeManner? {
    let isHard = layout.isHard[edge]
    let (lost, callerLost) = shares(edge)
    let own = average(edge)
    let isRefused = isRefusing(edge)
    // Calls that can do without the answer wait for it like others, and those that a fallback serves.
    let late = unfinishedShare(edge, own, afterHours: patienceHours)
    let areAllLate =
      late == 1 && !(isHard && lost == 1) && callerLost == 0 && (isRefused || own.result.failedShare == 1)
    let failed = failedShare(edge, own, late: late)
    if failed > 0, !areAllLate {
      let hours = isRefused ? own.schedule.refusedSpanHours : own.failedCallHours
      return .errors(share: failed > 1 - 1e-12 ? 1 : failed, afterHours: failed == callerLost ? 0 : hours)
    }
    guard let manner = manner(edge) else { return nil }
    if isRefused { return .late(hours: own.schedule.refusedSpanHours) }
    if own.result.failedShare == 1 {
      let lastAttempt = own.schedule.startHours.last { $0 <= patienceHours } ?? 0
      return .late(hours: own.failedCallHours, maskedHours: lastAttempt)
    }
    // Late answers that nothing gives up are as late for those further up.
    return own.result.failedShare == 0 && meanHours(of: manner) != nil ? manner : nil
  }

  /// The share of the calls of an edge that get an error or come too late for those who call its caller: those that are left
  /// waiting are given up, and those that are lost are among them where the callee fails for a part of the calls.
  ///
  /// - Parameter late: the share of those that wait for longer than anybody does.
  func failedShare(_ edge: Int, _ own: EdgeTimings, late: Double) -> Double {
    let (lost, callerLost) = shares(edge)
    let refused = layout.isHard[edge] ? 1 - (1 - lost) * (1 - callerLost) : callerLost
    guard late > 0 else { return refused }
    // Where no attempt fails those that are lost were refused at once, and never wait.
    if own.result.failedShare == 0 { return refused > 0 ? 1 - (1 - refused) * (1 - late) : 0 }
    return max(refused, callerLost > 0 ? 1 - (1 - late) * (1 - callerLost) : late)
  }

  /// The share of calls that the callee has left waiting for so long, or for the answer of a fallback.
  private func unfinishedShare(_ edge: Int, _ own: EdgeTimings, afterHours hours: Double) -> Double {
    guard hours.isFinite, let manner = manner(edge) else { return 0 }
    guard !isRefusing(edge) else {
      return isRefusingAll(edge) && own.schedule.refusedSpanHours > hours ? 1 : 0
    }
    return own.unfinishedShare(afterHours: hours, manner.failure(layout))
  }

  /// Whether calls of an edge that are lost take longer than anybody further up waits, so that those are among the ones lost
  /// there.
  func isGivenUpFurtherUp(_ edge: Int) -> Bool {
    guard layout.patienceAboveHours[edge] < .infinity, manner(edge) != nil, !isRefusing(edge) else {
      return false
    }
    return average(edge).failedCallHours > layout.patienceAboveHours[edge]
  }

  /// How long answers take on average where a manner is to answer late, or never; `nil` for others.
  func meanHours(of manner: CalleeManner) -> Double? {
    switch manner {
    case .late(let hours, _, _): return hours
    case .errors: return nil
    case .way(let way):
      switch layout.failures.ways[way] {
      case .failsFast: return nil
      case .hangs: return .infinity
      case .slow(let law): return law.mean
      }
    }
  }

  /// The share of calls that get an error, and after how long; `nil` where a manner is another.
  func errors(of manner: CalleeManner) -> (share: Double, hours: Double)? {
    switch manner {
    case .errors(let share, let hours): return (share, hours)
    case .late: return nil
    case .way(let way):
      guard case .failsFast(let share, let after) = layout.failures.ways[way] else { return nil }
      return (share.value, after.hours)
    }
  }

  /// The share of calls that a manner fails for a timeout of an edge or of one above it, or by itself.
  private func failedShare(_ manner: CalleeManner, _ plan: CalleePlan) -> Double {
    switch manner {
    case .errors(let share, _): return share
    case .late(let hours, _, let ways):
      let patienceHours = plan.shortestPatienceHours
      guard patienceHours.isFinite, !ways.isEmpty else { return hours > patienceHours ? 1 : 0 }
      return layout.slowAnswers.survival(patienceHours, meanHours: hours, ways: ways)
    case .way(let way):
      switch layout.failures.ways[way] {
      case .failsFast(let share, _): return share.value
      case .hangs: return 1
      case .slow(let law):
        return plan.shortestPatienceHours < .infinity ? law.survival(plan.shortestPatienceHours) : 0
      }
    }
  }

  /// How the callee of an edge treats calls for what becomes of its own and for the ways in which it fails itself; `nil`: as
  /// usual.
  ///
  /// - Parameters:
  ///   - gates: the state in which none of those ways were under way.
  ///   - failing: for each of the further calls of the edge the units that fail them in such a way; empty where none does.
  func effect(
    ofCalleeOf edge: Int, _ gates: borrowing GateStates, failing: [[FailingUnit]]
  ) -> CalleeEffect? {
    let further = layout.callees[edge].further
    if further.count == 1 {
      return effect(of: further[0], failing.first ?? [], [], edge, gates, failing)
    }
    var found: [CalleeEffect?] = []
    for (place, calls) in further.enumerated() {
      let own = failing.isEmpty ? [] : failing[place]
      found.append(effect(of: calls, own, found, edge, gates, failing))
    }
    return found.last ?? nil
  }

  /// What becomes of some calls, and of those to what makes them by ways of its own to fail.
  ///
  /// - Parameter own: the units among `failing` by which it fails.
  private func effect(
    of calls: FurtherCalls, _ own: [FailingUnit], _ ofMembers: [CalleeEffect?], _ edge: Int,
    _ gates: borrowing GateStates, _ failing: [[FailingUnit]]
  ) -> CalleeEffect? {
    let further = effect(of: calls, ofMembers, edge, gates, failing)
    guard let way = effect(ofOwn: own, edge) else { return further }
    return further.map { both(way, $0, layout.callees[edge]) } ?? way
  }

  /// What becomes of calls made one after the other, and of those to the best that can be chosen.
  private func effect(
    of calls: FurtherCalls, _ ofMembers: [CalleeEffect?], _ edge: Int, _ gates: borrowing GateStates,
    _ failing: [[FailingUnit]]
  ) -> CalleeEffect? {
    let plan = layout.callees[edge]
    var (sum, slow) = (SerialEffect(), SlowSeries())
    for edge in calls.edges where matters(edge) {
      let manner = effect(edge, patienceHours: plan.patienceHours)
      let (failures, lateHours) = (manner.flatMap { errors(of: $0) }, manner.flatMap { meanHours(of: $0) })
      slow.add(
        slowAnswer(edge, manner), errors: failures, hangs: lateHours == .infinity, .edge(edge), parts[edge])
      guard let manner else { continue }
      sum.add(effect(manner, ofCalls: edge), errors: failures, lateHours: lateHours)
    }
    for choice in calls.alternatives {
      guard let effect = effect(of: choice, ofMembers, edge, gates, failing) else { continue }
      let (failures, lateHours) = (errors(of: effect.manner), meanHours(of: effect.manner))
      sum.add(effect, errors: failures, lateHours: lateHours)
      slow.add(
        slowAnswer(effect.manner), errors: failures, hangs: lateHours == .infinity, effect.source,
        effect.parts)
    }
    guard var effect = effect(of: slow, sum, plan) else { return nil }
    effect.parts = slow.parts
    return effect
  }

  private func effect(of slow: SlowSeries, _ sum: SerialEffect, _ plan: CalleePlan) -> CalleeEffect? {
    if let failing = effect(of: slow, plan) { return failing }
    if let late = sum.late {
      let failed = failedShare(late.effect.manner, plan)
      if failed >= sum.failedShare, failed > 0 || late.hours > plan.lateFromHours { return late.effect }
    }
    return sum.errors
  }

  /// What the calls of an edge make of its caller. Where nothing there gives late answers up, its caller waits for what its callee
  /// waits for.
  private func effect(_ manner: CalleeManner, ofCalls edge: Int) -> CalleeEffect {
    guard manner.maskedHours > 0 else { return CalleeEffect(manner: manner, source: .edge(edge)) }
    let givesUp = average(edge).result.failedShare == 1
    return CalleeEffect(manner: manner, source: .edge(edge), waiting: givesUp ? [edge] : waiting(edge))
  }

  /// That of the best members that are needed, one after the other. A member that is down answers nothing; of those that fail as
  /// often the ones are better whose calls are answered longest if what is down comes back.
  private func effect(
    of choice: FurtherCalls.Alternatives, _ ofMembers: [CalleeEffect?], _ edge: Int,
    _ gates: borrowing GateStates, _ failing: [[FailingUnit]]
  ) -> CalleeEffect? {
    let plan = layout.callees[edge]
    var members: [(share: Double, maskedHours: Double, hours: Double, effect: CalleeEffect?, calls: Int)] = []
    for member in choice.members {
      let effect = ofMembers[member.calls]
      let share = effect.map { failedShare($0.manner, plan) } ?? 0
      if gates.isUp(member.gate) || share == 1 {
        let hours = effect.flatMap { meanHours(of: $0.manner) } ?? 0
        members.append((share, effect?.manner.maskedHours ?? 0, hours, effect, member.calls))
      } else {
        members.append(
          (
            1, -1, 0,
            effect.map { CalleeEffect(manner: .errors(share: 1, afterHours: 0), source: $0.source) },
            member.calls
          ))
      }
    }
    members.sort { ($0.share, -$0.maskedHours, $0.hours) < ($1.share, -$1.maskedHours, $1.hours) }
    let last = members[choice.count - 1]
    let failed = members.prefix(choice.count).filter { $0.effect != nil }
    guard last.maskedHours >= 0 else { return last.effect }
    guard failed.count > 1 else { return failed.first?.effect }
    let together = Set(failed.map(\.calls)).sorted()
    let own = failing.isEmpty ? [] : together.flatMap { failing[$0] }
    return effect(
      of: .union(together.map { plan.further[$0] }), own, ofMembers, edge, gates, failing)
  }

  /// What a callee makes of calls that fails in a way of its own while its own calls fail as well.
  private func both(_ way: CalleeEffect, _ further: CalleeEffect, _ plan: CalleePlan) -> CalleeEffect {
    let (own, other) = (failedShare(way.manner, plan), failedShare(further.manner, plan))
    if own >= 1 || other == 0 { return way }
    guard case .errors(_, let hours) = further.manner, other < 1, own > 0 else { return further }
    return CalleeEffect(
      manner: .errors(share: 1 - (1 - own) * (1 - other), afterHours: hours),
      source: own > other ? way.source : further.source,
      parts: way.parts(failedShare: own) + further.parts(failedShare: other))
  }
}

/// How a callee treats calls.
struct CalleeEffect {
  let manner: CalleeManner
  /// What has most to do with it.
  let source: EffectSource
  /// The dependencies whose calls wait for their callees, where these may still be answered.
  var waiting: [Int] = []
  /// What makes it up together; empty where that is one thing alone.
  var parts: [CalleePart] = []
}

/// What several calls made one after the other make of those for which they are made.
struct SerialEffect {
  /// The slow answers, one after the other.
  private(set) var late: (effect: CalleeEffect, hours: Double)?
  private var answered = 1.0
  private var (failed, failedHours) = (0.0, 0.0)
  private var worst: (share: Double, source: EffectSource)?

  /// - Parameters:
  ///   - errors: the share that fails, and after how long.
  ///   - lateHours: how late the answers are.
  mutating func add(
    _ effect: CalleeEffect, errors: (share: Double, hours: Double)?, lateHours: Double?
  ) {
    if let (share, hours) = errors {
      answered *= 1 - share
      (failed, failedHours) = (failed + share, failedHours + share * hours)
      if share > worst?.share ?? 0 { worst = (share, effect.source) }
    } else if let hours = lateHours, hours > 0 {
      guard let known = late, known.hours.isFinite, hours.isFinite else {
        if late?.hours.isFinite ?? true { late = (effect, hours) }
        return
      }
      // Who tries again is answered at once when what is down has come back.
      let maskedHours = min(known.effect.manner.maskedHours, effect.manner.maskedHours)
      let sum = known.hours + hours
      let both = CalleeEffect(
        manner: .late(
          hours: sum, maskedHours: maskedHours, ways: known.effect.manner.slowWays + effect.manner.slowWays),
        source: effect.source,
        waiting: known.effect.waiting + effect.waiting)
      late = (both, sum)
    }
  }

  var failedShare: Double { 1 - answered }

  /// That a share of them fails; `nil`: none does.
  var errors: CalleeEffect? {
    worst.map {
      CalleeEffect(
        manner: .errors(share: failedShare, afterHours: failedHours / failed), source: $0.source)
    }
  }
}
