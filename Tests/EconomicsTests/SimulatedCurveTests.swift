import Economics
import Stochastics
import Testing

@Suite("Curves of the exact engine through simulated points")
struct SimulatedCurveTests {
  private static func point(_ multiple: Double, _ change: Double) -> SimulatedCurve.Point {
    SimulatedCurve.Point(
      at: multiple, Estimate(value: change, low: change - 1, high: change + 1, confidence: 0.95))
  }

  private static func square(_ x: Double) -> Double { 10 + 3 * x * x }

  @Test("go through now and every point, and keep the shape in between")
  func through() {
    let curve = SimulatedCurve(
      now: 7, through: [Self.point(0.5, -4), Self.point(2, 18), Self.point(4, 100)], along: Self.square(_:))
    #expect(curve.value(at: 1) == 7)
    #expect(curve.value(at: 0.5) == 3)
    #expect(curve.value(at: 2) == 25)
    #expect(curve.value(at: 4) == 107)
    // Between 1 and 2 the square rises by 9; at 1.5 by 3.75 of it.
    #expect(abs(curve.value(at: 1.5) - (7 + 18 * 3.75 / 9)) < 1e-12)
    // Beyond the ends as between the last two.
    #expect(abs(curve.value(at: 6) - (25 + 82 * (36 - 4) / 12.0)) < 1e-12)
    #expect(abs(curve.value(at: 0) - (3 - 4 * 0.25 / 0.75)) < 1e-12)
  }

  @Test("are the exact engine's where the simulation agrees")
  func agreeing() {
    func change(_ x: Double) -> Double { Self.square(x) - Self.square(1) }
    let curve = SimulatedCurve(
      now: 13, through: [0.5, 2].map { Self.point($0, change($0)) }, along: Self.square(_:))
    for x in [0.1, 0.5, 0.8, 1, 1.7, 2, 9] { #expect(abs(curve.value(at: x) - Self.square(x)) < 1e-9) }
    let bare = SimulatedCurve(now: 13, through: [], along: Self.square(_:))
    #expect(bare.value(at: 3) == Self.square(3))
  }

  @Test("an input flips where the curve through the points crosses 0")
  func flip() throws {
    let input = DecisionInput.number(
      "x", between: 0.5...2, now: -6, replications: 50, simulated: [Self.point(0.5, -4), Self.point(2, 18)],
      along: Self.square(_:))
    #expect(input.valueAtLow == -10)
    #expect(input.valueAtHigh == 12)
    // −6 + 18 (3 x² − 3) / 9 = 0 at x² = 2.
    #expect(abs(try #require(input.flip) - 2.0.squareRoot()) < 2e-3)
    guard case .simulated(let replications, let low, _) = input.method else {
      Issue.record("\(input.method)")
      return
    }
    #expect(replications == 50)
    #expect(low.halfWidth == 1)
    let unsimulated = DecisionInput.number(
      "x", between: 0.5...2, now: -6, replications: 50, simulated: [Self.point(2, 18)], along: Self.square(_:)
    )
    #expect(unsimulated.method == .exactEngine)
  }
}
