import Diagnostics
import Importers
import ServiceGraph
import Testing

/// Files from strangers: each is read or refused within bounds, and a finding has a place.
@Suite struct HostileFileTests {
  private static let depth = 100_000

  private static func chain(end: String) -> String {
    let gates = (0..<depth).map { number in
      let next = number + 1 < depth ? "<gate name=\"g\(number + 1)\"/>" : end
      return "<define-gate name=\"g\(number)\"><or><event name=\"e\"/>\(next)</or></define-gate>"
    }
    return TreeText.xml(gates.joined(separator: "\n"), data: TreeText.event("e"))
  }

  @Test func `a chain of 100,000 gates is read`() throws {
    let tree = try TreeText.tree(HostileFileTests.chain(end: "<event name=\"e\"/>"))
    #expect(tree.gates.count == HostileFileTests.depth)
    #expect(tree.tops.map(\.name) == ["g0"])
    #expect(tree.gates.first?.name == "g99999")
  }

  @Test func `a circle of 100,000 gates is told in one line`() {
    let found = TreeText.diagnostics(["t": HostileFileTests.chain(end: "<gate name=\"g0\"/>")])
    #expect(found.map(\.slug) == ["cyclic-gate"])
    let message = found.first?.message ?? ""
    #expect(message.contains("`g0` → `g1`") && message.contains("99992 more") && message.count < 300)
  }

  @Test func `a chain of 100,000 parameters is read`() throws {
    let parameters = (0..<HostileFileTests.depth).map { number in
      let value =
        number + 1 < HostileFileTests.depth
        ? "<parameter name=\"p\(number + 1)\"/>" : "<float value=\"0.25\"/>"
      return "<define-parameter name=\"p\(number)\">\(value)</define-parameter>"
    }
    let data = parameters.joined(separator: "\n") + TreeText.event("e", "<parameter name=\"p0\"/>")
    let tree = try TreeText.tree(
      TreeText.xml("<define-gate name=\"g\"><event name=\"e\"/></define-gate>", data: data))
    #expect(tree.bruteForceProbability() == 0.25)
  }

  @Test func `a chain of 100,000 Galileo gates is read`() throws {
    let gates = (0..<HostileFileTests.depth).map { "\"g\($0)\" or \"e\" \"g\($0 + 1)\";\n" }
    let end = "\"g\(HostileFileTests.depth)\" and \"e\";\n\"e\" lambda=1;\n"
    let tree = try TreeText.tree("toplevel \"g0\";\n" + gates.joined() + end)
    #expect(tree.gates.count == HostileFileTests.depth + 1)
  }

  @Test(arguments: [200, 252, 255, 300, 100_000])
  func `formulas nest as deep as the parser reads`(depth: Int) {
    let formula =
      String(repeating: "<not>", count: depth) + "<event name=\"e\"/>"
      + String(repeating: "</not>", count: depth)
    let text = TreeText.xml("<define-gate name=\"g\">\(formula)</define-gate>", data: TreeText.event("e"))
    let found = TreeText.places(text)
    // The model, the tree and the gate are three levels, the event one more.
    #expect(found == (depth + 4 <= 256 ? [] : ["2:1288 nested-too-deep"]))
  }

  @Test func `an entity bomb is refused before it is read`() {
    let entities = (1...9).map { "<!ENTITY a\($0) \"\(String(repeating: "&a\($0 - 1);", count: 10))\">" }
    let text = "<!DOCTYPE opsa-mef [<!ENTITY a0 \"ha\">\(entities.joined())]><opsa-mef>&a9;</opsa-mef>"
    #expect(TreeText.places(text) == ["1:1 doctype-refused"])
  }

  @Test(
    arguments: [
      ([0xFF, 0xFE, 0x3C, 0x00], "1:1 not-utf8"),
      (Array("<opsa-mef>\n<a name=\"".utf8) + [0xE9] + Array("\"/></opsa-mef>".utf8), "2:10 not-utf8"),
      (Array("toplevel \"a\";\n\u{0}".utf8), "2:1 binary-file"),
      ([], "1:1 empty-file"),
      (Array("name: checkout".utf8), "1:1 unknown-format"),
      ([0xEF, 0xBB, 0xBF] + Array("<opsa-mef/>".utf8), "1:1 no-top-event"),
    ] as [([UInt8], String)])
  func `bytes that are no text are refused`(bytes: [UInt8], expected: String) {
    let reader = FaultTreeReader(files: .inMemory(["t": bytes]))
    do throws(Findings) {
      _ = try reader.reading(at: ["t"])
      Issue.record("the file was read")
    } catch {
      let found = error.diagnostics.map { "\($0.location?.line ?? 0):\($0.location?.column ?? 0) \($0.slug)" }
      #expect(found == [expected])
    }
  }

