internal import Stochastics

extension ExpressionTable {
  /// What the expressions of a table are worth at a mission time.
  public struct Values: Sendable {
    /// The mission time, in the tree's own unit.
    public let missionTime: Double
    /// Whether uncertain numbers were sampled, not taken at their means.
    public let isSample: Bool
    /// The numbers, NaN where there is none.
    private let numbers: [Double]

    fileprivate init(missionTime: Double, isSample: Bool, numbers: [Double]) {
      self.missionTime = missionTime
      self.isSample = isSample
      self.numbers = numbers
    }

    /// What an expression is worth; `nil` when it has no value, as 0 / 0.
    public subscript(expression: Int) -> Double? {
      let number = numbers[expression]
      return number.isNaN ? nil : number
    }

    /// The probability that an event with this law is true at the mission time.
    ///
    /// A sampled number outside 0 to 1 is cut to it.
    ///
    /// - Returns: `nil` when it is unknown, has no value, or is no probability.
    public func probability(of law: EventLaw) -> Double? {
      switch law {
      case .unknown: return nil
      case .expression(let expression):
        guard let value = self[expression] else { return nil }
        if isSample { return min(1, max(0, value)) }
        return value >= 0 && value <= 1 + 1e-12 ? min(1, value) : nil
      case .erlang(let rate, let phases, _, let repairRate):
        let behaviour = EventBehaviour(rate: rate, phases: phases, repairRate: repairRate)
        return behaviour.probability(at: missionTime)
      }
    }

    /// Whether ``probability(of:)`` cuts a sampled number to 0…1.
    public func isCut(_ law: EventLaw) -> Bool {
      guard isSample, case .expression(let expression) = law, let value = self[expression] else {
        return false
      }
      return value < 0 || value > 1 + 1e-12
    }
  }

  /// The values at a mission time, each uncertain number at its mean (as Open-PSA MEF asks).
  ///
  /// - Complexity: O(expressions).
  public func values(at missionTime: Double) -> Values { values(at: missionTime, uniforms: []) }

  /// The values at a mission time for one sample of the uncertain numbers, drawn by their quantiles.
  ///
  /// - Parameters:
  ///   - missionTime: from 0, in the tree's own unit.
  ///   - uniforms: a number between 0 and 1 for each of ``uncertainties``, in that order; an uncertain number
  ///     without one has its mean.
  public func values(at missionTime: Double, uniforms: [Double]) -> Values {
    var numbers: [Double] = []
    numbers.reserveCapacity(expressions.count)
    var draw = 0
    for (number, expression) in expressions.enumerated() {
      var uniform: Double?
      if draw < uncertainties.count, uncertainties[draw].expression == number {
        uniform = draw < uniforms.count ? uniforms[draw] : nil
        draw += 1
      }
      numbers.append(expression.value(missionTime: missionTime, uniform: uniform, numbers))
    }
    return Values(missionTime: missionTime, isSample: !uniforms.isEmpty, numbers: numbers)
  }

  /// What is wrong with the numbers that an expression is made from, in words; `nil` when nothing is.
  ///
  /// What has no value because its parts have none is not told again.
  public func fault(of expression: Int, values: Values) -> String? {
    let parts = expressions[expression].parts
    guard parts.allSatisfy({ values[$0] != nil }) else { return nil }
    if let fault = expressions[expression].domainFault({ values[$0] ?? .nan }) { return fault }
    guard let value = values[expression] else { return "this has no value" }
    return value.isFinite ? nil : "the value is too large"
  }
}

extension ExpressionTable.Expression {
  /// The value; NaN when there is none.
  fileprivate func value(missionTime: Double, uniform: Double?, _ numbers: [Double]) -> Double {
    func value(_ part: Int) -> Double { numbers[part] }
    switch self {
    case .constant(let number): return number
    case .missionTime: return missionTime
    case .deviate(let deviate): return uniform.map { deviate.quantile($0, value) } ?? deviate.mean(value)
    case .periodicTest(let test): return test.evaluated(value).probability(at: value(test.time))
    case .exponential, .glm, .weibull, .lognormalLifetime: return lifetimeProbability(value)
    case .comparison(let comparison, let a, let b): return comparison.holds(value(a), value(b))
    case .choice(let condition, let then, let otherwise):
      let isTrue = value(condition)
      return isTrue.isNaN ? .nan : value(isTrue != 0 ? then : otherwise)
    case .function(let function, let part): return function.value(value(part))
    default: return arithmetic(value)
    }
  }

  private func arithmetic(_ value: (Int) -> Double) -> Double {
    switch self {
    case .sum(let parts): return parts.reduce(0) { $0 + value($1) }
    case .product(let parts): return parts.reduce(1) { $0 * value($1) }
    case .difference(let parts):
      guard let first = parts.first else { return .nan }
      return parts.count == 1 ? -value(first) : parts.dropFirst().reduce(value(first)) { $0 - value($1) }
    case .quotient(let parts):
      guard let first = parts.first else { return .nan }
      return parts.dropFirst().reduce(value(first)) { $0 / value($1) }
    case .minimum(let parts): return extreme(parts, value) { $0 < $1 }
    case .maximum(let parts): return extreme(parts, value) { $0 > $1 }
    case .mean(let parts):
      return parts.isEmpty ? .nan : parts.reduce(0) { $0 + value($1) } / Double(parts.count)
    case .power(let base, let exponent): return realPower(value(base), value(exponent))
    case .remainder(let a, let b):
      return value(a).rounded(.towardZero).truncatingRemainder(dividingBy: value(b).rounded(.towardZero))
    case .all(let parts): return truth(parts, value) { !$0.contains(0) }
    case .any(let parts): return truth(parts, value) { $0.contains { $0 != 0 } }
    default: return .nan
    }
  }

