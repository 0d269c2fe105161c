internal import Stochastics

extension ExpressionTable {
  /// A component that fails unseen and is tested every so often (Open-PSA MEF 2.0d, section V.2.6).
  ///
  /// Its fields are numbers of expressions, `Int`, or what these are worth, `Double`.
  public struct PeriodicTest<Value: Sendable & Hashable>: Sendable, Hashable {
    /// What happens at a test.
    public enum Repair: Sendable, Hashable {
      /// What has failed is as new at once.
      case instant
      /// What has failed is repaired at a rate; the test takes no time.
      case rate(Value)
      /// The test takes time, may break the component, may miss a failure, and the repair may not work.
      case full(FullTest)
    }

    /// A test that takes time and is not perfect.
    public struct FullTest: Sendable, Hashable {
      /// The failure rate while the test runs.
      public let testFailureRate: Value
      /// The repair rate.
      public let repairRate: Value
      /// The probability that the test breaks the component at its start.
      public let breakage: Value
      /// How long the test takes.
      public let duration: Value
      /// Whether the component can work while it is tested.
      public let isAvailable: Value
      /// The probability that the test finds a failure.
      public let detection: Value
      /// The probability that the component fails when restarted after a repair.
      public let restartFailure: Value

      /// A test that takes time.
      public init(
        testFailureRate: Value, repairRate: Value, breakage: Value, duration: Value, isAvailable: Value,
        detection: Value,
        restartFailure: Value
      ) {
        self.testFailureRate = testFailureRate
        self.repairRate = repairRate
        self.breakage = breakage
        self.duration = duration
        self.isAvailable = isAvailable
        self.detection = detection
        self.restartFailure = restartFailure
      }
    }

    /// The failure rate.
    public let failureRate: Value
    /// The time between tests.
    public let interval: Value
    /// The time of the first test.
    public let firstTest: Value
    /// The time asked about.
    public let time: Value
    /// What happens at a test.
    public let repair: Repair

    /// A component that is tested.
    public init(failureRate: Value, interval: Value, firstTest: Value, time: Value, repair: Repair) {
      self.failureRate = failureRate
      self.interval = interval
      self.firstTest = firstTest
      self.time = time
      self.repair = repair
    }
  }
}

extension ExpressionTable.PeriodicTest<Int> {
  /// The numbers of its parts.
  public var parts: [Int] {
    let common = [failureRate, interval, firstTest, time]
    switch repair {
    case .instant: return common
    case .rate(let rate): return common + [rate]
    case .full(let test):
      return common + [
        test.testFailureRate, test.repairRate, test.breakage, test.duration, test.isAvailable,
        test.detection, test.restartFailure,
      ]
    }
  }

  /// The same with what its parts are worth.
  func evaluated(_ value: (Int) -> Double) -> ExpressionTable.PeriodicTest<Double> {
    ExpressionTable.PeriodicTest(
      failureRate: value(failureRate), interval: value(interval), firstTest: value(firstTest),
      time: value(time), repair: repair.evaluated(value))
  }
}

extension ExpressionTable.PeriodicTest<Int>.Repair {
  fileprivate func evaluated(_ value: (Int) -> Double) -> ExpressionTable.PeriodicTest<Double>.Repair {
    switch self {
    case .instant: .instant
    case .rate(let rate): .rate(value(rate))
    case .full(let test):
      .full(
        ExpressionTable.PeriodicTest<Double>.FullTest(
          testFailureRate: value(test.testFailureRate), repairRate: value(test.repairRate),
          breakage: value(test.breakage), duration: value(test.duration),
          isAvailable: value(test.isAvailable), detection: value(test.detection),
          restartFailure: value(test.restartFailure)))
    }
  }
}

extension ExpressionTable.PeriodicTest<Double> {
  /// The probability that it does not work at a time; NaN when the numbers are out of range.
  func probability(at time: Double) -> Double {
    guard failureRate >= 0, interval > 0, firstTest >= 0, time >= 0 else { return .nan }
    if time <= firstTest { return occurrence(failureRate, time) }
    let periods = ((time - firstTest) / interval).rounded(.down)
    let sinceTest = max(0, time - firstTest - periods * interval)
    switch repair {
    case .instant: return occurrence(failureRate, sinceTest > 0 ? sinceTest : interval)
    case .rate(let rate):
      guard rate >= 0 else { return .nan }
      let state = RepairedState(failureRate: failureRate, repairRate: rate)
      return state.probability(first: firstTest, interval: interval, periods: periods, rest: sinceTest)
    case .full(let test):
      var states = TestedStates(test, failureRate: failureRate, firstTest: firstTest)
      return states.probability(interval: interval, periods: periods, rest: sinceTest)
    }
  }

  /// Failures per time at a time, λ (1 − Q(t)); `nil` when tests break the component or take it out of service.
  ///
  /// Whatever does not work has failed unseen or is under repair, so failures come at the rate λ while it works.
  func failureIntensity(at time: Double) -> Double? {
    if case .full = repair { return nil }
    return failureRate * (1 - probability(at: time))
  }

  /// The times before `end` at which its probability is not smooth: where tests begin and end.
  ///
  /// - Returns: `nil` when there are more than `limit`.
  public func instants(before end: Double, limit: Int) -> [Double]? {
    guard firstTest < end else { return [] }
    guard (end - firstTest) / interval < Double(limit) else { return nil }
    var duration = 0.0
    if case .full(let test) = repair { duration = test.duration }
    let starts = (0...Int((end - firstTest) / interval)).map { firstTest + Double($0) * interval }
    let all = duration > 0 ? starts.flatMap { [$0, $0 + duration] } : starts
    return all.filter { $0 > 0 && $0 < end }
  }
}

