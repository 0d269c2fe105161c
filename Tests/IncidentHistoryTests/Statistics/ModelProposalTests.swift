import Foundation
import Testing

import Diagnostics
import IncidentHistory
import ModelFormat
import Quantities
import Reports
import ServiceModel

@Suite struct ModelProposalTests {
  private static let text = """
    relmodel: 1
    name: shop
    components:
      api:
        replicas: {count: 3, required: 1}
        fails:
          crash: {mtbf: 30 d, lasts: 20 min}
          deploy:
            scope: component
            rate: 1 /d
            probability: 2 %
            lasts: 5 min
      db:
        fails:
          crash: {mtbf: 90 d, detect: 1 min, recover: 10 min}
          disk: {mtbf: 9 y, lasts: 4 h}
    domains:
      zone-a: {kind: zone, fails: {outage: {mtbf: 1 y, lasts: 1 h}}}
    capabilities:
      shop: {depends-on: {api: hard, db: hard}}
    """

  private let history: HistoryFixture
  private let path: String

  init() throws {
    history = try HistoryFixture()
    path = try history.folder.write(Self.text, to: "shop.relmodel.yaml")
    try history.watch(from: 0, to: 1_000)
    try history.add([10, 500], lasting: [1, 3])
    try history.add([100], lasting: [0.5], cause: "api,deploy")
    try history.add([200], lasting: [0.5], cause: "db,crash")
    try history.add([300], cause: "dns,outage")
    try history.add([400], cause: "zone-a,outage")
  }

  private func proposal(_ model: Model) throws -> ModelProposal {
    let database = history.database
    return try ModelProposal(for: model, known: try database.knownModes()) {
      component, mode throws(Findings) in
      try database.observation(component: component, mode: mode, window: .recorded)
    }
  }

  private func meanTime(_ model: Model, _ component: String, _ mode: String) throws -> Double {
    let owner = try #require(model.components.first { $0.name == component })
    let found = try #require(owner.modes.first { $0.name == mode })
    guard case .meanTimeBetweenFailures(let span) = found.occurrence else { return .nan }
    return span.hours
  }

  /// (exposure − downtime) / n: three units for a mode of units, one for a mode of the component.
  @Test func numbersAreThoseOfABinding() throws {
    let json = try proposal(ModelReader().reading(at: path, assignments: []).model).json
    #expect(isClose(json.number("results.proposals.0.mtbfHours.value"), (3_000 - 4) / 2))
    #expect(isClose(json.number("results.proposals.0.lastsHours.value"), 2))
    #expect(isClose(json.number("results.proposals.1.mtbfHours.value"), 1_000 - 0.5))
    #expect(json.at("results.proposals.2.lastsHours.unknown") != nil)
    #expect(json.at("results.unseen.0.cause") == "db/disk" && json.at("results.unseen.1") == nil)
    #expect(isClose(json.number("results.unseen.0.ratePerYearAtMost"), 2.995732273553991 * 8.76))
    #expect(json.at("results.ofDomains") == .array(["zone-a/outage"]))
    #expect(json.at("results.notInModel") == .array(["dns/outage"]))
  }

  /// A what-if file and an edited model say the same, also where a rate was of occasions.
  @Test func theOverlayAndTheEditAgree() throws {
    let reading = try ModelReader().reading(at: path, assignments: [])
    let proposal = try proposal(reading.model)
    let overlay = proposal.overlay(name: "shop", base: "shop.relmodel.yaml")
    let fitted = try ModelReader().reading(
      at: try history.folder.write(overlay, to: "fitted.relmodel.yaml"), assignments: []
    ).model
    var lines = Self.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for entry in proposal.entries.reversed() {
      let changes =
        [
          ModeTextEdit.Change(
            key: "mtbf", value: entry.meanTimeText, replacing: ["mtbf", "rate", "probability"])
        ]
        + (entry.outageText.map { [ModeTextEdit.Change(key: "lasts", value: $0, replacing: ["lasts"])] } ?? [])
      lines = try #require(ModeTextEdit(lines: lines).changing(entry.mode, at: entry.location, changes))
    }
    let edited = try ModelReader().reading(
      at: try history.folder.write(lines.joined(separator: "\n"), to: "edited.relmodel.yaml"), assignments: []
    ).model
    for (component, mode, hours) in [
      ("api", "crash", 1_498.0), ("api", "deploy", 999.5), ("db", "crash", 999.5),
    ] {
      #expect(try meanTime(fitted, component, mode) == meanTime(edited, component, mode))
      #expect(abs(try meanTime(fitted, component, mode) / hours - 1) < 0.005)
    }
    #expect(try meanTime(fitted, "db", "disk") == 9 * 8_760)
  }
}
