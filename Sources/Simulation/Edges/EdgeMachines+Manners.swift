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
  /// - Parameter plan: that of the dependency further up, whose callee this caller is.
  private func effect(_ edge: Int, for plan: CalleePlan) -> CalleeManner? {
    let patienceHours = plan.patienceHours
    let isHard = layout.isHard[edge]
    let (lost, callerLost) = shares(edge)
    let own = average(edge)
    let isRefused = isRefusing(edge)
    // Calls that can do without the answer wait for it like others, and those that a fallback serves.
    let late = unfinishedShare(edge, own, afterHours: patienceHours)
    let areAllLate =
      late == 1 && !(isHard && lost == 1) && callerLost == 0 && (isRefused || own.result.failedShare == 1)
    if !areAllLate {
      let hours = isRefused ? own.schedule.refusedSpanHours : own.failedCallHours
      func errors(_ share: Double) -> AttemptErrors {
        AttemptErrors(share: share > 1 - 1e-12 ? 1 : share, afterHours: share == callerLost ? 0 : hours)
      }
      let failed = failedShare(edge, own, late: 0)
      if failed < 1, let manner = lateManner(edge, own, errors: errors(failed), plan) { return manner }
      let given = failedShare(edge, own, late: late)
      if given > 0 { return .errors(errors(given)) }
    }
    guard manner(edge) != nil else { return nil }
    if isRefused { return .late(hours: own.schedule.refusedSpanHours) }
    guard own.result.failedShare == 1 else { return nil }
    let lastAttempt = own.schedule.startHours.last { $0 <= patienceHours } ?? 0
    return .late(hours: own.failedCallHours, maskedHours: lastAttempt)
  }

  /// How the caller of an edge treats calls whose own are answered late, or get an error; `nil` where they are not late.
  ///
  /// - Parameter plan: that of the dependency further up.
  private func lateManner(
    _ edge: Int, _ own: EdgeTimings, errors: AttemptErrors, _ plan: CalleePlan
  ) -> CalleeManner? {
    guard let manner = manner(edge), !isRefusing(edge), own.result.failedShare < 1 else { return nil }
    let lateHours = manner.lateHours(layout.failures)
    let isLate = lateHours > 0 || own.schedule.spanHours > plan.lateFromHoursOfOne
    guard isLate, lateHours.isFinite else { return nil }
    if errors.share == 0, own.result.failedShare == 0 { return manner }
    let passed = slowAnswers.answers(
      behind: edge, manner, errors: manner.errors(layout.failures), lateHours: lateHours, own,
      hasFailed: shares(edge).lost > 0)
    guard passed.hours > 0 else { return nil }
    // Calls that find no slot fail at once.
    let areTimed = shares(edge).callerLost == 0 && errors.share > 0 && passed.failed.share > 0
    return .late(
      hours: passed.hours, maskedHours: manner.maskedHours, laws: passed.laws,
      errors: areTimed ? passed.failed.scaled(toShare: errors.share) : errors)
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
    return own.unfinishedShare(afterHours: hours, manner.failure(layout.failures, slowAnswers))
  }

  /// Whether calls of an edge that are lost take longer than anybody further up waits, so that those are among the ones lost
  /// there.
  func isGivenUpFurtherUp(_ edge: Int) -> Bool {
    guard layout.patienceAboveHours[edge] < .infinity, manner(edge) != nil, !isRefusing(edge) else {
      return false
    }
    return average(edge).failedCallHours > layout.patienceAboveHours[edge]
  }

  /// The share of calls that a manner fails for a timeout of an edge or of one above it, or by itself.
  private func failedShare(_ manner: CalleeManner, _ plan: CalleePlan) -> Double {
    let answers = answers(manner)
    // What never comes fails without a timeout as well.
    guard answers.hours.isFinite else { return 1 }
    return answers.failedShare(patienceHours: plan.shortestPatienceHours, slowAnswers)
  }

  private func answers(_ manner: CalleeManner) -> SerialAnswers {
    let part = CalleePart(CalleeEffect(manner: manner, source: .process(0)), layout.failures)
    var answers = SerialAnswers()
    answers.add(errorShare: part.failedShare, part.lateness)
    return answers
  }

  /// Whether a breaker refuses calls for what is over: a manner of the callee would hardly have opened it.
  func refusesForMore(_ edge: Int, than manner: CalleeManner) -> Bool {
    guard isRefusingAll(edge) else { return false }
    return layout.callees[edge].pressure(answers(manner), slowAnswers) < CalleePlan.opensByChance
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
      let isMember = place < further.count - 1
      found.append(effect(of: calls, own, found, edge, gates, failing, isMember: isMember))
    }
    return found.last ?? nil
  }

  /// What becomes of calls that are all made, of those to the best that can be chosen, and of those to what makes them by ways of
  /// its own to fail.
  ///
  /// With Aᵢ for how late the answers are that come, eᵢ for the share of those that get an error, and T for the patience, a share
  /// 1 − Π (1 − eᵢ) P(Σ Aᵢ ≤ T) fails; of calls made at once the largest Aᵢ stands in the sum.
  ///
  /// - Parameters:
  ///   - own: the units among `failing` by which it fails.
  ///   - isMember: whether they are those of members of a choice, beside which there may be others.
  private func effect(
    of calls: FurtherCalls, _ own: [FailingUnit], _ ofMembers: [CalleeEffect?], _ edge: Int,
    _ gates: borrowing GateStates, _ failing: [[FailingUnit]], isMember: Bool = false
  ) -> CalleeEffect? {
    let plan = layout.callees[edge]
    let lateFromHours = isMember ? plan.lateFromHoursOfOne : plan.lateFromHours
    var series = CallSeries(layout.failures, calls.order)
    for (place, further) in calls.edges.enumerated() where matters(further) {
      guard let manner = effect(further, for: plan) else { continue }
      series.add(
        effect(manner, ofCalls: further), lanes: calls.order.lanes(ofEdge: place),
        isSeveral: makeups[further] != nil)
    }
    for (place, choice) in calls.alternatives.enumerated() {
      guard let effect = effect(of: choice, ofMembers, edge, gates, failing) else { continue }
      series.add(effect, lanes: calls.order.lanes(ofAlternatives: place))
    }
    for (effect, units) in effects(ofOwn: own, edge) {
      let lanes = calls.order.isSerial ? [0] : Set(units.flatMap { calls.lanes(ofUnit: $0) }).sorted()
      series.add(effect, lanes: lanes)
    }
    series.close(slowAnswers)
    let answers = series.answers
    guard answers.hours > 0 else { return series.effect(feelsLateness: false, lateShare: 0) }
    let tooLate = answers.lateShare(plan.shortestPatienceHours, slowAnswers)
    return series.effect(
      feelsLateness: lateFromHours == 0 || answers.lateShare(lateFromHours, slowAnswers) > 0,
      lateShare: max(tooLate, plan.slowCalls?.asFailedShare(answers, slowAnswers) ?? 0))
  }

  /// What the calls of an edge make of its caller. Where nothing there gives late answers up, its caller waits for what its callee
  /// waits for.
  private func effect(_ manner: CalleeManner, ofCalls edge: Int) -> CalleeEffect {
    guard manner.maskedHours > 0 else { return CalleeEffect(manner: manner, source: .edge(edge)) }
    let givesUp = average(edge).result.failedShare == 1
    return CalleeEffect(manner: manner, source: .edge(edge), waiting: givesUp ? [edge] : waiting(edge))
  }

  /// That of the best members that are needed, called at once. A member that is down answers nothing; of those that fail as
  /// often the ones are better whose calls are answered longest if what is down comes back.
  private func effect(
    of choice: FurtherCalls.Alternatives, _ ofMembers: [CalleeEffect?], _ edge: Int,
    _ gates: borrowing GateStates, _ failing: [[FailingUnit]]
  ) -> CalleeEffect? {
    let plan = layout.callees[edge]
    var members: [ChosenMember] = []
    for member in choice.members {
      let effect = ofMembers[member.calls]
      let share = effect.map { failedShare($0.manner, plan) } ?? 0
      let isUp = gates.isUp(member.gate) || share == 1
      members.append(ChosenMember(member, effect, failedShare: share, isUp: isUp, layout.failures))
    }
    let makeup = CalleeMakeup.best(choice.count, members.map(\.makeup))
    members.sort { $0.rank < $1.rank }
    let last = members[choice.count - 1]
    let failed = members.prefix(choice.count).filter { $0.effect != nil }
    var found: CalleeEffect?
    if last.isUp, failed.count > 1 {
      let together = Set(failed.map(\.calls)).sorted()
      let own = failing.isEmpty ? [] : together.flatMap { failing[$0] }
      found = effect(
        of: .atOnce(together.map { plan.further[$0] }), own, ofMembers, edge, gates, failing, isMember: true)
    } else {
      found = last.isUp ? failed.first?.effect : last.effect
    }
    found?.makeup = makeup
    return found
  }
}

