import Diagnostics
import ServiceModel
import Stochastics
import Testing

import ModelFormat

/// What is believed of a number stands beside it, and changes no result that is one number.
@Suite struct UncertaintyTests {
  private static let names: [(mode: String, path: String, median: Double, top: Double)] = [
    ("mtbf: {value: 720 h, uncertain: {error-factor: 3}}, lasts: 1 h", "mtbf", 1, 3),
    ("mtbf: {value: 720 h, source: AS-3, uncertain: {error-factor: 1}}, lasts: 1 h", "mtbf", 1, 1),
    ("rate: {value: 2 /y, uncertain: {low: 1 /y, high: 4 /y}}, lasts: 1 h", "rate", 1, 2),
    ("mtbf: 1 y, lasts: {value: 2 h, uncertain: {low: 30 min, high: 2 h}}", "lasts", 0.5, 1),
    (
      "mtbf: 1 y, lasts: {exponential: {value: 1 h, uncertain: {low: 15 min, high: 4 h}}}",
      "lasts/exponential", 1, 4
    ),
    ("availability: {value: 99.9 %, uncertain: {low: 99.6 %, high: 99.9 %}}", "availability", 2, 4),
    (
      "mtbf: 1 y, lasts: 1 h, common-cause: {beta: {value: 10 %, uncertain: {low: 5 %, high: 20 %}}}",
      "common-cause/beta", 1, 2
    ),
    ("rate: 1 /d, probability: {value: 4 %, uncertain: {error-factor: 2}}, lasts: 1 h", "probability", 1, 2),
    (
      "mtbf: 1 y, recover: {takes: 1 min, works: {value: 99 %, uncertain: {low: 98 %, high: 99.5 %}}, otherwise: 1 h}",
      "recover/works", 1, 2
    ),
  ]

  /// A lognormal law between its 5 % and 95 % points, as a factor on what is stated.
  @Test(arguments: 0..<names.count) func `the law of the factor`(row: Int) throws {
    let (mode, path, median, top) = Self.names[row]
    let draft = try ModelText.draft(ModelText.mode(mode))
    #expect(draft.uncertainties.map(\.path) == ["components/a/fails/x/\(path)"])
    let factor = try #require(draft.uncertainties.first?.factor)
    #expect(abs(factor.quantile(0.5) - median) < 1e-9 * median)
    #expect(abs(factor.quantile(0.95) - top) < 1e-6 * top)
  }

  @Test func `the value is the same as without`() throws {
    let certain = try ModelText.draft(ModelText.mode("mtbf: 720 h, lasts: {exponential: 1 h}"))
    let uncertain = try ModelText.draft(
      ModelText.mode(
        "mtbf: {value: 720 h, uncertain: {error-factor: 3}}, lasts: {exponential: {value: 1 h, uncertain: {error-factor: 5}}}"
      ))
    let (one, other) = (try Model(validating: certain), try Model(validating: uncertain))
    #expect("\(one.components[0].modes[0].occurrence)" == "\(other.components[0].modes[0].occurrence)")
    #expect("\(one.components[0].modes[0].outage)" == "\(other.components[0].modes[0].outage)")
    #expect(one.uncertainties.isEmpty)
    #expect(
      other.uncertainties.map(\.path) == [
        "components/a/fails/x/mtbf", "components/a/fails/x/lasts/exponential",
      ])
  }

  @Test(
    arguments: [
      ("mtbf: {value: 720 h, uncertain: 3}, lasts: 1 h", "wrong-shape"),
      ("mtbf: {value: 720 h, uncertain: {}}, lasts: 1 h", "missing-key"),
      ("mtbf: {value: 720 h, uncertain: {error-factor: 0.5}}, lasts: 1 h", "bad-value"),
      ("mtbf: {value: 720 h, uncertain: {low: 500 h}}, lasts: 1 h", "missing-key"),
      ("mtbf: {value: 720 h, uncertain: {low: 5 /d, high: 9 /d}}, lasts: 1 h", "bad-value"),
      ("mtbf: {value: 720 h, uncertain: {low: 800 h, high: 900 h}}, lasts: 1 h", "bad-uncertainty"),
      ("mtbf: {value: 720 h, uncertain: {error-factor: 3, low: 1 h, high: 2 h}}, lasts: 1 h", "either-or"),
      ("mtbf: {value: 720 h, uncertain: {factor: 3}}, lasts: 1 h", "unknown-key"),
      ("mtbf: 720 h, lasts: 1 h, rate-factor: {value: 2, uncertain: {error-factor: 3}}", "unknown-key"),
      ("mtbf: 720 h, lasts: {value: 0 s, uncertain: {low: 0 s, high: 1 h}}", "bad-uncertainty"),
    ]) func `what can not be believed`(mode: String, slug: String)
  {
    let error = #expect(throws: Findings.self) { try ModelText.draft(ModelText.mode(mode)) }
    #expect(
      error?.diagnostics.contains { $0.slug == slug && $0.location != nil } == true,
      "\(error?.diagnostics ?? [])")
  }
}
