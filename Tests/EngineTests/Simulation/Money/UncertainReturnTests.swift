import Economics
import Foundation
import Reliability
import ServiceGraph
import Simulation
import Stochastics
import Testing

@Suite("Options whose numbers are not known")
struct UncertainReturnTests {
  private static func text(mtbf: String) -> String {
    """
    components: {web: {fails: {crash: {mtbf: \(mtbf), lasts: {exponential: 6 h}}}}}
    capabilities: {site: {depends-on: {web: hard}, downtime: {costs: "$50/h", per-incident: $70}}}
    """
  }

  private static let plan = SimulationPlan(years: 1, replications: 40, seed: 5, threads: 1)

  private static func ledger(
    _ graphs: @escaping @Sendable (Int) -> [CompiledGraph], draws: Int, perDraw: Int, designs: Int = 1,
    threads: Int = 1
  ) -> DowntimeLedger {
    var plan = plan
    plan.threads = threads
    return DrawnSimulator(plan: plan, months: 12, perDraw: perDraw, counted: ["site"], graphs: graphs)
      .ledger(draws: draws, designs: designs)
  }

  @Test("a drawn number is simulated as a model that states it")
  func revalued() throws {
    let law = try Deterministic(value: 0.5)
    let factor = UncertainFactor(
      name: "f", law: law, multiplied: ["components/web/fails/crash/mtbf"], basis: "")
    let graph = try UncertainGraph(ModelText.graph(Self.text(mtbf: "800 h")), factors: [factor])
    let drawn = Self.ledger({ [graph.graph(graph.draw($0, seed: 1))] }, draws: 4, perDraw: 10)
    let stated = try #require(
      PairedSimulator(
        [try ModelText.graph(Self.text(mtbf: "400 h"))], plan: Self.plan, keepingMonthsOf: ["site"]
      ).run().ledger)
    #expect(drawn.replications == 40)
    for replication in 0..<40 {
      for month in 0..<12 {
        let own = drawn.cost(design: 0, month: month, replication: replication)
        #expect(abs(own - stated.cost(design: 0, month: month, replication: replication)) < 1e-2)
      }
    }
  }

  @Test("a draw depends on the name of its number alone, and a factor of 1 changes nothing")
  func keyed() throws {
    let law = try Gamma(shape: 4, mean: 1)
    let path = "components/web/fails/crash/mtbf"
    let one = try UncertainGraph(
      ModelText.graph(Self.text(mtbf: "800 h")),
      factors: [UncertainFactor(name: "f", law: law, multiplied: [path], basis: "")])
    let two = try UncertainGraph(
      ModelText.graph(Self.text(mtbf: "400 h")),
      factors: [
        UncertainFactor(name: "g", law: law, multiplied: [path], basis: ""),
        UncertainFactor(name: "f", law: law, multiplied: [path], basis: ""),
      ])
    #expect(one.draw(7, seed: 3)[0] == two.draw(7, seed: 3)[1])
    #expect(one.draw(7, seed: 3) != one.draw(8, seed: 3))
    #expect(
      one.graph([1]).processes.map(\.unavailability) == one.graph([]).processes.map(\.unavailability))
  }

  /// N outages of a year are Poisson with the mean λ G, G gamma with shape 4 and mean 1: of the variance p² λ + p² λ² / 4 the
  /// first is luck and the second is not known.
  @Test("the variance is that of luck and that of a rate that is gamma, by the closed form")
  func closedForm() throws {
    let text = """
      components: {web: {fails: {crash: {mtbf: 730 h, lasts: {deterministic: 1 s}}}}}
      capabilities: {site: {depends-on: {web: hard}, downtime: {per-incident: $100}}}
      """
    let factor = UncertainFactor(
      name: "rate", law: try Gamma(shape: 4, mean: 1), multiplied: [],
      divided: ["components/web/fails/crash/mtbf"], basis: "")
    let graph = try UncertainGraph(ModelText.graph(text), factors: [factor])
    let safe = try ModelText.graph(
      "components: {web: {}}\ncapabilities: {site: {depends-on: {web: hard}, downtime: {per-incident: $100}}}"
    )
    let ledger = Self.ledger(
      { [graph.graph(graph.draw($0, seed: 9)), safe] }, draws: 600, perDraw: 10, designs: 2)
    let found = UncertainReturn(
      OptionPlan(once: 0, implementationHours: 0, runningIncrease: [Double](repeating: 0, count: 12)),
      design: 1, in: ledger, perDraw: 10, rate: try #require(DiscountRate(perYear: 0)), inputs: ["rate"])
    let shares = try #require(found.presentValues.shares)
    let again = try #require(
      VarianceShares(
        (0..<6000).map { replication in
          (0..<12).reduce(0) { $0 + ledger.cost(design: 0, month: $1, replication: replication) }
        }, groupSize: 10, confidence: Simulated.fourAndAHalf))
    #expect(abs(again.between.value - shares.between.value) < 1e-9)
    #expect(again.between.holds(0.75), "\(again.between)")
    // The relative standard error of the variance of 600 draws of a law whose kurtosis is 3 + 6 / 4.
    let unknownError = 4.5 * (3.5 / 600).squareRoot() + 0.09
    #expect(abs(shares.betweenVariance / 360_000 - 1) < unknownError, "\(shares.betweenVariance)")
    // Of 5,400 degrees of freedom within draws whose own variance varies by a half.
    let luckError = 4.5 * (2.0 / 5_400 + 0.25 / 600).squareRoot() + 0.01
    #expect(abs(shares.withinVariance / 120_000 - 1) < luckError, "\(shares.withinVariance)")
    #expect(found.draws == 600)
    #expect(try #require(found.probabilityPositive).value > 0.98)
    #expect(found.percentile(0.5, of: .returnOnInvestment) == nil, "nothing is paid")
    #expect(found.percentile(0.5, of: .paybackMonths) == 0)
  }

  @Test("threads change nothing")
  func threads() throws {
    let factor = UncertainFactor(
      name: "f", law: try Gamma(shape: 2, mean: 1), multiplied: ["components/web/fails/crash/mtbf"],
      basis: "")
    let graph = try UncertainGraph(ModelText.graph(Self.text(mtbf: "800 h")), factors: [factor])
    let ledgers = [1, 3].map { threads in
      Self.ledger({ [graph.graph(graph.draw($0, seed: 1))] }, draws: 30, perDraw: 3, threads: threads)
    }
    for replication in 0..<90 {
      for month in 0..<12 {
        #expect(
          ledgers[0].cost(design: 0, month: month, replication: replication)
            == ledgers[1].cost(design: 0, month: month, replication: replication))
      }
    }
    #expect(ledgers[0].mean(design: 0, month: 3) == ledgers[1].mean(design: 0, month: 3))
  }
}
