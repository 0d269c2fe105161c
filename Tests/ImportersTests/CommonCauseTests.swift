import Importers
import ServiceGraph
import Testing

@Suite struct CommonCauseTests {
  private static func group(_ name: String, _ model: String, _ total: Double, _ factors: [Double]) -> String {
    let members = (1...3).map { "<basic-event name=\"\(name)\($0)\"/>" }.joined()
    let list = factors.map { "<factor><float value=\"\($0)\"/></factor>" }.joined()
    return "<define-CCF-group name=\"\(name)\" model=\"\(model)\"><members>\(members)</members>"
      + "<distribution><float value=\"\(total)\"/></distribution><factors>\(list)</factors></define-CCF-group>"
  }

  /// Three trains, each a valve and a pump; all must fail.
  private static func trains(_ model: String, _ factors: [Double]) throws -> FaultTree {
    let trains = (1...3).map { "<or><event name=\"v\($0)\"/><event name=\"p\($0)\"/></or>" }.joined()
    return try TreeText.tree(
      TreeText.xml(
        "<define-gate name=\"top\"><and>\(trains)</and></define-gate>",
        after: group("v", model, 0.1, factors) + group("p", model, 0.1, factors)))
  }

  @Test(
    arguments: [
      (
        model: "beta-factor", factors: [0.2], causes: 8, source: "SCRAM tests, beta_factor_ccf: 0.04308",
        0.04308
      ),
      ("MGL", [0.2, 0.1], 14, "SCRAM tests, mgl_ccf: 0.01631", 0.01631),
    ])
  func `three trains agree with SCRAM`(
    model: String, factors: [Double], causes: Int, source: String, expected: Double
  ) throws {
    let tree = try CommonCauseTests.trains(model, factors).expandingCommonCause()
    #expect(tree.events.count == causes)
    // SCRAM's tests round to five digits and take three sums of the inclusion-exclusion series.
    #expect(abs(tree.bruteForceProbability() - expected) < 2e-5, "\(source)")
  }

  @Test func `staggered alpha factors agree with SCRAM's first formula`() throws {
    // SCRAM tests, alpha_factor_ccf, before Σ j α_j replaced Σ α_j: 0.03093.
    let tree = try CommonCauseTests.trains("alpha-factor", [0.7, 0.2, 0.1])
    let staggered = tree.expandingCommonCause(CommonCauseConvention(testing: .staggered))
    #expect(abs(staggered.bruteForceProbability() - 0.03093) < 2e-5)
  }

  @Test(arguments: [(least: 2, 0.001241300458), (3, 0.001000728271)])
  func `a beta factor on three members agrees with SCRAM`(least: Int, expected: Double) throws {
    let members = (1...3).map { "<basic-event name=\"m\($0)\"/>" }.joined()
    let tree = try TreeText.tree(
      TreeText.xml(
        "<define-gate name=\"top\"><atleast min=\"\(least)\">\(members)</atleast></define-gate>",
        after: CommonCauseTests.group("m", "beta-factor", 0.01, [0.1])))
    #expect(abs(tree.expandingCommonCause().bruteForceProbability() - expected) < 1e-12)
  }

  @Test func `combinations are events named after their members`() throws {
    let tree = try CommonCauseTests.trains("MGL", [0.2, 0.1]).expandingCommonCause()
    #expect(
      tree.events.map(\.name).prefix(7) == [
        "[v1]", "[v2]", "[v3]", "[v1 v2]", "[v1 v3]", "[v2 v3]", "[v1 v2 v3]",
      ])
    #expect(tree.gates.prefix(6).map(\.name) == ["v1", "v2", "v3", "p1", "p2", "p3"])
  }

  @Test(arguments: ["beta-factor", "MGL", "alpha-factor", "phi-factor"])
  func `exclusive combinations keep each member's total and each combination's share`(model: String) throws {
    let factors = ["beta-factor": [0.3], "MGL": [0.3, 0.4], "alpha-factor": [0.9, 0.06, 0.04]]
    let numbers = factors[model] ?? [0.7, 0.1, 0.2]
    let convention = CommonCauseConvention(combination: .exclusive)
    func probability(_ formula: String) throws -> Double {
      try TreeText.tree(
        TreeText.xml(
          "<define-gate name=\"top\">\(formula)</define-gate>",
          after: CommonCauseTests.group("m", model, 0.2, numbers))
      ).expandingCommonCause(convention).bruteForceProbability()
    }
    // Q_3 by the definitions of the factors (Open-PSA MEF 2.0d, III.1); the other shares follow from the totals.
    let all =
      switch model {
      case "beta-factor": 0.3 * 0.2
      case "MGL": 0.3 * 0.4 * 0.2
      case "alpha-factor": 3 * 0.04 / (0.9 + 2 * 0.06 + 3 * 0.04) * 0.2
      default: 0.2 * 0.2
      }
    let events = (1...3).map { "<basic-event name=\"m\($0)\"/>" }
    #expect(abs(try probability("<and>\(events.joined())</and>") - all) < 1e-15)
    for event in events where model != "phi-factor" { #expect(abs(try probability(event) - 0.2) < 1e-15) }
    let either = try probability("<or>\(events.joined())</or>")
    let exactlyTwo = try probability("<cardinality min=\"2\" max=\"2\">\(events.joined())</cardinality>")
    let exactlyOne = try probability("<cardinality min=\"1\" max=\"1\">\(events.joined())</cardinality>")
    #expect(abs(either - exactlyOne - exactlyTwo - all) < 1e-15)
    if model != "phi-factor" { #expect(abs(exactlyOne + 2 * exactlyTwo + 3 * all - 0.6) < 1e-15) }
  }

  @Test func `a member's share of failures is known in time`() throws {
    let text = TreeText.xml(
      "<define-gate name=\"top\"><and><event name=\"m1\"/><event name=\"m2\"/></and></define-gate>",
      after: "<define-CCF-group name=\"m\" model=\"beta-factor\"><members><basic-event name=\"m1\"/>"
        + "<basic-event name=\"m2\"/></members><distribution><exponential><float value=\"0.5\"/>"
        + "<system-mission-time/></exponential></distribution><factor level=\"2\"><float value=\"0.2\"/></factor>"
        + "</define-CCF-group>")
    let tree = try TreeText.tree(text, missionTime: 2).expandingCommonCause()
    let behaviours = tree.behaviours(tree.expressions.values(at: 2))
    #expect(behaviours[2] == .share(0.2, of: .nonRepairable(.exponential(rate: 0.5))))
    let expected = 0.2 * 0.5 * 0.36787944117144233
    #expect(abs((behaviours[2].failureIntensity(at: 2) ?? 0) - expected) < 1e-16)
  }

  @Test func `a convention names itself`() {
    #expect(CommonCauseConvention().sentence.contains("independently"))
    let sentences = CommonCauseConvention.Combination.allCases.flatMap { combination in
      CommonCauseConvention.Testing.allCases.map {
        CommonCauseConvention(combination: combination, testing: $0).sentence
      }
    }
    #expect(Set(sentences).count == 4)
  }
}
