internal import Diagnostics
internal import Quantities
internal import Resilience
internal import ServiceModel
internal import Stochastics

/// The percentiles that a promise may bound.
enum LatencyPercentile: String, CaseIterable {
  case p50, p90, p95, p99
  case p999 = "p99.9"

  /// Between 0 and 1.
  var share: Double {
    switch self {
    case .p50: 0.5
    case .p90: 0.9
    case .p95: 0.95
    case .p99: 0.99
    case .p999: 0.999
    }
  }

  /// `95 in 100`.
  var words: String {
    switch self {
    case .p50: "Half of the"
    case .p90: "90 in 100"
    case .p95: "95 in 100"
    case .p99: "99 in 100"
    case .p999: "999 in 1,000"
    }
  }
}

extension DraftDecoder {
  /// A law of latencies: a mean with a percentile, or any other.
  mutating func latencyLaw(_ reading: Reading, prefix: String) -> (any Distribution)? {
    guard let mean = reading["mean"]?.duration else { return laws.law(reading) }
    for percentile in [LatencyPercentile.p95, .p99] {
      guard let bound = reading[percentile.rawValue]?.duration else { continue }
      return sound(reading, at: reading.location, prefix: prefix) { () throws(InvalidPolicy) in
        try Traffic.latency(mean: mean, percentile: percentile == .p95 ? .p95 : .p99, bound)
      }
    }
    return laws.law(reading)
  }

  /// The promises about how long requests take.
  func latencyObjectives(_ reading: Reading?) -> [LatencyObjective] {
    (reading?.entries ?? []).compactMap { entry in
      guard let stated = entry.value["latency"] else { return nil }
      let bounds = LatencyPercentile.allCases.compactMap { percentile in
        stated[percentile.rawValue]?.duration.map {
          LatencyObjective.Bound(share: percentile.share, limit: $0)
        }
      }
      return LatencyObjective(name: entry.name.value, bounds: bounds)
    }
  }

  /// The alert on the errors of calls.
  func alert(_ reading: Reading) -> ErrorAlertDraft? {
    guard let detector = reading["by"]?.locatedText, let errors = reading["errors"],
      let text = errors.locatedText
    else { return nil }
    let threshold =
      errors.probability.map { ErrorAlertDraft.Threshold.share($0.value) }
      ?? errors.rate.map { ErrorAlertDraft.Threshold.rate($0) }
    return threshold.map {
      ErrorAlertDraft(
        detector: detector, threshold: Located($0, at: text.location), thresholdText: text.value,
        window: reading["over"]?.duration)
    }
  }
}
