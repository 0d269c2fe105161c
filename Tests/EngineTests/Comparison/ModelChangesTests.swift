import Diagnostics
import Foundation
import ModelFormat
import Reports
import Testing

@Suite("Changes in words")
struct ModelChangesTests {
  private static let base = """
    relmodel: 1
    name: n
    components:
      api: {replicas: 2, fails: {crash: {mtbf: 60 s, lasts: {value: 1 h, source: log}}}, depends-on: {db: hard}}
      db: {title: A database}
    capabilities: {s: {depends-on: {api: hard}}}

    """

  private static func reading(_ texts: [String: String], _ path: String) throws -> ModelReader.Reading {
    try ModelReader(texts: texts).reading(at: path)
  }

  private static func changes(_ change: String) throws -> ModelChanges {
    let texts = [
      "base.yaml": base, "m.yaml": "relmodel: 1\nname: m\nextends: base.yaml\nchange: \(change)\n",
    ]
    return ModelChanges(
      DeclarationDifference(
        try reading(texts, "base.yaml").declaration, try reading(texts, "m.yaml").declaration))
  }

  @Test(
    "are sentences that a reviewer reads",
    arguments: [
      (
        "{components: {api: {replicas: {count: 3, spread: zones}}}, domains: {z: {kind: zone}}}",
        ["api: replicas 2 → 3, spread over zones.", "domain z added: kind zone."]
      ),
      (
        "{components: {api: {fails: {crash: {mtbf: 1 d, recover: 5 min}}}}}",
        ["api: failure crash: mtbf 60 s → 1 d, no lasts, was 1 h, recover 5 min."]
      ),
      (
        "{components: {api: {fails: {crash: null, hang: {mtbf: 2 d, lasts: 5 s}}}}}",
        ["api: failure crash removed, was: mtbf 60 s, lasts 1 h; failure hang added: mtbf 2 d, lasts 5 s."]
      ),
      (
        "{components: {api: {depends-on: {db: {soft: 20 %}, cache: hard}}, cache: {}}}",
        ["api: needs db: hard → soft 20 %; needs cache (hard).", "cache added."]
      ),
      (
        "{capabilities: {s: {depends-on: {api: null, db: hard}}}}",
        ["capability s: no longer needs api (was hard); needs db (hard)."]
      ),
      ("{components: {db: {title: Another}}}", ["db: title rewritten."]),
      ("{description: \"new\"}", ["the model: description rewritten."]),
      (
        "{components: {db: {fails: {loss: {rate: 1 /y, lasts: {uniform: {min: 1 h, max: 2 h}}}}}}}",
        ["db: failure loss added: rate 1 /y, lasts uniform (min 1 h, max 2 h)."]
      ),
      ("{components: {api: {fails: {crash: {mtbf: 1 min, lasts: {value: 1 h, source: other}}}}}}", []),
    ])
  func sentences(_ change: String, _ expected: [String]) throws {
    #expect(try Self.changes(change).groups.map(\.text) == expected)
  }

  @Test("count what is the same, written otherwise, and notes")
  func asides() throws {
    let changes = try Self.changes(
      "{components: {api: {fails: {crash: {mtbf: 1 min, lasts: {value: 1 h, source: other}}}}}}")
    #expect(changes.restatedCount == 1)
    #expect(changes.noteCount == 1)
    #expect(changes.summary == "changes nothing")
  }

  @Test("count claims and choices, which decide nothing")
  func statements() throws {
    let changes = try Self.changes(
      "{claims: {a: {says: x}, b: {says: y}}, choices: {c: {set: components/api/replicas/count, to: [1, 2]}}}"
    )
    #expect(changes.groups == [] && changes.statementCount == 3)
    #expect(changes.summary == "changes nothing")
  }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../models").standardizedFileURL.path(percentEncoded: false)

  private static let pairs: [(String, String)] =
    ["phase-1-database", "phase-4-backup", "phase-7-training", "target", "optimised", "recovery"].map {
      ("jivs/current", "jivs/\($0)")
    } + [("janusgraph/deployed", "janusgraph/claimed"), ("jivs/target", "jivs/current")]

  private static func declaration(_ name: String) throws -> Declaration {
    try ModelReader().reading(at: "\(folder)/\(name).relmodel.yaml").declaration
  }

  @Test("are complete: made to the first model they give the second", arguments: pairs)
  func complete(_ pair: (String, String)) throws {
    let (before, after) = (try Self.declaration(pair.0), try Self.declaration(pair.1))
    let difference = DeclarationDifference(before, after)
    var changed = before
    for entry in difference.entries where !entry.isNote {
      let value = entry.after ?? Declaration(.scalar("null", isQuoted: false), at: before.location)
      let patch = entry.path.reversed().reduce(value) { inner, key in
        Declaration(.map([.init(key: Located(key, at: before.location), value: inner)]), at: before.location)
      }
      if entry.after?.entries != nil { changed = Self.removing(entry.path, from: changed) }
      changed = MergePatch().outcome(of: patch, on: changed).declaration
    }
    let untold = DeclarationDifference(changed, after).entries.filter { !$0.isNote }
    #expect(untold.isEmpty)
    #expect(!difference.entries.isEmpty)
  }

  /// Merging would keep what stands there.
  private static func removing(_ path: [String], from declaration: Declaration) -> Declaration {
    guard let first = path.first, let entries = declaration.entries else { return declaration }
    let kept = entries.compactMap { entry -> Declaration.Entry? in
      guard entry.key.value == first else { return entry }
      return path.count == 1
        ? nil : .init(key: entry.key, value: removing(Array(path.dropFirst()), from: entry.value))
    }
    return Declaration(.map(kept), at: declaration.location)
  }

  @Test("lose nothing in words: every value that is new stands in a sentence", arguments: pairs)
  func lossless(_ pair: (String, String)) throws {
    let difference = DeclarationDifference(try Self.declaration(pair.0), try Self.declaration(pair.1))
    let changes = ModelChanges(difference)
    let text = changes.groups.map(\.text).joined(separator: "\n")
    let untold = ["name", "title", "description"]
    for entry in difference.entries
    where !entry.isNote && !untold.contains(entry.path.last ?? "")
      && !["claims", "choices"].contains(entry.path.first ?? "")
    {
      for value in entry.after.map(Self.scalars) ?? [] { #expect(text.contains(value), "\(entry.path)") }
      for value in entry.before.map(Self.scalars) ?? [] { #expect(text.contains(value), "\(entry.path)") }
    }
  }

  private static func scalars(_ declaration: Declaration) -> [String] {
    switch declaration.content {
    case .scalar(let text, _): [text]
    case .list(let items): items.flatMap(scalars)
    case .map(let entries):
      entries.filter { $0.key.value != "source" || $0.value.text == nil }.flatMap { scalars($0.value) }
    }
  }
}
