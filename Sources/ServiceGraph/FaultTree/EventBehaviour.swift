internal import Stochastics

/// How a basic event comes and goes with time, as far as its law tells; what frequencies and mean times need.
public enum EventBehaviour: Sendable, Hashable {
  /// Nothing is known, or its numbers are no law.
  case unknown
  /// True with this probability at any time; how often it becomes true is not known.
  case constant(probability: Double)
  /// It fails once.
  case nonRepairable(Lifetime)
  /// It fails at one rate, is repaired at another, and is failed at time 0 with probability `demand`.
  case repairable(failureRate: Double, repairRate: Double, demand: Double)
  /// It fails unseen and is tested every so often; the numbers do not depend on time.
  case tested(ExpressionTable.PeriodicTest<Double>)
  /// A share of the probability and of the failures of another behaviour, as common causes are.
  indirect case share(Double, of: EventBehaviour)
  /// It changes with time in a way for which no frequency is known.
  case timeDependent

  /// The behaviour of a chain of `phases` exponential phases.
  ///
  /// A repair starts the phases anew; with more than one phase its probability is `timeDependent`.
  init(rate: Double, phases: Int, repairRate: Double?) {
    switch repairRate {
    case .some(let repairRate) where phases <= 1:
      self = .repairable(failureRate: rate, repairRate: repairRate, demand: 0)
    case .some: self = .timeDependent
    case nil:
      self = .nonRepairable(phases <= 1 ? .exponential(rate: rate) : .erlang(rate: rate, phases: phases))
    }
  }

  /// The probability that it is true at `time`; `nil` when the behaviour does not tell.
  public func probability(at time: Double) -> Double? {
    let probability: Double?
    switch self {
    case .unknown, .timeDependent: probability = nil
    case .constant(let constant): probability = constant
    case .nonRepairable(let lifetime): probability = lifetime.probability(by: time)
    case .repairable(let failureRate, let repairRate, let demand):
      probability = EventBehaviour.repairedProbability(
        demand: demand, failureRate: failureRate, repairRate: repairRate, time: time)
    case .tested(let test): probability = test.probability(at: time)
    case .share(let share, let whole): probability = whole.probability(at: time).map { share * $0 }
    }
    return probability.flatMap { $0.isNaN ? nil : $0 }
  }

  /// The unconditional failure intensity w(t): expected failures per time at `time`; `nil` when not known.
  ///
  /// The density of a lifetime; λ (1 − Q(t)) for what is repaired (Vesely, 1970).
  public func failureIntensity(at time: Double) -> Double? {
    let intensity: Double?
    switch self {
    case .unknown, .timeDependent, .constant: intensity = nil
    case .nonRepairable(let lifetime): intensity = lifetime.density(at: time)
    case .repairable(let failureRate, _, _): intensity = probability(at: time).map { failureRate * (1 - $0) }
    case .tested(let test): intensity = test.failureIntensity(at: time)
    case .share(let share, let whole): intensity = whole.failureIntensity(at: time).map { share * $0 }
    }
    return intensity.flatMap { $0.isNaN ? nil : $0 }
  }

  /// The unconditional repair intensity: expected repairs per time at `time`; `nil` when not known.
  ///
  /// μ Q(t) for what is repaired (Vesely, 1970). Tests repair at instants, which no intensity tells.
  public func repairIntensity(at time: Double) -> Double? {
    switch self {
    case .unknown, .timeDependent, .tested: nil
    case .constant(let probability): probability == 0 || probability == 1 ? 0 : nil
    case .nonRepairable: 0
    case .repairable(_, let repairRate, _): probability(at: time).map { repairRate * $0 }
    case .share(let share, let whole): whole.repairIntensity(at: time).map { share * $0 }
    }
  }

  /// The probability in the long run; `nil` when there is no limit, as with periodic tests, or it is not known.
  public var steadyProbability: Double? {
    switch self {
    case .unknown, .timeDependent, .tested: nil
    case .constant(let probability): probability
    case .nonRepairable(let lifetime): lifetime.probability(by: .infinity)
    case .repairable(let failureRate, let repairRate, let demand):
      failureRate + repairRate > 0 ? failureRate / (failureRate + repairRate) : demand
    case .share(let share, let whole): whole.steadyProbability.map { share * $0 }
    }
  }

  /// Expected failures per time in the long run, λ μ / (λ + μ) for what is repaired; `nil` when not known.
  public var steadyIntensity: Double? {
    switch self {
    case .unknown, .timeDependent, .tested: nil
    case .constant(let probability): probability == 0 || probability == 1 ? 0 : nil
    case .nonRepairable: 0
    case .repairable(let failureRate, let repairRate, _):
      failureRate + repairRate > 0 ? failureRate * repairRate / (failureRate + repairRate) : 0
    case .share(let share, let whole): whole.steadyIntensity.map { share * $0 }
    }
  }

