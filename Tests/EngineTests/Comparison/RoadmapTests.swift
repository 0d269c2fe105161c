import ModelFormat
import Planning
import Quantities
import Reliability
import Reports
import ServiceGraph
import ServiceModel
import Simulation
import Stochastics
import Testing

@Suite("Roadmaps")
struct RoadmapTests {
  private static let texts = [
    "base.yaml": """
    relmodel: 1
    name: base
    components:
      a: {fails: {x: {mtbf: 99 h, lasts: 1 h}}}
      b: {fails: {x: {mtbf: 190 h, lasts: 10 h}}}
      c: {fails: {x: {mtbf: 48 h, lasts: 2 h}}}
    capabilities: {s: {depends-on: {a: hard, b: hard, c: hard}}}
    """,
    "1.yaml": step("one", "{a: {fails: {x: {lasts: 30 min}}}}"),
    "2.yaml": step("two", "{b: {fails: {x: {lasts: 2 h}}}}"),
    "3.yaml": step("three", "{c: {replicas: {count: 2, required: 1}}}"),
  ]
  private static let costs = [100.0, 1_000, 5_000]

  private static func step(_ name: String, _ change: String) -> String {
    "relmodel: 1\nname: \(name)\nextends: base.yaml\nchange: {components: \(change)}\n"
  }

  private static func plan() throws -> WhatIfSteps {
    let reader = ModelReader(texts: texts)
    return try WhatIfSteps(
      base: reader.reading(at: "base.yaml"),
      files: ["1.yaml", "2.yaml", "3.yaml"].map { (path: $0, reading: try reader.reading(at: $0)) })
  }

  /// The closed form: three independent parts in series, each up a share A = up / (up + down) of the time; the third
  /// twice in parallel.
  private static func downtimeHours(_ made: Set<Int>) -> Double {
    let a = made.contains(0) ? 0.5 / 99.5 : 1.0 / 100
    let b = made.contains(1) ? 2.0 / 192 : 10.0 / 200
    let alone = 2.0 / 50
    let c = made.contains(2) ? alone * alone : alone
    return 8760 * (1 - (1 - a) * (1 - b) * (1 - c))
  }

  private static func standing(_ hours: Double, _ made: Set<Int>) -> StepOrder.Standing {
    StepOrder.Standing(downtimeHours: hours, cost: made.sorted().map { costs[$0] }.reduce(0, +))
  }

  @Test("order steps through the exact engine as all six orders of the closed form do")
  func closedForm() throws {
    let plan = try Self.plan()
    let order = try #require(
      try StepOrder.best(needs: plan.steps.map(\.needs)) { made throws -> StepOrder.Standing? in
        let graph = try CompiledGraph(plan.reading(of: made).model)
        let exact = try SteadyState.results(of: graph)[0].unavailability * 8760
        #expect(abs(exact - Self.downtimeHours(made)) < 1e-9 * exact)
        return Self.standing(exact, made)
      })
    let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]
    func weight(_ order: [Int]) -> Double {
      order.indices.reduce(0) {
        $0 + Self.costs[order[$1]] * Self.downtimeHours(Set(order.prefix($1)))
      }
    }
    let best = try #require(orders.min { weight($0) < weight($1) })
    #expect(order.stages.map(\.step) == best)
    #expect(order.setCount == 8)
  }

  @Test("tell one row for each step: what it removes by the exact engine, what is gone by the simulation")
  func section() throws {
    let plan = try Self.plan()
    let graphs = try (0...3).map { try CompiledGraph(plan.reading(of: Set(0..<$0)).model) }
    let comparison = PairedSimulator(graphs, plan: SimulationPlan(replications: 400, seed: 5)).run()
    let designs = try graphs.map { graph in
      ComparisonReport.Design(
        name: graph.model.name, header: ResultHeader(graph: graph, bindings: []),
        exact: try SteadyState.results(of: graph))
    }
    let section = RoadmapSection(
      steps: plan.steps.map { .init(name: $0.name, takes: nil, once: nil, needs: $0.needs) },
      order: .unknown("it was not asked for"),
      report: ComparisonReport(designs: designs, comparison: comparison), capability: "s", currency: nil,
      months: 12, approximations: [])
    for place in 0..<3 {
      let own = Self.downtimeHours(Set(0..<place)) - Self.downtimeHours(Set(0...place))
      let told = try #require(Self.number(section.json, step: place, "removedHoursPerYear"))
      #expect(abs(told - own) < 1e-9 * abs(own))
      let soFar = try #require(Self.number(section.json, step: place, "removedSoFarHoursPerYear"))
      let difference = try #require(comparison.differences[place].unavailability)
      #expect(abs(soFar + difference.value * 8760) < 1e-9)
    }
  }

  private static func number(_ json: JSONValue, step: Int, _ key: String) -> Double? {
    guard case .object(let members) = json, case .array(let steps)? = members["steps"],
      case .object(let own) = steps[step], case .number(let value)? = own[key]
    else { return nil }
    return value
  }
}
