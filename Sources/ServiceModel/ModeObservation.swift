/// What an incident history says about one failure mode.
public struct ModeObservation: Sendable, Hashable {
  /// How many outages were seen, those that have not ended included.
  public let count: Int
  /// The total length in hours of those that have ended.
  public let downtimeHours: Double
  /// How long one entity was watched, in hours.
  public let windowHours: Double
  /// How many entities of the mode's scope were watched; `nil`: as many as the model has.
  public let units: Int?
  /// Entities × hours watched, where their number changed; `nil`: units × window.
  public let unitHours: Double?
  /// How many of the outages have ended.
  public let endedCount: Int
  /// How many exponential durations the mean length is worth: as many as have ended, fewer where they vary more than an
  /// exponential law does.
  public let durationWorth: Double

  /// An observation.
  ///
  /// - Parameters:
  ///   - unitHours: where the number of entities changed.
  ///   - endedCount: `nil` where all have ended.
  ///   - durationWorth: above 0 and at most `endedCount`, which `nil` stands for.
  public init(
    count: Int, downtimeHours: Double, windowHours: Double, units: Int? = nil, unitHours: Double? = nil,
    endedCount: Int? = nil, durationWorth: Double? = nil
  ) {
    self.unitHours = unitHours
    self.count = count
    self.endedCount = endedCount ?? count
    self.durationWorth = durationWorth ?? Double(endedCount ?? count)
    self.downtimeHours = downtimeHours
    self.windowHours = windowHours
    self.units = units
  }

  /// The mean length of those that have ended, in hours; `nil` when none has.
  public var meanOutageHours: Double? { endedCount > 0 ? downtimeHours / Double(endedCount) : nil }
}

/// A failure mode bound to its observation: the numbers that a result rests on.
public struct BoundMode: Sendable, Hashable {
  /// The cause it is counted under: `component/mode`.
  public let cause: String
  /// What it is called in the history.
  public let reference: ModeReference
  /// What was seen.
  public let observation: ModeObservation
  /// The time at risk: watched entities × window, in hours.
  public let exposureHours: Double
  /// What the model multiplies the observed rate by: 1 unless it asks what-if.
  public let rateFactor: Double

  init(
    cause: String, reference: ModeReference, observation: ModeObservation, exposureHours: Double,
    rateFactor: Double
  ) {
    self.cause = cause
    self.reference = reference
    self.observation = observation
    self.exposureHours = exposureHours
    self.rateFactor = rateFactor
  }

  /// Several modes of the same exposure taken as one; each reference counts once.
  public init(pooling modes: [BoundMode], cause: String) {
    var seen: Set<ModeReference> = []
    let distinct = modes.filter { seen.insert($0.reference).inserted }
    self.cause = cause
    reference = ModeReference(component: cause, mode: "")
    observation = ModeObservation(
      count: distinct.reduce(0) { $0 + $1.observation.count },
      downtimeHours: distinct.reduce(0) { $0 + $1.observation.downtimeHours },
      windowHours: modes.first?.observation.windowHours ?? 0,
      endedCount: distinct.reduce(0) { $0 + $1.observation.endedCount })
    exposureHours = modes.first?.exposureHours ?? 0
    rateFactor = 1
  }

  /// The mean operating time between failures, (exposure − downtime) / n, in hours; `nil` when none was seen.
  public var meanTimeBetweenFailuresHours: Double? {
    guard observation.count > 0 else { return nil }
    return max(0, exposureHours - observation.downtimeHours) / Double(observation.count)
  }

  /// The mean length of an outage in hours; `nil` when none has ended.
  public var meanOutageHours: Double? { observation.meanOutageHours }
}
