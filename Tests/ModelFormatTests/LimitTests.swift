import Diagnostics
import ModelFormat
import ServiceModel
import Testing

/// What there is only so much of: what is counted, and what is wrong with it.
@Suite("Limits")
struct LimitTests {
  private static func text(_ limits: String, choices: String = "") -> String {
    """
    relmodel: 1
    name: n
    components:
      a: {replicas: 3, requests: {cpu: 1.5, memory: 2 GB}, fails: {x: {mtbf: 1 y, lasts: 1 h}}}
      b: {replicas: 2, requests: {cpu: 4, memory: 16 GB}}
      c: {}
    capabilities: {s: {depends-on: {a: hard}}}
    limits: {\(limits)}
    \(choices)
    """
  }

  private static func model(_ limits: String) throws -> Model {
    try ModelText.reading(["m.yaml": text(limits)]).model
  }

  @Test("CPU and memory are what all units request; others what is stated for units and beside them")
  func counted() throws {
    let model = try Self.model(
      "cpu: {at-most: 14.5}, memory: {at-most: 48 GB}, slots: {at-most: 12, per-unit: {a: 2, c: 0.5}, fixed: {x: 1, y: 2}}"
    )
    #expect(model.limits.map(\.atMost) == [14.5, 48e9, 12])
    #expect(model.limits.map { model.use(of: $0) } == [12.5, 38e9, 9.5])
    #expect(model.limits.map { $0.text($0.atMost) } == ["14.5", "48 GB", "12"])
    #expect(model.componentsWithoutRequests == ["c"])
  }

  @Test("a choice changes what is taken, by units and by what it says")
  func choices() throws {
    let text = Self.text(
      "cpu: {at-most: 20}, slots: {at-most: 12, per-unit: {a: 2}}",
      choices:
        "choices: {r: {values: {more: {change: {components: {a: {replicas: {count: 5}}}, limits: {slots: {fixed: {x: 7}}}}}}}}"
    )
    let variants = try ModelReader(files: .inMemory(["m.yaml": text])).variants(at: "m.yaml")
    let changed = try variants.model(with: variants.reading.model.choices[0].values)
    #expect(changed.limits.map { changed.use(of: $0) } == [15.5, 17])
    #expect(variants.findings().diagnostics.isEmpty)
  }

  @Test(
    "what can not be is told in its line",
    arguments: [
      ("cpu: {at-most: 4, fixed: {x: 1}}", "counted-already"),
      ("memory: {at-most: 48 GB, per-unit: {a: 1}}", "counted-already"),
      ("memory: {at-most: 48}", "wrong-limit"), ("cpu: {at-most: 4 GB}", "wrong-limit"),
      ("slots: {at-most: -1, fixed: {x: 1}}", "wrong-limit"),
      ("slots: {at-most: many, fixed: {x: 1}}", "wrong-limit"),
      ("slots: {at-most: 4}", "limit-without-use"),
      ("slots: {at-most: 4, per-unit: {aa: 1}}", "unknown-name"),
      ("slots: {per-unit: {a: 1}}", "missing-key"),
      ("slots: {at-most: 4, per-unit: {a: -1}}", "bad-value"),
    ])
  func findings(limits: String, slug: String) {
    let places = ModelText.places(["m.yaml": Self.text(limits)])
    #expect(places.count == 1 && places[0].hasPrefix("8:") && places[0].hasSuffix(" \(slug)"), "\(places)")
  }

  @Test("limits decide no result: the digest is that of the model without them")
  func digest() throws {
    #expect(
      try Self.model("cpu: {at-most: 4}").digest(boundTo: [])
        == Self.model("cpu: {at-most: 5}").digest(boundTo: []))
  }
}
