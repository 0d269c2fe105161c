internal import Quantities
internal import Reliability

/// What a model and a fault tree both tell about a horizon.
struct HorizonFigures {
  /// How time is written.
  enum Clock {
    case hours
    /// A fault tree's own unit, which its file does not state.
    case treeTime

    /// The unit for programs.
    var unit: String { self == .hours ? "h" : "time" }
    /// The key of the horizon for programs.
    var key: String { self == .hours ? "hours" : "time" }

    /// The horizon as it was written.
    func span(_ time: Double) -> String {
      self == .hours ? TimeSpan(hours: time)?.exactText ?? "" : significant(time, digits: 6).trimmingZeros
    }

    /// A length of time.
    func text(_ time: Double) -> String {
      self == .hours
        ? TimeSpan(hours: time)?.description ?? ""
        : "\(significant(time, digits: 6).trimmingZeros) units of time"
    }
  }

  let clock: Clock
  let horizon: Double
  let unavailability: MissionResult.Answer
  let unavailabilityAtEnd: MissionResult.Answer
  /// `nil` when a part of a model is known only by its availability.
  let expectedFailures: MissionResult.Answer?
  let unreliability: MissionResult.Answer
  let meanTimeToFailure: MissionResult.Answer
  /// A model's long run stands before its horizon.
  let longRun: FaultTreeHorizon.LongRun?
  let approximations: [String]
  /// How far availability and failures may be off, relative to their values; `nil` where they say so themselves.
  let relativeError: Double?

  /// What is told of a capability.
  init(interval: IntervalResult, mission: MissionResult) {
    clock = .hours
    horizon = interval.horizonHours
    unavailability = .exact(interval.unavailability, method: "")
    unavailabilityAtEnd = .exact(interval.unavailabilityAtEnd, method: "")
    expectedFailures = interval.expectedFailures.map { .exact($0, method: "") }
    unreliability = mission.unreliability
    meanTimeToFailure = mission.meanTimeToFailure
    longRun = nil
    approximations = Set(interval.approximations + mission.approximations).sorted()
    relativeError = interval.relativeError
  }

  /// What is told of a top event.
  init(_ result: FaultTreeHorizon) {
    clock = .treeTime
    horizon = result.horizon
    unavailability = result.unavailability
    unavailabilityAtEnd = result.unavailabilityAtEnd
    expectedFailures = result.expectedFailures
    unreliability = result.unreliability
    meanTimeToFailure = result.meanTimeToFailure
    longRun = result.longRun
    approximations = result.notes
    relativeError = nil
  }

  /// All numbers up to the first failure.
  var answers: [MissionResult.Answer] {
    [unavailability, unavailabilityAtEnd]
      + (expectedFailures.map { [$0] } ?? []) + [unreliability, meanTimeToFailure]
  }
}
