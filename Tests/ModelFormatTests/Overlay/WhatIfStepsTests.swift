import Diagnostics
import Foundation
import ModelFormat
import ServiceModel
import Testing

@Suite("Steps of a plan")
struct WhatIfStepsTests {
  private static let base = """
    relmodel: 1
    name: base
    components:
      api: {replicas: 2, fails: {crash: {mtbf: 1 d, lasts: 1 h}}}
      db: {fails: {crash: {mtbf: 9 d, lasts: 2 h}}}
    capabilities: {s: {depends-on: {api: hard, db: hard}}}

    """

  private static func overlay(_ name: String, _ change: String, on base: String = "base.yaml") -> String {
    "relmodel: 1\nname: \(name)\nextends: \(base)\nonce: $100\nchange: \(change)\n"
  }

  private func steps(_ texts: [String: String], _ order: [String]) throws -> WhatIfSteps {
    let all = texts.merging(["base.yaml": Self.base]) { own, _ in own }
    return try WhatIfSteps(
      base: ModelText.reading(all, "base.yaml"),
      files: order.map { (path: $0, reading: try ModelText.reading(all, $0)) })
  }

  @Test(
    "need each other where one changes what another adds or sets",
    arguments: [
      ("{components: {api: {replicas: {count: 3}}}}", "{components: {db: {replicas: {count: 2}}}}", false),
      ("{components: {api: {replicas: {count: 3}}}}", "{components: {api: {replicas: {count: 4}}}}", true),
      ("{components: {api: {replicas: {count: 3}}}}", "{components: {api: {replicas: {count: 3}}}}", false),
      (
        "{components: {lb: {replicas: {count: 2}}}}",
        "{components: {lb: {replicas: {count: 2, required: 1}}}}", true
      ),
      ("{detectors: {x: {deterministic: 1 s}}}", "{detectors: {y: {deterministic: 1 s}}}", false),
      ("{detectors: {x: {deterministic: 1 s}}}", "{detectors: {x: {deterministic: 2 s}}}", true),
      (
        "{components: {api: {fails: {crash: null}}}}", "{components: {api: {fails: {crash: {mtbf: 2 d}}}}}",
        true
      ),
      ("{components: {api: {title: A}}}", "{components: {api: {fails: {crash: {mtbf: 2 d}}}}}", false),
    ])
  func needs(_ first: String, _ second: String, _ isNeeded: Bool) throws {
    let plan = try steps(
      ["1.yaml": Self.overlay("one", first), "2.yaml": Self.overlay("two", second)], ["1.yaml", "2.yaml"])
    #expect(plan.steps.map(\.name) == ["one", "two"])
    #expect(plan.steps.map(\.needs) == [[], isNeeded ? [0] : []])
  }

  @Test("are apart, also where each file extends the one before")
  func chain() throws {
    let plan = try steps(
      [
        "1.yaml": Self.overlay("one", "{components: {api: {replicas: {count: 3}}}}"),
        "2.yaml": Self.overlay("two", "{components: {db: {replicas: {count: 2}}}}", on: "1.yaml"),
      ], ["1.yaml", "2.yaml"])
    #expect(plan.steps.map { $0.changes.map(\.file) } == [["1.yaml"], ["2.yaml"]])
    let model = try plan.reading(of: [1]).model
    #expect(model.components.map { $0.units.count } == [2, 2])
    #expect(try plan.reading(of: [0, 1]).model.components.map { $0.units.count } == [3, 2])
    #expect(try plan.reading(of: []).model.components.map { $0.units.count } == [2, 1])
    #expect(
      try plan.reading(of: [0], assignments: ["components/api/replicas/count=7"]).model.components[0].units
        .count
        == 7)
  }

  @Test("make no model alone where they lack something")
  func lacking() throws {
    let plan = try steps(
      [
        "1.yaml": Self.overlay("one", "{components: {lb: {}}}"),
        "2.yaml": Self.overlay("two", "{capabilities: {s: {depends-on: {lb: hard}}}}", on: "1.yaml"),
      ], ["1.yaml", "2.yaml"])
    #expect(throws: Findings.self) { try plan.reading(of: [1]) }
    #expect(try plan.reading(of: [0, 1]).model.components.count == 3)
  }

  @Test("are refused where they are no what-if of the base, or come twice")
  func refused() throws {
    let texts = [
      "1.yaml": Self.overlay("one", "{components: {api: {replicas: {count: 3}}}}"),
      "2.yaml": Self.overlay("two", "{components: {db: {replicas: {count: 2}}}}", on: "1.yaml"),
      "other.yaml": Self.base.replacing("name: base", with: "name: other"),
    ]
    let findings = try #require(throws: Findings.self) {
      try steps(texts, ["2.yaml", "1.yaml", "other.yaml"])
    }
    #expect(findings.diagnostics.map(\.slug) == ["step-repeated", "no-step"])
  }

  @Test("of a shipped plan are, one after the other, its files")
  func seedPhases() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../models/jivs").standardizedFileURL.path(percentEncoded: false)
    let names = [
      "1-database", "2-cache", "3-monitoring", "4-backup", "5-resilience", "6-zones", "7-training",
    ]
    let files = try names.map { name in
      let path = "\(folder)/phase-\(name).relmodel.yaml"
      return (path: path, reading: try ModelReader().reading(at: path))
    }
    let plan = try WhatIfSteps(
      base: ModelReader().reading(at: "\(folder)/current.relmodel.yaml"), files: files)
    for (place, file) in files.enumerated() {
      let made = try plan.reading(of: Set(0...place)).declaration
      #expect(made.says(file.reading.declaration), "\(file.path)")
    }
    #expect(plan.steps.map(\.needs) == [[], [], [0], [], [], [0, 1, 4], []])
  }
}
