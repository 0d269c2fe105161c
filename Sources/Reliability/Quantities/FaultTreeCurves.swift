internal import Stochastics

package import ServiceGraph

/// The basic events of a fault tree over time, as far as their laws tell how they come and go.
extension EventCurves {
  /// The most instants, tests of all events together, at which curves may be not smooth.
  package static let instantLimit = 4_000

  /// Curves of the events of a tree up to a horizon; `nil` when the behaviour of a needed event is not known over
  /// time, or there are too many tests.
  ///
  /// A constant probability stands as one, with an unknown frequency.
  ///
  /// - Parameters:
  ///   - behaviours: of each variable of the network.
  ///   - needed: the variables that matter.
  ///   - horizon: in the tree's own unit of time, in place of hours.
  package init?(behaviours: [EventBehaviour], needed: [Int], horizon: Double) {
    var curves: [UnavailabilityCurve] = []
    var numbers: [EventBehaviour: Int] = [:]
    var sources = [Source](repeating: .share(0), count: behaviours.count)
    var instantCount = 0
    for variable in needed {
      let behaviour = behaviours[variable]
      if let number = numbers[behaviour] {
        sources[variable] = .anyOf([number])
        continue
      }
      guard let curve = UnavailabilityCurve(behaviour, horizon: horizon) else { return nil }
      instantCount += curve.breaks.count
      guard instantCount <= EventCurves.instantLimit else { return nil }
      numbers[behaviour] = curves.count
      sources[variable] = .anyOf([curves.count])
      curves.append(curve)
    }
    self.init(curves: curves, sources: sources)
  }
}

extension UnavailabilityCurve {
  /// The curve of a basic event up to a horizon in the tree's own unit of time; `nil` when its behaviour is not known.
  fileprivate init?(_ behaviour: EventBehaviour, horizon: Double) {
    if case .constant(let probability) = behaviour {
      guard (0...1).contains(probability) else { return nil }
      self.init(constant: probability)
      return
    }
    guard behaviour.probability(at: 0) != nil, behaviour.probability(at: horizon) != nil,
      let turns = behaviour.turns(before: horizon)
    else { return nil }
    self.init(
      event: behaviour, steadyState: behaviour.steadyProbability ?? 0,
      breaks: turns.filter { $0 > 0 && $0 < horizon }, pace: behaviour.pace)
  }
}

extension EventBehaviour {
  /// Where its probability is not smooth or turns sharply, so that no quadrature steps over it; `nil` when there are
  /// too many such times, or nothing is known.
  fileprivate func turns(before horizon: Double) -> [Double]? {
    switch self {
    case .unknown, .timeDependent: nil
    case .constant, .repairable: []
    case .nonRepairable(let lifetime): lifetime.turns
    case .tested(let test): test.instants(before: horizon, limit: EventCurves.instantLimit)
    case .share(_, let whole): whole.turns(before: horizon)
    }
  }

  /// The shortest time on which it changes; infinite for what does not.
  fileprivate var pace: Double {
    switch self {
    case .unknown, .timeDependent, .constant: .infinity
    case .nonRepairable(let lifetime): lifetime.pace
    case .repairable(let failureRate, let repairRate, _): 1 / (failureRate + repairRate)
    case .tested(let test): test.pace
    case .share(_, let whole): whole.pace
    }
  }

  /// A time after which it is as good as in its long run; infinite when it has none.
  var settlingTime: Double {
    switch self {
    case .unknown, .timeDependent, .tested: .infinity
    case .constant: 0
    case .nonRepairable(let lifetime): lifetime.longest
    case .repairable(let failureRate, let repairRate, _): failureRate + repairRate > 0 ? 40 * pace : 0
    case .share(_, let whole): whole.settlingTime
    }
  }
}

extension ExpressionTable.PeriodicTest<Double> {
  fileprivate var pace: Double {
    switch repair {
    case .instant: min(interval, 1 / failureRate)
    case .rate(let rate): min(interval, 1 / (failureRate + rate))
    case .full(let test): min(interval, 1 / (failureRate + test.repairRate + test.testFailureRate))
    }
  }
}

extension Lifetime {
  /// Its start, and the times by which it has failed with probabilities from small to large.
  fileprivate var turns: [Double] {
    switch self {
    case .exponential: return []
    case .erlang(let rate, let phases):
      guard rate > 0 else { return [] }
      let count = Double(max(1, phases))
      return [-4, 0, 4].map { (count + $0 * count.squareRoot()) / rate }
    case .weibull(let scale, let shape, let location):
      let levels = [1e-4, 0.05, 0.7, 3, 9.3]
      return [location] + levels.map { location + scale * portablePower($0, 1 / shape) }
    case .lognormal(let location, let spread):
      return [-4, -1.5, 0, 1.5, 4].map { portableExp(location + $0 * spread) }
    }
  }

  /// The shortest time on which its probability changes.
  fileprivate var pace: Double {
    switch self {
    case .exponential(let rate): 1 / rate
    case .erlang(let rate, let phases): Double(max(1, phases)).squareRoot() / rate
    case .weibull(let scale, let shape, _): scale / max(1, shape)
    case .lognormal(let location, let spread): portableExp(location - 4 * spread)
    }
  }

  /// A time by which it has failed but for a probability of about 1e-12.
  fileprivate var longest: Double {
    switch self {
    case .exponential(let rate): return rate > 0 ? 28 / rate : 0
    case .erlang(let rate, let phases):
      let count = Double(max(1, phases))
      return rate > 0 ? (count + 8 * count.squareRoot() + 28) / rate : 0
    case .weibull(let scale, let shape, let location):
      return location + scale * portablePower(28, 1 / shape)
    case .lognormal(let location, let spread): return portableExp(location + 7.1 * spread)
    }
  }
}
