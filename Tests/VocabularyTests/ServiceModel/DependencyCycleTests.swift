import Diagnostics
import ServiceModel
import Testing

/// Hard dependencies that come back to where they began.
@Suite struct DependencyCycleTests {
  private typealias Example = DraftExample

  private func findings(_ edges: [(String, [Dependency<Located<String>>])]) throws -> [Diagnostic] {
    var draft = try Example.draft()
    draft.components = edges.enumerated().map { index, edge in
      var component = Example.component(edge.0, line: 10 + index)
      component.dependencies = edge.1
      return component
    }
    draft.capabilities[0].dependencies = [Example.hard(edges[0].0)]
    do throws(Findings) {
      _ = try Model(validating: draft)
      return []
    } catch {
      return error.diagnostics
    }
  }

  @Test func `a circle is printed`() throws {
    let found = try findings([
      ("a", [Example.hard("b")]), ("b", [Example.soft("a"), Example.hard("c")]),
      ("c", [Example.hard("d"), Example.hard("b")]),
      ("d", []),
    ])
    #expect(found.map(\.slug) == ["dependency-cycle"])
    #expect(found.first?.message == "hard dependencies run in a circle: b → c → b")
    #expect(found.first?.location == Example.at(11))
    #expect(found.first?.help == "make one of them soft: {c: {soft: 50 %}}")
  }

  @Test func `a circle of one, and one through a group`() throws {
    #expect(try findings([("a", [Example.hard("a")])]).first?.message.hasSuffix("a → a") == true)
    let group = try findings([
      ("a", [Example.atLeast(1, ["b", "c"])]), ("b", []), ("c", [Example.hard("a")]),
    ])
    #expect(group.first?.message.hasSuffix("a → c → a") == true)
  }

  @Test func `soft dependencies and diamonds are no circle`() throws {
    #expect(try findings([("a", [Example.hard("b")]), ("b", [Example.soft("a")])]).isEmpty)
    #expect(
      try findings([
        ("a", [Example.hard("b"), Example.hard("c")]), ("b", [Example.hard("d")]), ("c", [Example.hard("d")]),
        ("d", []),
      ]).isEmpty)
  }

  @Test func `a circle of ten thousand is found without the machine stack`() throws {
    let count = 10_000
    let edges = (0..<count).map { ("c\($0)", [Example.hard("c\(($0 + 1) % count)")]) }
    let found = try findings(edges)
    #expect(found.map(\.slug) == ["dependency-cycle"])
    #expect(found.first?.message.hasSuffix("→ c9999 → c0") == true)
  }

  @Test func `a chain of ten thousand is none`() throws {
    let edges = (0..<10_000).map { number in
      ("c\(number)", number < 9_999 ? [Example.hard("c\(number + 1)")] : [])
    }
    #expect(try findings(edges).isEmpty)
  }
}
