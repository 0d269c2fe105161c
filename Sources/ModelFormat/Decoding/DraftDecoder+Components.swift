internal import Diagnostics
internal import Quantities
internal import ServiceModel
internal import Stochastics

extension DraftDecoder {
  mutating func component(_ name: Located<String>, _ reading: Reading) -> ComponentDraft {
    var draft = ComponentDraft(name: name, roles: roles(of: reading, name: name))
    draft.title = reading["title"]?.text
    draft.domain = reading["in"]?.locatedText
    draft.dependencies = dependencies(reading["depends-on"])
    draft.modes = modes(reading["fails"])
    draft.modes += interruptions(reading["costs"])
    if let availability = reading["availability"], let value = availability.availability {
      draft.modes.append(
        FailureModeDraft(
          name: Located("unspecified", at: availability.location), frequency: .availability(value),
          length: .unstated))
    }
    draft.data = data(reading)
    draft.costs = costs(reading["costs"], at: "components/\(name.value)/costs")
    draft.objectives = recoveryObjectives(reading["objectives"])
    draft.standby = standby(reading["standby"])
    draft.loadSharing = loadSharing(reading["load-sharing"])
    draft.start = start(of: reading)
    draft.work = reading["work"].flatMap { latencyLaw($0, prefix: "work") }
    draft.reschedule = reschedule(reading["reschedule"])
    draft.planned = planned(reading["planned"])
    draft.disruptionBudget = disruptionBudget(reading["disruption-budget"])
    draft.autoscaling = autoscaling(reading["autoscaling"])
    draft.requests = resources(reading["requests"])
    draft.placement = placement(of: reading)
    draft.priority = reading["limits"]?["priority"]?.text.flatMap(UnitPriority.init)
    draft.failovers = reading["failover"]?.entries.compactMap { failover($0.name, $0.value) } ?? []
    return draft
  }

  private func roles(of reading: Reading, name: Located<String>) -> [RoleDraft] {
    if let roles = reading["roles"] { return roles.entries.compactMap { role($0.name, $0.value) } }
    guard let replicas = reading["replicas"] else {
      return [RoleDraft(name: nil, count: Located(1, at: name.location), required: nil)]
    }
    if let count = replicas.integer { return [RoleDraft(name: nil, count: count, required: nil)] }
    return role(nil, replicas).map { [$0] } ?? []
  }

  private func role(_ name: Located<String>?, _ reading: Reading) -> RoleDraft? {
    guard let count = reading["count"]?.integer else { return nil }
    var draft = RoleDraft(name: name, count: count, required: reading["required"]?.integer)
    if let domain = reading["in"]?.locatedText { draft.placement = .domain(domain) }
    if let over = reading["spread"]?.locatedText { draft.placement = .spread(over: over) }
    if let members = reading["members"] {
      draft.placement = .members(members.items.compactMap(\.locatedText))
    }
    return draft
  }

  private mutating func failover(_ role: Located<String>, _ reading: Reading) -> FailoverDraft? {
    guard let takes = reading["takes"].flatMap({ laws.law($0) }) else { return nil }
    var draft = FailoverDraft(
      role: role, candidates: reading["from"]?.items.compactMap(\.locatedText) ?? [], takes: takes)
    draft.detection = reading["detect"].flatMap { delay($0, names: detectorNames) }
    draft.works = reading["works"]?.probability?.value
    draft.manual = reading["manual"].flatMap { laws.law($0) }
    draft.loses = reading["loses"]?.duration
    draft.needs = reading["needs"]?.items.compactMap(\.locatedText) ?? []
    return draft
  }

  /// A name that is declared, else a duration. Text that begins like a number is meant as a duration; any other
  /// is left for validation to call unknown.
  mutating func delay(_ reading: Reading, names: Set<String>) -> Delay? {
    guard let text = reading.locatedText else { return laws.law(reading).map { .stated($0) } }
    if names.contains(text.value) { return .named(text) }
    do throws(QuantityError) {
      _ = try TimeSpan(parsing: text.value)
      return laws.law(reading).map { .stated($0) }
    } catch {
      guard let first = text.value.first, first.isNumber || "+-.−".contains(first) else {
        return .named(text)
      }
      laws.findings.append(
        Diagnostic(slug: "bad-value", error.message, at: text.location, help: error.help))
      return nil
    }
  }

