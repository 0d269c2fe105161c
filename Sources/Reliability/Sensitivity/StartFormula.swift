internal import ServiceGraph
internal import Stochastics

/// How long units are down by starts after the outages of a process, as its numbers change; how long a start takes does not.
struct StartFormula: Sendable {
  /// How long a start takes, in hours: for the first units, and for those that start later.
  private let hours: [Double]
  /// The law of up times as stated; others have its shape.
  private let uptime: any Distribution
  /// Whether no time passes for the next failure while units start.
  private let standsStill: Bool

  /// `nil` where no units start, or no law of up times is known.
  init?(_ process: RenewalProcess) {
    guard process.isFollowedByStarts, let uptime = process.uptime else { return nil }
    hours = [process.startHours] + process.laterStarts.map(\.hours)
    self.uptime = uptime
    standsStill = process.situation.clock != .calendar
  }

  /// (D + E[min(X, S)]) / (E[X] + D), as in `RenewalProcess`.
  ///
  /// - Parameter place: whose start, by its place among the times.
  func unavailability(meanUptime: Double, outage: Double, _ place: Int) -> Double {
    let start = hours[place]
    if standsStill { return (outage + start) / (meanUptime + outage + start) }
    let starting =
      start > 0 ? MeanMinimum.value(uptime.scaled(by: meanUptime / uptime.mean), atMost: start) : 0
    return min(1, (outage + starting) / (meanUptime + outage))
  }
}

extension ProcessFormula {
  /// The share of time that units are down by it, those that are first to start after it.
  func unavailability(_ values: [Double]) -> Double { unavailability(values, starting: 0) }

  /// The share of time in which units that start later still do, of that in which those next before them are up.
  ///
  /// - Parameter place: as in `RenewalProcess.startingShare`.
  func startingShare(_ place: Int, _ values: [Double]) -> Double {
    RenewalProcess.startingShare(
      unavailability(values, starting: place), then: unavailability(values, starting: place + 1))
  }

  private func unavailability(_ values: [Double], starting place: Int) -> Double {
    let plain = unavailabilityOfOutage(values)
    guard let starts, plain > 0, let mean = meanUptime(values) else { return plain }
    return starts.unavailability(meanUptime: mean, outage: outage(values), place)
  }

  /// The parameters it depends on, with the derivative of the unavailability by each.
  func slopes(_ values: [Double]) -> [(parameter: Int, slope: Double)] {
    starts == nil ? slopesOfOutage(values) : slopes(values) { unavailability($0) }
  }

  /// The derivatives of the share of those that start later.
  func slopesOfStarting(_ place: Int, _ values: [Double]) -> [(parameter: Int, slope: Double)] {
    slopes(values) { startingShare(place, $0) }
  }

  private func slopes(
    _ values: [Double], of value: ([Double]) -> Double
  ) -> [(parameter: Int, slope: Double)] {
    Set(mode.parameters).sorted().map { ($0, values.slope(of: value, by: $0)) }
  }
}
