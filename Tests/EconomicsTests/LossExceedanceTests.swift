import Economics
import Stochastics
import Testing

@Suite("Losses of years")
struct LossExceedanceTests {
  private static let hundred = LossExceedance((1...100).map(Double.init))

  @Test(
    "have the value at risk and the mean beyond it, by hand", arguments: [(0.9, 90.0, 95.5), (0.95, 95, 98)])
  func tails(_ level: Double, _ risk: Double, _ mean: Double) throws {
    let tail = try #require(Self.hundred.tail(level))
    #expect(tail.valueAtRisk.value == risk)
    #expect(abs(tail.tailValueAtRisk.value - mean) < 1e-12)
    #expect(tail.tailValueAtRisk.low >= risk)
  }

  @Test("share a year that the level cuts: of ten at 85 % the ninth counts for half, (4.5 + 10) / 1.5")
  func cut() throws {
    let tail = try #require(LossExceedance((1...10).map(Double.init)).tail(0.85))
    #expect(tail.valueAtRisk.value == 9)
    #expect(abs(tail.tailValueAtRisk.value - 14.5 / 1.5) < 1e-12)
  }

  @Test("are reached with the chance that years have, and once in so many years")
  func points() throws {
    #expect(try #require(Self.hundred.probability(atLeast: 91)).value == 0.1)
    #expect(try #require(Self.hundred.probability(atLeast: 0)).value == 1)
    #expect(try #require(Self.hundred.probability(atLeast: 101)).value == 0)
    #expect(try #require(Self.hundred.loss(returnPeriodYears: 10)).value == 90)
    #expect(Self.hundred.loss(returnPeriodYears: 20) == nil, "five years are too few")
    #expect(try #require(Self.hundred.mean).value == 50.5)
    #expect(Self.hundred.points.map(\.returnPeriodYears) == [1.25, 2, 5, 10])
  }

  @Test("that nothing is known of have no chance")
  func empty() {
    let none = LossExceedance([])
    #expect(none.mean == nil)
    #expect(none.tails.isEmpty)
    #expect(none.probability(atLeast: 1) == nil)
  }
}
