import Stochastics
import Testing

@Suite("Mean cumulative function")
struct MeanCumulativeFunctionTests {
  static let source =
    "ReliaWiki, Non-parametric recurrent event data analysis, as quoted by the reliability package"

  static func systems() throws -> [RecurrentEvents] {
    let rows: [([Double], Double)] = [
      ([5, 10, 15], 17), ([6, 13, 17], 19), ([12, 20, 25], 26), ([13, 15], 24), ([16, 22, 25], 28),
    ]
    return try rows.map { try RecurrentEvents(events: $0.map { .init(time: $0) }, end: $1) }
  }

  @Test("Five systems as published")
  func published() throws {
    let function = try MeanCumulativeFunction(Self.systems(), variance: .eventByEvent)
    let expected: [(Double, Double)] = [
      (5, 0.2), (6, 0.4), (10, 0.6), (12, 0.8), (13, 1.2), (15, 1.6), (16, 1.8), (17, 2.0), (20, 2.33333),
      (22, 2.66667), (25, 3.66667),
    ]
    #expect(function.steps.map { $0.time } == expected.map { $0.0 })
    for (step, (time, value)) in zip(function.steps, expected) {
      #expect(abs(step.value - value) < 5e-6, "\(time)")
    }
    for (time, variance) in [(5, 0.032), (20, 0.394074), (25, 0.718148)] {
      let step = try #require(function.steps.first { $0.time == Double(time) })
      #expect(abs(step.variance - variance) < 5e-7, "\(Self.source)")
    }
    // Printed as one-sided limits at 95 %, so two-sided at 90 %.
    for (time, low, high) in [(5.0, 0.0459299, 0.870893), (25, 2.5071, 5.36255)] {
      let estimate = try #require(function.estimate(at: time, confidence: 0.9))
      #expect(relativeError(estimate.low, low) < 1e-5 && relativeError(estimate.high, high) < 1e-5)
    }
  }

  @Test("A power of time through the points has scale 11.9806 and shape 1.67362")
  func powerLaw() throws {
    let power = try #require(try MeanCumulativeFunction(Self.systems()).powerLaw)
    #expect(abs(power.scale - 11.9806) < 5e-5 && abs(power.shape - 1.67362) < 5e-6, "\(Self.source)")
  }

  /// Σ over systems of the squared Σ (events − mean) / r, computed with numpy 2.4.
  @Test("The robust variance keeps what happens to one system together")
  func robust() throws {
    let function = try MeanCumulativeFunction(Self.systems())
    #expect(function.variance == .robust)
    let expected = [
      0.032, 0.048, 0.128, 0.112, 0.112, 0.208, 0.112, 0.16, 0.18962962962962965, 0.14518518518518517,
    ]
    for (step, variance) in zip(function.steps, expected) {
      #expect(relativeError(step.variance, variance) < 1e-12)
    }
  }

  @Test("One system has the variance of a Poisson process, Σ 1 / r²")
  func single() throws {
    let one = try MeanCumulativeFunction([
      RecurrentEvents(events: [2, 4, 9].map { .init(time: $0) }, end: 10)
    ])
    #expect(one.variance == .poisson && one.steps.map { $0.variance } == [1, 2, 3])
    #expect(one.estimate(at: 1, confidence: 0.9)?.high == 0 && one.estimate(at: 11, confidence: 0.9) == nil)
    let three = try MeanCumulativeFunction(Self.systems(), variance: .poisson)
    #expect(relativeError(three.steps[10].variance, 1.1222222222222222) < 1e-12)
  }

  @Test("Amounts add up: downtime by age is events weighted with their length")
  func amounts() throws {
    let systems = try [([(1.0, 3.0), (4, 5)], 5.0), ([(2, 8)], 3)].map { events, end in
      try RecurrentEvents(events: events.map { .init(time: $0.0, amount: $0.1) }, end: end)
    }
    let function = try MeanCumulativeFunction(systems)
    #expect(function.steps.map { $0.value } == [1.5, 5.5, 10.5])
    #expect(function.steps.map { $0.atRisk } == [2, 2, 1])
  }

  @Test("Impossible histories are refused, empty ones are level")
  func dirty() throws {
    #expect(throws: InvalidParameter.self) { try RecurrentEvents(events: [.init(time: 5)], end: 4) }
    #expect(throws: InvalidParameter.self) { try RecurrentEvents(events: [.init(time: -1)], end: 4) }
    #expect(throws: InvalidParameter.self) {
      try RecurrentEvents(events: [.init(time: 1, amount: .nan)], end: 4)
    }
    #expect(throws: InvalidParameter.self) { try RecurrentEvents(events: [], end: 0) }
    #expect(throws: InvalidParameter.self) { try MeanCumulativeFunction([]) }
    let quiet = try MeanCumulativeFunction([RecurrentEvents(events: [], end: 4)])
    #expect(
      quiet.steps.isEmpty && quiet.powerLaw == nil && quiet.estimate(at: 4, confidence: 0.9)?.value == 0)
  }

  /// 300 fleets of 25 systems whose rates differ: within a system, events are not independent.
  @Test("Robust 90 % intervals hold the truth within 4 standard errors and 2 points, Poisson ones do not")
  func coverage() throws {
    var draws = stream("mean cumulative function")
    var held = [MeanCumulativeFunction.Variance.robust: 0, .poisson: 0]
    for _ in 0..<300 {
      let systems = try (0..<25).map { _ in
        let rate = draws.standardExponential() + 0.2
        var (times, now) = ([Double](), draws.standardExponential() / rate)
        while now < 5 {
          times.append(now)
          now += draws.standardExponential() / rate
        }
        return try RecurrentEvents(events: times.map { .init(time: $0) }, end: 5)
      }
      for variance in [MeanCumulativeFunction.Variance.robust, .poisson] {
        let estimate = try MeanCumulativeFunction(systems, variance: variance).estimate(
          at: 5, confidence: 0.9)
        if let estimate, estimate.low <= 6, 6 <= estimate.high { held[variance, default: 0] += 1 }
      }
    }
    let bound = 4 * (0.09 / 300.0).squareRoot() + 0.02
    #expect(abs(Double(held[.robust] ?? 0) / 300 - 0.9) < bound, "\(held)")
    #expect(Double(held[.poisson] ?? 0) / 300 < 0.9 - bound, "\(held)")
  }
}
