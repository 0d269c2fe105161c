import Economics
import Testing

@Suite("Risk adjustment")
struct RiskAdjustmentTests {
  /// - Source: Forrester, *The Total Economic Impact of SalesLoft* (2020), page 19: risk-adjusted cash flow at 10 % a year.
  private static let costs: [Double] = [53_150, 666_715, 636_772, 647_783]
  private static let benefits: [Double] = [0, 1_606_511, 3_061_331, 4_229_760]

  private func expectPublished(_ found: InvestmentFigures) throws {
    #expect(abs(found.returnOnInvestment.costs.present - 1_672_201) < 1)
    #expect(abs(found.returnOnInvestment.benefits.present - 7_168_371) < 1)
    #expect(abs(found.netPresentValue - 5_496_170) < 1)
    #expect(abs(found.returnOnInvestment.benefits.nominal - 8_897_602) < 1)
    #expect(abs(found.returnOnInvestment.costs.nominal - 2_004_420) < 1)
    let roi = try #require(found.returnOnInvestment.value(.netPresentValueOverCost))
    #expect((roi * 100).rounded() == 329)
    #expect(try #require(found.payback) * 12 < 6, "less than six months")
  }

  @Test("a published table has its present values, net present value and return")
  func published() throws {
    try expectPublished(
      InvestmentFigures(
        benefits: try #require(CashFlow(Self.benefits)), costs: try #require(CashFlow(Self.costs)), rate: 0.1)
    )
  }

  @Test("what was lowered by 10 % and raised by 5 % is the same table")
  func adjusted() throws {
    let risk = try #require(RiskAdjustment(benefitsLowered: 0.1, costsRaised: 0.05))
    let benefits = risk.adjusted(try #require(CashFlow(Self.benefits.map { $0 / 0.9 })), of: .hours)
    let costs = risk.adjusted(try #require(CashFlow(Self.costs.map { $0 / 1.05 })), of: .runningMore)
    try expectPublished(InvestmentFigures(benefits: benefits, costs: costs, rate: 0.1))
    #expect(risk.benefitsLowered == 0.1)
    #expect(risk.costsRaised == 0.05)
  }

  @Test("each kind has a share of its own")
  func kinds() throws {
    let risk = try #require(RiskAdjustment([.hours: 0.2, .once: 0.5]))
    let flow = try #require(CashFlow([100, 200]))
    #expect(risk.adjusted(flow, of: .hours).amounts == [80, 160])
    #expect(risk.adjusted(flow, of: .credits).amounts == [100, 200])
    #expect(risk.adjusted(flow, of: .once).amounts == [150, 300])
    #expect(risk.benefitsLowered == nil)
    #expect(RiskAdjustment([.hours: 1.5]) == nil)
    #expect(RiskAdjustment([.once: 1.5]) != nil)
  }

  @Test(
    "lowers by at most all, and does not lower costs",
    arguments: [(-0.1, 0.0), (1.1, 0), (0, -0.1), (0, .infinity)])
  func impossible(_ benefits: Double, _ costs: Double) {
    #expect(RiskAdjustment(benefitsLowered: benefits, costsRaised: costs) == nil)
  }
}
