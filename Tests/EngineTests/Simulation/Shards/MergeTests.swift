import Diagnostics
import Foundation
import Reports
import ServiceModel
import Simulation
import Testing

@Suite("Merged parts")
struct MergeTests {
  static let plan = SimulationPlan(replications: 103, seed: 5)
  static let run = PartRun(DeterminismTests.model, plan)

  @Test("parts in any order print what the one big run prints, byte by byte", arguments: [1, 3, 8, 40])
  func identical(_ shards: Int) throws {
    let whole = try Self.run.whole()
    let parts = try Self.run.parts(shards)
    for order in [parts, parts.reversed(), parts.shuffled()] {
      let outcome = try PartRun.merged(order)
      #expect(outcome.missing == nil)
      let printed = PartRun.printed(outcome.header, outcome.result)
      #expect(printed.json == whole.json)
      #expect(printed.text == whole.text)
    }
  }

  @Test("another start, horizon, seed and confidence come through, with any number of threads")
  func otherPlans() throws {
    let plan = SimulationPlan(
      years: 0.25, replications: 90, seed: .max, start: .new, threads: 3, confidence: 0.8)
    let run = PartRun(DeterminismTests.model, plan, assignments: ["components/cache/fails/slow/mtbf=70 h"])
    let outcome = try PartRun.merged(try run.parts(4))
    #expect(PartRun.printed(outcome.header, outcome.result).json == (try run.whole().json))
    #expect(outcome.result.plan.seed == .max)
  }

  @Test("what failures lost of data goes with the parts")
  func losses() throws {
    let run = PartRun(
      DataLossTests.model(
        "full: {every: 24 h, keep: 3 d, works: 70 %, restore: {exponential: 2 h}}",
        fails: "gone: {mtbf: 700 h, loses: volume}"), SimulationPlan(replications: 40))
    let outcome = try PartRun.merged(try run.parts(3))
    #expect(outcome.result.dataLosses.first?.incidents ?? 0 > 300)
    #expect(PartRun.printed(outcome.header, outcome.result).json == (try run.whole().json))
  }

