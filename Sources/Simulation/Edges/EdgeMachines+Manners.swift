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
    var answers = SerialAnswers()
    let hours = manner.lateHours(layout.failures)
    answers.add(
      errorShare: manner.errors(layout.failures).share, hours: hours,
      laws: hours > 0 && hours.isFinite ? manner.laws : [])
    // What never comes fails without a timeout as well.
    guard hours.isFinite else { return 1 }
    return answers.failedShare(patienceHours: plan.shortestPatienceHours, slowAnswers)
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

  /// What becomes of calls made one after the other, of those to the best that can be chosen, and of those to what makes them by
  /// ways of its own to fail.
  ///
  /// With Aᵢ for how late the answers are that come, eᵢ for the share of those that get an error, and T for the patience, a share
  /// 1 − Π (1 − eᵢ) P(Σ Aᵢ ≤ T) fails.
  ///
  /// - Parameter own: the units among `failing` by which it fails.
  private func effect(
    of calls: FurtherCalls, _ own: [FailingUnit], _ ofMembers: [CalleeEffect?], _ edge: Int,
    _ gates: borrowing GateStates, _ failing: [[FailingUnit]]
  ) -> CalleeEffect? {
    let plan = layout.callees[edge]
    var series = CallSeries(layout.failures)
    for further in calls.edges where matters(further) {
      guard let manner = effect(further, for: plan) else { continue }
      // What waits in its turn for several that are slow is as late as these are together.
      series.add(effect(manner, ofCalls: further), parts: manner.laws.count > 1 ? parts[further] : [])
    }
    for choice in calls.alternatives {
      guard let effect = effect(of: choice, ofMembers, edge, gates, failing) else { continue }
      series.add(effect, parts: effect.parts)
    }
    for effect in effects(ofOwn: own, edge) { series.add(effect, parts: []) }
    let answers = series.answers
    guard answers.hours > 0 else { return series.effect(feelsLateness: false, lateShare: 0) }
    return series.effect(
      feelsLateness: plan.lateFromHours == 0 || answers.lateShare(plan.lateFromHours, slowAnswers) > 0,
      lateShare: answers.lateShare(plan.shortestPatienceHours, slowAnswers))
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
        let hours = effect.map { $0.manner.lateHours(layout.failures) } ?? 0
        members.append((share, effect?.manner.maskedHours ?? 0, hours, effect, member.calls))
      } else {
        members.append(
          (
            1, -1, 0,
            effect.map {
              CalleeEffect(manner: .errors(AttemptErrors(share: 1, afterHours: 0)), source: $0.source)
            },
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
