import Diagnostics
import Importers
import ServiceGraph
import Testing

@Suite struct OpenPSATests {
  private static let ab = TreeText.event("a") + TreeText.event("b", "<float value=\"0.2\"/>")

  /// A formula over `a` (0.1), `b` (0.2) and `c` (0.3), and its probability.
  @Test(
    arguments: [
      ("<and><event name=\"a\"/><event name=\"b\" type=\"basic-event\"/></and>", 0.02),
      ("<or><basic-event name=\"a\"/><basic-event name=\"b\"/></or>", 0.28),
      ("<not><event name=\"a\"/></not>", 0.9),
      ("<xor><event name=\"a\"/><event name=\"b\"/></xor>", 0.26),
      ("<nand><event name=\"a\"/><event name=\"b\"/></nand>", 0.98),
      ("<nor><event name=\"a\"/><event name=\"b\"/></nor>", 0.72),
      ("<imply><event name=\"a\"/><event name=\"b\"/></imply>", 0.92),
      ("<iff><event name=\"a\"/><event name=\"b\"/></iff>", 0.74),
      ("<atleast min=\"2\"><event name=\"a\"/><event name=\"b\"/><event name=\"c\"/></atleast>", 0.098),
      ("<cardinality min=\"1\" max=\"2\"><event name=\"a\"/><event name=\"b\"/></cardinality>", 0.28),
      ("<event name=\"c\"/>", 0.3),
      ("<null><event name=\"c\"/></null>", 0.3),
      ("<constant value=\"true\"/>", 1),
      ("<or><event name=\"a\"/><house-event name=\"on\"/></or>", 1),
      ("<or><event name=\"a\"/><event name=\"off\"/></or>", 0.1),
      (
        "<or><and><event name=\"a\"/><not><event name=\"b\"/></not></and><constant value=\"false\"/></or>",
        0.08
      ),
    ])
  func `a formula has its probability`(formula: String, expected: Double) throws {
    let data =
      OpenPSATests.ab + TreeText.event("c", "<float value=\"0.3\"/>")
      + "<define-house-event name=\"on\"><constant value=\"true\"/></define-house-event>"
      + "<define-house-event name=\"off\"/>"
    let tree = try TreeText.tree(TreeText.xml("<define-gate name=\"g\">\(formula)</define-gate>", data: data))
    #expect(abs(tree.bruteForceProbability() - expected) < 1e-15)
  }

  @Test func `tops are the gates that no other gate of their tree uses`() throws {
    // The second tree uses a gate of the first, which stays a top of the first (SCRAM).
    let text = """
      <opsa-mef><define-fault-tree name="s">
      <define-gate name="one"><gate name="two"/></define-gate>
      <define-gate name="two"><event name="a"/></define-gate>
      <define-gate name="alone"><event name="a"/></define-gate></define-fault-tree>
      <define-fault-tree name="t"><define-gate name="three"><gate name="one"/></define-gate></define-fault-tree>
      <model-data>\(TreeText.event("a"))</model-data></opsa-mef>
      """
    let tree = try TreeText.tree(text)
    #expect(tree.tops.map(\.name) == ["one", "alone", "three"])
    #expect(tree.gates.map(\.name) == ["two", "one", "alone", "three"])
  }

  @Test func `private names are found from inside and by their path`() throws {
    let text = """
      <opsa-mef name="m"><define-fault-tree name="t">
      <define-gate name="g"><or><event name="x.e"/><event name="t.y.e"/><event name="e"/></or></define-gate>
      <define-component name="x" role="private">
        <define-basic-event name="e"><float value="0.1"/></define-basic-event></define-component>
      <define-component name="y" role="private">
        <define-basic-event name="e"><float value="0.2"/></define-basic-event>
        <define-gate name="inner" role="public"><event name="e"/></define-gate></define-component>
      </define-fault-tree><model-data>\(TreeText.event("e", "<float value=\"0.3\"/>"))</model-data></opsa-mef>
      """
    let tree = try TreeText.tree(text)
    #expect(tree.name == "m")
    #expect(tree.events.map(\.name) == ["t.x.e", "t.y.e", "e"])
    #expect(tree.tops.map(\.name) == ["g", "inner"])
    let inner = try #require(tree.gates.first { $0.name == "inner" })
    #expect(inner.inputs == [.event(1)])
    #expect(abs(tree.bruteForceProbability() - (1 - 0.9 * 0.8 * 0.7)) < 1e-15)
  }

