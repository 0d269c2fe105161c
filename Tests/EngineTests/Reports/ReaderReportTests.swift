import Charts
import Quantities
import Reliability
import Reports
import ServiceGraph
import ServiceModel
import Testing

@Suite("Reports for readers")
struct ReaderReportTests {
  static let text = """
    source: "plan of 2026"
    domains: {za: {kind: zone, fails: {outage: {mtbf: 900 h, lasts: 3 h, source: "zone log"}}}, zb: {kind: zone}}
    components:
      api: {replicas: {count: 2, required: 1, spread: zones}, fails: {crash: {mtbf: 90 h, lasts: 2 h}}}
      store: {fails: {crash: {mtbf: {incidents: store/crash}, lasts: 1 h}, loss: {mtbf: {value: 400 h, source: "guess"}, lasts: 1 h}}}
      cache: {fails: {crash: {mtbf: 10 h, lasts: 1 h}}}
    capabilities:
      service: {depends-on: {api: hard, store: hard, cache: {soft: 20 %}}, objectives: {yearly: {availability: 99.9 %, per: year}}}
    """

  static func report(_ body: String) throws -> ReaderReport {
    let model = try ModelText.model(body)
    let unseen = model.incidentReferences.map {
      ($0, ModeObservation(count: 0, downtimeHours: 0, windowHours: 1_000))
    }
    let bound = try model.binding(Dictionary(uniqueKeysWithValues: unseen))
    let graph = try CompiledGraph(bound.model)
    let header = ResultHeader(graph: graph, bindings: bound.bindings)
    let results = try SteadyState.results(of: graph)
    return ArchitectureReport(
      header: header, results: results, intervals: results.map { _ in nil }, checks: [],
      losses: DomainLossTable(graph), whatIfs: [ArchitectureReport.WhatIf(name: "nothing", results: results)]
    ).readerReport(command: "relmodel report", seed: 42, replications: 2)
  }

  /// The names of the parts, in order.
  static func parts(_ report: ReaderReport) -> [String] {
    report.document.blocks.compactMap { if case .part(let name) = $0 { name } else { nil } }
  }

  @Test("every report ends with what is left out, what is assumed and how it was computed")
  func foundations() throws {
    let bare =
      "components: {a: {fails: {crash: {mtbf: 90 h, lasts: 2 h}}}}\ncapabilities: {s: {depends-on: {a: hard}}}"
    for body in [Self.text, bare] {
      let report = try Self.report(body)
      let parts = Self.parts(report).filter { $0 != "Abbreviations" }
      #expect(parts.suffix(3) == ["What is left out", "Assumptions", "How it was computed"])
      guard case .object(let members) = report.json(), case .object(let results) = members["results"] else {
        Issue.record("no results")
        continue
      }
      for key in ["unknowns", "assumptions", "method", "headline"] { #expect(results[key] != nil) }
    }
    let page = HTMLRenderer().text(try Self.report(bare).document)
    #expect(page.contains("every number in it is an assumption"))
  }

  @Test("an assumption has what is taken, its source, its file and its line")
  func assumptions() throws {
    let page = TextRenderer().text(try Self.report(Self.text).document)
    let lines = page.split(separator: "\n").map { $0.split(separator: " ", omittingEmptySubsequences: true) }
    func holds(_ words: String...) -> Bool {
      lines.contains { line in words.allSatisfy { line.joined(separator: " ").contains($0) } }
    }
    #expect(holds("domains/za/fails/outage", "mtbf: 900 h, lasts: 3 h", "zone log", "test.relmodel.yaml:4"))
    #expect(holds("components/store/fails/loss/mtbf", "400 h", "guess", "test.relmodel.yaml:7"))
    #expect(holds("the whole file", "plan of 2026", "test.relmodel.yaml:3"))
    #expect(holds("store/crash", "never seen in the incident history"))
  }

  @Test("the headline says what takes the service down alone and what a lost zone does")
  func headline() throws {
    guard case .lead(let text) = try Self.report(Self.text).document.blocks[0] else {
      Issue.record("no headline")
      return
    }
    #expect(text.contains("99.9 % is promised, and missed on average"))
    #expect(text.contains("Alone take it down: store"))
    #expect(text.contains("No loss of a single zone takes it down."))
  }

  @Test("a what-if that changes nothing says so, and every picture has its numbers")
  func parts() throws {
    let report = try Self.report(Self.text)
    #expect(
      Self.parts(report).prefix(6) == [
        "Availability", "What needs what", "Single points of failure", "Regions, zones and pools",
        "Where the downtime comes from", "What if",
      ])
    let text = TextRenderer().text(report.document)
    #expect(text.contains("nothing  service") && text.contains("  none"))
    let charts = report.document.blocks.compactMap { if case .chart(let chart) = $0 { chart } else { nil } }
    #expect(charts.count == 3)
    let graph = charts[0].data.rows.first { $0[0].text == "service" }
    #expect(graph?[3].text == "api, store" && graph?[4].text == "cache")
    #expect(PageReader(HTMLRenderer().text(report.document)).isWellFormed)
  }

  /// Titles, sources and descriptions may hold anything that a text in a file can.
  @Test("what a stranger wrote into a model is text in every form of the report")
  func hostile() throws {
    let text = HTMLTests.hostile.unicodeScalars.map { scalar in
      switch scalar {
      case "\"", "\\": "\\\(scalar)"
      case "\u{1B}": "\\e"
      case "\u{202E}": "\\u202E"
      default: String(scalar)
      }
    }.joined()
    let report = try Self.report(
      """
      title: "\(text)"
      components: {a: {title: "\(text)", fails: {crash: {mtbf: {value: 90 h, source: "\(text)"}, lasts: 2 h}}}}
      capabilities: {s: {depends-on: {a: hard}, source: "\(text)"}}
      """)
    let page = HTMLRenderer().text(report.document)
    #expect(PageReader(page).isWellFormed && PageReader(page).all("script").isEmpty)
    #expect(PageReader(page).text.contains("<script>alert(1)</script>\"' onload=x ]]> `|`"))
    let comment = MarkdownRenderer.comment(report.document)
    #expect(comment.contains("\\<script\\>alert(1)\\</script\\>") && !comment.contains(" <script>"))
    for output in [page, comment, TextRenderer().text(report.document), CSVRenderer().text(report.document)] {
      #expect(!output.contains("\u{1B}") && !output.contains("\u{202E}"))
    }
  }
}