/// A member of a choice, as calls to it fare.
private struct ChosenMember {
  let effect: CalleeEffect?
  /// Whether it answers any call, or would but for ways of its own to fail.
  let isUp: Bool
  /// The place of its further calls.
  let calls: Int
  /// Smaller ones are better.
  let rank: (failedShare: Double, masked: Double, hours: Double)
  let makeup: CalleeMakeup

  init(
    _ member: FurtherCalls.Member, _ effect: CalleeEffect?, failedShare: Double, isUp: Bool,
    _ failures: CalleeFailures
  ) {
    (calls, self.isUp) = (member.calls, isUp)
    let makeup = effect.map { $0.makeup ?? .part(CalleePart($0, failures)) } ?? CalleeMakeup.usual
    if isUp {
      self.effect = effect
      self.makeup = makeup
      let hours = effect?.manner.lateHours(failures) ?? 0
      rank = (failedShare, -(effect?.manner.maskedHours ?? 0), hours)
    } else {
      let refusal = AttemptErrors(share: 1, afterHours: 0)
      self.effect = effect.map { CalleeEffect(manner: .errors(refusal), source: $0.source) }
      self.makeup = .gate(member.gate, makeup)
      rank = (1, 1, 0)
    }
  }
}

/// How a callee treats calls.
struct CalleeEffect {
  let manner: CalleeManner
  /// What has most to do with it.
  let source: EffectSource
  /// The dependencies whose calls wait for their callees, where these may still be answered.
  var waiting: [Int] = []
  /// What makes it up; `nil` where that is one thing alone.
  var makeup: CalleeMakeup?
}
