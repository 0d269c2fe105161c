/// What else than its own luck decides when a process happens and whom it hits.
public struct ProcessSituation: Sendable, Hashable {
  /// The place that it is a failure of; `nil`: of units, or of a component wherever its units are.
  public internal(set) var place: FailurePlace?
  /// The time it ages by, and what an answer that knows no events makes of it.
  public internal(set) var clock = AgeingClock.calendar
  /// The share of its outage that its units wait before they come up elsewhere; 1 where some do not.
  public internal(set) var boundShare = 1.0
  /// How long its units wait at most before they come up elsewhere, in hours; ∞ where some do not.
  public internal(set) var boundHours = Double.infinity
  /// The units that come up elsewhere sooner than that, those that wait longest first.
  public internal(set) var leaving: [LeavingUnits] = []

  init(place: FailurePlace? = nil, agesInOperation: Bool = false) {
    self.place = place
    clock = agesInOperation ? .hindered : .calendar
  }
}

/// The place whose failure a process is.
public struct FailurePlace: Sendable, Hashable {
  /// The domain, as an index into the model's.
  public let domain: Int
  /// The component whose units there it hits, as an index into the model's; `nil`: all that is there.
  public let component: Int?
}

/// Units that come up elsewhere after the same wait.
public struct LeavingUnits: Sendable, Hashable {
  /// The units.
  public let units: [Int]
  /// The mean of what the outage holds them, min(outage, wait), in hours.
  public let meanHours: Double
}

/// The time by which a process ages.
public enum AgeingClock: Sendable, Hashable {
  /// Calendar time.
  case calendar
  /// The time in which a unit that it hits is up, and nothing else takes these units down: calendar time between its
  /// own outages.
  case alone
  /// The same, and all else that takes these units down hits the same ones on the same clock: of them all at most one is
  /// down, and ρ = Σ (mean outage / mean up time) gives U = ρ / (1 + ρ) whatever their laws (Barlow and Proschan,
  /// *Statistical theory of reliability and life testing*, 1975, chapter 7: series systems with suspended animation).
  case exclusive
  /// The same, and something else may take some of these units down.
  case hindered
}
