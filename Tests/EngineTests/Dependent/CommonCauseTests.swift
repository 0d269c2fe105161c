import Diagnostics
import Quantities
import Reliability
import ServiceGraph
import ServiceModel
import Stochastics
import Testing

@Suite("Common-cause groups")
struct CommonCauseTests {
  static func probabilities(_ values: [Double]) -> [Probability] { values.compactMap { Probability($0) } }

  /// The shares of one given set of 1, 2, … units.
  static let splits: [(cause: CommonCause, shares: [Double], source: String)] = [
    (.beta(Probability(0.1) ?? .one), [0.9, 0, 0, 0.1], "NUREG/CR-5485, table 5-2"),
    (
      .multipleGreekLetters(probabilities([0.1, 0.27])), [0.9, 0.0365, 0.027],
      "NUREG/CR-5485, table 5-2: (1 − β), β (1 − γ) / 2, β γ"
    ),
    (
      .multipleGreekLetters(probabilities([0.1, 0.5, 0.9])), [0.9, 0.1 * 0.5 / 3, 0.05 * 0.1 / 3, 0.045],
      "NUREG/CR-5485, table 5-2: (1 − β), β (1 − γ) / 3, β γ (1 − δ) / 3, β γ δ"
    ),
    (
      .alpha(probabilities([0.95, 0.04, 0.01]), isStaggered: false), [0.95 / 1.06, 0.04 / 1.06, 0.03 / 1.06],
      "NUREG/CR-5485, table 5-3: α₁ / αₜ, α₂ / αₜ, 3 α₃ / αₜ with αₜ = α₁ + 2 α₂ + 3 α₃"
    ),
    (
      .alpha(probabilities([0.95, 0.04, 0.01]), isStaggered: true), [0.95, 0.02, 0.01],
      "NUREG/CR-5485, table 5-3: α₁, α₂ / 2, α₃"
    ),
    (.phi(probabilities([0.9, 0.07, 0.03])), [0.9, 0.035, 0.03], "Open-PSA MEF 2.0: φₖ / C(2, k − 1)"),
  ]

  @Test("how the factors split a unit's total", arguments: 0..<splits.count)
  func shares(row: Int) {
    let (cause, expected, source) = Self.splits[row]
    let found = cause.shares(units: expected.count)
    for (one, other) in zip(found, expected) { #expect(abs(one - other) < 1e-15, "\(source)") }
    var sets = 1.0
    var total = 0.0
    for (index, share) in found.enumerated() {
      total += sets * share
      sets = sets * Double(found.count - 1 - index) / Double(index + 1)
    }
    #expect(abs(total - 1) < 1e-15, "a unit's total")
  }

  @Test("a beta factor is the same as Greek letters that all are 1 after the first")
  func betaAsGreekLetters() {
    let beta = CommonCause.beta(Probability(0.2) ?? .one).shares(units: 5)
    let letters = CommonCause.multipleGreekLetters(Self.probabilities([0.2, 1, 1, 1])).shares(units: 5)
    for (one, other) in zip(beta, letters) { #expect(abs(one - other) < 1e-15) }
  }

  static func graph(_ factors: String, replicas: Int = 3, more: String = "") throws -> CompiledGraph {
    try ModelText.graph(
      """
      components:
        api:
          replicas: {count: \(replicas), required: 1}
          fails: {crash: {mtbf: 90 h, lasts: 10 h, common-cause: {\(factors)}}}
      capabilities: {service: {depends-on: {api: hard}}}
      """ + more)
  }

  @Test("a process for each set of units that can fail together, under one cause")
  func processes() throws {
    let graph = try Self.graph("phi: [60 %, 30 %, 10 %]")
    #expect(
      graph.processes.map(\.name) == [
        "api/1/crash", "api/2/crash", "api/3/crash", "api/1+2/crash/common-cause",
        "api/1+3/crash/common-cause", "api/2+3/crash/common-cause", "api/crash/common-cause",
      ])
    #expect(graph.processes.map(\.units) == [[0], [1], [2], [0, 1], [0, 2], [1, 2], [0, 1, 2]])
    #expect(graph.causes == ["api/crash", "api/crash/common-cause"])
    let rates = [0.6, 0.6, 0.6, 0.15, 0.15, 0.15, 0.1].map { $0 / 90 }
    for (process, rate) in zip(graph.processes, rates) {
      #expect(abs((process.uptime?.mean ?? 0) * rate - 1) < 1e-14)
    }
    #expect(
      graph.commonCauseConventions == [
        "api/crash/common-cause: phi factors; the stated rate is a unit's total; shocks to groups are independent and OR-ed"
      ])
  }

