import Economics
import Foundation
import Reliability
import ServiceGraph
import Simulation
import Stochastics
import Testing

@Suite("What numbers of a model do to a net present value")
struct NumberSwingTests {
  private static func text(_ replicas: Int, lasts: Double = 6) -> String {
    """
    components:
      web: {replicas: {count: \(replicas), required: 1}, fails: {crash: {mtbf: 400 h, lasts: {exponential: \(lasts) h}}}}
      store: {fails: {crash: {mtbf: 900 h, lasts: {exponential: 3 h}}}}
    capabilities: {site: {depends-on: {web: hard, store: hard}, downtime: {costs: "$50/h"}}}
    """
  }

  private static let plan = OptionPlan(
    once: 1_000, implementationHours: 1_344, runningIncrease: [Double](repeating: 90, count: 24))

  private static func ledger(_ graphs: [CompiledGraph], replications: Int) throws -> DowntimeLedger {
    let plan = SimulationPlan(years: 2, replications: replications, seed: 5)
    return try #require(PairedSimulator(graphs, plan: plan, keepingMonthsOf: ["site"]).run().ledger)
  }

  private static func graphs(lasts: Double = 6) throws -> [CompiledGraph] {
    try [1, 2].map { try ModelText.graph(text($0, lasts: lasts)) }
  }

  private static func found(_ ledger: DowntimeLedger) throws -> OptionReturn {
    OptionReturn(
      plan, design: 1, in: ledger, rate: try #require(DiscountRate(perYear: 0.08)),
      confidence: Simulated.fourAndAHalf)
  }

  private static func factor(_ name: String) throws -> UncertainFactor {
    UncertainFactor(
      name: name, law: try Lognormal(median: 1, errorFactor: 2), multiplied: [name], basis: "test")
  }

  private static let lasts = "components/web/fails/crash/lasts"

  @Test("the exact engine's ratios are those of the two closed forms")
  func ratios() throws {
    for (graph, replicas) in zip(try Self.graphs(), [1, 2]) {
      let response = try DowntimeResponse(graph)
      let web = (6.0 / 406, 18.0 / 418)
      let store = 3.0 / 903
      func down(_ share: Double) -> Double { 1 - (1 - pow(share, Double(replicas))) * (1 - store) }
      #expect(abs(response.unavailabilities[0] - down(web.0)) < 1e-15)
      let tripled = try response.unavailabilities(Self.factor(Self.lasts), times: 3)[0]
      #expect(abs(tripled - down(web.1)) < 1e-15)
      #expect(response.parameters.map(\.name).contains(Self.lasts))
      #expect(response.held.isEmpty)
    }
    #expect(throws: ServiceResponse.UnknownParameter.self) {
      try DowntimeResponse(Self.graphs()[0]).unavailabilities(Self.factor("nothing"), times: 2)
    }
  }

  @Test("the net present value that follows the exact engine is that of a simulation with the other number")
  func followsSimulation() throws {
    let graphs = try Self.graphs()
    let stated = try Self.found(Self.ledger(graphs, replications: 3_000))
    let ratios = try graphs.map { graph -> Double in
      let response = try DowntimeResponse(graph)
      return try response.unavailabilities(Self.factor(Self.lasts), times: 3)[0]
        / response.unavailabilities[0]
    }
    let solved = stated.presentValue(.init(base: ratios[0], own: ratios[1]))
    let again = try #require(
      try Self.found(Self.ledger(Self.graphs(lasts: 18), replications: 3_000)).netPresentValue)
    let own = try #require(stated.netPresentValue)
    #expect(abs(again.value - solved) < again.halfWidth + 3 * own.halfWidth, "\(again) \(solved)")
    #expect(abs(again.value - own.value) > 10 * again.halfWidth, "a number that matters")
    #expect(abs(stated.presentValue(.init(base: 1, own: 1)) - own.value) < 1e-6)
  }

  @Test("fewer replications see the luck of the first of all, so differences are paired")
  func paired() throws {
    let rate = try #require(DiscountRate(perYear: 0.08))
    func values(_ graphs: [CompiledGraph], _ replications: Int) throws -> [Double] {
      OptionReturn.presentValues(
        Self.plan, design: 1, in: try Self.ledger(graphs, replications: replications), rate: rate)
    }
    let all = try values(Self.graphs(), 400)
    let few = try values(Self.graphs(), 100)
    #expect(Array(all.prefix(100)) == few)
    let longer = try values(Self.graphs(lasts: 7), 100)
    let difference = try #require(OptionReturn.difference(longer, few, confidence: 0.95))
    let apart = try #require(OptionReturn.difference(longer, Array(all[100..<200]), confidence: 0.95))
    #expect(difference.halfWidth < apart.halfWidth / 2)
  }
}
