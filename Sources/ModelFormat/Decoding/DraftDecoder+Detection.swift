internal import Diagnostics
internal import Quantities
internal import Recovery
internal import ServiceModel
internal import Stochastics

extension DraftDecoder {
  /// A detector: what it is, what it needs, and what happens without that.
  mutating func detector(_ name: Located<String>, _ reading: Reading) -> DelayDraft {
    var draft = DelayDraft(name: name, parts: [])
    if let stated = reading["after"] {
      draft.parts = laws.law(stated).map { [$0] } ?? []
    } else {
      do throws(InvalidRecovery) {
        if let detector = try computedDetector(reading) {
          draft.parts = detector.parts
          draft.look = detector.title
        } else {
          draft.parts = laws.law(reading).map { [$0] } ?? []
        }
      } catch {
        reportFaults(error, of: name)
      }
    }
    draft.needs = reading["needs"]?.items.compactMap(\.locatedText) ?? []
    draft.otherwise = reading["otherwise"].flatMap { laws.law($0) }
    return draft
  }

  private mutating func reportFaults(_ error: InvalidRecovery, of name: Located<String>) {
    for fault in error.faults {
      laws.findings.append(
        Diagnostic(slug: fault.slug, "\(name.value): \(fault.message)", at: name.location, help: fault.help))
    }
  }

  /// A detector whose delay follows from its settings; `nil` for a stated time.
  private func computedDetector(_ reading: Reading) throws(InvalidRecovery) -> Detector? {
    if let probe = reading["probe"], let every = probe["every"]?.duration,
      let timeout = probe["timeout"]?.duration, let failures = probe["failures"]?.integer?.value
    {
      return try .probe(every: every, timeout: timeout, failures: failures, failing: failing(probe))
    }
    if let check = reading["health-check"], let interval = check["interval"]?.duration,
      let timeout = check["timeout"]?.duration, let retries = check["retries"]?.integer?.value
    {
      return try .healthCheck(interval: interval, timeout: timeout, retries: retries, failing: failing(check))
    }
    if let scrape = reading["scrape"], let every = scrape["every"]?.duration,
      let evaluate = scrape["evaluate"]?.duration
    {
      return try .scrape(every: every, evaluate: evaluate, holds: scrape["for"]?.duration ?? .zero)
    }
    return try signOfLife(reading)
  }

  private func signOfLife(_ reading: Reading) throws(InvalidRecovery) -> Detector? {
    if let beat = reading["heartbeat"], let every = beat["every"]?.duration,
      let downAfter = beat["down-after"]?.duration
    {
      return try .heartbeat(every: every, downAfter: downAfter)
    }
    if let probes = reading["keep-alive"], let idle = probes["idle"]?.duration,
      let every = probes["every"]?.duration, let count = probes["probes"]?.integer?.value
    {
      return try .keepAlive(idle: idle, every: every, probes: count)
    }
    if let sampling = reading["sampling"], let share = sampling["share"]?.probability?.value,
      let failing = sampling["failing"]?.rate
    {
      return try .sampling(TraceSampling(share: share), failures: failing)
    }
    return nil
  }

  private func failing(_ reading: Reading) -> Detector.Failing {
    switch reading["hangs"]?.text {
    case "yes": .hanging
    case "no": .refused
    default: .either
    }
  }

  // MARK: Responses

  /// A response tier; its length is that over the week where it has hours on call.
  mutating func response(_ name: Located<String>, _ reading: Reading) -> DelayDraft {
    var draft = DelayDraft(name: name, parts: [])
    guard let after = reading["after"].flatMap({ laws.law($0) }) else { return draft }
    draft.parts = [after]
    draft.crew = reading["crew"]?.locatedText
    guard let onCall = reading["on-call"], let hours = onCallHours(onCall, of: name) else { return draft }
    var outside = ResponseTier.Outside.waitsForShift
    if let otherwise = onCall["otherwise"] {
      guard let law = laws.law(otherwise) else { return draft }
      outside = .takes(law)
    }
    guard hours.share < 1 else { return draft }
    let tier = ResponseTier(name: name.value, after: after, onCall: hours, outside: outside)
    draft.parts = tier.parts
    draft.tier = tier
    draft.look = "on call"
    return draft
  }

  private mutating func onCallHours(_ reading: Reading, of name: Located<String>) -> OnCallHours? {
    let from = timeOfDay(reading["from"])
    let to = timeOfDay(reading["to"])
    guard let from, let to else { return nil }
    let written = reading["days"]?.items.compactMap(\.text) ?? Grammar.weekdays
    let days = written.compactMap { Grammar.weekdays.firstIndex(of: $0) }
    do throws(InvalidRecovery) {
      return try OnCallHours(from: from, to: to, days: Set(days.compactMap(OnCallHours.Day.init)))
    } catch {
      reportFaults(error, of: name)
      return nil
    }
  }

  /// `08:00`, from 00:00 to 24:00, as time since midnight.
  private mutating func timeOfDay(_ reading: Reading?) -> TimeSpan? {
    guard let text = reading?.locatedText else { return nil }
    let parts = text.value.split(separator: ":", omittingEmptySubsequences: false)
    if parts.count == 2, parts.allSatisfy({ $0.count == 2 && $0.allSatisfy(\.isASCII) }),
      let hour = Int(parts[0]),
      let minute = Int(parts[1]), hour >= 0, (0...59).contains(minute), hour * 60 + minute <= 24 * 60
    {
      return TimeSpan(hours: Double(hour * 60 + minute) / 60)
    }
    laws.findings.append(
      Diagnostic(
        slug: "bad-value", "“\(text.value)” is no time of day; expected 00:00 to 24:00", at: text.location,
        help: "from: \"08:00\""))
    return nil
  }
}