  /// The probability that a component repaired at a rate is down: γ e^(−(λ + μ) t) + λ / (λ + μ) (1 − e^(−(λ + μ) t)).
  static func repairedProbability(
    demand: Double, failureRate: Double, repairRate: Double, time: Double
  ) -> Double {
    let rate = failureRate + repairRate
    guard rate > 0 else { return demand }
    guard rate * time < .infinity else { return failureRate / rate }
    return demand * portableExp(-rate * time) - failureRate / rate * portableExpm1(-rate * time)
  }
}

extension FaultTree {
  /// The probability of each event; `nil` where it is unknown or no probability.
  public func probabilities(_ values: ExpressionTable.Values) -> [Double?] {
    events.map { values.probability(of: $0.law) }
  }

  /// How each event comes and goes with time.
  ///
  /// - Parameter values: of this tree's expressions.
  /// - Complexity: O(expressions + events).
  public func behaviours(_ values: ExpressionTable.Values) -> [EventBehaviour] {
    let behaviours = expressions.behaviours(values)
    return events.map { event in
      switch event.law {
      case .unknown: .unknown
      case .expression(let expression): behaviours[expression]
      case .erlang(let rate, let phases, _, let repairRate):
        EventBehaviour(rate: rate, phases: phases, repairRate: repairRate)
      }
    }
  }
}

extension ExpressionTable {
  fileprivate func behaviours(_ values: Values) -> [EventBehaviour] {
    var behaviours: [EventBehaviour] = []
    behaviours.reserveCapacity(expressions.count)
    var changes: [Bool] = []
    changes.reserveCapacity(expressions.count)
    for (number, expression) in expressions.enumerated() {
      if case .missionTime = expression {
        changes.append(true)
      } else {
        changes.append(expression.parts.contains { changes[$0] })
      }
      behaviours.append(behaviour(of: number, values, changes, behaviours))
    }
    return behaviours
  }

  private func behaviour(
    of number: Int, _ values: Values, _ changes: [Bool], _ behaviours: [EventBehaviour]
  ) -> EventBehaviour {
    guard let value = values[number] else { return .unknown }
    guard changes[number] else { return .constant(probability: value) }
    func isMission(_ time: Int) -> Bool { expressions[time] == .missionTime }
    func fixed(_ part: Int) -> Double? { changes[part] ? nil : values[part] }
    switch expressions[number] {
    case .exponential(let rate, let time) where isMission(time):
      return fixed(rate).map { .nonRepairable(.exponential(rate: $0)) } ?? .timeDependent
    case .weibull(let scale, let shape, let location, let time) where isMission(time):
      guard let scale = fixed(scale), let shape = fixed(shape), let location = fixed(location) else { break }
      return .nonRepairable(.weibull(scale: scale, shape: shape, location: location))
    case .lognormalLifetime(let location, let spread, let time) where isMission(time):
      guard let location = fixed(location), let spread = fixed(spread) else { break }
      return .nonRepairable(.lognormal(location: location, spread: spread))
    case .glm(let demand, let failureRate, let repairRate, let time) where isMission(time):
      guard let demand = fixed(demand), let failureRate = fixed(failureRate),
        let repairRate = fixed(repairRate)
      else { break }
      return .repairable(failureRate: failureRate, repairRate: repairRate, demand: demand)
    case .periodicTest(let test) where isMission(test.time):
      guard test.parts.allSatisfy({ $0 == test.time || fixed($0) != nil }) else { break }
      return .tested(test.evaluated { values[$0] ?? .nan })
    case .product(let parts): return share(parts, fixed, behaviours)
    default: break
    }
    return .timeDependent
  }

  /// A product of fixed numbers and one that changes with time.
  private func share(
    _ parts: [Int], _ fixed: (Int) -> Double?, _ behaviours: [EventBehaviour]
  ) -> EventBehaviour {
    var share = 1.0
    var whole: EventBehaviour?
    for part in parts {
      if let factor = fixed(part) {
        share *= factor
      } else if whole == nil {
        whole = behaviours[part]
      } else {
        return .timeDependent
      }
    }
    switch whole {
    case .share(let inner, let behaviour): return .share(share * inner, of: behaviour)
    case .nonRepairable, .repairable, .tested: return whole.map { .share(share, of: $0) } ?? .timeDependent
    default: return .timeDependent
    }
  }
}
