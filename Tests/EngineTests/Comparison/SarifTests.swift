import Diagnostics
import Quantities
import Reports
import Testing

/// Held against what the schema of OASIS demands (`SarifRules`), and GitHub beyond it.
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

  /// Logs of nothing, of a warning, of names that somebody chose to do harm, and of a command line alone.
  static let logs: [Findings] = [
    Findings([]), findings,
    Findings([
      Diagnostic(
        .warning, slug: "w", "m",
        at: SourceLocation(file: "a\\b\"<x>^`|\u{202E}%2e/ü.yaml", line: 0, column: 0))
    ]),
    Findings([Diagnostic(slug: "bad-path", "no", at: SourceLocation(file: "--set", line: 1, column: 1))]),
  ]

  @Test("has what the schema requires, and nothing that it does not know", arguments: logs.indices)
  func schema(_ number: Int) {
    let log = SarifLog(Self.logs[number], version: "1").json
    #expect(SarifRules.violations(log) == [])
    #expect(SarifRules.uploadViolations(log) == [])
  }

  @Test("the rules see what is wrong")
  func rules() {
    let bad: JSONValue = [
      "version": "2.0.0", "extra": 1,
      "runs": [
        [
          "tool": ["driver": ["rules": []]],
          "results": [
            [
              "level": "fatal", "message": [:],
              "locations": [["physicalLocation": ["region": ["startLine": 0]]]],
            ]
          ],
        ]
      ],
    ]
    #expect(SarifRules.violations(bad).count == 7)
    #expect(SarifRules.uploadViolations(bad) == ["a result without its rule"])
  }

  @Test("tells findings apart by rule, weight and words")
  func results() throws {
    let log = SarifLog(Self.findings, version: "1").json
    let results = try Self.results()
    #expect(results.count == 2)
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
  func ruleNames() {
    let log = SarifLog(Self.findings, version: "1").json
    func names(_ key: String) -> [JSONValue] {
      guard case .array(let rules)? = Self.member(log, ["runs", "0", "tool", "driver", key]) else {
        return []
      }
      return rules.compactMap { Self.member($0, ["id"]) }
    }
    #expect(names("rules") == ["never-seen", "unknown-key"])
    #expect(names("notifications") == ["unknown-key", "file-missing"])
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

  @Test("what has no place in a file is about how the command was typed, and says so")
  func commandLine() throws {
    let log = SarifLog(Self.findings, version: "1").json
    let invocation = try #require(Self.member(log, ["runs", "0", "invocations", "0"]))
    #expect(Self.member(invocation, ["executionSuccessful"]) == false)
    let path = ["toolConfigurationNotifications", "0", "message", "text"]
    #expect(Self.member(invocation, path) == "--set:1:3: s")
  }

  @Test(
    "a path is one that code hosts find",
    arguments: [
      ("./models/a.yaml", "models/a.yaml"), ("x/../models//a.yaml", "models/a.yaml"),
      ("../a.yaml", "../a.yaml"),
      ("../x/../../a.yaml", "../../a.yaml"), ("/tmp/./b/../x y.yaml", "file:///tmp/x%20y.yaml"),
      ("/../x", "file:///x"),
      ("a:b.yaml", "a%3Ab.yaml"), ("\u{FC}\u{1F600}", "%C3%BC%F0%9F%98%80"),
    ])
  func paths(_ path: String, _ reference: String) {
    let finding = Diagnostic(slug: "s", "m", at: SourceLocation(file: path, line: 1, column: 1))
    let log = SarifLog(Findings([finding]), version: "1").json
    let place = [
      "runs", "0", "results", "0", "locations", "0", "physicalLocation", "artifactLocation", "uri",
    ]
    #expect(Self.member(log, place) == .string(reference))
  }

  /// Source: github/codeql-action, src/fingerprints.test.ts, `hash`.
  static let published: [(text: String, hashes: [String])] = [
    ("", ["c129715d7a2bc9a3:1"]),
    (
      " a\nb\n  \t\tc\n d",
      ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"]
    ),
    (
      " hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n",
      [
        "e9496ae3ebfced30:1", "fb7c023a8b9ccb3f:1", "ce8ba1a563dcdaca:1", "e20e36e16fcb0cc8:1",
        "b3edc88f2938467e:1",
        "c8e28b0b4002a3a0:1", "c129715d7a2bc9a3:1",
      ]
    ),
    (
      String(repeating: "Lorem ipsum dolor sit amet.\n", count: 10),
      (1...6).map { "a7f2ff13bc495cf2:\($0)" } + [
        "a7f2ff1481e87703:1", "a9cf91f7bbf1862b:1", "55ec222b86bcae53:1", "cc97dc7b1d7d8f7b:1",
        "c129715d7a2bc9a3:1",
      ]
    ),
  ]

  @Test("knows a line by the fingerprint that an upload works out", arguments: published.indices)
  func fingerprints(_ number: Int) throws {
    let (text, hashes) = Self.published[number]
    for (index, hash) in hashes.enumerated() {
      let finding = Diagnostic(slug: "s", "m", at: SourceLocation(file: "f", line: index + 1, column: 1))
      let log = SarifLog(Findings([finding], sources: [SourceText(name: "f", text: text)]), version: "1").json
      let path = ["runs", "0", "results", "0", "partialFingerprints", "primaryLocationLineHash"]
      #expect(Self.member(log, path) == .string(hash))
    }
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