  mutating func modes(_ reading: Reading?) -> [FailureModeDraft] {
    reading?.entries.compactMap { mode($0.name, $0.value) } ?? []
  }

  mutating func mode(_ name: Located<String>, _ reading: Reading) -> FailureModeDraft? {
    guard let frequency = frequency(reading) else { return nil }
    var draft = FailureModeDraft(name: name, frequency: frequency, length: length(reading))
    draft.statedRate = reading["mtbf"] == nil ? reading["rate"]?.rate : nil
    draft.scope = reading["scope"]?.locatedText.flatMap { text in
      FailureMode.Scope(rawValue: text.value).map { Located($0, at: text.location) }
    }
    draft.probability = reading["probability"]?.probability
    draft.rateFactor = reading["rate-factor"].flatMap { factor in
      factor.number.map { Located($0, at: factor.location) }
    }
    if let remains = reading["effect"]?["degraded-to"]?.probability {
      draft.effect = .degraded(to: remains.value)
    }
    draft.commonCause = reading["common-cause"].flatMap(commonCause)
    draft.crew = reading["crew"]?.locatedText
    draft.priority = reading["priority"]?.integer
    draft.loses = losses(reading["loses"])
    draft.failsBy = failsBy(reading["fails-by"])
    draft.season = season(reading["season"])
    draft.clock = clock(reading["clock"])
    draft.faultOf = reading["fault-of"]?.text.flatMap { FailureMode.Fault(rawValue: $0) }
    draft.restarts = reading["restart"]?.text != "no"
    return draft
  }

  /// The factors of a common cause, located at the first word that states them.
  private func commonCause(_ reading: Reading) -> Located<CommonCause>? {
    if let beta = reading["beta"]?.probability { return beta.map { .beta($0) } }
    func located(_ key: String, _ cause: ([Probability]) -> CommonCause) -> Located<CommonCause>? {
      guard let factors = reading[key] else { return nil }
      let values = factors.items.compactMap { $0.probability?.value }
      return Located(cause(values), at: factors.location)
    }
    return located("multiple-greek-letters") { .multipleGreekLetters($0) }
      ?? located("alpha") { .alpha($0, isStaggered: reading["staggered"]?.text == "yes") }
      ?? located("phi") { .phi($0) }
  }

  private mutating func frequency(_ reading: Reading) -> FailureModeDraft.Frequency? {
    if let mtbf = reading["mtbf"] {
      if let name = mtbf["incidents"]?.locatedText { return .incidents(name, bindsOutage: false) }
      return mtbf.duration.map { .meanTimeBetweenFailures($0) }
    }
    if let rate = reading["rate"]?.rate {
      return meanTime(rate).map { .meanTimeBetweenFailures($0) } ?? .never
    }
    if let trigger = overload(reading["when"]) { return .overload(trigger) }
    if let law = reading["lifetime"] { return laws.law(law).map { .lifetime($0) } }
    if let availability = reading["availability"]?.availability { return .availability(availability) }
    return reading["incidents"]?.locatedText.map { .incidents($0, bindsOutage: true) }
  }

  private func meanTime(_ rate: Rate) -> TimeSpan? { TimeSpan(hours: 1 / rate.perHour) }

  private mutating func length(_ reading: Reading) -> FailureModeDraft.Length {
    if let lasts = reading["lasts"] {
      if let name = lasts["incidents"]?.locatedText { return .incidents(name) }
      return laws.law(lasts).map { .lasts($0) } ?? .unstated
    }
    guard reading["detect"] != nil || reading["respond"] != nil || reading["recover"] != nil else {
      return .unstated
    }
    return .parts(
      detect: reading["detect"].flatMap { delay($0, names: detectorNames) },
      respond: reading["respond"].flatMap { delay($0, names: responseNames) },
      recover: reading["recover"].flatMap { laws.recovery($0) })
  }
}
