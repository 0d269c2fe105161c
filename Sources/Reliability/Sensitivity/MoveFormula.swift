internal import Stochastics

/// The time a role is down while it moves, as a share of the outage that drives it away.
///
/// ((1 − f) E[min(move, outage)] + f E[min(move by hand, outage)]) / E[outage], where f is the probability that the move
/// does not work, as in `FailoverOutage`.
struct MoveFormula: Sendable {
  let failover: FailoverParameters
  let outage: [ScaledPart]
  let streamName: String
  /// The two means when no duration is changed.
  private var nominal: Means?
  private let nominalValues: [Double]

  /// The mean role outages in hours.
  struct Means {
    let automatic: Double
    let byHand: Double
  }

  init(failover: FailoverParameters, outage: [ScaledPart], streamName: String, nominalValues: [Double]) {
    self.failover = failover
    self.outage = outage
    self.streamName = streamName
    self.nominalValues = nominalValues
    nominal = means(nominalValues)
  }

  /// The durations it depends on.
  var durations: [Int] { (failover.move + (failover.byHand ?? []) + outage).map(\.parameter) }

  /// The share, 0…1.
  func share(_ values: [Double]) -> Double {
    var cache = ResponseCache()
    return share(values, &cache)
  }

  /// The share, 0…1, with what is known of moves with the same durations.
  func share(_ values: [Double], _ cache: inout ResponseCache) -> Double {
    let mean = outage.reduce(0) { $0 + values[$1.parameter] }
    guard mean > 0 else { return 0 }
    let isNominal = durations.allSatisfy { values[$0] == nominalValues[$0] }
    let means = (isNominal ? nominal : nil) ?? self.means(values, &cache)
    let failure = values[failover.failure]
    return min(1, ((1 - failure) * means.automatic + failure * means.byHand) / mean)
  }

  private func means(_ values: [Double], _ cache: inout ResponseCache) -> Means {
    let key = ResponseCache.Key(places: durations, values: durations.map { values[$0] })
    if let known = cache.moves[key] { return known }
    let means = means(values)
    cache.moves[key] = means
    return means
  }

  private func means(_ values: [Double]) -> Means {
    let outage = outage.flatMap { $0.laws(values) }
    func least(_ parts: [ScaledPart]) -> Double {
      MeanMinimum.value(parts.flatMap { $0.laws(values) }, outage, streamName: streamName)
    }
    return Means(
      automatic: least(failover.move),
      byHand: failover.byHand.map(least) ?? outage.reduce(0) { $0 + $1.mean })
  }

  /// The derivative of the share by each parameter it depends on; those by durations from central
  /// differences.
  func slopes(_ values: [Double]) -> [(parameter: Int, slope: Double)] {
    var slopes = [(parameter: failover.failure, slope: share(values.setting(failover.failure, to: 1)))]
    slopes[0].slope -= share(values.setting(failover.failure, to: 0))
    var seen: Set<Int> = []
    for duration in durations where seen.insert(duration).inserted {
      slopes.append((duration, values.slope(of: { share($0) }, by: duration)))
    }
    return slopes
  }
}

extension [Double] {
  /// The derivative of a function of these values by one of them, with Richardson's extrapolation from two central
  /// differences; by a value of 0 from above.
  func slope(of function: ([Double]) -> Double, by place: Int) -> Double {
    let value = self[place]
    guard value != 0 else { return (function(setting(place, to: 1e-6)) - function(self)) * 1e6 }
    let slopes = [1e-3, 2e-3].map { step in
      let more = function(setting(place, to: value * (1 + step)))
      let less = function(setting(place, to: value * (1 - step)))
      return (more - less) / (2 * step * value)
    }
    return (4 * slopes[0] - slopes[1]) / 3
  }
}