  @Test func `a file larger than the limit is refused by its size`() {
    let files = ImportFiles { _, limit throws(ImportFiles.Problem) in throw .tooLarge(bytes: limit + 1) }
    #expect(throws: Findings.self) { try FaultTreeReader(files: files).reading(at: ["t"]) }
    #expect(FaultTreeReader(files: files).format(at: "t") == nil)
  }

  @Test(arguments: ["/dev/zero", "/", "/no/such/file", "/dev/stdin\u{0}"])
  func `what is no file is refused`(path: String) {
    #expect(throws: Findings.self) { try FaultTreeReader().reading(at: [path]) }
  }

  @Test func `formats are told by content, and do not mix`() {
    let galileo = "// <opsa-mef>\ntoplevel \"a\"; \"a\" prob=1;"
    #expect(FaultTreeFormat.detected(in: galileo.utf8) == .galileo)
    #expect(FaultTreeFormat.detected(in: "\n <?xml version=\"1.0\"?><opsa-mef/>".utf8) == .openPSA)
    #expect(FaultTreeFormat.detected(in: "relmodel: 1\nname: x".utf8) == nil)
    #expect(TreeText.places(["a": galileo, "b": "<opsa-mef/>"]) == ["two-formats"])
    #expect(TreeText.places(["a": galileo, "b": galileo]) == ["two-trees"])
  }

  @Test func `findings have an end`() {
    let inputs = (0..<20_000).map { "<event name=\"x\($0)\"/>" }.joined(separator: "\n")
    let text = TreeText.xml(
      "<define-gate name=\"g\"><or>\(inputs)</or></define-gate>", data: TreeText.event("e"))
    #expect(TreeText.diagnostics(["t": text]).filter { $0.severity == .error }.count <= 500)
  }

  @Test func `a group of too many combinations is refused`() {
    let members = (0..<40).map { "<basic-event name=\"m\($0)\"/>" }.joined()
    let factors = (0..<40).map { _ in "<factor><float value=\"0.025\"/></factor>" }.joined()
    let group =
      "<define-CCF-group name=\"c\" model=\"alpha-factor\"><members>\(members)</members><distribution>"
      + "<float value=\"0.1\"/></distribution><factors>\(factors)</factors></define-CCF-group>"
    let text = TreeText.xml("<define-gate name=\"g\"><and>\(members)</and></define-gate>", after: group)
    #expect(TreeText.diagnostics(["t": text]).map(\.slug) == ["group-too-large"])
  }

  @Test(arguments: ["<x/>", "<and/>", "<define-gate/>"])
  func `many wrong elements are told in bounded time`(element: String) {
    let text = TreeText.xml(String(repeating: element, count: 200_000))
    #expect(TreeText.places(text).count <= 500)
  }

  @Test func `many deviates in one definition have names`() throws {
    let deviate = "<uniform-deviate><float value=\"0\"/><float value=\"1e-6\"/></uniform-deviate>"
    let sum = "<add>\(String(repeating: deviate, count: 50_000))</add>"
    let text = TreeText.xml(
      "<define-gate name=\"g\"><event name=\"e\"/></define-gate>", data: TreeText.event("e", sum))
    let table = try TreeText.tree(text).expressions
    #expect(table.uncertainties.last?.name == "e#50000")
    #expect(Set(table.uncertainties.map(\.name)).count == 50_000)
  }

  @Test func `paths of components stay short`() {
    let name = String(repeating: "n", count: 400)
    let open = (0..<100).map { "<define-component name=\"\(name)\($0)\">" }.joined()
    let text = TreeText.xml(open + String(repeating: "</define-component>", count: 100))
    #expect(TreeText.diagnostics(["t": text]).first?.slug == "bad-name")
  }

  @Test func `a file of too many elements is refused`() {
    let text = "<opsa-mef>" + String(repeating: "<a/>", count: 1_500_000) + "</opsa-mef>"
    #expect(TreeText.diagnostics(["t": text]).map(\.slug) == ["file-too-large"])
  }

  @Test func `an element of a million attributes is refused where it stands`() {
    let attributes = (0..<1_000_000).map { "a\($0)=\"\"" }.joined(separator: " ")
    let text = "<opsa-mef>\n <define-gate name=\"g\" \(attributes)/></opsa-mef>"
    #expect(TreeText.places(text) == ["2:2 too-many-attributes"])
  }
}
