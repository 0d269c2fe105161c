import Quantities
import Reliability
import Reports
import ServiceGraph
import Simulation
import Testing

/// What reports say beside a figure that would be misread without it.
@Suite("Remarks beside figures")
struct ReportRemarkTests {
  /// A document as text without the ends of its lines.
  private static func text(_ document: Document) -> String {
    TextRenderer().text(document).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static func simulated(_ body: String) throws -> String {
    let graph = try ModelText.graph(body)
    let plan = SimulationPlan(years: 0.1, replications: 4, seed: 5)
    return text(
      SimulateReport(
        header: ResultHeader(graph: graph, bindings: []), result: Simulator(graph, plan: plan).run(),
        checks: []
      ).document)
  }

  private static func solved(_ body: String) throws -> String {
    let graph = try ModelText.graph(body)
    let results = try SteadyState.results(of: graph)
    return text(
      SolveReport(
        header: ResultHeader(graph: graph, bindings: []), results: results,
        intervals: results.map { _ in nil }, checks: []
      ).document)
  }

  /// Nothing bounds the 99th percentile of four years from above, and nothing their median.
  @Test("percentiles of few replications have their intervals beside them")
  func fewReplications() throws {
    let text = try Self.simulated(
      """
      components: {api: {fails: {crash: {mtbf: 20 h, lasts: {exponential: 1 h}}}}}
      capabilities: {service: {depends-on: {api: hard}}}
      """)
    let downtime = try #require(
      text.split(separator: "Outages a year").first?.split(separator: "Downtime a year").last)
    #expect(downtime.contains("(too few to say)") && downtime.contains("or more)"), "\(downtime)")
    #expect(text.contains("where no interval stands with them"))
  }

  /// Half is served whenever all is asked for; without a profile no hour counts for more than another.
  @Test(
    "served is said to be a mean over time where demand varies",
    arguments: [("", false), ("\(DemandText.day), weekend: 50 %", true)])
  func served(_ profile: String, _ isSaid: Bool) throws {
    let text = try Self.simulated(DemandText.service("replicas: 2", demand: 4, profile: profile))
    #expect(text.contains("Served"))
    #expect(text.contains("averaged over time and not over requests") == isSaid)
  }

  /// A callee that refuses all calls takes the service down; one that fails some loses a part of them.
  @Test(
    "what calls lose without downtime is said to have no causes",
    arguments: [("refuses", false), ("{errors: 40 %}", true)])
  func lostWhileUp(_ manner: String, _ isSaid: Bool) throws {
    let text = try Self.simulated(
      """
      components:
        a: {depends-on: {b: {retry: {attempts: 2, wait: 1 s}}}}
        b: {fails: {x: {mtbf: 20 h, lasts: 1 h, fails-by: \(manner)}}}
      capabilities: {service: {depends-on: {a: hard}}}
      """)
    #expect(text.contains("Causes are those of downtime") == isSaid)
  }

  /// Either of two would do: each one's repair alone ends every outage, so that both count in full.
  @Test("shares that add up to more than all are explained once", arguments: [("any-of", 1), ("all-of", 0)])
  func overlap(_ group: String, _ count: Int) throws {
    let text = """
      components:
        a: {fails: {x: {mtbf: 10 h, lasts: 5 h}}}
        b: {fails: {y: {mtbf: 10 h, lasts: 5 h}}}
      capabilities:
        one: {depends-on: {g: {\(group): [a, b]}}}
        two: {depends-on: {g: {\(group): [a, b]}}}
      """
    for report in [try Self.solved(text), try Self.simulated(text)] {
      #expect(report.split(separator: "Causes overlap").count - 1 == count)
    }
  }

  @Test(
    "no blind spot is known where nothing is watched",
    arguments: [
      ("", "Blind spots none known nothing is watched"),
      ("b: {fails: {y: {mtbf: 10 h, detect: d, recover: 5 h}}}", "Blind spots none Not said"),
    ])
  func blindSpots(_ component: String, _ expected: String) throws {
    let graph = try ModelText.graph(
      """
      detectors: {d: {after: 1 min}}
      components:
        a: {fails: {x: {mtbf: 10 h, lasts: 5 h}}}
        \(component)
      capabilities: {service: {depends-on: {a: hard}}}
      """)
    let document = Document(title: "", blocks: DetectionSection(graph).blocks)
    #expect(Self.text(document).contains(expected))
  }

  @Test("results say that calls wait for hours", arguments: [(3, false), (7, true)])
  func waits(attempts: Int, isSaid: Bool) throws {
    let body = """
      components:
        a: {depends-on: {b: {retry: {attempts: \(attempts), wait: 1 s, factor: 10}, traffic: {calls: 1 /s}}}}
        b: {fails: {x: {mtbf: 100 h, lasts: 10 min}}}
      capabilities: {service: {depends-on: {a: hard}}}
      """
    let header = ResultHeader(graph: try ModelText.graph(body), bindings: [])
    for text in [try Self.simulated(body), Self.text(ExplainReport(header: header, only: nil).document)] {
      #expect(text.contains("a → b waits up to 27 h 47 min before attempt 7") == isSaid)
    }
  }

  /// 40 % of 10 min fail where nobody else can be called, and none where another member of the group answers.
  @Test(
    "explain says that other members of a group answer",
    arguments: [("any-of: [b, c]", true), ("all-of: [b, c]", false)])
  func others(group: String, answer: Bool) throws {
    let header = ResultHeader(
      graph: try ModelText.graph(
        """
        components:
          a: {depends-on: {group: {\(group), traffic: {calls: 1 /s}}}}
          b: {fails: {x: {mtbf: 100 h, lasts: 10 min, fails-by: {errors: 40 %}}}}
          c: {}
        capabilities: {service: {depends-on: {a: hard}}}
        """), bindings: [])
    let text = Self.text(ExplainReport(header: header, only: nil).document)
    #expect(text.contains("fails 40 %, others answer") == answer, "\(text)")
    #expect(text.contains("Others answer: what fails is one of several") == answer)
    #expect(text.contains(" 4 min ") != answer)
  }

  /// 15 erlang on 20 slots: B = 4.6 %, and of 30 slots 0.02 %.
  @Test("explain says that a bulkhead opens its breaker as well", arguments: [(20, true), (30, false)])
  func refusals(slots: Int, isSaid: Bool) throws {
    let header = ResultHeader(
      graph: try ModelText.graph(
        """
        pools: {bh: {of: a, kind: connections, size: \(slots)}}
        components:
          a:
            depends-on:
              b: {timeout: 2 s, breaker: {consecutive: 5, open: 30 s}, bulkhead: bh, traffic: {calls: 100 /s, latency: 150 ms}}
          b: {fails: {x: {mtbf: 100 h, lasts: 10 min}}}
        capabilities: {service: {depends-on: {a: hard}}}
        """), bindings: [])
    let text = Self.text(ExplainReport(header: header, only: nil).document)
    #expect(text.contains("Opens by chance"))
    #expect(text.contains("refusals of the bulkhead come in runs") == isSaid, "\(text)")
  }
}
