import Diagnostics
import Quantities
import ServiceModel
import Stochastics
import Testing

import ModelFormat

/// Files through the whole reader: what-ifs, assignments and one-of groups.
@Suite struct ModelReaderTests {
  private func mode(_ base: String, change: String) throws -> FailureModeDraft {
    let model = try ModelText.reading([
      "base.yaml": ModelText.mode(base),
      "m.yaml": "name: what-if\nextends: base.yaml\nchange: {components: {a: {fails: {x: {\(change)}}}}}\n",
    ]).model
    #expect(model.name == "what-if")
    let mode = try #require(model.components[0].modes.first)
    var draft = FailureModeDraft(
      name: Located(mode.name, at: mode.location), frequency: .availability(.perfect), length: .unstated)
    if case .meanTimeBetweenFailures(let span) = mode.occurrence {
      draft.frequency = .meanTimeBetweenFailures(span)
    }
    if case .lifetime(let law) = mode.occurrence { draft.frequency = .lifetime(law) }
    draft.length = .lasts(try Deterministic(value: mode.outage.distributions.reduce(0) { $0 + $1.mean }))
    return draft
  }

  /// One alternative of a one-of group removes the others: up time and outage in hours after the change.
  @Test(
    arguments: [
      ("mtbf: 720 h, lasts: 1 h", "rate: 1 /d", 24, 1), ("rate: 1 /d, lasts: 1 h", "mtbf: 720 h", 720, 1),
      ("mtbf: 720 h, lasts: 1 h", "lifetime: {weibull: {shape: 2, mean: 10 h}}", 10, 1),
      ("mtbf: 720 h, lasts: 3 h", "detect: 1 h, recover: 1 h", 720, 2),
      ("mtbf: 720 h, detect: 1 h, recover: 1 h", "lasts: 3 h", 720, 3),
      ("mtbf: 720 h, detect: 1 h, recover: 1 h", "respond: 2 h", 720, 4),
      ("mtbf: 720 h, lasts: {uniform: {min: 1 h, max: 3 h}}", "lasts: {exponential: 5 h}", 720, 5),
      (
        "mtbf: 720 h, lasts: {lognormal: {median: 1 h, p90: 3 h}}",
        "lasts: {lognormal: {mean: 4 h, sd: 1 h}}", 720, 4
      ),
      ("mtbf: 720 h, lasts: {uniform: {min: 1 h, max: 3 h}}", "lasts: {uniform: {max: 5 h}}", 720, 3),
      ("mtbf: 720 h, lasts: {gamma: {shape: 2, scale: 1 h}}", "lasts: {gamma: {mean: 7 h}}", 720, 7),
      ("mtbf: 720 h, lasts: {exponential: 1 h}", "lasts: 2 h", 720, 2),
      ("mtbf: 720 h, lasts: 2 h", "lasts: {exponential: 1 h}", 720, 1),
      ("mtbf: 720 h, lasts: {value: 2 h, source: AS-1}", "lasts: {exponential: 1 h}", 720, 1),
      ("mtbf: 720 h, lasts: {exponential: 1 h}", "lasts: {value: 2 h}", 720, 2),
      ("mtbf: {value: 720 h, source: AS-1}, lasts: 2 h", "mtbf: {value: 360 h}", 360, 2),
      ("mtbf: 720 h, lasts: 2 h, rate-factor: 0.5", "rate-factor: null", 720, 2),
    ] as [(String, String, Double, Double)])
  func `one alternative removes the others`(base: String, change: String, up: Double, down: Double) throws {
    let draft = try mode(base, change: change)
    switch draft.frequency {
    case .meanTimeBetweenFailures(let span): #expect(span.hours == up)
    case .lifetime(let law): #expect(abs(law.mean - up) < 1e-9)
    default: Issue.record("no frequency")
    }
    guard case .lasts(let law) = draft.length else { return }
    #expect(abs(law.mean - down) < 1e-9, "\(law)")
  }

  @Test func `replicas give way to roles`() throws {
    let model = try ModelText.reading([
      "base.yaml": ModelText.component("{replicas: 3}"),
      "m.yaml": "extends: base.yaml\nchange: {components: {a: {roles: {w: {count: 1}, r: {count: 2}}}}}\n",
    ]).model
    #expect(model.components[0].roles.map(\.name) == ["w", "r"])
  }

  @Test func `what a change takes is kept`() throws {
    let reading = try ModelText.reading([
      "base.yaml": ModelText.component("{}"),
      "m.yaml": "extends: base.yaml\nonce: {value: \"$12,000\", source: offer}\ntakes: 8 w\n",
    ])
    let change = try #require(reading.changes.first)
    #expect([change.file, change.once, change.takes] == ["m.yaml", "$12,000", "8 w"])
    #expect(reading.sources.map(\.name) == ["m.yaml", "base.yaml"])
  }

  @Test(arguments: [
    ("once: 12,000", ["2:7 bad-value"]), ("takes: 8 m", ["2:8 bad-value"]),
    ("takes: -8 w", ["2:8 bad-value"]),
    ("takes: 0 h", ["2:8 bad-value"]),
  ])
  func `what a change takes is checked`(text: String, places: [String]) {
    let files = ["base.yaml": ModelText.component("{}"), "m.yaml": "extends: base.yaml\n\(text)\n"]
    #expect(ModelText.places(files) == places)
  }

  /// A finding in a merged value points into the file that the value came from.
  @Test func `findings know their file`() throws {
    let files = [
      "base.yaml": ModelText.mode("mtbf: 1 y, lasts: 1 h"),
      "m.yaml": "extends: base.yaml\nchange: {components: {a: {fails: {x: {mtbf: 5 m}}}}}\n",
    ]
    let error = #expect(throws: Findings.self) { try ModelText.reading(files) }
    #expect(error?.diagnostics.map { $0.location?.description } == ["m.yaml:2:45"])
    #expect(FindingsRenderer().text(try #require(error)).contains("change: {components:"))
  }

  @Test func `assignments come last`() throws {
    let files = ["m.yaml": ModelText.mode("mtbf: 1 y, lasts: 1 h")]
    let set = ["components/a/replicas={count: 5, required: 2}", "components/a/fails/x/rate=1 /d"]
    let model = try ModelText.reading(files, set: set).model
    #expect(model.components[0].units.count == 5)
    #expect(model.components[0].roles[0].required == 2)
    #expect(
      ModelText.places(files, set: ["components/a/fails/x/mtbf=5 m"]).first?.hasSuffix("bad-value") == true)
  }
}
