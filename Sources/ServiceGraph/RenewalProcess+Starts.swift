internal import Stochastics

/// The starts after the outages of a process, of which the next failure ends each that is not over by then.
///
/// With X an up time, D an outage and S the length of a start, units are down for D + min(X, S) of each X + D, and go down
/// where X > S: by renewal reward
///
///     U = (E[D] + E[min(X, S)]) / (E[X] + E[D])        P(X > S) / (E[X] + E[D]) outages per hour
///
/// For exponential up times of rate λ that is 1 − U = A e^(−λS), with A the availability without starts, and λ (1 − U)
/// outages. Several independent processes multiply, as A₁ A₂ e^(−(λ₁ + λ₂)S) does: a unit is up when none of them was
/// down for the time of a start. Source: Cox, *Renewal theory*, 1962, chapter 7.
extension RenewalProcess {
  /// E[min(X, S)]: how long on average the units are down by a start after an outage, in hours; S where the time until
  /// the next failure stands still meanwhile.
  public var meanStartingHours: Double {
    guard startHours > 0, let uptime else { return 0 }
    return RenewalProcess.meanStartingHours(startHours, uptime: uptime, clock: situation.clock)
  }

  /// How often it takes down units that are up, per hour of calendar time; a failure that hits them before they have
  /// started does not. `nil` when not known.
  public var outagesPerHour: Double? {
    guard startHours > 0, let uptime, let down = meanOutageHours else { return frequencyPerHour }
    return situation.clock == .calendar
      ? uptime.survival(startHours) / (uptime.mean + down) : 1 / (uptime.mean + down + startHours)
  }

  /// How long an outage lasts on average until its units have started, in hours: that and all failures meanwhile; `nil`
  /// when not known, or when they never start.
  public var meanHoursUntilStarted: Double? {
    guard let frequency = outagesPerHour, frequency > 0, unavailability < 1 else { return nil }
    return unavailability / frequency
  }

  /// The share of time that units are down.
  ///
  /// - Parameters:
  ///   - down: the mean outage in hours.
  ///   - held: how much of it the units are down.
  static func unavailability(
    uptime: any Distribution, outage down: Double, holding held: Double, startHours: Double,
    clock: AgeingClock
  ) -> Double {
    let starting = meanStartingHours(startHours, uptime: uptime, clock: clock)
    return min(1, (held + starting) / (uptime.mean + down + (clock == .calendar ? 0 : starting)))
  }

  private static func meanStartingHours(
    _ startHours: Double, uptime: any Distribution, clock: AgeingClock
  ) -> Double {
    guard startHours > 0, clock == .calendar else { return startHours }
    return MeanMinimum.value(uptime, atMost: startHours)
  }
}
