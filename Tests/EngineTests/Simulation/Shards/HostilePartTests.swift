import Reports
import Simulation
import Testing

@Suite("Parts that are damaged or made up")
struct HostilePartTests {
  private static let run = MergeTests.run
  private static let totals = ["part", "part", "totals"]
  private static let first = totals + ["capabilities", "0"]

  struct Lie: Sendable, CustomTestStringConvertible {
    let path: [String]
    let value: any Sendable
    let expected: String
    var testDescription: String { "\(path.last ?? "") \(value)" }

    init(_ path: [String], _ value: any Sendable, _ expected: String) {
      (self.path, self.value, self.expected) = (path, value, expected)
    }
  }

  @Test(
    "no number brings a merge down or slips through, even under a right digest",
    arguments: [
      Lie(first + ["downtime", "sum"], String(repeating: "9", count: 38), "can not be counted"),
      Lie(first + ["downtime", "sum"], String(repeating: "9", count: 39), "no such number"),
      Lie(first + ["downtime", "sum"], "-5", "can not be counted"),
      Lie(first + ["downtime", "squares"], "\(Int128.max)", "can not be counted"),
      Lie(first + ["downtime", "squares"], "0", "can not be counted"),
      Lie(first + ["downtime", "sum"], 5, "of the wrong kind"),
      Lie(first + ["downtime"], [String](), "of the wrong kind"),
      Lie(
        first + ["restoring"], "0:9223372036854775807:9223372036854775807:9223372036854775807",
        "can not be counted"),
      Lie(first + ["restoring"], "0:1:1:\(Int128.max)", "can not be counted"),
      Lie(first + ["restoring"], "0:2:4:3", "can not be counted"),
      Lie(first + ["restoring"], "0:1:1:\(String(repeating: "9", count: 39))", "no such number"),
      Lie(first + ["restoring"], "9223372036854775807:1:1:1", "can not be counted"),
      Lie(first + ["restoring"], "1:1:1:1 0:1:1:1", "no such number"),
      Lie(first + ["restoring"], "1:-1:1:1", "no such number"),
      Lie(first + ["restoring"], "1:1:1", "no such number"),
      Lie(first + ["begunBy"], "0:1:1:1:1", "no such number"),
      Lie(first + ["begunAt"], "99:1:1:1", "can not be counted"),
      Lie(
        first + ["downtimes", "counts"], "0:9223372036854775807 1:9223372036854775807", "can not be counted"),
      Lie(first + ["downtimes", "counts"], "99999999:1", "can not be counted"),
      Lie(first + ["downtimes", "counts"], "", "can not be counted"),
      Lie(first + ["downtimes", "maximum"], Int64.max, "can not be counted"),
      Lie(first + ["downtimes", "minimum"], -1, "can not be counted"),
      Lie(first + ["lateOutages"], "0:1", "can not be counted"),
      Lie(first + ["replicationsDown"], 103, "can not be counted"),
      Lie(first + ["replicationsDown"], -1, "can not be counted"),
      Lie(first + ["replicationsDown"], 1e30, "out of range"),
      Lie(first + ["replicationsDown"], 1.5, "out of range"),
      Lie(totals + ["capabilities"], [String](), "not those of its model"),
      Lie(totals + ["failovers"], [String](), "not those of its model"),
      Lie(totals + ["replications"], 7, "not those of its model"),
      Lie(["part", "part", "replications"], -3, "no run has"),
      Lie(["part", "part", "replications"], Int.max, "no run has"),
      Lie(["part", "part", "years"], 1e7, "no run has"),
      Lie(["part", "part", "years"], -1, "no run has"),
      Lie(["part", "part", "confidence"], 1, "no run has"),
      Lie(["part", "part", "seed"], "-1", "no run has"),
      Lie(["part", "part", "start"], "old", "no run has"),
      Lie(["part", "part", "shard"], 0, "no shard 0 of 2"),
      Lie(["part", "part", "shard"], 2, "does not begin there"),
      Lie(["part", "part", "shards"], Int.max, "no shard 1 of"),
      Lie(["part", "tool"], "relmodel 0.0.9", "made by relmodel 0.0.9"),
      Lie(["part", "model", "digest"], "0", "not the one that was simulated"),
      Lie(["part", "model", "files"], [String](), "can not be read"),
      Lie(["part", "model", "assignments"], ["components=3"], "can not be read"),
      Lie(["format"], "relmodel/1", "a part is relmodel-part/1"),
      Lie(["format"], "relmodel-part/2", "a part is relmodel-part/1"),
    ])
  func lie(_ row: Lie) throws {
    let parts = try Self.run.parts(2)
    let lied = try PartRun.altered(parts[0], at: row.path, to: row.value)
    let objections = PartRun.objections([lied, parts[1]])
    #expect(objections.contains { $0.contains(row.expected) }, "\(objections)")
  }