/// The probability that a process of this rate occurs within `time`.
private func occurrence(_ rate: Double, _ time: Double) -> Double { -portableExpm1(-rate * time) }

/// The probability that within `time` a process of rate `first` occurs, and after it one of rate `second`.
///
/// The series Σ (−t)ⁿ hₙ(λ, μ) λμt² / (n + 2)! near 0, where the closed form cancels.
private func succession(_ first: Double, _ second: Double, _ time: Double) -> Double {
  if max(first, second) * time < 0.1 {
    var (homogeneous, power, factorial, sum) = (1.0, 1.0, 2.0, 0.0)
    for n in 0..<9 {
      sum += homogeneous / factorial
      power *= -second * time
      homogeneous = -first * time * homogeneous + power
      factorial *= Double(n + 3)
    }
    return first * time * second * time * sum
  }
  let spread = (second - first) * time
  let ratio = spread == 0 ? 1 : -portableExpm1(-abs(spread)) / abs(spread)
  return occurrence(first, time) - first * time * portableExp(-min(first, second) * time) * ratio
}

/// A component whose failure is seen at a test that takes no time, and is then repaired at a rate.
private struct RepairedState {
  let failureRate: Double
  let repairRate: Double

  /// By how much less a failure at a test shows `time` later than a component that worked: 1 less what is carried.
  private func deficit(_ time: Double) -> Double {
    occurrence(repairRate, time) - succession(repairRate, failureRate, time) + occurrence(failureRate, time)
  }

  /// The geometric progression of the probability from test to test, then the rest.
  func probability(first: Double, interval: Double, periods: Double, rest: Double) -> Double {
    let lost = deficit(interval)
    let compound = power(1 - lost, periods)
    let series: Double
    if lost == 0 {
      series = periods
    } else {
      series = (lost < 0.5 ? -portableExpm1(periods * portableLog1p(-lost)) : 1 - compound) / lost
    }
    let atTest = occurrence(failureRate, first) * compound + occurrence(failureRate, interval) * series
    return atTest * (1 - deficit(rest)) + occurrence(failureRate, rest)
  }

  /// A power with a whole exponent of a base that may be negative.
  private func power(_ base: Double, _ exponent: Double) -> Double {
    if exponent == 0 { return 1 }
    if base == 0 { return 0 }
    let isOdd = exponent.truncatingRemainder(dividingBy: 2) == 1
    return (base < 0 && isOdd ? -1 : 1) * portablePower(abs(base), exponent)
  }
}

/// The probabilities that a tested component works, has failed unseen, or is under repair.
private struct TestedStates {
  private let failureRate, testFailureRate, repairRate: Double
  private let breakage, duration, detection, restartFailure: Double
  private let isAvailable, isValid: Bool
  private var failed: Double
  private var repaired = 0.0
  private var available: Double

  init(
    _ test: ExpressionTable.PeriodicTest<Double>.FullTest, failureRate: Double, firstTest: Double
  ) {
    self.failureRate = failureRate
    testFailureRate = test.testFailureRate
    repairRate = test.repairRate
    breakage = test.breakage
    duration = test.duration
    detection = test.detection
    restartFailure = test.restartFailure
    isAvailable = test.isAvailable != 0
    let shares = 0.0...1.0
    isValid =
      testFailureRate >= 0 && repairRate >= 0 && duration >= 0 && shares.contains(breakage)
      && shares.contains(detection) && shares.contains(restartFailure)
    failed = occurrence(failureRate, firstTest)
    available = 1 - failed
  }

  mutating func probability(interval: Double, periods: Double, rest: Double) -> Double {
    guard isValid, duration <= interval else { return .nan }
    // Many periods settle long before a million; a hostile file may ask for 1e300.
    var remaining = min(periods, 1_000_000)
    while remaining >= 1 {
      let before = (failed, repaired, available)
      passTest(time: duration, isCounted: true)
      passTime(interval - duration)
      if before == (failed, repaired, available) { break }
      remaining -= 1
    }
    if rest <= duration {
      passTest(time: rest, isCounted: isAvailable)
    } else {
      passTest(time: duration, isCounted: true)
      passTime(rest - duration)
    }
    return min(1, max(0, 1 - available))
  }

  /// Of what is under repair, the share that has been repaired and has failed again within `time`.
  private func failsAgain(_ time: Double) -> Double {
    restartFailure * occurrence(repairRate, time)
      + (1 - restartFailure) * succession(repairRate, failureRate, time)
  }

  /// The first `time` of a test; what worked does not count as working in it unless `isCounted`.
  private mutating func passTest(time: Double, isCounted: Bool) {
    let testFailure = occurrence(testFailureRate, time)
    let broken = failed + available * (breakage + (1 - breakage) * testFailure)
    let tested = available * (1 - breakage) * (1 - testFailure)
    failed = repaired * failsAgain(time) + (1 - detection) * broken
    repaired = repaired * portableExp(-repairRate * time) + detection * broken
    available = 1 - failed - repaired - (isCounted ? 0 : tested)
  }

  private mutating func passTime(_ time: Double) {
    failed += available * occurrence(failureRate, time) + repaired * failsAgain(time)
    repaired *= portableExp(-repairRate * time)
    available = 1 - failed - repaired
  }
}
