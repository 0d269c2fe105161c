internal import Stochastics

/// Units that take longer to start after an outage than others that it takes down.
public struct LaterStart: Sendable, Hashable {
  /// How long they take unless they are hit again, in hours; see `RenewalProcess.startHours`.
  public let hours: Double
  /// The units that take as long, or longer; ascending.
  public let units: [Int]
}

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

  /// The same with the time that each of its units takes to start after it, in hours.
  ///
  /// - Parameter isApart: whether the process is the outage without any start, which all are later then.
  func starting(after hours: [Double], isApart: Bool) -> RenewalProcess {
    let times = Set(hours + (isApart ? [0] : [])).sorted()
    var process = started(after: times.first ?? 0)
    process.laterStarts = times.dropFirst().map { time in
      LaterStart(hours: time, units: zip(units, hours).filter { $1 >= time }.map(\.0))
    }
    return process
  }

  /// The same as units see it that take so many hours to start after it.
  package func started(after hours: Double) -> RenewalProcess {
    guard hours != startHours || !laterStarts.isEmpty, let uptime, let down = meanOutageHours else {
      return self
    }
    var process = self
    process.unavailability = RenewalProcess.unavailability(
      uptime: uptime, outage: down, holding: down * situation.boundShare, startHours: hours,
      clock: situation.clock)
    (process.startHours, process.laterStarts) = (hours, [])
    return process
  }

  /// Whether some of its units take time to start after it.
  package var isFollowedByStarts: Bool { startHours > 0 || !laterStarts.isEmpty }

  /// The units that take time to start after it.
  var unitsThatStart: [Int] { startHours > 0 ? units : laterStarts.first?.units ?? [] }

  /// How long a unit takes to start after it unless it is hit again, in hours.
  package func startHours(ofUnit unit: Int) -> Double {
    laterStarts.last { $0.units.contains(unit) }?.hours ?? startHours
  }

  /// The same as some units feel it: only those of them that it takes down, until the last of these has started.
  package func felt(by some: Set<Int>) -> RenewalProcess {
    guard !laterStarts.isEmpty else { return self }
    let own = units.filter { some.contains($0) }
    var process = started(after: own.map { startHours(ofUnit: $0) }.max() ?? startHours)
    (process.units, process.laterStarts) = (own, [])
    return process
  }

  /// The share of time in which units that start later still do, of that in which those that start next before them are up
  /// as far as this process goes.
  ///
  /// - Parameter place: the units, by their place among `laterStarts`.
  package func startingShare(_ place: Int) -> Double {
    RenewalProcess.startingShare(
      started(after: startHours(before: place)).unavailability,
      then: started(after: laterStarts[place].hours).unavailability)
  }

  /// The same at its failures: the share of those that hit the units before which also hit units that start later.
  package func startingShareAtFailure(_ place: Int) -> Double {
    guard place < laterStarts.count, let uptime else { return 0 }
    let before = uptime.survival(startHours(before: place))
    return before > 0 ? 1 - uptime.survival(laterStarts[place].hours) / before : 0
  }

  /// Whether its failures come at random, so that they find it as any time does.
  package var failsAtRandom: Bool { uptime is Exponential && situation.clock == .calendar }

  /// How long those units take to start that do so next before some that start later, in hours.
  package func startHours(before place: Int) -> Double {
    place > 0 ? laterStarts[place - 1].hours : startHours
  }

  /// u in 1 − U₂ = (1 − U₁) (1 − u).
  package static func startingShare(_ before: Double, then after: Double) -> Double {
    before < 1 ? min(1, max(0, (after - before) / (1 - before))) : 0
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
