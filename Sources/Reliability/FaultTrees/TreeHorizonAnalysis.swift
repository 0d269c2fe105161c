internal import ServiceGraph

/// A static top event over a horizon and until it first occurs.
///
/// Probabilities over time are exact by the diagram. The first occurrence is exact where no event is repaired, and
/// where all are exponential or Erlang, by a chain; otherwise Vesely's rate stands in, named and bounded.
struct TreeHorizonAnalysis {
  /// What is known of the tree.
  struct Top {
    /// The top, and its opposite.
    let diagram: NetworkDiagram
    let network: BooleanNetwork
    let literal: BooleanNetwork.Literal
    /// Of each variable of the network.
    let behaviours: [EventBehaviour]
    let names: [String]
    /// Where it is known already: the mean time of a top whose events fail once.
    let meanTimeWithoutRepair: MeanTimeToFailure?
  }

  private let top: Top
  private let horizon: Double
  private let support: [Int]
  private let isCoherent: Bool

  /// The most events of a top that is not coherent whose critical states are looked for.
  private static let criticalLimit = 200
  /// The most events that are not told apart before a chain is tried.
  private static let chainEventLimit = 60

  init(_ top: Top, horizon: Double) {
    self.top = top
    self.horizon = horizon
    support = top.diagram.support(ofRoot: 0)
    isCoherent = top.network.reach(of: top.literal).isCoherent
  }

  /// All answers.
  func result() -> FaultTreeHorizon {
    if let reason = obstacle { return FaultTreeHorizon(horizon: horizon, unknown: reason) }
    guard
      let events = EventCurves(
        behaviours: top.behaviours, needed: support, horizon: max(horizon, settlingTime ?? 0))
    else {
      return FaultTreeHorizon(
        horizon: horizon,
        unknown: "its events are tested more than \(EventCurves.instantLimit) times in the horizon")
    }
    let critical = critical()
    let curve = SystemCurve(diagram: top.diagram, root: 0, events: events, critical: critical)
    let unknownFrequency = unknownFrequency(hasCritical: critical != nil)
    let interval = curve.interval(upToHours: horizon)
    let first = firstOccurrence(curve, unknownFrequency)
    return FaultTreeHorizon(
      horizon: horizon,
      unavailability: answer(interval.meanUnavailability, interval.relativeError),
      unavailabilityAtEnd: .exact(
        curve.unavailability(atHours: horizon), method: "the diagram at the horizon"),
      expectedFailures: expectedFailures(curve, interval, unknownFrequency),
      unreliability: first.unreliability, meanTimeToFailure: first.meanTime,
      longRun: longRun(curve, unknownFrequency), notes: notes)
  }

  // MARK: What is not known

  /// Why nothing is known over time.
  private var obstacle: String? {
    for event in support {
      let name = top.names[event]
      switch top.behaviours[event] {
      case .unknown: return "the probability of \(name) is not stated"
      case .timeDependent:
        return "\(name) changes with time by a formula that is no law of failure and repair"
      case let behaviour:
        let values = [0, horizon / 2, horizon].map { behaviour.probability(at: $0) }
        guard values.allSatisfy({ $0.map((0...1).contains) ?? false }) else {
          return "the law of \(name) gives no probability at all times"
        }
      }
    }
    return nil
  }

  /// Why it is not known how often the top occurs.
  private func unknownFrequency(hasCritical: Bool) -> String? {
    for event in support {
      switch top.behaviours[event].frequencyKnowledge {
      case .known: continue
      case .constant: return EventBehaviour.constantReason(top.names[event])
      case .test: return "tests of \(top.names[event]) take time, and how often it fails then is not known"
      }
    }
    guard !isCoherent else { return nil }
    if let tested = support.first(where: { top.behaviours[$0].isTested }) {
      return "the end of \(top.names[tested]) at a test may bring it about"
    }
    return hasCritical ? nil : "it is not coherent, and has too many events to tell how often it comes"
  }

  private var notes: [String] {
    let isCertain = support.allSatisfy { top.behaviours[$0].constantShare == nil }
    guard !isCertain, isCoherent, failsOnce, support.contains(where: { top.behaviours[$0].isLifetime }) else {
      return []
    }
    return ["events of constant probability count as decided before the start"]
  }

  private var failsOnce: Bool { support.allSatisfy { top.behaviours[$0].isMonotone } }

  private func answer(_ value: Double, _ relativeError: Double) -> MissionResult.Answer {
    let method = "the diagram, integrated over time"
    guard relativeError > 1e-8 else { return .exact(value, method: method) }
    return .approximate(value, low: nil, high: nil, method: "\(method); off by up to about \(relativeError)")
  }

  // MARK: Answers

