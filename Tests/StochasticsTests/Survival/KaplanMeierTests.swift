import Stochastics
import Testing

@Suite("Kaplan–Meier")
struct KaplanMeierTests {
  struct Row: Sendable {
    let time: Double, survival: Double, error: Double, low: Double, high: Double
    init(_ time: Double, _ survival: Double, _ error: Double, _ low: Double, _ high: Double) {
      (self.time, self.survival, self.error, self.low, self.high) = (time, survival, error, low, high)
    }
  }

  /// Acute myelogenous leukaemia, maintained group (Miller 1981), as R prints
  /// `summary(survfit(Surv(time, status) ~ 1, aml, subset = x == "Maintained", conf.type = "log-log"))`.
  static func maintained() throws -> CensoredSample {
    try CensoredSample(failures: [9, 13, 18, 23, 31, 34, 48], censored: [13, 28, 45, 161])
  }

  @Test(
    "R's table of the maintained group at 95 %",
    arguments: [
      Row(9, 0.909, 0.0867, 0.5081, 0.987), Row(13, 0.818, 0.1163, 0.4474, 0.951),
      Row(18, 0.716, 0.1397, 0.3502, 0.899), Row(23, 0.614, 0.1526, 0.2658, 0.835),
      Row(31, 0.491, 0.1642, 0.1673, 0.753), Row(34, 0.368, 0.1627, 0.0928, 0.657),
      Row(48, 0.184, 0.1535, 0.0117, 0.525),
    ])
  func leukaemia(row: Row) throws {
    let curve = KaplanMeierCurve(try Self.maintained())
    let step = try #require(curve.steps.first { $0.time == row.time })
    let estimate = try #require(curve.survival(beyond: row.time, confidence: 0.95))
    #expect(abs(step.survival - row.survival) < 5e-4 && abs(step.standardError - row.error) < 5e-5)
    #expect(abs(estimate.low - row.low) < 5e-4 && abs(estimate.high - row.high) < 5e-4)
  }

  @Test("The median of the maintained group is 31, at 95 % from 13, without an upper limit, as R prints")
  func median() throws {
    let curve = KaplanMeierCurve(try Self.maintained())
    let median = try #require(curve.quantile(0.5, confidence: 0.95))
    #expect(median.value == 31 && median.low == 13 && median.high == .infinity)
    #expect(curve.quantile(0.9) == nil && curve.quantile(0.9, confidence: 0.95) == nil)
  }

  /// Freireich et al. 1963, 6-MP group: the example of Kalbfleisch and Prentice and most textbooks.
  @Test("6-mercaptopurine: 0.857 at 6 weeks to 0.448 at 23, errors 0.0764 to 0.1346")
  func mercaptopurine() throws {
    let sample = try CensoredSample(
      failures: [6, 7, 10, 13, 16, 22, 23], censored: [6, 9, 10, 11, 17, 19, 20, 25, 32, 34, 35],
      failureCounts: [3, 1, 1, 1, 1, 1, 1], censoredCounts: [1, 1, 1, 1, 1, 1, 1, 1, 2, 1, 1])
    let failed = KaplanMeierCurve(sample).steps.filter { $0.failures > 0 }
    let expected = [
      (0.857, 0.0764), (0.807, 0.0869), (0.753, 0.0963), (0.690, 0.1068), (0.627, 0.1141), (0.538, 0.1282),
      (0.448, 0.1346),
    ]
    #expect(failed.count == expected.count)
    for (step, (survival, error)) in zip(failed, expected) {
      #expect(abs(step.survival - survival) < 5e-4 && abs(step.standardError - error) < 5e-5)
    }
    #expect(failed[0].atRisk == 21 && failed[0].censored == 1)
  }

  @Test("Without censoring it is the share above, and Greenwood's error the binomial one")
  func complete() throws {
    let curve = KaplanMeierCurve(try CensoredSample(failures: [5, 1, 3, 3]))
    #expect(curve.steps.map { $0.survival } == [0.75, 0.25, 0])
    #expect(relativeError(curve.steps[1].standardError, (0.25 * 0.75 / 4).squareRoot()) < 1e-14)
    #expect(curve.steps[2].standardError == 0 && curve.quantile(0.75) == 3)
    // After the last: 0 of the one at risk; before the first: all of four. One-sided as in the rule of three.
    let after = try #require(curve.survival(beyond: 9, confidence: 0.9))
    #expect(after.value == 0 && after.low == 0 && relativeError(after.high, 0.9) < 1e-12)
    let before = try #require(curve.survival(beyond: 0.5, confidence: 0.9))
    #expect(
      before.value == 1 && before.high == 1 && relativeError(before.low, portablePower(0.1, 0.25)) < 1e-12)
  }

  @Test("It says nothing beyond the last survivor, nor of nothing")
  func silence() throws {
    let curve = KaplanMeierCurve(try Self.maintained())
    #expect(
      curve.survival(beyond: 161, confidence: 0.9) != nil
        && curve.survival(beyond: 162, confidence: 0.9) == nil)
    let none = KaplanMeierCurve(try CensoredSample(failures: []))
    #expect(
      none.steps.isEmpty && none.survival(beyond: 1, confidence: 0.9) == nil && none.quantile(0.5) == nil)
    let survivors = KaplanMeierCurve(try CensoredSample(failures: [], censored: [4, 4]))
    #expect(survivors.steps.map { $0.survival } == [1] && survivors.quantile(0.5) == nil)
  }

  /// 400 samples of 30 with a third censored.
  @Test("Its 90 % intervals hold the truth within 4 standard errors and 2 points")
  func coverage() throws {
    let law = try Weibull(shape: 1.2, scale: 10)
    var draws = stream("kaplan-meier")
    var held = 0
    for _ in 0..<400 {
      let observed = (0..<30).map { _ in (law.sample(using: &draws), 25 * draws.uniform()) }
      let sample = try CensoredSample(
        failures: observed.filter { $0.0 <= $0.1 }.map { $0.0 },
        censored: observed.filter { $0.0 > $0.1 }.map { $0.1 })
      guard let estimate = KaplanMeierCurve(sample).survival(beyond: 6, confidence: 0.9) else { continue }
      if estimate.low <= law.survival(6), law.survival(6) <= estimate.high { held += 1 }
    }
    #expect(abs(Double(held) / 400 - 0.9) < 4 * (0.09 / 400.0).squareRoot() + 0.02, "\(held)")
  }
}
