import Diagnostics
import Testing

import ModelFormat

/// `--set path=value`.
@Suite struct PathAssignmentTests {
  @Test(arguments: [
    (
      "components/ledger/failover/writer/works=99%",
      "{components: {ledger: {failover: {writer: {works: 99%}}}}}"
    ),
    ("a/b = 3 d ", "{a: {b: 3 d}}"), ("a=$18,000/h", "{a: $18,000/h}"), ("a=b=c", "{a: b=c}"),
    ("a=null", "{a: null}"), ("a=x#3", "{a: x#3}"), ("a='x' # y", "{a: \"x\"}"),
    ("a={lognormal: {median: 5 min}}", "{a: {lognormal: {median: 5 min}}}"),
    ("a/\"b/c=d\"/e=\"x\"", "{a: {b/c=d: {e: \"x\"}}}"), ("a={b: null}", "{a: {b: null}}"),
  ])
  func `an assignment is a change`(text: String, expected: String) throws {
    #expect(try PathAssignment(text).change().line == expected)
  }

  @Test(arguments: [
    ("", "1:1 set-syntax"), ("a/b", "1:3 set-syntax"), ("=3", "1:1 set-syntax"), ("a//b=3", "1:3 set-syntax"),
    ("a=", "1:2 set-syntax"), ("a= ", "1:2 set-syntax"), ("a= # b", "1:2 set-syntax"),
    ("a=AS-12 #3", "1:3 set-syntax"), ("a/\"b=3", "1:3 set-syntax"),
    ("a/\"b\"c=3", "1:3 set-syntax"), ("a=3\nb=4", "1:1 set-syntax"), ("ä/b={c: &x 1}", "1:9 anchor"),
    ("a={b: $18,000}", "1:7 comma-splits-number"), ("a=[1", "1:3 yaml-syntax"),
    ("a=b: c: d", "1:7 yaml-syntax"), ("a=\u{0}", "1:3 binary-file"),
    (String(repeating: "a/", count: 40) + "a=1", "1:65 set-syntax"),
  ])
  func `what is wrong is located`(text: String, expected: String) {
    let error = #expect(throws: Findings.self) { try PathAssignment(text) }
    #expect(error?.places == [expected])
    #expect(error?.diagnostics.first?.location?.file == "--set")
  }

  @Test func `each assignment has its line`() {
    let error = #expect(throws: Findings.self) { try PathAssignment.assignments(in: ["a=1", "b=*x", "c"]) }
    #expect(error?.places == ["2:3 alias", "3:1 set-syntax"])
    #expect(error?.sources.first?.lines == ["a=1", "b=*x", "c"])
  }

  @Test func `a key with a slash is found in the model`() throws {
    let base = try YAMLReader().document(
      of: "d: {ledger/writer: {kind: hard}, ledger: x}\ne: {a: {b: 1}, a/b: 2}", file: "f")
    let change = { try PathAssignment($0).change(on: base.declaration).line }
    #expect(try change("d/ledger/writer/kind=soft") == "{d: {ledger: {writer: {kind: soft}}}}")
    #expect(try change("e/a/b=3") == "{e: {a: {b: 3}}}")
    let other = try YAMLReader().document(of: "d: {ledger/writer: {kind: hard}}", file: "f").declaration
    #expect(
      try PathAssignment("d/ledger/writer/kind=soft").change(on: other).line
        == "{d: {ledger/writer: {kind: soft}}}")
  }
}