  @Test("sets that never fail together have no process")
  func emptySets() throws {
    #expect(try Self.graph("alpha: [90 %, 0 %, 10 %]").processes.count == 4)
    #expect(try Self.graph("multiple-greek-letters: [10 %, 100 %]").processes.count == 4)
    #expect(try Self.graph("phi: [0 %, 100 %, 0 %]").processes.count == 3)
  }

  @Test(
    "factors that do not fit are found where they stand",
    arguments: [
      ("multiple-greek-letters: [10 %]", "common-cause-count"),
      ("multiple-greek-letters: [10 %, 20 %, 30 %]", "common-cause-count"),
      ("alpha: [95 %, 5 %]", "common-cause-count"), ("phi: [50 %, 30 %, 10 %, 10 %]", "common-cause-count"),
      ("alpha: [95 %, 4 %, 2 %]", "common-cause-sum"), ("phi: [95 %, 4 %, 0 %]", "common-cause-sum"),
      ("alpha: [101 %, 0 %, 0 %]", "bad-value"), ("phi: []", "too-few"),
      ("beta: 10 %, staggered: yes", "either-or"), ("staggered: yes", "missing-key"),
      ("beta: 10 %, phi: [100 %, 0 %, 0 %]", "either-or"), ("alpha: 95 %", "wrong-shape"),
    ])
  func refused(factors: String, slug: String) throws {
    do {
      _ = try Self.graph(factors)
      Issue.record("\(factors) was accepted")
    } catch let findings as Findings {
      #expect(findings.diagnostics.map(\.slug).contains(slug), "\(findings.diagnostics)")
      #expect(findings.diagnostics.allSatisfy { $0.location?.line == 6 }, "\(findings.diagnostics)")
    }
  }

  @Test("a group with too many sets is refused before it fills the memory")
  func tooManySets() throws {
    let factors = Array(repeating: "5 %", count: 20).joined(separator: ", ")
    do {
      _ = try Self.graph("phi: [\(factors)]", replicas: 20)
      Issue.record("a million sets were accepted")
    } catch let findings as Findings {
      #expect(findings.diagnostics.map(\.slug) == ["too-large"])
    }
    #expect(try Self.graph("beta: 10 %", replicas: 5000).processes.count == 5001)
  }

  /// Exact exclusive combinations would give another number; this is the convention that is named.
  @Test("all units of a group down, by conditioning on the shocks")
  func exact() throws {
    let graph = try Self.graph("phi: [60 %, 30 %, 10 %]")
    let (one, two, three) = (10 / (90 / 0.6 + 10), 10 / (90 / 0.15 + 10), 10 / (90 / 0.1 + 10))
    let pairs = 3 * two * (1 - two) * (1 - two)
    let none = (1 - two) * (1 - two) * (1 - two)
    let singles = none * one * one * one + pairs * one
    let several = 3 * two * two * (1 - two) + two * two * two
    let expected = three + (1 - three) * (singles + several)
    let found = try #require(try SteadyState.results(of: graph).first)
    #expect(abs(found.unavailability / expected - 1) < 1e-13)
    #expect(found.contributions.contains { $0.cause == "api/crash/common-cause" })
    #expect(found.singlePoints.map(\.entity) == ["api"])
  }
}
