internal import Diagnostics
internal import Quantities
internal import Resilience
internal import ServiceModel

extension DraftDecoder {
  /// A circuit breaker; `nil` after a finding.
  mutating func breaker(_ reading: Reading, _ defaults: inout [(key: String, text: String)])
    -> CircuitBreaker?
  {
    guard let trip = trip(reading, &defaults), let open = reading["open"]?.duration else { return nil }
    let half = reading["half-open"]
    if half?["calls"] == nil { defaults.append(("breaker/half-open/calls", "1, since nothing is stated")) }
    return sound(reading, at: reading.location, prefix: "breaker") { () throws(InvalidPolicy) in
      try CircuitBreaker(
        trip: trip, open: open, halfOpenCalls: half?["calls"]?.integer?.value ?? 1,
        closing: half?["closes"]?.text == "rate" ? .rate : .all)
    }
  }

  private mutating func trip(
    _ reading: Reading, _ defaults: inout [(key: String, text: String)]
  ) -> CircuitBreaker.Trip? {
    if let failures = reading["consecutive"]?.integer { return .consecutive(failures.value) }
    guard let window = reading["window"], let failures = reading["failures"]?.probability?.value else {
      let missing = reading["window"] == nil ? "window" : "failures"
      findPolicy(
        "missing-key", "a breaker opens by a share of failures in a window; \(missing): is missing",
        at: reading.location, help: missing == "window" ? "window: 10" : "failures: 50 %")
      return nil
    }
    let slow = slowCalls(reading["slow"])
    let stated = reading["minimum"]?.integer?.value
    if let length = window.duration {
      if stated == nil { defaults.append(("breaker/minimum", "1, since nothing is stated")) }
      return .timeWindow(
        length: length, .init(minimum: stated ?? 1, failures: failures, slow: slow))
    }
    let size = window.integer?.value ?? 0
    if stated == nil {
      defaults.append(("breaker/minimum", "\(size), a full window, since nothing is stated"))
    }
    return .countWindow(
      size: size, .init(minimum: stated ?? max(1, size), failures: failures, slow: slow))
  }

  private func slowCalls(_ reading: Reading?) -> CircuitBreaker.SlowCalls? {
    guard let longerThan = reading?["longer-than"]?.duration,
      let share = reading?["share"]?.probability?.value
    else { return nil }
    return .init(longerThan: longerThan, share: share)
  }
}
