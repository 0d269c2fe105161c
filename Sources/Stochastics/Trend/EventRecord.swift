/// When events happened on one system, watched from time 0 until a settled time or until the last event.
public struct EventRecord: Hashable, Sendable {
  /// The times in ascending order, each greater than 0.
  public let times: [Double]

  /// Until when the system was watched; the last event where that ended the observation.
  public let end: Double

  /// What ended the observation.
  public let ending: ObservationEnd

  /// Events watched until a settled time.
  ///
  /// - Parameters:
  ///   - times: in any order, greater than 0 and at most `end`. Time 0 is when watching began; an event there is
  ///     refused, as its logarithm enters the trend.
  ///   - end: greater than 0.
  public init(times: [Double], until end: Double) throws(InvalidParameter) {
    try InvalidParameter.requirePositive(end, "the end of the observation")
    for time in times {
      try InvalidParameter.requirePositive(time, "the time of an event")
      guard time <= end else {
        throw InvalidParameter(
          message: "an event is at \(plain(time)), after the end of the observation at \(plain(end))")
      }
    }
    (self.times, self.end, ending) = (times.sorted(), end, .time)
  }

  /// Events watched until the last of them.
  ///
  /// - Parameter times: at least one, in any order, greater than 0.
  public init(untilLastOf times: [Double]) throws(InvalidParameter) {
    guard let last = times.max() else {
      throw InvalidParameter(message: "there is no event, so none can end the observation; give its end")
    }
    for time in times { try InvalidParameter.requirePositive(time, "the time of an event") }
    (self.times, end, ending) = (times.sorted(), last, .failure)
  }

  /// How many events are free to fall anywhere before the end: all but one that ended the observation.
  var freeCount: Int { ending == .time ? times.count : times.count - 1 }

  /// Those events.
  var freeTimes: ArraySlice<Double> { times.prefix(freeCount) }

  /// Σ log(end / t).
  var logSum: Double { freeTimes.reduce(0) { $0 - portableLog($1 / end) } }
}
