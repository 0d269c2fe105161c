import Economics
import Testing

@Suite("Internal rates of many cash flows")
struct RateSampleTests {
  @Test("shares of flows with one, several and no rate, and percentiles of those with one")
  func shares() {
    let sample = RateSample([
      .one(0.3), .several([0.1, 0.2]), .none(.nothingReturned), .one(0.1), .one(0.2), .none(.neverZero),
      .none(.nothingReturned), .one(0.4),
    ])
    #expect(sample.count == 8)
    #expect(sample.shareWithOne == 0.5)
    #expect(sample.shareWithSeveral == 0.125)
    #expect(sample.shareWithNone == 0.375)
    #expect(sample.none.map(\.reason) == [.nothingReturned, .neverZero])
    #expect(sample.none.map(\.count) == [2, 1])
    #expect([0.25, 0.26, 0.5, 1].map { sample.percentile($0) } == [0.1, 0.2, 0.2, 0.4])
  }

  @Test("no percentile where no flow has one rate")
  func none() {
    #expect(RateSample([.several([0, 1])]).percentile(0.5) == nil)
    #expect(RateSample([]).shareWithNone == 0)
  }

  @Test("monthly amounts return a yearly rate, and none where they begin with a gain")
  func yearly() throws {
    let loan = try #require(CashFlow([-1_000] + [Double](repeating: 0, count: 11) + [1_100]))
    #expect(abs(try #require(loan.yearlyReturn.value) - 0.1) < 1e-12)
    let gain = try #require(CashFlow([1_000, -600, -600]))
    #expect(gain.yearlyReturn == .none(.nothingPaid))
    let later = try #require(CashFlow([0, 0, -100, 110]))
    #expect(try #require(later.yearlyReturn.value) > 2, "10 % a month")
  }
}
