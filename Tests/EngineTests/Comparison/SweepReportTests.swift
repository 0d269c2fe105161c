import Charts
import ModelFormat
import Quantities
import Reliability
import Reports
import ServiceGraph
import Simulation
import Testing

@Suite("Curves")
struct SweepReportTests {
  private static let text = """
    relmodel: 1
    name: shop
    components: {api: {replicas: {count: 3, required: 1}, fails: {crash: {mtbf: 9 h, lasts: {exponential: 1 h}}}}}
    capabilities: {s: {depends-on: {api: hard}}}
    """

  private static func report(_ sweeps: [String]) throws -> SweepReport {
    let reader = ModelReader(texts: ["m.yaml": text])
    let swept = try ValueSweep.sweeps(in: sweeps)
    let rows = swept.reduce([[(String, String)]]([[]])) { rows, sweep in
      rows.flatMap { row in sweep.values.map { row + [(sweep.path, $0)] } }
    }
    let graphs = try ([[]] + rows).map { row in
      try CompiledGraph(reader.reading(at: "m.yaml", assignments: row.map { "\($0.0)=\($0.1)" }).model)
    }
    let comparison = PairedSimulator(
      graphs, plan: SimulationPlan(replications: 300, seed: 4, confidence: Simulated.fourAndAHalf)
    ).run()
    let points = try zip(graphs, [[]] + rows).map { graph, row in
      SweepReport.Point(
        values: row.map(\.1), header: ResultHeader(graph: graph, bindings: []),
        exact: try SteadyState.results(of: graph), monthly: .nothingStated)
    }
    return SweepReport(names: swept.map(\.name), points: points, comparison: comparison)
  }

  private static func points(_ report: SweepReport) -> [[String: JSONValue]] {
    guard case .object(let all) = report.json(), case .object(let results)? = all["results"],
      case .object(let sweep)? = results["sweep"], case .array(let points)? = sweep["points"]
    else { return [] }
    return points.compactMap { point in
      guard case .object(let members) = point, case .object(let capabilities)? = members["capabilities"],
        case .object(let own)? = capabilities["s"]
      else { return nil }
      return own
    }
  }

  /// The numbers behind the only picture.
  private static func drawn(_ report: SweepReport) -> ChartData? {
    let charts = report.document.blocks.compactMap {
      if case .illustration(let chart) = $0 { chart } else { nil }
    }
    return charts.count == 1 ? charts[0].data : nil
  }

  @Test(
    "are drawn with the simulated and the exact downtime of every value, two paths as a table of strengths")
  func pictures() throws {
    let curve = try Self.report(["components/api/replicas/count=1..4"])
    let exact = Self.points(curve).dropFirst().map { Self.number($0["exactUnavailability"]) ?? 0 }
    let drawn = try #require(Self.drawn(curve))
    #expect(drawn.columns == ["api/replicas/count", "simulated", "simulated, interval", "exact"])
    #expect(drawn.rows.map { $0[0].text } == ["1", "2", "3", "4"])
    for (row, share) in zip(drawn.rows, exact) { #expect(abs((row[3].number ?? 0) - share * 8760) < 1e-9) }
    let grid = try Self.report([
      "components/api/replicas/count=1..2", "components/api/fails/crash/mtbf=9 h..19 h,2",
    ])
    let cells = try #require(Self.drawn(grid))
    let down = Self.points(grid).dropFirst().compactMap { Self.number($0["downtimeHoursPerYear"], "value") }
    #expect(cells.rows.flatMap { $0.dropFirst().map { $0.number ?? -1 } } == down)
  }

  private static func number(_ value: JSONValue?) -> Double? {
    if case .number(let number)? = value { number } else { nil }
  }

  private static func number(_ value: JSONValue?, _ key: String) -> Double? {
    guard case .object(let members)? = value, case .number(let number)? = members[key] else { return nil }
    return number
  }

  /// n units in parallel, each down a tenth of the time: all are down 0.1ⁿ of it.
  @Test("follow the closed form, and every difference holds that of the exact engine")
  func parallel() throws {
    let points = Self.points(try Self.report(["components/api/replicas/count=1..4"]))
    #expect(points.count == 5)
    for (count, point) in zip([3, 1, 2, 3, 4], points) {
      guard case .number(let exact)? = point["exactUnavailability"] else {
        Issue.record("no exact answer")
        continue
      }
      let law = (0..<count).reduce(1.0) { value, _ in value / 10 }
      #expect(abs(exact / law - 1) < 1e-9)
      let low = try #require(Self.number(point["unavailability"], "low"))
      let high = try #require(Self.number(point["unavailability"], "high"))
      #expect((low...high).contains(law))
      guard count != 3 else { continue }
      let difference = point["difference"]
      let range = try (#require(Self.number(difference, "low")), #require(Self.number(difference, "high")))
      #expect((range.0...range.1).contains(8760 * (law - 1e-3)))
    }
    // The value that is stated differs in no replication.
    #expect(points[3]["difference"] == ["unknown": "no replication differed"])
  }

  @Test("have one row for each value, and for each pair of two")
  func rows() throws {
    let report = try Self.report([
      "components/api/replicas/count=2..3", "components/api/fails/crash/mtbf=9 h,19 h,29 h",
    ])
    let csv = CSVRenderer().text(report.document).split(separator: "\r\n", omittingEmptySubsequences: false)
    #expect(csv.count { $0.hasPrefix("s,2.0,") || $0.hasPrefix("s,3.0,") } == 6 + 2)
    #expect(csv.first == "section,\"down a year: api/replicas/count ↓, fails/crash/mtbf →\",9 h,19 h,29 h")
    #expect(csv.contains { $0.hasPrefix("s,2.0,9 h,0.9") })
  }
}
