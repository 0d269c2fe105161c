/// The events of one repairable system: when each happened and what it cost, and until when the system was watched.
///
/// Watching begins at time 0, the system's age at the start.
public struct RecurrentEvents: Hashable, Sendable {
  /// An event.
  public struct Event: Hashable, Sendable {
    /// When it happened.
    public let time: Double
    /// What it cost or how long it lasted; 1 to count events.
    public let amount: Double

    /// An event, with the amount 1 unless another is given.
    public init(time: Double, amount: Double = 1) {
      (self.time, self.amount) = (time, amount)
    }
  }

  /// The events in ascending order of time.
  public let events: [Event]

  /// Until when the system was watched.
  public let end: Double

  /// - Parameters:
  ///   - events: in any order, at times from 0 to `end` with amounts of at least 0.
  ///   - end: greater than 0.
  public init(events: [Event], end: Double) throws(InvalidParameter) {
    try InvalidParameter.requirePositive(end, "the end of the observation")
    for event in events {
      try InvalidParameter.requireNonNegative(event.time, "the time of an event")
      try InvalidParameter.requireNonNegative(event.amount, "the amount of an event")
      guard event.time <= end else {
        throw InvalidParameter(
          message: "an event is at \(plain(event.time)), after the end of the observation at \(plain(end))")
      }
    }
    self.events = events.sorted { $0.time < $1.time }
    self.end = end
  }
}

/// How many events, or how much cost or downtime, a system has had on average by an age.
///
/// No law is assumed, nor that events are independent. Systems may have been watched for different spans; each counts
/// while it was watched, its last instant included.
///
/// Source: Nelson, "Recurrent events data analysis for product repairs, disease recurrences, and other applications",
/// 2003, chapter 3 (first in "Graphical analysis of system repair data", Journal of Quality Technology 20, 1988).
public struct MeanCumulativeFunction: Hashable, Sendable {
  /// How the variance is estimated.
  public enum Variance: String, CaseIterable, Hashable, Sendable {
    /// From the differences between systems, with whatever dependence there is within one: valid for any process,
    /// for several systems. Source: Lawless and Nadeau, "Some simple robust methods for the analysis of recurrent
    /// events", Technometrics 37 (1995), equation (2.4).
    case robust

    /// As if events came as a Poisson process, Σ amount² / r²: all there is for one system.
    case poisson

    /// Each event for itself as a draw among the systems at risk, Σ amount² (r − 1) / r³, as ReliaWiki prints it.
    /// It takes the events of one system for independent.
    case eventByEvent
  }

  /// What the function does at one time.
  public struct Step: Hashable, Sendable {
    /// The time.
    public let time: Double
    /// How many systems were watched.
    public let atRisk: Int
    /// How many events happened.
    public let events: Int
    /// The mean cumulative amount up to here.
    public let value: Double
    /// Its variance; 0 where the estimate sees no difference between systems.
    public let variance: Double
    /// The value before these events.
    let before: Double
  }

  /// The distinct times of events, ascending.
  public let steps: [Step]

  /// How the variance was estimated.
  public let variance: Variance

  /// The longest time that any system was watched.
  public let end: Double

  /// - Parameters:
  ///   - systems: at least one.
  ///   - variance: by default robust, and Poisson for one system, where nothing shows differences between systems.
  /// - Complexity: O(events · log(events) + times · systems).
  public init(_ systems: [RecurrentEvents], variance: Variance? = nil) throws(InvalidParameter) {
    guard !systems.isEmpty else {
      throw InvalidParameter(message: "there is no system; give the events of at least one")
    }
    self.variance = variance ?? (systems.count > 1 ? .robust : .poisson)
    end = systems.reduce(0) { max($0, $1.end) }
    var sum = CumulativeSum(systems, self.variance)
    steps = Self.instants(systems).map { sum.step($0) }
  }

  fileprivate struct Instant {
    let time: Double
    var events: [(system: Int, amount: Double)]
  }

  private static func instants(_ systems: [RecurrentEvents]) -> [Instant] {
    let all = systems.enumerated().flatMap { system, record in
      record.events.map { (time: $0.time, system: system, amount: $0.amount) }
    }
    var instants: [Instant] = []
    for event in all.sorted(by: { ($0.time, $0.system) < ($1.time, $1.system) }) {
      if instants.last?.time != event.time { instants.append(Instant(time: event.time, events: [])) }
      instants[instants.count - 1].events.append((event.system, event.amount))
    }
    return instants
  }
}

extension MeanCumulativeFunction {
  /// The mean cumulative amount by a time, with the interval of a normal error of its logarithm.
  ///
  /// Before the first event it is 0, where the variance cannot be told and the interval is the point. An estimated
  /// variance of 0 leaves the interval at the point too.
  ///
  /// - Parameters:
  ///   - time: at least 0.
  ///   - confidence: between 0 and 1.
  /// - Returns: nil after the last system's end.
  public func estimate(at time: Double, confidence: Double) -> Estimate? {
    preconditionConfidence(confidence)
    guard time <= end else { return nil }
    let step = steps.last { $0.time <= time }
    guard let step, step.value > 0 else { return Estimate(value: 0, low: 0, high: 0, confidence: confidence) }
    let z = normalQuantile((1 + confidence) / 2)
    let factor = portableExp(z * step.variance.squareRoot() / step.value)
    return Estimate(
      value: step.value, low: step.value / factor, high: step.value * factor, confidence: confidence)
  }
}

/// The running sums of a mean cumulative function.
private struct CumulativeSum {
  private let ends: [Double]
  private let method: MeanCumulativeFunction.Variance
  private var value = 0.0
  private var variance = 0.0
  /// For each system, Σ (its amount − the mean amount) / r up to here, while it was watched.
  private var deviations: [Double]

  init(_ systems: [RecurrentEvents], _ method: MeanCumulativeFunction.Variance) {
    ends = systems.map(\.end)
    deviations = Array(repeating: 0, count: systems.count)
    self.method = method
  }

  mutating func step(_ instant: MeanCumulativeFunction.Instant) -> MeanCumulativeFunction.Step {
    let atRisk = ends.reduce(0) { $1 >= instant.time ? $0 + 1 : $0 }
    let r = Double(atRisk)
    let total = instant.events.reduce(0) { $0 + $1.amount }
    let before = value
    value += total / r
    switch method {
    case .poisson:
      variance += instant.events.reduce(0) { $0 + $1.amount * $1.amount } / (r * r)
    case .eventByEvent:
      variance += instant.events.reduce(0) { $0 + $1.amount * $1.amount } * (r - 1) / (r * r * r)
    case .robust:
      for system in ends.indices where ends[system] >= instant.time { deviations[system] -= total / (r * r) }
      for event in instant.events { deviations[event.system] += event.amount / r }
      variance = deviations.reduce(0) { $0 + $1 * $1 }
    }
    return MeanCumulativeFunction.Step(
      time: instant.time, atRisk: atRisk, events: instant.events.count, value: value, variance: variance,
      before: before)
  }
}
