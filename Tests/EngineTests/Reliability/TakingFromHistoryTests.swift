import Reliability
import Reports
import ServiceGraph
import ServiceModel
import Testing

/// `--bind`: a model that states numbers is, for a run, one that takes them from the history.
@Suite("Taking from the history")
struct TakingFromHistoryTests {
  private static func model(_ mode: String) throws -> Model {
    try ModelText.model(
      """
      components:
        api: {replicas: {count: 2, required: 1}, fails: {crash: {\(mode)}}}
        cache: {fails: {crash: {mtbf: 50 h, lasts: 1 h}}}
      capabilities: {service: {depends-on: {api: hard}}, cached: {depends-on: {api: hard, cache: hard}}}
      """)
  }

  private static let crash = ModeReference(component: "api", mode: "crash")
  private static let seen = ModeObservation(
    count: 5, downtimeHours: 8, windowHours: 1_000, endedCount: 4, durationWorth: 3)

  private static func bound(_ model: Model) throws -> (graph: CompiledGraph, bindings: [BoundMode]) {
    let (bound, bindings) = try model.binding([crash: seen])
    return (try CompiledGraph(bound), bindings)
  }

  @Test(
    "how often and how long come from the history, as if the file said so; detection apart stays",
    arguments: [
      ("mtbf: 100 h, lasts: 2 h", "incidents: api/crash"),
      ("lifetime: {weibull: {shape: 2, scale: 90 h}}, lasts: 2 h", "incidents: api/crash"),
      ("availability: 99 %", "incidents: api/crash"),
      ("rate: 1 /d, probability: 2 %, lasts: 2 h", "incidents: api/crash"),
      (
        "mtbf: 100 h, detect: 1 min, recover: 2 h",
        "mtbf: {incidents: api/crash}, detect: 1 min, recover: 2 h"
      ),
    ])
  func asIfTheFileSaidSo(stated: String, bound: String) throws {
    let taken = try Self.bound(try Self.model(stated).takingFromHistory([Self.crash]))
    let written = try Self.bound(try Self.model(bound))
    let results = try [taken, written].map { try SteadyState.results(of: $0.graph) }
    #expect(results[0].map(\.unavailability) == results[1].map(\.unavailability))
    #expect(results[0].map(\.frequencyPerHour) == results[1].map(\.frequencyPerHour))
    let samples = try [taken, written].map { graph, bindings in
      try UncertainUnavailability.all(graph, bindings: bindings, samples: 50, seed: 1).map {
        $0?.distribution.values
      }
    }
    #expect(samples[0] == samples[1] && samples[0][0] != nil)
  }

  @Test(
    "what load brings about, what is bound and what is not there change nothing; the rest keeps its numbers")
  func others() throws {
    let model = try Self.model("mtbf: 100 h, lasts: 2 h")
    #expect(model.statedModes.map(\.description) == ["api/crash", "cache/crash"])
    #expect(model.takingFromHistory([]).incidentReferences.isEmpty)
    #expect(
      model.takingFromHistory([ModeReference(component: "api", mode: "hang")]).incidentReferences.isEmpty)
    let taken = model.takingFromHistory([Self.crash])
    #expect(taken.incidentReferences == [Self.crash])
    #expect(taken.statedModes.map(\.description) == ["cache/crash"])
  }

  @Test("what the model states to be uncertain of a number goes with the number")
  func uncertain() throws {
    let text = """
      components:
        api: {fails: {crash: {mtbf: {value: 100 h, uncertain: {error-factor: 3}}, lasts: 2 h}}}
        cache: {fails: {crash: {mtbf: {value: 50 h, uncertain: {error-factor: 3}}, lasts: 1 h}}}
      capabilities: {service: {depends-on: {api: hard, cache: hard}}}
      """
    let model = try ModelText.model(text)
    #expect(model.uncertainties.count == 2)
    #expect(
      model.takingFromHistory([Self.crash]).uncertainties.map(\.path) == ["components/cache/fails/crash/mtbf"]
    )
  }
}
