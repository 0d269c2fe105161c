import Diagnostics
import Testing

import ModelFormat

/// RFC 7396 and the one-of rule.
@Suite struct MergePatchTests {
  private func value(_ text: String, file: String = "f") throws -> Declaration {
    let origin = Diagnostics.SourceLocation(file: file, line: 1, column: 1)
    return try YAMLReader().declaration(ofValue: text, at: origin)
  }

  /// Source: RFC 7396, appendix A, all fifteen rows.
  @Test(arguments: [
    ("{a: b}", "{a: c}", "{a: c}"), ("{a: b}", "{b: c}", "{a: b, b: c}"), ("{a: b}", "{a: null}", "{}"),
    ("{a: b, b: c}", "{a: null}", "{b: c}"), ("{a: [b]}", "{a: c}", "{a: c}"),
    ("{a: c}", "{a: [b]}", "{a: [b]}"),
    ("{a: {b: c}}", "{a: {b: d, c: null}}", "{a: {b: d}}"), ("{a: [{b: c}]}", "{a: [1]}", "{a: [1]}"),
    ("[a, b]", "[c, d]", "[c, d]"), ("{a: b}", "[c]", "[c]"), ("{a: foo}", "null", "null"),
    ("{a: foo}", "bar", "bar"), ("{e: null}", "{a: 1}", "{e: null, a: 1}"),
    ("[1, 2]", "{a: b, c: null}", "{a: b}"),
    ("{}", "{a: {bb: {ccc: null}}}", "{a: {bb: {}}}"),
  ])
  func `the table of RFC 7396`(base: String, patch: String, expected: String) throws {
    let outcome = MergePatch().outcome(of: try value(patch), on: try value(base))
    #expect(outcome.declaration.line == expected)
  }

  private static let groups: MergePatch.Groups = { path in
    switch path.first {
    case "kind": [OneOfGroup(oneKeyOf: ["exponential", "lognormal", "uniform"])]
    case "mean": [OneOfGroup([["mean", "cv"], ["mean", "sd"]])]
    default:
      [
        OneOfGroup(oneKeyOf: ["mtbf", "rate", "lifetime"]),
        OneOfGroup([["lasts"], ["detect", "respond", "recover"]]),
      ]
    }
  }

  @Test(arguments: [
    ("{x: {mtbf: 1, lasts: 2}}", "{x: {rate: 3}}", "{x: {lasts: 2, rate: 3}}"),
    ("{x: {mtbf: 1, lasts: 2}}", "{x: {detect: 3}}", "{x: {mtbf: 1, detect: 3}}"),
    ("{x: {detect: 1, recover: 2}}", "{x: {respond: 3}}", "{x: {detect: 1, recover: 2, respond: 3}}"),
    ("{x: {detect: 1, recover: 2}}", "{x: {lasts: 3}}", "{x: {lasts: 3}}"),
    ("{x: {mtbf: 1}}", "{x: {mtbf: 2}}", "{x: {mtbf: 2}}"),
    ("{x: {mtbf: 1}}", "{x: {mtbf: null, rate: 2}}", "{x: {rate: 2}}"),
    ("{x: {mtbf: 1, rate: 2}}", "{x: {rate: null}}", "{x: {mtbf: 1}}"),
    ("{x: {mtbf: 1}}", "{x: {rate: 2, lifetime: 3}}", "{x: {rate: 2, lifetime: 3}}"),
    ("{kind: {uniform: {min: 1}}}", "{kind: {lognormal: {median: 2}}}", "{kind: {lognormal: {median: 2}}}"),
    ("{mean: {mean: 1, cv: 2}}", "{mean: {mean: 3}}", "{mean: {mean: 3, cv: 2}}"),
    ("{mean: {mean: 1, cv: 2}}", "{mean: {sd: 3}}", "{mean: {mean: 1, sd: 3}}"),
    ("{x: 5 min}", "{x: {rate: 1}}", "{x: {rate: 1}}"),
  ])
  func `one alternative removes the others`(base: String, patch: String, expected: String) throws {
    let outcome = MergePatch(groups: Self.groups).outcome(of: try value(patch), on: try value(base))
    #expect(outcome.declaration.line == expected)
    #expect(outcome.findings.isEmpty)
  }

  @Test func `removing what is not there is an error with the nearest name`() throws {
    let base = try value("{components: {ledger: {a: 1}}}")
    let patch = try value("{components: {legder: null}, x: {y: null}}")
    let outcome = MergePatch().outcome(of: patch, on: base)
    #expect(Findings(outcome.findings).places == ["1:15 removes-nothing", "1:34 removes-nothing"])
    #expect(outcome.findings.map(\.help) == ["ledger: null", "delete the line"])
  }

  @Test func `values keep the place they come from`() throws {
    let base = try value("{a: {b: 1, c: 2}}", file: "base")
    let merged = MergePatch().outcome(of: try value("{a: {c: 3}}", file: "leaf"), on: base).declaration
    #expect(merged.location.file == "base")
    #expect(merged.entries?.first?.key.location.file == "base")
    let inner = try #require(merged["a"]?.entries)
    #expect(inner.map(\.key.location.file) == ["base", "leaf"])
    #expect(inner.map(\.value.location.file) == ["base", "leaf"])
  }
}
