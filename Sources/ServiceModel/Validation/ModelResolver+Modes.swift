internal import Diagnostics
internal import Quantities
internal import Stochastics

/// Whose failure mode is being resolved.
enum ModeOwner {
  /// With data where exactly one component with data has all its units in the domain.
  case domain(String, data: ComponentData?)
  case component(String, units: Int, data: ComponentData?)

  var name: String {
    switch self {
    case .domain(let name, _), .component(let name, _, _): name
    }
  }
}

extension ModelResolver {
  /// A mode with its frequency and length in numbers; `nil` when it can not be, or never happens.
  mutating func resolveMode(_ mode: FailureModeDraft, of owner: ModeOwner) -> FailureMode? {
    let scope = scope(of: mode, owner: owner)
    guard isUsable(mode.rateFactor) else { return nil }
    guard let occurrence = occurrence(of: mode), let outage = outage(of: mode, owner: owner) else {
      return nil
    }
    let season = season(of: mode)
    if mode.rateFactor?.value == 0 || mode.probability?.value.value == 0 { return nil }
    checkCommonCause(mode, scope: scope, owner: owner)
    checkOverload(mode, scope, of: owner)
    return FailureMode(
      name: mode.name.value, location: mode.name.location, scope: scope, occurrence: occurrence,
      statedRate: mode.statedRate, outage: outage, effect: mode.effect, commonCause: mode.commonCause?.value,
      crew: crewNeed(of: mode), loses: mode.loses?.value, failsBy: mode.failsBy, restarts: mode.restarts,
      season: season, clock: clock(of: mode, owner: owner), faultOf: mode.faultOf,
      detector: detectorIndex(of: mode), response: responseIndex(of: mode))
  }

  /// A factor is 0, or a number whose reciprocal can be held too.
  private mutating func isUsable(_ factor: Located<Double>?) -> Bool {
    guard let factor, factor.value != 0 else { return true }
    if factor.value > 0, factor.value.isFinite, (1 / factor.value).isFinite { return true }
    report(
      "bad-value", "rate-factor: \(shortest(factor.value)) is out of range; expected 0 or more",
      at: factor.location, help: "rate-factor: 0.31")
    return false
  }

  private mutating func scope(of mode: FailureModeDraft, owner: ModeOwner) -> FailureMode.Scope {
    guard let scope = mode.scope else { return mode.isOverload ? .component : .unit }
    if case .domain(let name, _) = owner {
      report(
        "scope-of-domain", "a failure of the domain \(name) takes down all that is in it; it has no scope",
        at: scope.location, help: "leave scope: out")
    }
    return scope.value
  }

  /// How often, after thinning by a probability and scaling by a factor.
  private mutating func occurrence(of mode: FailureModeDraft) -> Occurrence? {
    let factor = mode.rateFactor?.value ?? 1
    switch mode.frequency {
    case .never: return nil
    case .overload(let trigger): return overload(trigger, of: mode)
    case .meanTimeBetweenFailures(let span):
      let hours = span.hours / factor / (mode.probability?.value.value ?? 1)
      return TimeSpan(hours: hours).map { .meanTimeBetweenFailures($0) }
    case .lifetime(let law):
      refuseProbability(mode, with: "lifetime")
      return .lifetime(factor == 1 || factor == 0 ? law : law.scaled(by: 1 / factor))
    case .availability(let availability):
      refuseProbability(mode, with: "availability")
      refuseFactor(mode)
      return .availability(availability)
    case .incidents(let name, _):
      let thinning = mode.probability?.value.value ?? 1
      return reference(name).map { .incidents($0, factor: factor * thinning) }
    }
  }

  private mutating func refuseProbability(_ mode: FailureModeDraft, with key: String) {
    guard let probability = mode.probability else { return }
    report(
      "probability-needs-rate", "probability: thins a rate or mtbf; it says nothing beside \(key):",
      at: probability.location, help: "rate: 1 /d")
  }

  private mutating func refuseFactor(_ mode: FailureModeDraft) {
    guard let factor = mode.rateFactor else { return }
    report(
      "factor-needs-rate", "rate-factor: scales a rate; only an availability is known here",
      at: factor.location, help: "state mtbf: or rate: instead of availability:")
  }

  private mutating func outage(of mode: FailureModeDraft, owner: ModeOwner) -> Outage? {
    if let drawn = restoreOutage(of: mode, owner: owner) { return drawn }
    return switch mode.length {
    case .unstated: unstatedOutage(of: mode)
    case .lasts(let law): checkedLength(mode, of: .total(law))
    case .incidents(let name): reference(name).map { .incidents($0) }
    case .parts(let detect, let respond, let recover):
      outage(of: mode, owner: owner, detect: detect, respond: respond, recover: recover)
    }
  }

  /// Only an availability, or a history that has durations too, needs no length.
  private mutating func unstatedOutage(of mode: FailureModeDraft) -> Outage? {
    switch mode.frequency {
    case .availability: return .unknown
    case .incidents(let name, bindsOutage: true): return reference(name).map { .incidents($0) }
    default:
      report(
        "outage-length", "\(mode.name.value) says how often it fails, not for how long",
        at: mode.name.location,
        help: "lasts: 20 min, or detect: 30 s and recover: 10 min")
      return nil
    }
  }

  private mutating func outage(
    of mode: FailureModeDraft, owner: ModeOwner, detect: Delay?, respond: Delay?, recover: (any Distribution)?
  ) -> Outage? {
    guard let recover else {
      report(
        "outage-length", "\(mode.name.value) is noticed and never recovers", at: mode.name.location,
        help: "recover: 10 min")
      return nil
    }
    let user = "\(owner.name)/\(mode.name.value)"
    guard let detection = delay(detect, .detector, of: user),
      let response = delay(respond, .response, of: user)
    else { return nil }
    return checkedLength(mode, of: .parts(detection: detection, response: response, recovery: [recover]))
  }

  private mutating func checkedLength(_ mode: FailureModeDraft, of outage: Outage) -> Outage? {
    let mean = outage.distributions.reduce(0) { $0 + $1.mean }
    guard mean.isFinite, mean > 0 else {
      report(
        "outage-length", "an outage of \(mode.name.value) lasts no time on average; expected more than 0",
        at: mode.name.location)
      return nil
    }
    return outage
  }

  private mutating func reference(_ name: Located<String>) -> ModeReference? {
    if let reference = ModeReference(name.value) { return reference }
    report(
      "incident-reference", "\(name.value) names no mode of the incident history; expected component/mode",
      at: name.location, help: "incidents: api/crash")
    return nil
  }
}
