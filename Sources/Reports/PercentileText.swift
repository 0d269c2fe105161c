internal import Quantities
internal import Simulation
internal import Stochastics

/// Percentiles as text and in JSON.
extension [Percentile] {
  /// An interval that reaches no further than this share of its percentile is not shown.
  fileprivate static var narrowShare: Double { 0.05 }

  /// One of them, as `p90 4 h`, or `p90 4 h (2 h – 5 h)` where its interval is wide; `nil` where there is none.
  ///
  /// - Parameters:
  ///   - resolution: an interval no wider than this is not shown either.
  ///   - text: a number with its unit.
  func text(_ percent: Int, resolution: Double = 0, _ text: (Double) -> String) -> String? {
    guard let found = first(where: { $0.percent == percent }) else { return nil }
    let own = found.estimate
    let reach = Swift.max(own.high - own.value, own.value - own.low)
    guard reach > resolution, reach > Self.narrowShare * own.value else {
      return "\(found.name) \(text(own.value))"
    }
    let limits =
      own.high.isFinite
      ? "\(text(own.low)) – \(text(own.high))" : own.low > 0 ? "\(text(own.low)) or more" : "too few to say"
    return "\(found.name) \(text(own.value)) (\(limits))"
  }

  /// `{p50: {value, low, high, confidence, unit}, …}`; a limit is missing where replications are too few to set it.
  func json(unit: String) -> JSONValue {
    .object(
      Dictionary(uniqueKeysWithValues: map { ($0.name, $0.estimate.json(unit: unit)) }))
  }
}

extension Estimate {
  /// A share, as `38 %`, or `38 % (34 % – 42 %)` where its interval is wide.
  var shareText: String {
    Swift.max(high - value, value - low) > [Percentile].narrowShare * value
      ? "\(percentage(value)) (\(percentage(low)) – \(percentage(high)))" : percentage(value)
  }
}

extension SimulateReport {
  /// What percentiles without an interval beside them are worth.
  var percentileNote: [Document.Block] {
    guard result.capabilities.contains(where: { $0.unavailability.value > 0 }) else { return [] }
    return [
      .note(
        "Percentiles of downtime, outages and months, and the shares beside them, are sure to "
          + "\(grouped([Percentile].narrowShare * 100, decimals: 0)) % of themselves, or to one outage, at "
          + "\(percentage(result.plan.confidence)) confidence where no interval stands with them; what one "
          + "replication has several of counts as one.")
    ]
  }
}