  private func extreme(
    _ parts: [Int], _ value: (Int) -> Double, _ precedes: (Double, Double) -> Bool
  ) -> Double {
    let numbers = parts.map(value)
    return numbers.contains(where: \.isNaN) ? .nan : numbers.min(by: precedes) ?? .nan
  }

  private func truth(_ parts: [Int], _ value: (Int) -> Double, _ holds: ([Double]) -> Bool) -> Double {
    let numbers = parts.map(value)
    return numbers.contains(where: \.isNaN) ? .nan : holds(numbers) ? 1 : 0
  }

  private func lifetimeProbability(_ value: (Int) -> Double) -> Double {
    guard domainFault(value) == nil, !parts.contains(where: { value($0).isNaN }) else { return .nan }
    switch self {
    case .exponential(let rate, let time):
      return Lifetime.exponential(rate: value(rate)).probability(by: value(time))
    case .glm(let demand, let failureRate, let repairRate, let time):
      return EventBehaviour.repairedProbability(
        demand: value(demand), failureRate: value(failureRate), repairRate: value(repairRate),
        time: value(time))
    case .weibull(let scale, let shape, let location, let time):
      return Lifetime.weibull(scale: value(scale), shape: value(shape), location: value(location))
        .probability(by: value(time))
    case .lognormalLifetime(let location, let spread, let time):
      return Lifetime.lognormal(location: value(location), spread: value(spread)).probability(by: value(time))
    default: return .nan
    }
  }

  /// What is wrong with the ranges of the parts, in words.
  fileprivate func domainFault(_ value: (Int) -> Double) -> String? {
    func negative(_ part: Int, _ name: String) -> String? {
      value(part) < 0 ? "\(name) is \(value(part)); it can not be negative" : nil
    }
    func notPositive(_ part: Int, _ name: String) -> String? {
      value(part) <= 0 ? "\(name) is \(value(part)); it must be above 0" : nil
    }
    func notShare(_ part: Int, _ name: String) -> String? {
      value(part) < 0 || value(part) > 1
        ? "\(name) is \(value(part)); a probability lies between 0 and 1" : nil
    }
    switch self {
    case .deviate(let deviate): return deviate.fault(value)
    case .exponential(let rate, let time): return negative(rate, "the rate") ?? negative(time, "the time")
    case .glm(let demand, let failureRate, let repairRate, let time):
      return notShare(demand, "the failure on demand") ?? negative(failureRate, "the failure rate")
        ?? negative(repairRate, "the repair rate") ?? negative(time, "the time")
    case .weibull(let scale, let shape, let location, let time):
      return notPositive(scale, "the scale") ?? notPositive(shape, "the shape")
        ?? negative(location, "the time shift") ?? negative(time, "the time")
    case .lognormalLifetime(_, let spread, let time):
      return notPositive(spread, "the standard deviation") ?? negative(time, "the time")
    case .periodicTest(let test):
      return negative(test.failureRate, "the failure rate") ?? notPositive(test.interval, "the test interval")
        ?? negative(test.firstTest, "the time of the first test") ?? negative(test.time, "the time")
        ?? test.testFault(negative, notShare, value)
    default: return nil
    }
  }
}

extension ExpressionTable.PeriodicTest<Int> {
  fileprivate func testFault(
    _ negative: (Int, String) -> String?, _ notShare: (Int, String) -> String?, _ value: (Int) -> Double
  ) -> String? {
    switch repair {
    case .instant: return nil
    case .rate(let rate): return negative(rate, "the repair rate")
    case .full(let test):
      return negative(test.testFailureRate, "the failure rate under test")
        ?? negative(test.repairRate, "the repair rate") ?? notShare(
          test.breakage, "the failure at test start")
        ?? negative(test.duration, "the test's duration")
        ?? notShare(test.detection, "the detection of a failure")
        ?? notShare(test.restartFailure, "the failure at restart")
        ?? (value(test.duration) > value(interval)
          ? "the test takes longer than the time between tests" : nil)
    }
  }
}

extension ExpressionTable.Comparison {
  /// 1 when two numbers compare so, else 0; NaN when one of them is.
  fileprivate func holds(_ a: Double, _ b: Double) -> Double {
    if a.isNaN || b.isNaN { return .nan }
    let holds =
      switch self {
      case .equal: a == b
      case .different: a != b
      case .less: a < b
      case .greater: a > b
      case .lessOrEqual: a <= b
      case .greaterOrEqual: a >= b
      }
    return holds ? 1 : 0
  }
}
