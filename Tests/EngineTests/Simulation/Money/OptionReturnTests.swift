import Economics
import Foundation
import Simulation
import Stochastics
import Testing

@Suite("Options as investments")
struct OptionReturnTests {
  static let terms = "costs: \"$50/h\", per-incident: $70, credits: [{below: 99.5 %, pays: $100}]"

  static func text(fails: Bool, _ downtime: String) -> String {
    """
    components: {web: {\(fails ? "fails: {crash: {mtbf: 400 h, lasts: {exponential: 6 h}}}" : "")}}
    capabilities: {site: {depends-on: {web: hard}, downtime: {\(downtime)}}}
    """
  }

  static func ledger(_ downtime: String, threads: Int = 1) throws -> DowntimeLedger {
    let graphs = try [text(fails: true, downtime), text(fails: false, downtime)].map(ModelText.graph)
    let plan = SimulationPlan(years: 2, replications: 1_500, seed: 11, threads: threads)
    return try #require(PairedSimulator(graphs, plan: plan, keepingMonthsOf: ["site"]).run().ledger)
  }

  static func found(_ plan: OptionPlan, in ledger: DowntimeLedger) throws -> OptionReturn {
    OptionReturn(
      plan, design: 1, in: ledger, rate: try #require(DiscountRate(perYear: 0.08)),
      confidence: Simulated.fourAndAHalf)
  }

  static let plan = OptionPlan(
    once: 1_000, implementationHours: 1_344, runningIncrease: [Double](repeating: 90, count: 24))

  @Test("eight weeks leave nothing of January, 3 of 28 days of February and all of March")
  func shares() {
    let shares = Self.plan.effectiveShares
    #expect(shares[0] == 0)
    #expect(abs(shares[1] - 3.0 / 28) < 1e-15)
    #expect(shares[2...].allSatisfy { $0 == 1 })
  }

  @Test("the net present value is that of the closed form, by hours and outages")
  func closedForm() throws {
    let ledger = try Self.ledger("costs: \"$50/h\", per-incident: $70")
    let found = try Self.found(Self.plan, in: ledger)
    let perHour = (50 * 6 + 70) / 406.0
    let hours = DowntimeMoneyTests.daysOfMonths.map { $0 * 24 }
    let shares = Self.plan.effectiveShares
    let expected = (0..<24).reduce(-1_000.0) { sum, month in
      let discount = pow(1.08, -Double(month + 1) / 12)
      return sum + shares[month] * discount * (perHour * hours[month % 12] - 90)
    }
    let value = try #require(found.netPresentValue)
    #expect(value.holds(expected), "\(value) \(expected)")
  }

  @Test("the mean of replications is the net present value of the mean cash flow")
  func linear() throws {
    let found = try Self.found(Self.plan, in: try Self.ledger(Self.terms))
    let value = try #require(found.netPresentValue).value
    #expect(abs(found.cashFlow.presentValue(rate: found.rate.perMonth) - value) < 1e-6)
    let roi = found.returnOnInvestment
    #expect(abs(roi.benefits.present - roi.costs.present - value) < 1e-6)
    #expect(found.presentValues == found.presentValues.sorted())
    let above = try #require(found.probabilityPositive).value
    #expect(above == Double(found.presentValues.count { $0 > 0 }) / 1_500)
  }

  @Test("at a break-even value of what is paid the net present value is 0")
  func breakEven() throws {
    let ledger = try Self.ledger(Self.terms)
    let tippings = try Self.found(Self.plan, in: ledger).tippings
    func value(_ input: OptionReturn.Input) throws -> Double {
      try #require(tippings.first { $0.input == input }?.breakEven.value)
    }
    let once = OptionPlan(
      once: try value(.once), implementationHours: 1_344, runningIncrease: Self.plan.runningIncrease)
    #expect(abs(try #require(try Self.found(once, in: ledger).netPresentValue).value) < 1e-6)
    let running = OptionPlan(
      once: 1_000, implementationHours: 1_344,
      runningIncrease: [Double](repeating: try value(.running), count: 24))
    #expect(abs(try #require(try Self.found(running, in: ledger).netPresentValue).value) < 1e-6)
  }

  @Test("at a break-even price of an hour the net present value is 0")
  func priceBreakEven() throws {
    let dear = OptionPlan(once: 9_000, implementationHours: 0, runningIncrease: Self.plan.runningIncrease)
    let found = try Self.found(dear, in: try Self.ledger("costs: \"$50/h\""))
    let tipping = try #require(found.tippings.first { $0.input == .downtimePrice })
    let factor = try #require(tipping.breakEven.value)
    #expect(factor > 0)
    let again = try Self.found(dear, in: try Self.ledger("costs: \"$\(50 * factor)/h\""))
    // Amounts are whole ten-thousandths of a dollar.
    #expect(abs(try #require(again.netPresentValue).value) < 24e-4)
    let effect = try #require(found.tippings.first { $0.input == .effectiveness }?.breakEven.value)
    #expect(abs(effect - factor) < 1e-9, "hours are all that is avoided")
  }

  @Test(
    "the months of a ledger add up to what the simulation says of the horizon, with any number of threads")
  func ledger() throws {
    let graphs = try [true, false].map { try ModelText.graph(Self.text(fails: $0, Self.terms)) }
    let plan = SimulationPlan(years: 2, replications: 1_500, seed: 11, threads: 1)
    let run = PairedSimulator(graphs, plan: plan, keepingMonthsOf: ["site"]).run()
    let ledger = try #require(run.ledger)
    let total = (0..<24).reduce(0) { $0 + ledger.mean(design: 0, month: $1).total }
    let money = try #require(run.designs[0]["site"].money).total.value
    #expect(abs(total / 2 - money) < 1e-2)
    let other = try Self.ledger(Self.terms, threads: 3)
    for month in 0..<24 {
      #expect(ledger.mean(design: 0, month: month) == other.mean(design: 0, month: month))
      for replication in stride(from: 0, to: 1_500, by: 97) {
        #expect(
          ledger.cost(design: 0, month: month, replication: replication)
            == other.cost(design: 0, month: month, replication: replication))
      }
      #expect(ledger.mean(design: 1, month: month).total == 0)
    }
  }
}