  @Test func `several files are one model`() throws {
    let files = [
      "a.xml":
        "<opsa-mef><define-fault-tree name=\"t\"><define-gate name=\"g\"><event name=\"e\"/></define-gate>"
        + "<define-basic-event name=\"e\"/></define-fault-tree></opsa-mef>",
      "b.xml":
        "<opsa-mef><model-data>\(TreeText.event("e", "<parameter name=\"p\"/>"))</model-data></opsa-mef>",
      "c.xml": "<opsa-mef><model-data><define-parameter name=\"p\" unit=\"float\"><float value=\"0.4\"/>"
        + "</define-parameter></model-data></opsa-mef>",
    ]
    let reading = try FaultTreeReader(files: .inMemory(files)).reading(at: ["a.xml", "b.xml", "c.xml"])
    #expect(reading.tree.bruteForceProbability() == 0.4)
    #expect(reading.tree.expressions.parameters.map(\.unit) == ["float"])
    #expect(reading.warnings.isEmpty)
  }

  @Test func `labels are titles and attributes say nothing`() throws {
    let text = TreeText.xml(
      "<define-gate name=\"g\"><label>Loss of\n  power &amp; light</label><attributes><attribute name=\"x\" "
        + "value=\"y\"/></attributes><event name=\"e\"/></define-gate>",
      data: TreeText.event("e", "<label><![CDATA[<Pump>]]></label><float value=\"0.1\"/>"))
    let tree = try TreeText.tree(text)
    #expect(tree.gates[0].title == "Loss of power & light")
    #expect(tree.events[0].title == "<Pump>")
  }

  @Test func `an event without a probability is unknown where that is allowed`() throws {
    let text = TreeText.xml(
      "<define-gate name=\"g\"><event name=\"e\"/></define-gate>", data: "<define-basic-event name=\"e\"/>")
    #expect(TreeText.places(text) == ["4:1 no-probability"])
    let tree = try TreeText.tree(text, probabilities: .optional)
    #expect(tree.events[0].law == .unknown)
    #expect(tree.probabilities(tree.expressions.values(at: 1)) == [nil])
  }

  @Test func `numbers are looked at for the mission time`() throws {
    let rate = "<mul><float value=\"1e-4\"/><system-mission-time/></mul>"
    let text = TreeText.xml(
      "<define-gate name=\"g\"><event name=\"e\"/></define-gate>", data: TreeText.event("e", rate))
    #expect(try TreeText.tree(text, missionTime: 100).events.count == 1)
    #expect(throws: Findings.self) { try TreeText.tree(text, missionTime: 20_000) }
  }

  /// A text, and what is found in it.
  @Test(
    arguments: [
      ("<opsa-mef a=b/>", ["1:13 malformed-xml"]),
      ("<opsa-mef a='1'b='2'/>", ["1:16 malformed-xml"]),
      ("<opsa-mef>\n<a><b></a>\n</opsa-mef>", ["2:11 malformed-xml"]),
      ("<opsa-mef/><a/>", ["1:12 malformed-xml"]),
      ("<opsa-mef/>a", ["1:12 malformed-xml"]),
      ("<opsa-mef a=\"", ["1:1 malformed-xml"]),
      ("<opsa-mef><!-- </opsa-mef>", ["1:11 malformed-xml"]),
      ("<opsa-mef>&#0;</opsa-mef>", ["1:15 malformed-xml"]),
      ("<opsa-mef>a & b</opsa-mef>", ["1:13 malformed-xml"]),
      ("<opsa-mef/>", ["1:1 no-top-event"]),
      ("<svg/>", ["1:1 unknown-format"]),
      ("<opsa-mef><define-fault-tree name=\"t\">", ["1:39 malformed-xml"]),
      ("<opsa-mef></define>", ["1:20 malformed-xml"]),
      (
        "<?xml version=\"1.0\"?>\n<!DOCTYPE opsa-mef [<!ENTITY a \"b\">]>\n<opsa-mef/>",
        ["2:1 doctype-refused"]
      ),
      ("<opsa-mef>\n &lol;</opsa-mef>", ["2:2 unknown-entity"]),
      ("<opsa-mef name=\"&lol;\"/>", ["1:17 unknown-entity"]),
      (
        "<opsa-mef xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include href=\"/etc/passwd\"/></opsa-mef>",
        ["1:54 include-refused"]
      ),
      ("<opsa-mef><include file=\"x.xml\"/></opsa-mef>", ["1:11 include-refused"]),
      ("<?xml version=\"1.0\" encoding=\"UTF-16\"?><opsa-mef/>", ["1:1 not-utf8"]),
      ("  \n", ["1:1 empty-file"]),
    ])
  func `a file that is no model is refused with its place`(text: String, expected: [String]) {
    #expect(TreeText.places(text) == expected)
  }

  /// Gates over `a` and `b`, and what is found; the gates begin in the second line.
  @Test(
    arguments: [
      ("<define-gate name=\"g\"><or/></define-gate>", ["2:23 empty-gate"]),
      ("<define-gate name=\"g\"/>", ["2:1 empty-gate"]),
      (
        "<define-gate name=\"g\"><atleast min=\"3\"><event name=\"a\"/><event name=\"b\"/></atleast></define-gate>",
        ["2:23 k-out-of-range"]
      ),
      (
        "<define-gate name=\"g\"><atleast min=\"x\"><event name=\"a\"/><event name=\"b\"/></atleast></define-gate>",
        ["2:23 bad-number"]
      ),
      (
        "<define-gate name=\"g\"><cardinality min=\"2\" max=\"1\"><event name=\"a\"/><event name=\"b\"/></cardinality>"
          + "</define-gate>", ["2:23 k-out-of-range"]
      ),
      (
        "<define-gate name=\"g\"><not><event name=\"a\"/><event name=\"b\"/></not></define-gate>",
        ["2:23 wrong-arity"]
      ),
      (
        "<define-gate name=\"g\"><or><gate name=\"h\"/><event name=\"a\"/><event name=\"b\"/></or></define-gate>",
        ["2:27 undefined-gate"]
      ),
      (
        "<define-gate name=\"g\"><or><event name=\"aa\"/><event name=\"a\"/><event name=\"b\"/></or></define-gate>",
        ["2:27 undefined-event"]
      ),
      (
        "<define-gate name=\"g\"><or><gate name=\"a\"/><event name=\"b\"/></or></define-gate>",
        ["2:27 wrong-kind"]
      ),
      (
        "<define-gate name=\"g\"><or><gate name=\"g\"/><event name=\"a\"/><event name=\"b\"/></or></define-gate>",
        ["2:1 cyclic-gate"]
      ),
      (
        "<define-gate name=\"g\"><ohr><event name=\"a\"/></ohr></define-gate>",
        ["2:23 unknown-element"]
      ),
      (
        "<define-gate name=\"a\"><event name=\"b\"/></define-gate><define-gate name=\"g\"><event name=\"a\"/></define-gate>",
        ["4:1 duplicate-definition"]
      ),
      (
        "<define-gate name=\"g\"><or><event name=\"a\"/>b<event name=\"b\"/></or></define-gate>",
        ["2:44 stray-text"]
      ),
      (
        "<define-gate name=\"g.h\"><or><event name=\"a\"/><event name=\"b\"/></or></define-gate>",
        ["2:1 bad-name"]
      ),
      (
        "<define-gate><or><event name=\"a\"/><event name=\"b\"/></or></define-gate>",
        ["2:1 missing-attribute"]
      ),
      ("<define-gate name=\"g\"><event name=\"a\"/></define-gate>", ["4:71 unused-definition"]),
    ])
  func `a gate that is wrong is found with its place`(gates: String, expected: [String]) {
    #expect(TreeText.places(TreeText.xml(gates, data: OpenPSATests.ab)) == expected)
  }

  /// The expression of the event `e`, whose definition begins in line 4, and what is found.
  @Test(
    arguments: [
      ("<float value=\"1.5\"/>", ["4:30 probability-out-of-range"]),
      ("<float value=\"-0.1\"/>", ["4:30 probability-out-of-range"]),
      ("<float value=\"nan\"/>", ["4:30 bad-number"]),
      ("<float value=\"0x1p-2\"/>", ["4:30 bad-number"]),
      ("<float value=\"1e999\"/>", ["4:30 bad-number"]),
      ("<float/>", ["4:30 missing-attribute"]),
      ("<exponential><float value=\"-1\"/><float value=\"1\"/></exponential>", ["4:30 impossible-number"]),
      ("<exponential><float value=\"1\"/></exponential>", ["4:30 wrong-arity"]),
      (
        "<GLM><float value=\"2\"/><float value=\"1\"/><float value=\"1\"/><float value=\"1\"/></GLM>",
        ["4:30 impossible-number"]
      ),
      (
        "<Weibull><float value=\"0\"/><float value=\"1\"/><float value=\"1\"/><float value=\"1\"/></Weibull>",
        ["4:30 impossible-number"]
      ),
      ("<div><float value=\"0\"/><float value=\"0\"/></div>", ["4:30 impossible-number"]),
      (
        "<pow><float value=\"1e300\"/><float value=\"2\"/></pow>",
        ["4:30 impossible-number", "4:30 probability-out-of-range"]
      ),
      (
        "<uniform-deviate><float value=\"0.2\"/><float value=\"0.1\"/></uniform-deviate>",
        ["4:30 impossible-number"]
      ),
      ("<parameter name=\"nobody\"/>", ["4:30 undefined-parameter"]),
      ("<exponental><float value=\"1\"/></exponental>", ["4:30 unknown-element"]),
      ("<periodic-test><float value=\"1\"/></periodic-test>", ["4:30 wrong-arity"]),
      ("<histogram><float value=\"0\"/></histogram>", ["4:30 wrong-arity"]),
      ("<histogram><float value=\"0\"/><float value=\"0\"/></histogram>", ["4:59 wrong-arity"]),
      ("<switch><case/></switch>", ["4:30 wrong-arity"]),
    ])
  func `an expression that is wrong is found with its place`(expression: String, expected: [String]) {
    let gate = "<define-gate name=\"g\"><event name=\"e\"/></define-gate>"
    #expect(TreeText.places(TreeText.xml(gate, data: TreeText.event("e", expression))) == expected)
  }

  @Test func `parameters may not go round`() {
    let names = ["p", "q", "r"]
    let data = names.indices.map {
      "<define-parameter name=\"\(names[$0])\"><parameter name=\"\(names[($0 + 1) % 3])\"/></define-parameter>\n"
    }
    let gate = "<define-gate name=\"g\"><event name=\"e\"/></define-gate>"
    let text = TreeText.xml(gate, data: data.joined() + TreeText.event("e", "<parameter name=\"p\"/>"))
    let found = TreeText.diagnostics(["t": text])
    #expect(found.map(\.slug) == ["cyclic-parameter"])
    #expect(found.first?.message.contains("`p` → `q` → `r` → `p`") == true)
  }

  @Test(
    arguments: [
      ("<members><basic-event name=\"a\"/></members>", "<float value=\"0.1\"/>", "too-few-members"),
      (
        "<members><basic-event name=\"a\"/><basic-event name=\"a\"/></members>", "<float value=\"0.1\"/>",
        "duplicate-member"
      ),
      (
        "<members><basic-event name=\"a\"/><basic-event name=\"b\"/></members>", "<float value=\"1.1\"/>",
        "probability-out-of-range"
      ),
      (
        "<members><basic-event name=\"a\"/><gate name=\"b\"/></members>", "<float value=\"0.1\"/>",
        "unknown-element"
      ),
    ])
  func `a common-cause group that is wrong is found`(members: String, factor: String, slug: String) {
    let group =
      "<define-CCF-group name=\"c\" model=\"beta-factor\">\(members)<distribution><float value=\"0.1\"/></distribution>"
      + "<factor level=\"2\">\(factor)</factor></define-CCF-group>"
    let gate = "<define-gate name=\"g\"><or><event name=\"a\"/><event name=\"b\"/></or></define-gate>"
    #expect(TreeText.diagnostics(["t": TreeText.xml(gate, after: group)]).contains { $0.slug == slug })
  }

  @Test func `phi factors add up to 1`() {
    let group =
      "<define-CCF-group name=\"c\" model=\"phi-factor\"><members><basic-event name=\"a\"/><basic-event name=\"b\"/>"
      + "</members><distribution><float value=\"0.1\"/></distribution><factors><factor level=\"1\"><float value=\"0.7\"/>"
      + "</factor><factor level=\"2\"><float value=\"0.2\"/></factor></factors></define-CCF-group>"
    let gate = "<define-gate name=\"g\"><or><event name=\"a\"/><event name=\"b\"/></or></define-gate>"
    #expect(TreeText.diagnostics(["t": TreeText.xml(gate, after: group)]).map(\.slug) == ["factors-sum"])
  }

  @Test func `suggestions name what was meant`() {
    let gate =
      "<define-gate name=\"g\"><or><event name=\"pump_on\"/><event name=\"pump_one\"/></or></define-gate>"
    let found = TreeText.diagnostics(["t": TreeText.xml(gate, data: TreeText.event("pump_one"))])
    #expect(found.map(\.help) == ["<event name=\"pump_one\"/>"])
  }

  @Test(
    arguments: [
      (
        "<define-gate name=\"g\" rol=\"private\"><event name=\"e\"/></define-gate>", ["2:1 unknown-attribute"]
      ),
      ("<define-gate name=\"g\"><event name=\"e\" min=\"1\"/></define-gate>", ["2:23 unknown-attribute"]),
      (
        "<define-gate name=\"g\"><or k=\"1\"><event name=\"e\"/></or></define-gate>",
        ["2:23 unknown-attribute"]
      ),
      ("<define-gate xmlns:xsi=\"urn:x\" xsi:x=\"\" name=\"g\"><event name=\"e\"/></define-gate>", []),
      (
        "<define-gate name=\"g\"><attributes><attribute name=\"a\" value=\"b\"/></attributes><event name=\"e\"/>"
          + "</define-gate>", []
      ),
    ])
  func `an attribute without a meaning is told`(gate: String, expected: [String]) {
    #expect(TreeText.places(TreeText.xml(gate, data: TreeText.event("e"))) == expected)
  }
}
