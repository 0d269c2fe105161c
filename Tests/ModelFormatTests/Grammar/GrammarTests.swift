import Diagnostics
import Quantities
import ServiceModel
import Testing

import ModelFormat

/// The grammar and its readers agree: what is declared is accepted, decoded, or called not supported yet.
@Suite struct GrammarTests {
  private func problem(_ model: Declaration) -> String? {
    do throws(Findings) {
      _ = try ModelText.draft(of: model)
      return nil
    } catch {
      let refused = error.diagnostics.filter { !GrammarTests.aboutOthers.contains($0.slug) }
      return refused.isEmpty ? nil : refused.map { "\($0.slug): \($0.message)" }.joined(separator: "; ")
    }
  }

  /// A procedure is checked as a whole when it is read: an example that names steps or procedures that stand in no other
  /// line was accepted, and then found alone.
  private static let aboutOthers: Set<String> = aboutNeighbours.union([
    "unknown-name", "unknown-step", "step-cycle", "all-behind",
  ])

  /// So was a policy or pool whose keys bound each other: these samples stand alone, beside a size of 1.
  private static let aboutNeighbours: Set<String> = [
    "missing-key", "breaker-closes", "pool-core", "pool-kind", "pool-used", "pool-wait", "pool-overflow",
    "retry-jitter", "traffic-latency",
  ]

  @Test func `every key is accepted with its example`() throws {
    let examples = try GrammarWalk.all().examples
    #expect(examples.count > 100)
    for example in examples {
      #expect(problem(example.model) == nil, "\(example.path) in \(example.model.line)")
    }
  }

  @Test func `every scalar may say where it comes from`() throws {
    for example in try GrammarWalk.all().sourced where !example.path.hasSuffix("/source") {
      #expect(problem(example.model) == nil, "\(example.path) in \(example.model.line)")
    }
  }

  /// Keys for people only, and those whose example is what holds anyway.
  private static let inert: Set<String> = [
    "/description", "/history", "/conventions", "/domains/title", "/conventions/gb-per-tb",
    "/domains/nodes/fails/title", "/pools/overflow",
  ]

  @Test func `every key changes the draft`() throws {
    var changed: Set<String> = []
    var seen: Set<String> = []
    for example in try GrammarWalk.all().examples {
      guard let without = example.without, let base = try? ModelText.draft(of: without),
        let draft = try? ModelText.draft(of: example.model)
      else { continue }
      seen.insert(example.path)
      if "\(draft)" != "\(base)" { changed.insert(example.path) }
    }
    #expect(seen.subtracting(changed).subtracting(Self.inert) == [], "these keys are read and change nothing")
  }

  @Test func `the schema is one JSON object that knows every key`() throws {
    guard case .object(let schema) = LanguageReference.jsonSchema, case .object(let shapes)? = schema["$defs"]
    else {
      Issue.record("the schema is no object")
      return
    }
    #expect(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema")
    #expect(shapes.keys.sorted() == Grammar.shapes.map(\.name).sorted())
    let text = LanguageReference.jsonSchema.text
    for example in try GrammarWalk.all().examples {
      let key = example.path.split(separator: "/").last ?? ""
      #expect(text.contains("\"\(key)\" :"), "\(key) is not in the schema")
    }
  }

  @Test func `the reference names every key`() throws {
    for example in try GrammarWalk.all().examples {
      let key = example.path.split(separator: "/").last ?? ""
      #expect(LanguageReference.markdown.contains("| `\(key)` |"), "\(key) is not in the reference")
    }
  }

  @Test(arguments: ["hello", "my-service", "a1", "A_b"]) func `the starter model reads without findings`(
    name: String
  ) throws {
    let text = StarterModel.text(name: name)
    let model = try ModelReader(files: .inMemory(["m.yaml": text])).reading(at: "m.yaml").model
    #expect(model.name == name)
    #expect(StarterModel.isValidName(name))
  }

  @Test(arguments: ["", "-a", "a b", "ä", "a/b", String(repeating: "a", count: 101), "a.b", "_a"])
  func `what is no name`(text: String) { #expect(!StarterModel.isValidName(text)) }
}
