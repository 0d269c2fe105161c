import Economics
import Foundation
import Simulation
import Stochastics
import Testing

@Suite("What must be true")
struct GoalTests {
  private static let plan = OptionPlan(
    once: 4_000, implementationHours: 1_344, runningIncrease: [Double](repeating: 90, count: 24))

  /// Simulated once.
  private static let simulated = try? OptionReturnTests.ledger(OptionReturnTests.terms)

  private static func ledger() throws -> DowntimeLedger { try #require(simulated) }

  private static func found(_ plan: OptionPlan = plan) throws -> OptionReturn {
    try OptionReturnTests.found(plan, in: ledger())
  }

  private static func value(_ input: OptionReturn.Input, for goal: Goal) throws -> Double {
    try #require(try found().tippings(reaching: goal).first { $0.input == input }?.breakEven.value)
  }

  private static func once(_ amount: Double) throws -> OptionReturn {
    try found(
      OptionPlan(once: amount, implementationHours: 1_344, runningIncrease: plan.runningIncrease))
  }

  private static func running(_ amount: Double) throws -> OptionReturn {
    try found(
      OptionPlan(
        once: plan.once, implementationHours: 1_344,
        runningIncrease: [Double](repeating: amount, count: 24)))
  }

  @Test("for a return, the return is that at what was solved")
  func returns() throws {
    let goal = Goal(.returnOnInvestment(1.2))
    let once = try Self.once(Self.value(.once, for: goal)).returnOnInvestment
    #expect(abs(try #require(once.value(.netBenefitOverCost)) - 1.2) < 1e-9)
    let running = try Self.running(Self.value(.running, for: goal)).returnOnInvestment
    #expect(abs(try #require(running.value(.netBenefitOverCost)) - 1.2) < 1e-9)
    let present = Goal(.returnOnPresentValues(0.8))
    let other = try Self.once(Self.value(.once, for: present)).returnOnInvestment
    #expect(abs(try #require(other.value(.netPresentValueOverCost)) - 0.8) < 1e-9)
    let ratio = Goal(.benefitCostRatio(1.8))
    #expect(abs(try Self.value(.once, for: ratio) - Self.value(.once, for: present)) < 1e-6)
  }

  @Test("for an internal rate, for a payback and for an amount")
  func others() throws {
    let rate = try #require(DiscountRate(perYear: 0.35))
    let irr = try Self.once(Self.value(.once, for: Goal(.internalRate(rate)))).internalRate
    #expect(abs(try #require(irr.value) - 0.35) < 1e-9)
    let payback = try Self.once(Self.value(.once, for: Goal(.payback(months: 12)))).cashFlow
    #expect(abs(payback.cumulative[12]) < 1e-6)
    let amount = try Self.once(Self.value(.once, for: Goal(.netPresentValue(2_500))))
    #expect(abs(try #require(amount.netPresentValue).value - 2_500) < 1e-6)
  }

  @Test("breaking even is what it was without a goal, and no effect is larger than leaving no downtime")
  func breakEven() throws {
    let found = try Self.found()
    #expect(found.tippings == found.tippings(reaching: Goal(.netPresentValue(0))))
    let most = try #require(found.largestEffect)
    #expect(abs(most - 1) < 1e-12, "the option never fails")
    let effect = try #require(
      found.tippings(reaching: Goal(.returnOnInvestment(1_000))).first { $0.input == .effectiveness })
    #expect(effect.isOutOfReach)
  }

  @Test("the decision flips where an input says")
  func flips() throws {
    let plan = OptionPlan(
      once: 6_000, implementationHours: 700, runningIncrease: [Double](repeating: 90, count: 24))
    let found = try Self.found(plan)
    let inputs = found.decisionInputs()
    let rate = inputs.first { $0.kind == .discountRate }?.flip
    if let rate, let wanted = DiscountRate(perYear: rate) {
      #expect(abs(found.cashFlow.presentValue(rate: wanted.perMonth)) < 1e-6)
    } else {
      #expect(found.internalRate.value == nil)
    }
    let takes = try #require(inputs.first { $0.kind == .implementationHours }?.flip)
    let slow = try Self.found(
      OptionPlan(once: 6_000, implementationHours: takes, runningIncrease: plan.runningIncrease))
    #expect(abs(try #require(slow.netPresentValue).value) < 1e-6)
    let months = try #require(inputs.first { $0.kind == .horizonMonths })
    let sums = found.cashFlow.discounted(rate: found.rate.perMonth).cumulative
    #expect(months.valueAtLow == sums[12])
    if let flip = months.flip {
      #expect(sums[Int(flip)] * sums[Int(flip) + 1] <= 0)
    }
    #expect(inputs == inputs.sorted { $0.swing > $1.swing })
    let mean = OptionReturn.meanPresentValue(plan, design: 1, in: try Self.ledger(), rate: found.rate)
    #expect(abs(mean - (try #require(found.netPresentValue).value)) < 1e-6)
  }
}
