internal import Diagnostics
internal import Quantities
internal import Stochastics

extension ModelResolver {
  /// The crews with their names resolved.
  var crews: [Crew] {
    draft.crews.map { Crew(name: $0.name.value, count: $0.count, preempts: $0.preempts) }
  }

  /// The crew that a mode needs.
  mutating func crewNeed(of mode: FailureModeDraft) -> CrewNeed? {
    let responder = responderName(of: mode)
    guard let name = crewName(of: mode) else {
      if let priority = mode.priority {
        report(
          "priority-needs-crew", "priority: orders the repairs of a crew; \(mode.name.value) needs none",
          at: priority.location, help: "crew: dba")
      }
      return nil
    }
    guard let crew = crewIndex[name.value] else {
      reportUnknown("crew", name, among: draft.crews.map(\.name.value))
      return nil
    }
    if case .availability = mode.frequency, case .unstated = mode.length {
      report(
        "crew-needs-length",
        "\(mode.name.value) waits for the crew \(name.value), and nobody said how long a repair takes",
        at: name.location, help: "lasts: 2 h")
    }
    if case .parts(_, _, let recover?) = mode.length, recover.mean <= 0 {
      report(
        "crew-needs-length",
        "\(mode.name.value) waits for the crew \(name.value) to do a repair that takes no time",
        at: name.location, help: "recover: 10 min")
    }
    checkOneCrew(mode, responder)
    return CrewNeed(crew: crew, priority: mode.priority?.value ?? 1, responds: responder != nil)
  }

  /// The crew that a mode waits for, for its response or its repair.
  func crewName(of mode: FailureModeDraft) -> Located<String>? { mode.crew ?? responderName(of: mode) }

  /// The crew of the response tier that a mode names.
  private func responderName(of mode: FailureModeDraft) -> Located<String>? {
    guard case .parts(_, .named(let name)?, _) = mode.length, let index = responses[name.value] else {
      return nil
    }
    return draft.responses[index].crew
  }

  /// Who responds stays for the repair.
  private mutating func checkOneCrew(_ mode: FailureModeDraft, _ responder: Located<String>?) {
    guard let own = mode.crew, let responder, own.value != responder.value else { return }
    report(
      "two-crews",
      "\(mode.name.value) is answered by the crew \(responder.value) and repaired by \(own.value); one crew does both",
      at: own.location, help: "crew: \(responder.value)")
  }

  /// The crew of a response tier.
  mutating func resolveCrew(of delay: DelayDraft) -> Int? {
    guard let name = delay.crew else { return nil }
    if let crew = crewIndex[name.value] { return crew }
    // Said once: where a mode needs it, it has been said there.
    if delayUsers["response/\(delay.name.value)"] == nil {
      reportUnknown("crew", name, among: draft.crews.map(\.name.value))
    }
    return nil
  }

  mutating func resolve(_ standby: StandbyDraft, of component: ComponentDraft) -> Standby? {
    guard let detection = delay(standby.detection, .detector, of: "\(component.name.value) standby") else {
      return nil
    }
    return Standby(
      running: standby.running.value, dormancy: standby.dormancy, detection: detection, takes: standby.takes,
      works: standby.works ?? .one, manual: standby.manual, detector: detectorIndex(standby.detection))
  }

  /// Units that stand by or share their load are interchangeable: one role, and modes of single units whose rate is
  /// known.
  mutating func checkSpares(of component: ComponentDraft, units: Int, modes: [FailureMode]) {
    guard let place = component.standby?.location ?? component.loadSharing?.location else { return }
    let key = component.standby == nil ? "load-sharing" : "standby"
    if component.roles.count != 1 || component.roles[0].name != nil || !component.failovers.isEmpty {
      report(
        "standby-roles", "\(key): is for replicas that do the same work; \(component.name.value) has roles",
        at: place, help: "replicas: {count: 3, required: 2}, or failover:")
    }
    checkRunning(of: component, units: units)
    checkFactors(of: component, units: units)
    for mode in modes where mode.scope == .unit { checkDependentMode(mode, key: key) }
    guard !modes.contains(where: { $0.scope == .unit && $0.effect == .down }) else { return }
    report(
      "standby-without-failures", "\(key): says how units fail, and no unit of \(component.name.value) does",
      at: place, help: "fails: {crash: {mtbf: 720 h, lasts: 2 h}}")
  }

  private mutating func checkRunning(of component: ComponentDraft, units: Int) {
    guard let running = component.standby?.value.running else { return }
    if running.value > units {
      report(
        "running-above-count", "\(running.value) of \(units) replicas run", at: running.location,
        help: "running: \(max(1, units - 1))")
    }
    if let required = component.roles.first?.required, required.value > running.value {
      report(
        "required-above-running",
        "\(component.name.value) needs \(required.value) replicas, and only \(running.value) run at once",
        at: required.location, help: "required: \(running.value)")
    }
  }

  /// Factors that no machine has would overflow the chain.
  private mutating func checkLoadSize(of component: ComponentDraft) {
    guard let sharing = component.loadSharing else { return }
    let isTooLarge =
      switch sharing.value {
      case .exponent(let exponent): exponent > 20
      case .factors(let factors): factors.contains { $0 > 1_000_000 }
      }
    guard isTooLarge else { return }
    report(
      "out-of-range", "an exponent is at most 20, a factor at most 1,000,000", at: sharing.location,
      help: "load-sharing: {exponent: 1.5}")
  }

  private mutating func checkFactors(of component: ComponentDraft, units: Int) {
    checkLoadSize(of: component)
    guard case .factors(let factors)? = component.loadSharing?.value, let place = component.loadSharing
    else { return }
    let running = component.standby?.value.running.value ?? units
    guard factors.count != running else { return }
    report(
      "load-factors-count",
      "\(factors.count) factors for \(running) working units; expected one for each, all working first",
      at: place.location)
  }

  private mutating func checkDependentMode(_ mode: FailureMode, key: String) {
    if mode.commonCause != nil {
      report(
        "standby-common-cause",
        "\(mode.name) has a common cause, which says nothing about units that stand by or share their load",
        at: mode.location, help: "a mode of its own with scope: component")
    }
    if case .availability = mode.occurrence, mode.outage.distributions.isEmpty {
      report(
        "standby-frequency", "\(key): changes how often \(mode.name) happens, which nobody said",
        at: mode.location, help: "mtbf: 720 h, lasts: 2 h")
    }
  }
}