  private func critical() -> CriticalStates? {
    guard !isCoherent, support.count <= TreeHorizonAnalysis.criticalLimit else { return nil }
    return try? CriticalStates(top.network, root: top.literal, variables: support)
  }

  private func expectedFailures(
    _ curve: SystemCurve, _ interval: SystemCurve.Interval, _ unknownFrequency: String?
  ) -> MissionResult.Answer {
    if let unknownFrequency { return .unknown(unknownFrequency) }
    if isCoherent, failsOnce {
      return .exact(
        curve.unavailability(atHours: horizon) - curve.unavailability(atHours: 0),
        method: "no event is repaired, so it occurs once at most")
    }
    guard let failures = interval.expectedFailures else { return .unknown("a frequency is not known") }
    return answer(failures, interval.relativeError)
  }

  private func firstOccurrence(_ curve: SystemCurve, _ unknownFrequency: String?) -> FirstFailureAnswers {
    if isCoherent, failsOnce { return withoutRepair(curve) }
    if let chain = chain(), let answers = chain.answers(horizon) { return answers }
    if let unknownFrequency {
      return FirstFailureAnswers(
        unreliability: .unknown(unknownFrequency), meanTime: .unknown(unknownFrequency))
    }
    let vesely = VeselyApproximation(curve: curve, settlingHours: settlingTime ?? horizon)
    return FirstFailureAnswers(unreliability: vesely.unreliability(horizon), meanTime: meanTime(vesely))
  }

  /// A coherent top whose events stay stays too, so that it has occurred by t when it is there at t.
  private func withoutRepair(_ curve: SystemCurve) -> FirstFailureAnswers {
    guard support.contains(where: { top.behaviours[$0].isLifetime }) else {
      let reason = "no event changes with time"
      return FirstFailureAnswers(unreliability: .unknown(reason), meanTime: .unknown(reason))
    }
    let method = "no event is repaired"
    return FirstFailureAnswers(
      unreliability: .exact(curve.unavailability(atHours: horizon), method: method),
      meanTime: MissionResult.Answer(top.meanTimeWithoutRepair ?? .undefined, method: method))
  }

  private func meanTime(_ vesely: VeselyApproximation) -> MissionResult.Answer {
    guard settlingTime != nil else {
      return .unknown("events are tested periodically, so that it never settles")
    }
    let steady = vesely.curve.events.steadyMoment
    guard let frequency = vesely.curve.frequency(steady) else { return .unknown("a frequency is not known") }
    // The second root is the opposite of the first.
    guard frequency > 0 || top.diagram.probability(ofRoot: 1, steady.probabilities) == 0 else {
      return .unknown("in the long run it no longer occurs, so that Vesely's rate tells no mean")
    }
    return vesely.meanTime(steadyFrequency: frequency, steady)
  }

  private func longRun(_ curve: SystemCurve, _ unknownFrequency: String?) -> FaultTreeHorizon.LongRun {
    if let tested = support.first(where: { top.behaviours[$0].isTested }) {
      return .init(unknown: "\(top.names[tested]) is tested periodically, so that it never settles")
    }
    if failsOnce { return .init(unknown: "no event is repaired") }
    let steady = curve.events.steadyMoment
    let down = top.diagram.probability(ofRoot: 0, steady.probabilities)
    let up = top.diagram.probability(ofRoot: 1, steady.probabilities)
    if let unknownFrequency { return .init(unavailability: down, unknownFrequency: unknownFrequency) }
    guard let frequency = curve.frequency(steady) else {
      return .init(unavailability: down, unknownFrequency: "a frequency is not known")
    }
    return .init(unavailability: down, availability: up, frequency: frequency)
  }

  /// A time after which all events are in their long run; `nil` when some event never is.
  private var settlingTime: Double? {
    let longest = support.reduce(0) { max($0, top.behaviours[$1].settlingTime) }
    return longest.isFinite ? max(longest, 1e-300) : nil
  }

  // MARK: The chain

  /// The chain of all events until the first occurrence; `nil` when some event has another law, or it is too large.
  private func chain() -> FirstFailureChain? {
    guard support.count <= TreeHorizonAnalysis.chainEventLimit else { return nil }
    var function = FirstFailureChain.Function(
      diagram: top.diagram, root: 0, always: [Bool](repeating: false, count: top.behaviours.count))
    var parts: [FirstFailureChain.Part] = []
    for event in support {
      if let probability = top.behaviours[event].constantShare {
        guard probability == 0 || probability == 1 else { return nil }
        function.always[event] = probability == 1
        continue
      }
      guard let cycle = top.behaviours[event].cycle else { return nil }
      parts.append(FirstFailureChain.Part(variable: event, cycle: cycle))
    }
    return FirstFailureChain(function, parts, stateLimit: MissionReliability.stateLimit)
  }
}