  @Test("totals that fit one by one and not together are refused, not wrapped")
  func overflow() throws {
    let body = """
      components: {api: {fails: {crash: {mtbf: 100000 y, lasts: 1 h}}}}
      capabilities: {service: {depends-on: {api: hard}}}
      """
    let run = PartRun(body, SimulationPlan(years: 1_000_000, replications: 2))
    let lies: [([String], any Sendable)] = [
      (["part", "part", "replications"], 8_000_000), (Self.totals + ["replications"], 4_000_000),
      (Self.first + ["downtimes", "counts"], "0:4000000"),
      (Self.first + ["outageCounts", "counts"], "0:4000000"),
      (Self.first + ["downtimes", "minimum"], 0), (Self.first + ["outageCounts", "minimum"], 0),
      (Self.first + ["downtimes", "maximum"], 0), (Self.first + ["outageCounts", "maximum"], 0),
      (Self.first + ["worst", "downtime"], 0),
      (Self.first + ["downtime", "sum"], "30000000000000000000000"),
      (Self.first + ["downtime", "squares"], "\(Int128.max)"),
    ]
    let lied = try run.parts(2).enumerated().map { index, part in
      let part = try PartRun.altered(part, at: ["part", "part", "first"], to: index * 4_000_000)
      return try lies.reduce(part) { try PartRun.altered($0, at: $1.0, to: $1.1) }
    }
    #expect(PartRun.objections([lied[0]]) == ["shards-missing: shards are missing: 2 of 2"])
    #expect(PartRun.objections(lied).first?.contains("outgrow 128 bits") == true)
  }

  @Test("a file cut off anywhere, or with any byte changed, is refused")
  func damage() throws {
    let part = Array(try Self.run.parts(1)[0].utf8)
    let end = part.count - 2
    for cut in stride(from: 0, to: end, by: 211) {
      #expect(throws: PartProblem.self) { try PartDocument(parsing: Array(part[..<cut]), tool: PartRun.tool) }
    }
    for place in stride(from: 0, to: end, by: 101) {
      var changed = part
      changed[place] ^= 1
      #expect(throws: PartProblem.self, "byte \(place)") {
        try PartDocument(parsing: changed, tool: PartRun.tool)
      }
    }
  }

  @Test(
    "what is no part is told in a user's words",
    arguments: [
      "", "null", "[]", "5", "\u{0}", "{", "{\"format\":5}", String(repeating: "[", count: 100_000),
      "{\"format\":\"relmodel-part/1\",\"part\":" + String(repeating: "{\"a\":", count: 100_000),
      "{\"format\":\"relmodel-part/1\",\"part\":{\"tool\":\"\(PartRun.tool)\"},\"sha256\":\"\"}",
    ])
  func noPart(_ text: String) {
    let objections = PartRun.objections([text])
    #expect(objections.count == 1)
    #expect(objections[0].hasPrefix("part-unusable: 1.json can not be merged"))
    #expect(!objections[0].contains("Swift") && !objections[0].contains("Decod"))
  }
}
