import Economics
import Testing

@Suite("Returns")
struct ReturnTests {
  @Test("compound a monthly rate to the yearly one")
  func monthlyRate() throws {
    let rate = try #require(DiscountRate(perYear: 0.08))
    #expect(abs(rate.perMonth - 0.00643403011000343) < 1e-16)
    #expect(abs(DiscountRate.perYear(ofMonthly: rate.perMonth) - 0.08) < 1e-15)
    #expect(DiscountRate(perYear: -1) == nil)
    #expect(DiscountRate(perYear: .nan) == nil)
  }

  @Test("are 1,061 % net and 11.6 times gross, as the JiVS plan has it")
  func statedReturn() throws {
    let benefits = try #require(CashFlow([0, 15_000]))
    let costs = try #require(CashFlow([0, 1_292]))
    let found = ReturnOnInvestment(benefits: benefits, costs: costs, rate: 0)
    #expect(try #require(found.value(.netBenefitOverCost)) == 13_708 / 1_292.0)
    #expect(try #require(found.benefitCostRatio) == 15_000 / 1_292.0)
  }

  @Test("differ by convention only through the rate")
  func conventions() throws {
    let benefits = try #require(CashFlow([0, 110]))
    let costs = try #require(CashFlow([50, 0]))
    let found = ReturnOnInvestment(benefits: benefits, costs: costs, rate: 0.1)
    #expect(try #require(found.value(.netBenefitOverCost)) == 1.2)
    #expect(abs(try #require(found.value(.netPresentValueOverCost)) - 1) < 1e-15)
    let free = ReturnOnInvestment(benefits: benefits, costs: try #require(CashFlow([0, 0])), rate: 0.1)
    #expect(free.value(.netBenefitOverCost) == nil)
    #expect(free.benefitCostRatio == nil)
  }

  @Test(
    "tip where a line crosses 0",
    arguments: [
      (-10.0, 2.0, BreakEven.atLeast(5)), (10, -2, .atMost(5)), (10, 2, .always), (-10, -2, .never),
      (1, 0, .always), (-1, 0, .never), (0, 1, .always), (0, -1, .atMost(0)),
    ])
  func breakEven(_ constant: Double, _ slope: Double, _ expected: BreakEven) {
    #expect(BreakEven(constant: constant, slope: slope) == expected)
  }
}
