/// What is expected of a top event over a horizon that begins at time 0, and until it first occurs.
///
/// Times are in the tree's own unit.
public struct FaultTreeHorizon: Sendable {
  /// The end of the interval.
  public let horizon: Double
  /// The mean of P(top at t) over 0…horizon: of a safety function, the average probability of failure on demand.
  public let unavailability: MissionResult.Answer
  /// P(top at the horizon).
  public let unavailabilityAtEnd: MissionResult.Answer
  /// How often it is expected to occur in the horizon.
  public let expectedFailures: MissionResult.Answer
  /// The probability that it occurs at all in the horizon, 1 − R.
  public let unreliability: MissionResult.Answer
  /// The mean time to its first occurrence.
  public let meanTimeToFailure: MissionResult.Answer
  /// What holds in the long run.
  public let longRun: LongRun
  /// Conventions and approximations beside the methods in the answers.
  public let notes: [String]

  /// What holds in the long run.
  public struct LongRun: Sendable, Hashable {
    /// P(top).
    public let unavailability: MissionResult.Answer
    /// Occurrences per unit of time.
    public let frequency: MissionResult.Answer
    /// The mean time from the end of an occurrence to the next one.
    public let meanUpTime: MissionResult.Answer
    /// How long it lasts on average.
    public let meanDownTime: MissionResult.Answer

    /// The reason, where nothing of it is known for one and the same.
    public var unknownReason: String? {
      guard case .unknown(let reason) = unavailability else { return nil }
      let others = [frequency, meanUpTime, meanDownTime]
      return others.allSatisfy { $0 == unavailability } ? reason : nil
    }

    /// Nothing of it.
    init(unknown reason: String) {
      let answer = MissionResult.Answer.unknown(reason)
      (unavailability, frequency, meanUpTime, meanDownTime) = (answer, answer, answer, answer)
    }

    /// Mean times follow from how likely and how often: Q / w down, (1 − Q) / w up.
    ///
    /// Source: Schneeweiss, IEEE Trans. Reliability R-30 (1981); Rausand and Høyland 2004, section 9.5.
    init(unavailability: Double, availability: Double, frequency: Double) {
      let method = "limits of the events' formulas"
      self.unavailability = .exact(unavailability, method: method)
      self.frequency = .exact(frequency, method: method)
      let constant = "in the long run it no longer comes and goes"
      if frequency > 0 {
        meanUpTime = .exact(availability / frequency, method: method)
        meanDownTime = .exact(unavailability / frequency, method: method)
      } else {
        meanUpTime = unavailability == 0 ? .infinite(reason: constant) : .unknown(constant)
        meanDownTime = availability == 0 ? .infinite(reason: constant) : .unknown(constant)
      }
    }

    /// A probability of which no frequency is known.
    init(unavailability: Double, unknownFrequency reason: String) {
      self.unavailability = .exact(unavailability, method: "limits of the events' formulas")
      frequency = .unknown(reason)
      (meanUpTime, meanDownTime) = (frequency, frequency)
    }
  }
}

extension FaultTreeHorizon {
  /// Nothing is known, for one reason.
  init(horizon: Double, unknown reason: String) {
    let answer = MissionResult.Answer.unknown(reason)
    self.init(
      horizon: horizon, unavailability: answer, unavailabilityAtEnd: answer, expectedFailures: answer,
      unreliability: answer, meanTimeToFailure: answer, longRun: LongRun(unknown: reason), notes: [])
  }
}

extension MissionResult.Answer {
  /// The mean time of events that fail once.
  init(_ mean: MeanTimeToFailure, method: String) {
    switch mean {
    case .finite(let value): self = .exact(value, method: method)
    case .infinite: self = .infinite(reason: "it may never happen")
    case .undefined: self = .unknown("no mean follows from the laws of the events")
    }
  }
}