  @Test(
    "which outages ended within the recovery times goes with the parts, and is in the report for programs")
  func recoveryTimes() throws {
    let run = PartRun(
      """
      components: {api: {fails: {crash: {mtbf: 70 h, lasts: {exponential: 2 h}}}}}
      capabilities:
        service: {depends-on: {api: hard}, objectives: {fast: {rto: 1 h}, slow: {rto: 9 h}, kept: {rpo: 1 h}}}
        other: {depends-on: {api: hard}}
      """, SimulationPlan(replications: 30))
    let parts = try run.parts(3)
    let outcome = try PartRun.merged(parts)
    let whole = try run.whole().json
    #expect(PartRun.printed(outcome.header, outcome.result).json == whole)
    #expect(whole.components(separatedBy: "\"outagesInTime\"").count == 3)
    let late = ["part", "part", "totals", "capabilities", "0", "lateOutages"]
    for lie in ["0:9223372036854775807", "2:1"] {
      let lied = try PartRun.altered(parts[0], at: late, to: lie)
      #expect(
        PartRun.objections([lied, parts[1], parts[2]]).contains { $0.contains("can not be counted") })
    }
  }

  @Test("what came from the history goes with the parts")
  func history() throws {
    var run = PartRun(
      """
      components: {api: {fails: {crash: {mtbf: {incidents: api/crash}, lasts: {incidents: api/crash}}}}}
      capabilities: {service: {depends-on: {api: hard}}}
      """, SimulationPlan(replications: 20))
    let reference = ModeReference(component: "api", mode: "crash")
    run.observations = [reference: ModeObservation(count: 18, downtimeHours: 31.1, windowHours: 2952)]
    let parts = try run.parts(2)
    let outcome = try PartRun.merged(parts)
    #expect(PartRun.printed(outcome.header, outcome.result).json == (try run.whole().json))
    run.observations = [reference: ModeObservation(count: 18, downtimeHours: 31.2, windowHours: 2952)]
    let objections = PartRun.objections([parts[0], try run.parts(2)[1]])
    #expect(objections.first?.contains("the incident history says something else") == true)
  }

  @Test("the first half of the shards is a run of half the replications, marked as partial")
  func partial() throws {
    let run = PartRun(DeterminismTests.model, SimulationPlan(replications: 80, seed: 5))
    let parts = try run.parts(8)
    let outcome = try PartRun.merged(Array(parts.prefix(4)), allowsMissing: true)
    let half = try DeterminismTests.run(SimulationPlan(replications: 40, seed: 5))
    #expect(outcome.result.fingerprint == half.fingerprint)
    #expect(outcome.result.isPartial)
    #expect(outcome.result.replications == 40)
    #expect(outcome.missing == "5–8 of 8")
    #expect(
      PartRun.printed(outcome.header, outcome.result).text.contains(
        "40 replications · seed 5 · partial: 80 asked for"))
  }

  @Test("shards that are missing are named")
  func missing() throws {
    let parts = try Self.run.parts(8)
    let there = [1, 3, 7].map { parts[$0] }
    #expect(PartRun.objections(there) == ["shards-missing: shards are missing: 1, 3 and 5–7 of 8"])
  }

  @Test("the same shard twice is told, with whether it says the same")
  func twice() throws {
    let parts = try Self.run.parts(2)
    #expect(
      PartRun.objections([parts[0], parts[1], parts[0]])
        == ["shard-twice: 1.json and 3.json are both shard 1/2, with the same content"])
    let other = try PartRun.altered(
      parts[0], at: ["part", "part", "totals", "capabilities", "0", "replicationsDown"], to: 0)
    #expect(
      PartRun.objections([parts[0], other, parts[1]])
        == ["shard-twice: 1.json and 2.json are both shard 1/2, with different content"])
  }

  @Test("one replication shows no spread")
  func tooFew() throws {
    let parts = try PartRun(DeterminismTests.model, SimulationPlan(replications: 3)).parts(3)
    #expect(throws: Findings.self) { try PartRun.merged([parts[0]], allowsMissing: true) }
    #expect(try PartRun.merged(Array(parts.prefix(2)), allowsMissing: true).result.replications == 2)
  }

  struct Mixture: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let run: PartRun
    let shards: Int

    init(_ what: String, _ run: PartRun, shards: Int = 2) {
      (testDescription, self.run, self.shards) = (what, run, shards)
    }
  }

  @Test(
    "parts of different runs are refused, and what differs is named",
    arguments: [
      Mixture("seed 6, not 5", PartRun(DeterminismTests.model, SimulationPlan(replications: 103, seed: 6))),
      Mixture(
        "years 2, not 1",
        PartRun(DeterminismTests.model, SimulationPlan(years: 2, replications: 103, seed: 5))),
      Mixture(
        "replications 102, not 103",
        PartRun(DeterminismTests.model, SimulationPlan(replications: 102, seed: 5))),
      Mixture(
        "start new, not steady",
        PartRun(DeterminismTests.model, SimulationPlan(replications: 103, seed: 5, start: .new))),
      Mixture("number of shards 3, not 2", run, shards: 3),
      Mixture(
        "--set components/cache/fails/slow/mtbf=51 h, not no --set",
        PartRun(DeterminismTests.model, plan, assignments: ["components/cache/fails/slow/mtbf=51 h"])),
      Mixture(
        "test.relmodel.yaml differs from line 4 on",
        PartRun(DeterminismTests.model.replacingOccurrences(of: "mtbf: 500 h", with: "mtbf: 501 h"), plan)
      ),
    ])
  func mixed(_ row: Mixture) throws {
    let first = try Self.run.parts(2)[0]
    let objections = PartRun.objections([first, try row.run.parts(row.shards)[1]])
    #expect(objections.first?.hasPrefix("parts-mixed: 2.json is not of the same run as 1.json") == true)
    #expect(objections.first?.contains(row.testDescription) == true, "\(objections)")
  }

  @Test("the same model in other words is the same model: comments and sources decide nothing")
  func otherWords() throws {
    let other = DeterminismTests.model.replacingOccurrences(
      of: "mtbf: 50 h,", with: "mtbf: {value: 3000 min, source: somebody}, # a remark\n")
    let parts = [try Self.run.parts(2)[0], try PartRun("# A remark.\n" + other, Self.plan).parts(2)[1]]
    let outcome = try PartRun.merged(parts)
    #expect(PartRun.printed(outcome.header, outcome.result).json == (try Self.run.whole().json))
  }
}
