import Diagnostics
import Quantities
import Reports
import Testing

/// Held against what the schema of OASIS demands (sarif-schema-2.1.0.json, errata 01).
@Suite("SARIF")
struct SarifTests {
  private static let source = SourceText(
    name: "a b/é#{.yaml", text: "name: x\nkey: \u{1F1E9}\u{1F1EA}e\u{301} bad\n")

  private static let findings = Findings(
    [
      Diagnostic(
        slug: "unknown-key", "`bad](http://x)` is {0} no \u{202E}key\u{7}",
        at: SourceLocation(file: "a b/é#{.yaml", line: 2, column: 9), help: "good"),
      Diagnostic(
        .warning, slug: "never-seen", "w", at: SourceLocation(file: "/tmp/x.yaml", line: 1, column: 1)),
      Diagnostic(slug: "unknown-key", "s", at: SourceLocation(file: "--set", line: 1, column: 3)),
      Diagnostic(slug: "file-missing", "f", at: nil),
    ], sources: [source])

  private static func member(_ value: JSONValue?, _ path: [String]) -> JSONValue? {
    path.reduce(value) { value, key in
      switch value {
      case .object(let members): members[key]
      case .array(let items): Int(key).flatMap { items.indices.contains($0) ? items[$0] : nil }
      default: nil
      }
    }
  }

  private static func results() throws -> [JSONValue] {
    let log = SarifLog(findings, version: "1").json
    guard case .array(let results)? = member(log, ["runs", "0", "results"]) else { return [] }
    return results
  }

  @Test("has what the schema requires")
  func required() throws {
    let log = SarifLog(Self.findings, version: "1").json
    #expect(Self.member(log, ["version"]) == "2.1.0")
    #expect(Self.member(log, ["runs", "0", "tool", "driver", "name"]) == "relmodel")
    #expect(Self.member(log, ["runs", "0", "invocations", "0", "executionSuccessful"]) == true)
    let results = try Self.results()
    #expect(results.count == 4)
    for result in results {
      guard case .string(let rule)? = Self.member(result, ["ruleId"]),
        case .integer(let index)? = Self.member(result, ["ruleIndex"]),
        case .string(let text)? = Self.member(result, ["message", "text"]),
        case .string(let level)? = Self.member(result, ["level"])
      else {
        Issue.record("a result lacks a member")
        continue
      }
      #expect(Self.member(log, ["runs", "0", "tool", "driver", "rules", "\(index)", "id"]) == .string(rule))
      #expect(!text.isEmpty)
      #expect(["none", "note", "warning", "error"].contains(level))
    }
  }

  @Test("names each rule once")
  func rules() {
    let log = SarifLog(Self.findings, version: "1").json
    guard case .array(let rules)? = Self.member(log, ["runs", "0", "tool", "driver", "rules"]) else { return }
    let names = rules.compactMap { Self.member($0, ["id"]) }
    #expect(names.count == 3)
    #expect(Set(names).count == 3)
  }

  @Test("points at the place, in code points, by a reference without what is not plain")
  func places() throws {
    let results = try Self.results()
    func place(_ slug: String, _ path: [String]) -> JSONValue? {
      let own = results.first { result in
        Self.member(result, ["ruleId"]) == .string(slug) && Self.member(result, ["locations"]) != nil
      }
      return Self.member(own, ["locations", "0", "physicalLocation"] + path)
    }
    #expect(place("unknown-key", ["artifactLocation", "uri"]) == "a%20b/%C3%A9%23%7B.yaml")
    #expect(place("unknown-key", ["region", "startLine"]) == 2)
    // The flag is two code points and é, written with a combining accent, too.
    #expect(place("unknown-key", ["region", "startColumn"]) == 11)
    #expect(place("never-seen", ["artifactLocation", "uri"]) == "file:///tmp/x.yaml")
  }

  @Test("has no place for a command line, and says it in words")
  func commandLine() throws {
    let result = try #require(
      try Self.results().first { Self.member($0, ["message", "text"]) == "--set:1:3: s" })
    #expect(Self.member(result, ["locations"]) == nil)
  }

  @Test("takes nothing that somebody wrote for a placeholder, a link or a control character")
  func hostile() throws {
    let texts = try Self.results().compactMap { result -> String? in
      guard case .string(let text)? = Self.member(result, ["message", "text"]) else { return nil }
      return text
    }
    let text = try #require(texts.first { $0.contains("http") })
    #expect(text == "`bad] (http://x)` is {{0}} no  key \nhelp: good")
  }

  @Test("of nothing is a log without results")
  func clean() {
    let log = SarifLog(Findings([]), version: "1").json
    #expect(Self.member(log, ["runs", "0", "results"]) == [])
  }
}
