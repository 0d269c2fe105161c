import Diagnostics
import Foundation
import Testing

import ModelFormat

/// Chains of `extends:`, from memory.
@Suite struct ModelLoaderTests {
  private static let base = """
    relmodel: 1
    name: current
    title: Today
    components: {api: {count: 2}, ledger: {count: 1}}
    """
  private static let target = """
    relmodel: 1
    name: target
    extends: current.relmodel.yaml
    once: $5000
    takes: 3 weeks
    change:
      components: {api: {count: 3}, ledger: ~}
    """

  private func load(
    _ texts: [String: String], _ path: String, set: [String] = []
  ) throws(Findings) -> LoadedModel {
    try ModelLoader(files: .inMemory(texts)).model(at: path, assignments: set)
  }

  private func places(_ texts: [String: String], _ path: String) -> [String]? {
    do throws(Findings) {
      _ = try load(texts, path)
      return nil
    } catch {
      return error.places
    }
  }

  @Test func `a plain model has no overlay`() throws {
    let model = try load(["m/a.yaml": Self.base], "m/a.yaml")
    #expect(model.overlay == nil)
    #expect(model.sources.map(\.name) == ["m/a.yaml"])
  }

  @Test(arguments: ["", "models/jivs/", "/abs/"])
  func `a what-if is merged into its base`(folder: String) throws {
    let texts = [folder + "current.relmodel.yaml": Self.base, folder + "target.relmodel.yaml": Self.target]
    let model = try load(texts, folder + "target.relmodel.yaml")
    #expect(
      model.declaration.line == "{relmodel: 1, name: target, title: Today, components: {api: {count: 3}}}")
    #expect(model.overlay?.once?.text == "$5000")
    #expect(model.overlay?.takes?.text == "3 weeks")
    #expect(model.sources.map(\.name) == [folder + "target.relmodel.yaml", folder + "current.relmodel.yaml"])
    let count = model.declaration["components"]?["api"]?["count"]
    #expect(count?.location.description == folder + "target.relmodel.yaml:7:29")
    #expect(model.declaration["title"]?.location.file == folder + "current.relmodel.yaml")
  }

  @Test func `changes apply from base to leaf, then assignments`() throws {
    let texts = [
      "a.yaml": "relmodel: 1\nx: 1\ny: 1\nz: 1\n", "sub/b.yaml": "extends: a.yaml\n",
      "b.yaml": "extends: ./a.yaml\nchange: {x: 2, y: 2}\n", "c.yaml": "extends: b.yaml\nchange: {y: 3}\n",
    ]
    let model = try load(texts, "c.yaml", set: ["z=4", "w/v=5", "w/u=6"])
    #expect(model.declaration.line == "{relmodel: 1, x: 2, y: 3, z: 4, w: {v: 5, u: 6}}")
    #expect(model.overlays.map(\.file) == ["b.yaml", "c.yaml"])
    #expect(model.sources.last?.name == "--set")
  }

  @Test(arguments: [
    ("extends: ../b.yaml", ["1:10 extends-outside"]), ("extends: x/../b.yaml", ["1:10 extends-outside"]),
    ("extends: /etc/passwd", ["1:10 extends-outside"]), ("extends: https://x/y", ["1:10 extends-outside"]),
    ("extends: \"b.yaml\\0\"", ["1:10 extends-outside"]), ("extends: c.yaml", ["1:10 extends-missing"]),
    ("extends: .", ["1:10 extends-missing"]), ("extends: [b.yaml]", ["1:10 wrong-shape"]),
    ("extends: ''", ["1:10 wrong-shape"]), ("extends: ~", ["1:10 empty-value"]),
    ("extends: a.yaml", ["1:10 extends-circle"]), ("extends: bad.yaml", ["1:4 alias"]),
    ("extends: list.yaml", ["1:1 wrong-shape"]), ("change: {a: 1}", ["1:1 change-without-extends"]),
    ("extends: b.yaml\nchange: x", ["2:9 wrong-shape"]),
    ("relmodel: 2\nextends: b.yaml", ["1:11 version-differs"]),
    ("extends: b.yaml\ncomponents: {}\nchnage: {}", ["2:1 key-beside-extends", "3:1 key-beside-extends"]),
    ("extends: b.yaml\nchange: {extends: c.yaml, once: 3}", ["2:10 not-changeable", "2:27 not-changeable"]),
    ("extends: b.yaml\nchange: {nme: ~}", ["2:10 removes-nothing"]), ("- a", ["1:1 wrong-shape"]),
  ])
  func `what can not be extended is refused`(text: String, expected: [String]) {
    let texts = [
      "m/a.yaml": text, "m/b.yaml": "relmodel: 1\nname: b", "m/bad.yaml": "a: *x", "m/list.yaml": "- a",
    ]
    #expect(places(texts, "m/a.yaml") == expected)
  }

  @Test func `a circle is printed`() {
    let texts = ["a.yaml": "extends: b.yaml", "b.yaml": "extends: c.yaml", "c.yaml": "extends: ./b.yaml"]
    let error = #expect(throws: Findings.self) { try load(texts, "a.yaml") }
    #expect(error?.places == ["1:10 extends-circle"])
    #expect(error?.diagnostics.first?.message.hasSuffix("b.yaml → c.yaml → b.yaml") == true)
    #expect(error?.sources.count == 3)
  }

  @Test func `a chain is bounded`() {
    let texts = Dictionary(uniqueKeysWithValues: (0..<30).map { ("\($0).yaml", "extends: \($0 + 1).yaml") })
    let error = #expect(throws: Findings.self) { try load(texts, "0.yaml") }
    #expect(error?.places == ["1:10 extends-too-long"])
    #expect(error?.diagnostics.first?.location?.file == "15.yaml")
  }

  @Test func `missing files come with the nearest name`() {
    let texts = ["m/target.yaml": "extends: curent.yaml", "m/current.yaml": "relmodel: 1"]
    let missingBase = #expect(throws: Findings.self) { try load(texts, "m/target.yaml") }
    #expect(missingBase?.diagnostics.first?.help == "extends: current.yaml")
    let missingLeaf = #expect(throws: Findings.self) { try load(texts, "m/targt.yaml") }
    #expect(missingLeaf?.places == ["- file-missing"])
    #expect(missingLeaf?.diagnostics.first?.help == "m/target.yaml")
  }

  @Test func `one-of groups apply through the loader`() throws {
    let texts = ["a.yaml": "relmodel: 1\nx: {mtbf: 1}", "b.yaml": "extends: a.yaml\nchange: {x: {rate: 2}}"]
    let merge = MergePatch { $0 == ["x"] ? [OneOfGroup(oneKeyOf: ["mtbf", "rate"])] : [] }
    let model = try ModelLoader(files: .inMemory(texts), merge: merge).model(
      at: "b.yaml", assignments: ["x/mtbf=3"])
    #expect(model.declaration["x"]?.line == "{mtbf: 3}")
  }
}
