internal import Diagnostics
internal import Quantities
internal import Resilience
internal import ServiceModel
internal import Stochastics

extension DraftDecoder {
  // MARK: Dependencies

  /// The policies stated on a dependency; `nil` when there are none.
  mutating func policies(_ reading: Reading) -> StatedPolicies? {
    let keys = ["timeout", "retry", "breaker", "bulkhead", "rate-limit", "fallback", "traffic"]
    guard keys.contains(where: { reading[$0] != nil }) else { return nil }
    var policies = StatedPolicies(at: reading.location)
    policies.places = places(in: reading, keys)
    policies.timeout = reading["timeout"]?.duration
    policies.bulkhead = reading["bulkhead"]?.locatedText
    policies.retry = reading["retry"].flatMap { retry($0) }
    policies.breaker = reading["breaker"].flatMap { breaker($0, &policies.defaults) }
    policies.rateLimit = reading["rate-limit"].flatMap { rateLimit($0) }
    policies.fallback = reading["fallback"].flatMap { fallback($0) }
    policies.traffic = reading["traffic"].flatMap { traffic($0, &policies.defaults) }
    if let bytes = reading["traffic"]?["bytes"], let request = bytes["request"]?.dataSize,
      let response = bytes["response"]?.dataSize
    {
      policies.bytes = CallBytes(request: request, response: response)
    }
    policies.alert = reading["traffic"]?["alert"].flatMap { alert($0) }
    return policies
  }

  /// The place of each key, and of the keys below it.
  private func places(in reading: Reading, _ keys: [String]) -> [String: SourceLocation] {
    var places: [String: SourceLocation] = [:]
    for key in keys {
      guard let value = reading[key] else { continue }
      places[key] = value.location
      for entry in value.entries {
        places["\(key)/\(entry.name.value)"] = entry.value.location
        for inner in entry.value.entries {
          places["\(key)/\(entry.name.value)/\(inner.name.value)"] = inner.value.location
        }
      }
    }
    return places
  }

  private mutating func retry(_ reading: Reading) -> Retry? {
    sound(reading, at: reading.location, prefix: "retry") { () throws(InvalidPolicy) in
      try Retry(
        attempts: reading["attempts"]?.integer?.value ?? 0, wait: reading["wait"]?.duration ?? .zero,
        factor: reading["factor"]?.number ?? 1, longest: reading["longest"]?.duration,
        jitter: reading["jitter"]?.probability?.value)
    }
  }

  private mutating func rateLimit(_ reading: Reading) -> RateLimit? {
    let calls = reading["calls"]?.text
    guard let limit = calls.flatMap(RatePeriod.init(parsing:)) else {
      let isNone = calls.flatMap { try? Rate(parsing: $0) }?.perHour == 0
      findPolicy(
        "rate-limit-calls",
        isNone
          ? "calls: none pass a limit of 0; expected a number above 0"
          : "calls: expected a whole number of calls in a period", at: reading.location,
        help: "calls: 100 /min")
      return nil
    }
    return sound(reading, at: reading.location, prefix: "rate-limit") { () throws(InvalidPolicy) in
      try RateLimit(
        calls: limit.count, period: limit.period, clients: reading["clients"]?.integer?.value ?? 1)
    }
  }

  private mutating func fallback(_ reading: Reading) -> Fallback? {
    guard let serves = reading["serves"]?.probability?.value else { return nil }
    return sound(reading, at: reading.location, prefix: "fallback") { () throws(InvalidPolicy) in
      try Fallback(serves: serves, lasts: reading["for"]?.duration)
    }
  }

  private mutating func traffic(_ reading: Reading, _ defaults: inout [(key: String, text: String)])
    -> Traffic?
  {
    guard let calls = reading["calls"]?.rate, let law = latency(reading["latency"]) else { return nil }
    if reading["latency"] == nil {
      defaults.append(("traffic/latency", "no time, since nothing is stated"))
    }
    return sound(reading, at: reading.location, prefix: "traffic") { () throws(InvalidPolicy) in
      try Traffic(
        calls: calls, latency: law,
        errors: reading["errors"]?.probability?.value ?? Probability.one.inverted)
    }
  }

  /// The law of answers; no time where nothing is stated.
  private mutating func latency(_ reading: Reading?) -> (any Distribution)? {
    guard let reading else { return try? Deterministic(value: 0) }
    return latencyLaw(reading, prefix: "traffic/latency")
  }

  // MARK: Ways to fail

  mutating func failsBy(_ reading: Reading?) -> CalleeFailure? {
    guard let reading else { return nil }
    if let slow = reading["slow"] { return laws.law(slow).map { .slow($0) } }
    if let share = reading["errors"]?.probability {
      guard share.value.value > 0 else {
        findPolicy(
          "no-errors", "errors: of 0 % is no failure; expected more", at: share.location, help: "errors: 40 %"
        )
        return nil
      }
      return .failsFast(share: share.value, after: reading["after"]?.duration ?? .zero)
    }
    return reading.text == "hangs" ? .hangs : nil
  }

  // MARK: Findings

  mutating func findPolicy(_ slug: String, _ message: String, at place: SourceLocation, help: String? = nil) {
    laws.findings.append(Diagnostic(slug: slug, message, at: place, help: help))
  }

  /// A policy, or what is wrong with it where it was written.
  mutating func sound<Policy>(
    _ reading: Reading, at place: SourceLocation, prefix: String, _ make: () throws(InvalidPolicy) -> Policy
  ) -> Policy? {
    do throws(InvalidPolicy) {
      return try make()
    } catch {
      for finding in error.findings {
        let keys = finding.key.split(separator: "/").map(String.init)
        let below = prefix.isEmpty ? keys[...] : keys.dropFirst(prefix.split(separator: "/").count)
        var found: Reading? = reading
        for key in below { found = found?[key] }
        findPolicy(
          finding.slug, "\(keys.last ?? ""): \(finding.message)", at: found?.location ?? place,
          help: finding.help)
      }
      return nil
    }
  }
}

/// A whole number of things in a period, as `100 /min` says.
private struct RatePeriod {
  let count: Int
  let period: TimeSpan

  init?(parsing text: String) {
    guard let number = NumberText(prefixOf: Substring(text)), let count = Int(number.digits),
      let rate = try? Rate(parsing: text), rate.perHour > 0,
      let period = TimeSpan(hours: Double(count) / rate.perHour)
    else { return nil }
    (self.count, self.period) = (count, period)
  }
}
