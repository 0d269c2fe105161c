import Economics
import Simulation
import Testing

@Suite("Reckonings side by side")
struct BasisComparisonTests {
  private static func parts(hours: Double, credits: Double) -> SavingsBasis.Amount {
    var parts = DowntimeLedger.Parts()
    (parts[.hours], parts[.credits]) = (hours, credits)
    return .parts(parts)
  }

  /// The JiVS hardening plan §5.1 and §5.2, and its summary.
  private static let savings = [
    SavingsBasis(name: "plan", origin: .stated, perYear: parts(hours: 84_000, credits: 96_000)),
    SavingsBasis(name: "half a year", origin: .stated, perYear: .whole(60_000)),
    SavingsBasis(name: "model", origin: .model, perYear: parts(hours: 8_000, credits: 1_000)),
  ]
  private static let costs = [
    CostBasis(name: "table", origin: .stated, perYear: 1_292 * 12),
    CostBasis(name: "summary", origin: .stated, perYear: 750 * 12),
    CostBasis(name: "saves", origin: .bill, perYear: -1_200),
  ]

  private static func comparison(once: Double = 0, hours: Double = 1_344) throws -> BasisComparison {
    BasisComparison(
      savings, costs,
      plan: OptionPlan(
        once: once, implementationHours: hours, runningIncrease: [Double](repeating: 0, count: 36)),
      rate: try #require(DiscountRate(perYear: 0.08)))
  }

  @Test("have the returns that the JiVS plan states: 1,061 % net of $1,292, 20 times $750")
  func stated() throws {
    let rows = try Self.comparison().rows
    #expect(rows.count == 9)
    let roi = try #require(rows[0].figures.returnOnInvestment.value(.netBenefitOverCost))
    #expect((roi * 100).rounded() == 1061)
    let gross = try #require(rows[1].figures.returnOnInvestment.benefitCostRatio)
    #expect(abs(gross - 20) < 1e-12)
    #expect(rows[0].figures.payback == 0)
  }

  @Test("are worth what an annuity is, from when the change is done")
  func annuity() throws {
    let value = try Self.comparison(once: 1_000, hours: 0).rows[0].figures.netPresentValue
    let rate = try #require(DiscountRate(perYear: 0.08)).perMonth
    var factor = 0.0
    var discount = 1.0
    for _ in 0..<36 {
      discount /= 1 + rate
      factor += discount
    }
    #expect(abs(value - (13_708 * factor - 1_000)) < 1e-6)
  }

  @Test("what costs less to run is a benefit")
  func lower() throws {
    let row = try Self.comparison().rows[2]
    #expect(row.figures.returnOnInvestment.costs.nominal == 0)
    #expect(row.figures.returnOnInvestment.value(.netBenefitOverCost) == nil)
  }

  @Test("differ by steps that add up to the difference", arguments: 0..<9, 0..<9)
  func steps(_ from: Int, _ to: Int) throws {
    let comparison = try Self.comparison(once: 500)
    let (first, second) = (comparison.rows[from], comparison.rows[to])
    let steps = comparison.steps(from: first, to: second)
    let gap = second.figures.netPresentValue - first.figures.netPresentValue
    #expect(abs(steps.reduce(0) { $0 + $1.netPresentValue } - gap) < 1e-6)
    #expect(steps.isEmpty == (from == to))
  }

  @Test("are told part by part where both sides have parts")
  func figures() throws {
    let comparison = try Self.comparison()
    let steps = comparison.steps(from: comparison.rows[0], to: comparison.rows[6])
    #expect(steps.map(\.figure) == [.part(.hours), .part(.credits)])
    #expect(steps.map(\.from) == [84_000, 96_000])
    let whole = comparison.steps(from: comparison.rows[0], to: comparison.rows[4])
    #expect(whole.map(\.figure) == [.savings, .running])
  }
}
