import Diagnostics
import Foundation
import Testing

import ModelFormat

/// Models that nobody should write: each ends in a finding at its place, and none in a crash.
@Suite struct HostileModelTests {
  private static let base = "relmodel: 1\nname: n\n"

  @Test(
    arguments: [
      ("mtfb: 1 y, lasts: 1 h", "unknown-key", 3, "did you mean mtbf: ?"),
      ("mtbf: 1 y, last: 1 h", "unknown-key", 3, "did you mean lasts: ?"),
      ("mtbf: 5 m, lasts: 1 h", "bad-value", 3, "mtbf: 5 min"),
      ("mtbf: 30, lasts: 1 h", "bad-value", 3, "mtbf: 30 h"),
      ("mtbf: -1 y, lasts: 1 h", "bad-value", 3, nil),
      ("mtbf: nan, lasts: 1 h", "bad-value", 3, "mtbf: 35 min"),
      ("mtbf: .nan, lasts: 1 h", "bad-value", 3, "mtbf: 35 min"),
      ("mtbf: .inf, lasts: 1 h", "bad-value", 3, "mtbf: 35 min"),
      ("mtbf: 0 h, lasts: 1 h", "bad-value", 3, nil), ("rate: 8, lasts: 1 h", "bad-value", 3, "rate: 8 /day"),
      ("rate: 1 /d, probability: 150 %, lasts: 1 h", "bad-value", 3, nil),
      ("rate: 1 /d, probability: 1.5, lasts: 1 h", "bad-value", 3, "probability: 1.5 %"),
      ("availability: 99.95, lasts: 1 h", "bad-value", 3, "availability: 99.95 %"),
      ("mtbf: 1 y, rate: 1 /d, lasts: 1 h", "either-or", 3, "leave one of them out"),
      ("mtbf: 1 y, lasts: 1 h, recover: 1 h", "either-or", 3, "leave one of them out"),
      ("lasts: 1 h", "missing-key", 3, "mtbf: 720 h"), ("mtbf: 1 y", "outage-length", 3, nil),
      ("mtbf: 1 y, lasts: {uniform: {min: 5 min, max: 2 min}}", "bad-distribution", 3, nil),
      ("mtbf: 1 y, lasts: {mixture: [{weight: 60 %, takes: 1 h}]}", "bad-distribution", 3, nil),
      ("mtbf: 1 y, lasts: {weibull: {shape: nan, mean: 1 h}}", "bad-value", 3, nil),
      ("mtbf: 1 y, lasts: {weibull: {shape: 2}}", "missing-key", 3, "scale: …"),
      ("mtbf: 1 y, lasts: {normal: 1 h}", "unknown-key", 3, nil),
      ("mtbf: 1 y, detect: redy, recover: 1 h", "unknown-name", 3, nil),
      ("mtbf: 1 y, lasts: 1 h, scope: zones", "bad-value", 3, "scope: zone"),
      ("mtbf: 1 y, lasts: [1 h]", "wrong-shape", 3, nil),
      ("mtbf: 1 y, lasts: 1 h, clock: operatin", "bad-value", 3, "clock: operating"),
      ("mtbf: 1 y, lasts: 1 h, loses: disk", "bad-value", 3, nil),
      ("mtbf: 1e400 h, lasts: 1 h", "bad-value", 3, nil),
    ] as [(String, String, Int, String?)])
  func `failure modes`(text: String, slug: String, line: Int, help: String?) throws {
    let files = ["m.yaml": ModelText.mode(text)]
    let error = #expect(throws: Findings.self) { try ModelText.reading(files) }
    let finding = try #require(error?.diagnostics.first { $0.slug == slug }, "\(error?.places ?? [])")
    #expect(finding.location?.line == line)
    if let help { #expect(finding.help == help) }
    #expect(!FindingsRenderer().text(try #require(error)).isEmpty)
  }

  @Test(arguments: [
    ("", ["1:1 empty-file"]), ("\u{0}ELF", ["1:1 binary-file"]), ("hello", ["1:1 wrong-shape"]),
    ("[]", ["1:1 wrong-shape"]),
    (base, ["1:1 missing-key", "1:1 missing-key"]), ("name: n\nname: m\n", ["2:1 duplicate-key"]),
    (base + "components: {a: {}, a: {}}\n", ["3:21 duplicate-key"]),
    (base + "a: &a [x]\nb: [*a, *a]\n", ["3:4 anchor", "4:5 alias", "4:9 alias"]),
    (
      base
        + "components: {a: {}}\ncapabilities: {s: {depends-on: {a: hard}, downtime: {costs: $18,000/h}}}\n",
      ["4:61 comma-splits-number"]
    ),
    (
      base
        + "components: {a: {depends-on: {b: hard}}, b: {depends-on: {a: hard}}}\ncapabilities: {s: {depends-on: {a: hard}}}\n",
      ["3:14 dependency-cycle"]
    ),
    (
      base
        + "components: {a: {replicas: {count: 2, required: 3}}}\ncapabilities: {s: {depends-on: {a: hard}}}\n",
      ["3:49 required-above-count"]
    ),
    (
      base + "components: {a: {limits: {}}}\ncapabilities: {s: {depends-on: {a: hard}}}\n",
      ["3:26 missing-key", "3:26 missing-key"]
    ),
    (
      base + "components: {a: {}}\ncapabilites: {s: {depends-on: {a: hard}}}\n",
      ["1:1 missing-key", "4:1 unknown-key"]
    ),
    (
      base + "components: {a b: {}}\ncapabilities: {s: {depends-on: {c: hard}}}\n",
      ["3:14 bad-name", "4:33 unknown-name"]
    ),
    (
      base + "components: {a: {replicas: 0}}\ncapabilities: {s: {depends-on: {a: hard}}}\n",
      ["3:28 bad-value"]
    ),
    (
      base + "components: {a: {replicas: 100001}}\ncapabilities: {s: {depends-on: {a: hard}}}\n",
      ["3:28 count-range"]
    ),
    (base + "components: {a: {}}\ncapabilities: {s: {depends-on: {a: {any-of: []}}}}\n", ["4:45 too-few"]),
    (base + "components: {a: {}}\ncapabilities: {s: {depends-on: {a: sort}}}\n", ["4:36 bad-value"]),
    (base + "components: {}\ncapabilities: {}\n", ["1:1 no-capability"]),
    (
      "relmodel: 2\nname: n\ncomponents: {a: {}}\ncapabilities: {s: {depends-on: {a: hard}}}\n",
      ["1:11 bad-value"]
    ),
    ("extends: other.yaml\n", ["1:10 extends-missing"]),
    ("extends: ../other.yaml\n", ["1:10 extends-outside"]),
    ("extends: /etc/passwd\n", ["1:10 extends-outside"]), ("extends: m.yaml\n", ["1:10 extends-circle"]),
  ])
  func `files`(text: String, places: [String]) {
    #expect(ModelText.places(["m.yaml": text]) == places)
  }

  /// A name of a detector that begins like a duration is probably a duration with a wrong unit.
  @Test(
    arguments: [("5 m", "5 min"), ("30", "30 h"), ("-5 s", nil), ("5 mins and more", nil)]
      as [(String, String?)])
  func `a wrong unit in detect is called one`(text: String, help: String?) throws {
    let files = ["m.yaml": ModelText.mode("mtbf: 1 y, detect: \(text), recover: 1 h")]
    let error = #expect(throws: Findings.self) { try ModelText.reading(files) }
    let finding = try #require(error?.diagnostics.first)
    #expect(finding.slug == "bad-value")
    if let help { #expect(finding.help?.contains(help) == true) }
  }

  /// What two things under one name would do to each other is said before either is computed with.
  @Test(arguments: [
    "domains: {p: {kind: pool, nodes: {count: 2}}, p-1: {kind: zone}}\ncomponents: {a: {in: p-1}}\n",
    "domains: {p: {kind: pool, nodes: {count: 2}}}\ncomponents: {a: {}, p-1: {}}\n",
    "components: {a: {availability: 99 %, fails: {unspecified: {availability: 98 %}}}}\n",
    "components: {a: {roles: {w: {count: 2}, r: {count: 1}}, failover: {w: {from: [r, r], takes: 1 min}}}}\n",
    "components: {a: {depends-on: {g: {at-least: 2, of: [b, b, c]}}}, b: {}, c: {}}\n",
    "domains: {p: {kind: node, nodes: {count: 2}}}\ncomponents: {a: {}}\n",
  ])
  func `one name for two things is refused`(text: String) {
    #expect(
      !ModelText.places(["m.yaml": Self.base + text + "capabilities: {s: {depends-on: {a: hard}}}\n"]).isEmpty
    )
  }

  @Test func `a chain of likes is followed once`() {
    let domains = (0..<600).map { "  d\($0): {kind: zone, like: d\($0 + 1)}\n" }.joined()
    let text =
      Self.base + "domains:\n" + domains
      + "  d600: {kind: zone}\ncomponents: {a: {}}\ncapabilities: {s: {depends-on: {a: hard}}}\n"
    #expect(ModelText.places(["m.yaml": text]).isEmpty)
  }

  @Test func `a file of 50 MB is refused by its size`() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(
      "relmodel-\(UUID().uuidString).yaml"
    ).path
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(FileManager.default.createFile(atPath: path, contents: nil))
    let file = try #require(FileHandle(forWritingAtPath: path))
    try file.truncate(atOffset: 50_000_000)
    try file.close()
    let error = #expect(throws: Findings.self) { try ModelReader().reading(at: path) }
    #expect(error?.places == ["- file-too-large"])
  }
}
